/**
 * Renders a range of a sequence to one file: sound first (one raw mix, its peak known), then the picture, in one run
 * together with the sound where its clips fit into one, else in chunks that are joined without encoding again.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { pictureGraph, type DrawnTitle, type PictureGraph } from '../../ffmpeg/graph.ts';
import { finestOf, plainSamples, yuvFormat, type SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../render/place.ts';
import { soundSegments } from '../../render/soundSegments.ts';
import { chunksOf, framesOf, shownWindows, spansOf, type FrameRange, type ShownWindow } from '../../render/spans.ts';
import { pictureWindows, type ClipWindow } from '../../render/windows.ts';
import { ticksAtFrame, type TickRange } from '../../time/ticks.ts';
import { filter, FilterGraph, type OpenedInput, type Stream } from '../../ffmpeg/filterGraph.ts';
import { concatList, type JoinedFile } from '../../ffmpeg/concatList.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import type { Rereads } from '../../ffmpeg/framePromise.ts';
import { runFfmpeg, runFrames } from '../../ffmpeg/run.node.ts';
import { HeldSources } from './heldSources.node.ts';
import { mixSound, type SoundMix } from './mixSound.node.ts';
import type { RenderSources } from './renderSources.node.ts';
import { missingGlyphs, namedCharacters } from './glyphs.node.ts';
import { drawTitleFile } from './titles.node.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

/** A range to render, and how to encode it. */
export interface RangeRequest {
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  readonly range: TickRange;
  readonly output: Size;
  readonly sources: RenderSources;
  /** A folder of this render alone: mix, titles, chunks. Removed by the caller. */
  readonly workFolder: string;
  readonly pictureOptions: readonly OutputOption[];
  /** Empty = no sound in the file. */
  readonly soundOptions: readonly OutputOption[];
  readonly format: 'mp4' | 'mov' | 'matroska';
  /** What the picture is put together in. finest: what loses nothing of what is shown; without it 8 bits, 4:2:0. */
  readonly samples?: 'plain' | 'deep' | 'finest';
  /** An ffmpeg metadata file to copy into the result; null = none. */
  readonly metadataPath: string | null;
  readonly signal?: AbortSignal;
  onProgress(fraction: number, stage: string): void;
  notice(sentence: Sentence): void;
}

/** Inputs one run may open: each costs a decoder's memory and threads. */
export const mostWindowsAtOnce = 24;
/** Frames of a reversed stretch are all held: 400 MB of them. */
const mostReversedBytes = 400e6;
/** Share of the work that the sound is, roughly. */
const soundShare = 0.05;

/** What is shown in a range, in frames of the sequence. */
export interface PicturePlan {
  readonly frames: FrameRange;
  readonly shown: readonly ShownWindow[];
  readonly titles: ReadonlyMap<ClipWindow, DrawnTitle | null>;
  readonly samples: SampleFormat;
}

/** Locates all sources of a range and draws its titles. Throws FailureError naming what is missing. */
export async function planPicture(
  request: Omit<RangeRequest, 'pictureOptions' | 'soundOptions' | 'format' | 'metadataPath' | 'onProgress'>,
  frames: FrameRange,
): Promise<PicturePlan> {
  const { document, sequence, output, workFolder } = request;
  const end = frames.startFrame + frames.frameCount;
  const shown = shownWindows(pictureWindows(document, sequence), sequence.rate).filter(
    (each) => each.startFrame < end && each.endFrame > frames.startFrame,
  );
  await request.sources.locate(shown.flatMap(({ window }) => window.source ?? []));
  const titles = new Map<ClipWindow, DrawnTitle | null>();
  for (const { window } of shown) {
    if (window.source || window.clip.reference.kind !== 'title') continue;
    const missing = missingGlyphs(window.clip.reference.text);
    if (missing.length > 0)
      request.notice(sentence('render.noGlyphs', { name: window.clip.name, characters: namedCharacters(missing) }));
    titles.set(window, await drawTitleFile(window, sequence, output, join(workFolder, `title${titles.size}.png`)));
  }
  return { frames, shown, titles, samples: samplesFor(request, shown) };
}

/** Says so where the finest that can be put together is coarser than a source. */
function samplesFor(
  { samples = 'plain', sources, notice }: Pick<RangeRequest, 'samples' | 'sources' | 'notice'>,
  shown: readonly ShownWindow[],
): SampleFormat {
  if (samples === 'plain') return plainSamples;
  if (samples === 'deep') return yuvFormat('422', 10);
  const played = shown.flatMap(({ window }) => window.source ?? []);
  const own = played.map((source) => sources.picture(source).samples).filter(({ model }) => model === 'yuv');
  const finest = finestOf([...own, plainSamples]);
  const coarser = own.find((each) => each.bitDepth > finest.bitDepth || each.chromaShift.x < finest.chromaShift.x);
  if (coarser) notice(sentence('render.coarser', { own: coarser.name, used: finest.name }));
  return finest;
}

/** The graph of some frames of a plan. `rereads`: see `runFrames`. */
export function graphOf(
  request: Pick<RangeRequest, 'sequence' | 'output' | 'sources'>,
  plan: PicturePlan,
  frames: FrameRange,
  rereads: Rereads,
): PictureGraph {
  const { sequence, output, sources } = request;
  return pictureGraph({
    sequence,
    range: frames,
    spans: spansOf(plan.shown, frames, sequence),
    output,
    samples: plan.samples,
    rereads,
    sourceOf: (window) => sources.picture(window.source!),
    titleOf: (window) => plan.titles.get(window) ?? null,
  });
}

/** Runs small enough for one ffmpeg each. */
export function chunksOfPlan(request: Pick<RangeRequest, 'sequence' | 'output'>, plan: PicturePlan): FrameRange[] {
  const mostReversedFrames = Math.max(
    2,
    Math.floor(mostReversedBytes / (request.output.width * request.output.height * 1.5)),
  );
  return chunksOf(spansOf(plan.shown, plan.frames, request.sequence), {
    mostWindows: mostWindowsAtOnce,
    mostReversedFrames,
  });
}

/** Mixes the sound of a range into the work folder. Says so when a limiter will be needed. */
export async function mixRange(
  request: Pick<RangeRequest, 'document' | 'sequence' | 'sources' | 'workFolder' | 'signal' | 'notice'>,
  range: TickRange,
  onFraction: (fraction: number) => void,
): Promise<SoundMix> {
  const segmentsIn = (part: TickRange) => soundSegments(request.document, request.sequence.id, part);
  const { sources, signal } = request;
  const segments = segmentsIn(range);
  await sources.locate(segments.map((segment) => segment.source));
  let prepared = 0;
  await sources.prepareSounds(segments, {
    signal,
    onFraction: (fraction) => {
      prepared = 0.5;
      onFraction(prepared * fraction);
    },
  });
  const mix = await mixSound({
    range,
    segmentsIn,
    sourceOf: (segment) => sources.sound(segment),
    decode: (heard) => sources.prepareSounds(heard, { all: true, signal }),
    path: join(request.workFolder, 'mix.f32'),
    signal,
    onFraction: (fraction) => onFraction(prepared + (1 - prepared) * fraction),
    onMissing: (segment, atSeconds) => {
      const name = sources.fileName(segment.source);
      request.notice(sentence('render.soundMissing', { name, seconds: atSeconds.toFixed(2) }));
    },
  });
  if (mix.peak > 1) request.notice(sentence('render.tooLoud', { db: (20 * Math.log10(mix.peak)).toFixed(1) }));
  return mix;
}

/** Opens a mix in a graph; a limiter keeps what is too loud from clipping. */
export function openMix(graph: FilterGraph, mix: SoundMix): Stream {
  const opened = graph.open({
    path: mix.path,
    format: 'f32le',
    options: [
      ['ar', 48000],
      ['ac', 2],
    ],
  });
  const limiter = { limit: 0.985, attack: 5, release: 80, level: false, latency: 1 };
  return graph.chain([opened.first('audio')], mix.peak > 1 ? [filter('alimiter', limiter)] : []);
}

/** The exact ticks of a range of frames, to which its sound is cut. */
export function ticksOf(frames: FrameRange, sequence: Sequence): TickRange {
  const startTicks = ticksAtFrame(frames.startFrame, sequence.rate);
  return { startTicks, durationTicks: ticksAtFrame(frames.startFrame + frames.frameCount, sequence.rate) - startTicks };
}

/**
 * Writes the range to `to`, a temporary name that the caller renames. Answers how many frames it has. Throws
 * FailureError where they are not as many as they should be.
 */
export async function renderRange(request: RangeRequest, to: string): Promise<{ frameCount: number }> {
  const { sequence } = request;
  const frames = framesOf(request.range, sequence.rate);
  const plan = await planPicture(request, frames);
  const mix =
    request.soundOptions.length === 0
      ? null
      : await mixRange(request, ticksOf(frames, sequence), (fraction) =>
          request.onProgress(soundShare * fraction, 'sound'),
        );
  const start = mix ? soundShare : 0;
  const onFrames = (done: number) =>
    request.onProgress(start + (1 - start) * 0.99 * Math.min(1, done / frames.frameCount), 'picture');
  const chunks = chunksOfPlan(request, plan);
  if (chunks.length === 1) await encode(request, plan, mix, to, onFrames);
  else await joinChunks(request, await encodeChunks(request, plan, chunks, onFrames), mix, to);
  return { frameCount: frames.frameCount };
}

async function encodeChunks(
  request: RangeRequest,
  plan: PicturePlan,
  chunks: readonly FrameRange[],
  onFrames: (done: number) => void,
): Promise<JoinedFile[]> {
  const files: JoinedFile[] = [];
  const held = new HeldSources(request.notice);
  let done = 0;
  for (const chunk of chunks) {
    const name = `chunk${String(files.length).padStart(5, '0')}.${request.format}`;
    const result = await runFrames((rereads) => {
      const { graph, picture } = graphOf(request, plan, chunk, rereads);
      return {
        graph,
        outputs: [
          {
            to: join(request.workFolder, name),
            streams: [picture],
            format: request.format,
            options: [...request.pictureOptions, ...constantRate(request.sequence), ['map_metadata', -1]],
          },
        ],
        signal: request.signal,
        onProgress: (progress) => onFrames(done + progress.frame),
      };
    });
    requireFrames(result, chunk.frameCount);
    held.tell(result.frames);
    files.push({ name, frameCount: chunk.frameCount });
    done += chunk.frameCount;
  }
  return files;
}

/** Joins chunks without encoding them again, with the sound and the metadata of the whole. */
async function joinChunks(
  request: RangeRequest,
  files: readonly JoinedFile[],
  mix: SoundMix | null,
  to: string,
): Promise<void> {
  const list = join(request.workFolder, 'chunks.txt');
  await writeFile(list, concatList(files, request.sequence.rate));
  const graph = new FilterGraph();
  const picture = graph.open({ path: list, format: 'concat' }).first('video');
  const result = await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        ...withSound(request, graph, picture, mix, [['c:v', 'copy']]),
        format: request.format,
      },
    ],
    signal: request.signal,
  });
  requireFrames(
    result,
    files.reduce((sum, { frameCount }) => sum + frameCount, 0),
  );
}

/** The graph ends after its last frame by itself; `-frames:v` would end the sound with it. */
async function encode(
  request: RangeRequest,
  plan: PicturePlan,
  mix: SoundMix | null,
  to: string,
  onFrames: (done: number) => void,
): Promise<void> {
  const pictureOptions = [...request.pictureOptions, ...constantRate(request.sequence)];
  const result = await runFrames((rereads) => {
    const { graph, picture } = graphOf(request, plan, plan.frames, rereads);
    return {
      graph,
      outputs: [{ to, ...withSound(request, graph, picture, mix, pictureOptions), format: request.format }],
      signal: request.signal,
      onProgress: (progress) => onFrames(progress.frame),
    };
  });
  requireFrames(result, plan.frames.frameCount);
  new HeldSources(request.notice).tell(result.frames);
}

function constantRate({ rate }: Sequence): readonly OutputOption[] {
  return [
    ['fps_mode', 'cfr'],
    ['r', rate],
  ];
}

/** The picture beside the sound and the metadata of the whole, as one output. */
function withSound(
  request: RangeRequest,
  graph: FilterGraph,
  picture: Stream,
  mix: SoundMix | null,
  pictureOptions: readonly OutputOption[],
): { streams: readonly Stream[]; options: readonly OutputOption[] } {
  const sound = mix ? [openMix(graph, mix)] : [];
  const metadata = request.metadataPath ? openMetadata(graph, request.metadataPath) : null;
  return {
    streams: [picture, ...sound],
    options: [
      ...pictureOptions,
      ...(mix ? request.soundOptions : []),
      ['map_metadata', metadata ? metadata.position : -1],
      ...(request.format === 'matroska' ? [] : [['movflags', 'faststart'] as const]),
    ],
  };
}

/** Opens a file that `metadataFile` wrote. */
export function openMetadata(graph: FilterGraph, path: string): OpenedInput {
  return graph.open({ path, format: 'ffmetadata' });
}
