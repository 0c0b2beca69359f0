/**
 * Renders a range of a sequence to one file: sound first (one raw mix, its peak known), then the picture, in one run
 * together with the sound where its clips fit into one, else in chunks that are joined without encoding again.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectDocument, Sequence } from '../../document/schema.ts';
import { pictureGraph, type DrawnTitle } from '../../ffmpeg/graph.ts';
import type { Size } from '../../render/place.ts';
import { soundSegments } from '../../render/soundSegments.ts';
import { chunksOf, framesOf, shownWindows, spansOf, type FrameRange, type ShownWindow } from '../../render/spans.ts';
import { pictureWindows, type ClipWindow } from '../../render/windows.ts';
import { ticksAtFrame, type TickRange } from '../../time/ticks.ts';
import { runFfmpeg, type FfmpegInput } from '../../ffmpeg/ffmpeg.node.ts';
import { mixSound, type SoundMix } from './mixSound.node.ts';
import type { RenderSources } from './renderSources.node.ts';
import { drawTitleFile, lacksFace } from './titles.node.ts';

export interface RangeRequest {
  readonly document: ProjectDocument;
  readonly sequence: Sequence;
  readonly range: TickRange;
  readonly output: Size;
  readonly sources: RenderSources;
  /** A folder of this render alone: mix, titles, chunks. Removed by the caller. */
  readonly workFolder: string;
  readonly pictureOptions: readonly string[];
  /** Empty = no sound in the file. */
  readonly soundOptions: readonly string[];
  readonly format: 'mp4' | 'mov';
  /** ffmpeg metadata file to take over; null = none. */
  readonly metadataPath: string | null;
  readonly signal?: AbortSignal;
  onProgress(fraction: number, stage: string): void;
  notice(sentence: string): void;
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
    if (lacksFace(window.clip.reference.text))
      request.notice(
        `This machine has no font for the words of '${window.clip.name}': missing characters are drawn as boxes. Install Noto Sans CJK.`,
      );
    titles.set(window, await drawTitleFile(window, sequence, output, join(workFolder, `title${titles.size}.png`)));
  }
  return { frames, shown, titles };
}

/** The graph of some frames of a plan. */
export function graphOf(
  request: Pick<RangeRequest, 'sequence' | 'output' | 'sources'>,
  plan: PicturePlan,
  frames: FrameRange,
) {
  const { sequence, output, sources } = request;
  return pictureGraph({
    sequence,
    range: frames,
    spans: spansOf(plan.shown, frames, sequence),
    output,
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
  await request.sources.locate(segmentsIn(range).map((segment) => segment.source));
  const mix = await mixSound({
    range,
    segmentsIn,
    sourceOf: (segment) => request.sources.sound(segment),
    path: join(request.workFolder, 'mix.f32'),
    signal: request.signal,
    onFraction,
  });
  if (mix.peak > 1)
    request.notice(
      `The mix is ${(20 * Math.log10(mix.peak)).toFixed(1)} dB too loud at its loudest: a limiter keeps it from clipping. Turn tracks down to mix without it.`,
    );
  return mix;
}

/** Words that read a mix, and the limiter it may need. */
export function mixInput(mix: SoundMix): FfmpegInput {
  return { path: mix.path, options: ['-f', 'f32le', '-ar', '48000', '-ac', '2'] };
}

export function limiterOptions(mix: SoundMix): string[] {
  return mix.peak > 1 ? ['-af', 'alimiter=limit=0.985:attack=5:release=80:level=disabled:latency=1'] : [];
}

/** Exact ticks of a range of frames: what sound is cut to. */
export function ticksOf(frames: FrameRange, sequence: Sequence): TickRange {
  const startTicks = ticksAtFrame(frames.startFrame, sequence.rate);
  return { startTicks, durationTicks: ticksAtFrame(frames.startFrame + frames.frameCount, sequence.rate) - startTicks };
}

/** Writes the range to `to` (a temporary name: the caller renames). Answers how many frames it has. */
export async function renderRange(request: RangeRequest, to: string): Promise<{ frameCount: number }> {
  const { sequence, signal, workFolder } = request;
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
  if (chunks.length === 1) {
    const graph = graphOf(request, plan, frames);
    await encode(request, graph, mix, to, onFrames);
    return { frameCount: frames.frameCount };
  }
  const files: string[] = [];
  let done = 0;
  for (const chunk of chunks) {
    const file = join(workFolder, `chunk${String(files.length).padStart(5, '0')}.${request.format}`);
    await encode(request, graphOf(request, plan, chunk), null, file, (count) => onFrames(done + count));
    files.push(file);
    done += chunk.frameCount;
  }
  const list = join(workFolder, 'chunks.txt');
  const { rate } = sequence;
  await writeFile(
    list,
    `ffconcat version 1.0\n${chunks.map((chunk, index) => `file '${files[index]!.replaceAll("'", "'\\''")}'\nduration ${((chunk.frameCount * rate.den) / rate.num).toFixed(9)}\n`).join('')}`,
  );
  await runFfmpeg({
    inputs: [{ path: list, options: ['-f', 'concat', '-safe', '0'] }, ...tail(request, mix)],
    outputs: [
      {
        to,
        options: ['-map', '0:v', '-c:v', 'copy', ...soundWords(request, mix, 1), ...container(request, mix ? 2 : 1)],
      },
    ],
    signal,
  });
  return { frameCount: frames.frameCount };
}

/** The graph ends after its last frame by itself; `-frames:v` would end the sound with it. */
async function encode(
  request: RangeRequest,
  graph: ReturnType<typeof pictureGraph>,
  mix: SoundMix | null,
  to: string,
  onFrames: (done: number) => void,
): Promise<void> {
  const { rate } = request.sequence;
  const whole = mix !== null || request.soundOptions.length === 0;
  const after = whole ? tail(request, mix) : [];
  const soundIndex = graph.inputs.length;
  await runFfmpeg({
    inputs: [...graph.inputs, ...after],
    filterGraph: graph.filterGraph,
    outputs: [
      {
        to,
        options: [
          '-map',
          '[picture]',
          ...request.pictureOptions,
          '-fps_mode',
          'cfr',
          '-r',
          `${rate.num}/${rate.den}`,
          ...(whole
            ? [...soundWords(request, mix, soundIndex), ...container(request, soundIndex + (mix ? 1 : 0))]
            : ['-an', '-map_metadata', '-1', '-f', request.format]),
        ],
      },
    ],
    signal: request.signal,
    onProgress: (progress) => onFrames(progress.frame),
  });
}

/** Inputs behind the picture's: the mix, then the metadata. */
function tail(request: RangeRequest, mix: SoundMix | null): FfmpegInput[] {
  return [
    ...(mix ? [mixInput(mix)] : []),
    ...(request.metadataPath ? [{ path: request.metadataPath, options: ['-f', 'ffmetadata'] }] : []),
  ];
}

function soundWords(request: RangeRequest, mix: SoundMix | null, index: number): string[] {
  return mix ? ['-map', `${index}:a`, ...limiterOptions(mix), ...request.soundOptions] : ['-an'];
}

function container(request: RangeRequest, metadataIndex: number): string[] {
  return [
    '-map_metadata',
    request.metadataPath ? String(metadataIndex) : '-1',
    '-movflags',
    '+faststart',
    '-f',
    request.format,
  ];
}
