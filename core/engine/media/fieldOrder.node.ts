/**
 * Which field of a frame comes first. Headers are often silent or wrong: progressive pictures travel in streams marked
 * interlaced (PsF), and captures are encoded without their mark. So the picture itself is asked, by ffmpeg's `idet`.
 */
import { FailureError } from '../../contract/errors.ts';
import type { VideoFacts } from '../../disk/facts.ts';
import { probeLimits, type RawProbe, type RawStream } from '../../ffmpeg/ffprobe.node.ts';
import { filter, FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import type { InputFormat } from '../../ffmpeg/input.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';

type FieldOrder = VideoFacts['fieldOrder'];

/** How the frames of a stream are made of fields. */
export type FieldFacts = Pick<VideoFacts, 'fieldOrder' | 'fieldsMarked'>;

/** What is asked about. */
export interface FieldQuestion {
  readonly path: string;
  readonly format?: InputFormat;
  readonly stream: RawStream;
  readonly raw: RawProbe;
}

/** Frames by what `idet` took them for; those it could not judge are left out. */
export interface FieldCounts {
  readonly top: number;
  readonly bottom: number;
  readonly progressive: number;
  /** Frames that are marked as interlaced, whatever they look like. */
  readonly marked: number;
}

/** Sizes of television: 525, 625 and 1080 lines, with and without the lines above the picture or for whole blocks. */
const interlacedHeights = [480, 486, 512, 576, 608, 1080, 1088];
const framesAtSpot = 20;
/** From the beginning of a stream whose frames are marked one way and the other. */
const framesOfMixed = 150;
/** Titles at the start stand still and tell nothing. */
const spots = [0, 0.35, 0.7];
const shortestForSpotsSeconds = 4;

/** What the file says, where its frames cannot be decoded: whether they can is not asked here. */
export async function findFieldOrder(question: FieldQuestion): Promise<FieldFacts> {
  const announced = announcedOrder(question.stream, question.raw);
  if (!isWorthMeasuring(announced, question.stream))
    return { fieldOrder: announced ?? 'progressive', fieldsMarked: false };
  const counts = await countFields(announced, question).catch((error: unknown) => {
    if (error instanceof FailureError) return none;
    throw error;
  });
  const fieldOrder = judgeFields(announced, counts);
  const fieldsMarked = fieldOrder !== 'progressive' && counts.marked > 0 && counts.marked >= counts.top + counts.bottom;
  return { fieldOrder, fieldsMarked };
}

/** Decoded frames know; where the codec does not mark them (uncompressed pictures), the container may. */
function announcedOrder(stream: RawStream, { frames }: RawProbe): FieldOrder | null {
  const interlaced = frames.find((frame) => frame.streamIndex === stream.index && frame.interlaced);
  if (interlaced) return interlaced.topFieldFirst ? 'top' : 'bottom';
  return orderOf(stream.fieldOrder);
}

/** By ffprobe's word, whose second letter names the field displayed first; null where it says nothing. */
function orderOf(word: string): FieldOrder | null {
  if (word === 'progressive') return 'progressive';
  if (word === 'tt' || word === 'bt') return 'top';
  return word === 'bb' || word === 'tb' ? 'bottom' : null;
}

/**
 * Decoding costs more than the rest of probing, so what cannot well be interlaced is left alone: sizes that television
 * never had, rates above 30, codecs that have no fields.
 */
function isWorthMeasuring(announced: FieldOrder | null, stream: RawStream): boolean {
  if (isInterlaced(announced)) return true;
  const { height, width, averageRate, codec } = stream;
  if (!interlacedHeights.includes(height) || width < height || wholeFrameCodecs.includes(codec)) return false;
  const [num, den] = averageRate.split('/').map(Number);
  return !num || !den || num / den <= 31;
}

const wholeFrameCodecs = ['vp8', 'vp9', 'av1', 'gif', 'apng'];
/** Codecs that mark every picture as whole or not: one spot has to confirm it. */
const markingCodecs = ['h264', 'hevc'];

function isInterlaced(order: FieldOrder | null): boolean {
  return order === 'top' || order === 'bottom';
}

async function countFields(
  announced: FieldOrder | null,
  { path, format, stream, raw: { durationSeconds, frames } }: FieldQuestion,
): Promise<FieldCounts> {
  const graph = new FilterGraph();
  const isLong = durationSeconds !== null && durationSeconds > shortestForSpotsSeconds;
  const isMarked = markingCodecs.includes(stream.codec) && !isInterlaced(announced);
  const marks = new Set(
    frames.filter(({ streamIndex }) => streamIndex === stream.index).map((each) => each.interlaced),
  );
  const isMixed = marks.size > 1;
  const shares = !isLong || isMixed ? [0] : isMarked ? [spots[1]!] : spots;
  const streams = shares.map((share) => {
    const at = share * (durationSeconds ?? 0);
    const from = at === 0 ? [] : ([['noaccurate_seek'], ['ss', seconds(at)]] as const);
    // fields are looked for where they were recorded, before the picture is turned
    const opened = graph.open({ path, format, options: [...from, ['noautorotate']] });
    return graph.chain([opened.stream(stream.index)], [filter('showinfo', { checksum: 0 }), filter('idet')]);
  });
  const { log } = await runFfmpeg({
    graph,
    outputs: streams.map((each) => ({
      to: null,
      streams: [each],
      options: [['frames:v', isMixed ? framesOfMixed : framesAtSpot]],
    })),
    about: path,
    limits: probeLimits,
    logLevel: 'info',
  });
  return log.map(readCounts).reduce(added, none);
}

const none: FieldCounts = { top: 0, bottom: 0, progressive: 0, marked: 0 };

function added(a: FieldCounts, b: FieldCounts): FieldCounts {
  return {
    top: a.top + b.top,
    bottom: a.bottom + b.bottom,
    progressive: a.progressive + b.progressive,
    marked: a.marked + b.marked,
  };
}

/**
 * '[Parsed_idet_1 @ 0x55] Multi frame detection: TFF:    20 BFF:     0 Progressive:     0 Undetermined:     4', and
 * '[Parsed_showinfo_0 @ 0x55] n:   0 pts: ... s:720x576 i:T iskey:1 ...'
 */
function readCounts(line: string): FieldCounts {
  if (/ n: *\d+ pts:.* i:[TB] /.test(line)) return { ...none, marked: 1 };
  const found = /Multi frame detection: TFF:\s*(\d+) BFF:\s*(\d+) Progressive:\s*(\d+)/.exec(line);
  return found ? { ...none, top: Number(found[1]), bottom: Number(found[2]), progressive: Number(found[3]) } : none;
}

/** Weighs what the header announces (null: nothing) against what was counted. */
export function judgeFields(
  announced: FieldOrder | null,
  { top, bottom, progressive }: Omit<FieldCounts, 'marked'>,
): FieldOrder {
  const combed = top + bottom;
  const measured = top >= bottom ? 'top' : 'bottom';
  if (announced === null || announced === 'progressive') {
    // film that was turned into video by 3:2 pulldown has two combed frames in five
    const clear = combed >= 6 && combed >= progressive / 2 && Math.max(top, bottom) >= combed * 0.9;
    return clear ? measured : 'progressive';
  }
  if (combed + progressive === 0) return announced;
  return combed > progressive * 0.05 ? measured : 'progressive';
}
