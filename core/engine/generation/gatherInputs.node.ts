/** The plan's materials as raw files in the run's scratch folder, at the pack's size. */
import { open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { speechRateHz } from '../../../models/families/footage/speech.ts';
import type { VideoFamily } from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';
import { clockAlone } from '../../disk/facts.ts';
import { subtract, variable } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { panning, seconds } from '../../ffmpeg/filterValue.ts';
import { runFfmpeg, throwIfAborted } from '../../ffmpeg/run.node.ts';
import { openOwnSound } from './ownSound.node.ts';
import { readFrames } from '../media/readFrames.node.ts';
import type { FrameFile } from '../inference/protocol.ts';
import { secondsFromTicks, ticksFromSeconds } from '../../time/ticks.ts';
import { halfRows, samplesOf } from '../../ffmpeg/layPatches.ts';
import { opaque, sampleFormatOf, type SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { Box, Size } from '../../render/place.ts';
import type { DrawnMask } from '../../document/schema.ts';
import type { PatchShape } from './patchShape.ts';
import { drawShape, featherInwards, invert, modelMask, type Shape } from './maskShapes.node.ts';
import { boxAround, opacityFrame } from './opacity.ts';
import { pictureSize } from './pictureSize.ts';
import type { KnownSpan, VideoPlan } from './requirePossible.ts';
import type { Picture, ResolvedMask, SourceFile, SourceRange } from './resolved.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

export interface VideoInputs {
  readonly known: FrameFile | null;
  readonly mask: FrameFile | null;
  readonly references: readonly FrameFile[];
  /** Where the made frames are laid over the source; null = they are the take by themselves. */
  readonly patch: PatchShape | null;
}

export interface GatherOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
  onFraction(fraction: number): void;
  onNotice(said: Sentence): void;
}

/** Decoded at once: bounds memory, whatever the length. */
const bytesAtOnce = 48e6;
const longestReferenceSidePx = 512;

/** Writes a plan's known frames, masks and reference pictures. Throws FailureError as ffmpeg's runs and masks do. */
export async function gatherVideoInputs(
  plan: VideoPlan,
  mask: ResolvedMask | null,
  references: readonly Picture[],
  family: VideoFamily,
  options: GatherOptions,
): Promise<VideoInputs> {
  const known = plan.known.length === 0 ? null : await writeKnown(plan, family, options);
  const region = plan.anew === 'region' || plan.anew === 'outside';
  const shapes =
    region && mask && plan.output.over ? await writeRegion(plan, mask, plan.output.over, family, options) : null;
  return {
    known,
    mask:
      shapes?.mask ?? (known && plan.anew === 'frames' ? await writeUnknownFrames(plan, family, options.folder) : null),
    references: await Promise.all(
      references.map((picture, index) =>
        writeReference(picture, join(options.folder, `reference${index}.rgb`), options.signal),
      ),
    ),
    patch: shapes?.patch ?? null,
  };
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'w');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function writeKnown(plan: VideoPlan, family: VideoFamily, options: GatherOptions): Promise<FrameFile> {
  const { width, height, fps } = family;
  const path = join(options.folder, 'known.rgb');
  const frameBytes = width * height * 3;
  const total = plan.known.reduce((sum, span) => sum + span.count, 0);
  let done = 0;
  await withFile(path, async (file) => {
    // frames that no span covers stay zero
    await file.truncate(plan.frameCount * frameBytes);
    for (const span of plan.known) {
      await readSpan(span, { width, height, fps }, options.signal, async (data, first) => {
        await file.write(data, 0, data.length, (span.atFrame + first) * frameBytes);
        done += data.length / frameBytes;
        options.onFraction(done / total);
      });
    }
  });
  return { path, frameCount: plan.frameCount, width, height };
}

/** Calls `take` with whole frames in order; repeats the last frame if the source ends early. */
async function readSpan(
  span: KnownSpan,
  at: { width: number; height: number; fps: number },
  signal: AbortSignal,
  take: (data: Uint8Array, firstFrame: number) => Promise<void>,
): Promise<void> {
  const still = span.file.facts.kind === 'image';
  const frameBytes = at.width * at.height * 3;
  const framesAtOnce = Math.max(1, Math.floor(bytesAtOnce / frameBytes));
  for (let first = 0; first < span.count; first += framesAtOnce) {
    throwIfAborted(signal);
    const count = Math.min(framesAtOnce, span.count - first);
    const startTicks = still ? 0 : span.startTicks + ticksFromSeconds(first / at.fps);
    const read = await readFitted(span.file, startTicks, still ? 1 : count, at, span.fit, signal);
    const data = new Uint8Array(count * frameBytes);
    const last = read.subarray(read.length - frameBytes);
    data.set(read);
    for (let frame = read.length / frameBytes; frame < count; frame++) data.set(last, frame * frameBytes);
    await take(data, first);
  }
}

async function readFitted(
  file: SourceFile,
  startTicks: number,
  frameCount: number,
  at: { width: number; height: number; fps: number },
  fit: KnownSpan['fit'],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const video = file.facts.video;
  const scale = fit === 'cover' && video ? Math.max(at.width / video.width, at.height / video.height) : null;
  const width = scale === null || !video ? at.width : Math.max(at.width, Math.round(video.width * scale));
  const height = scale === null || !video ? at.height : Math.max(at.height, Math.round(video.height * scale));
  const { data } = await readFrames({ startTicks, frameCount, fps: at.fps, width, height, signal }, file);
  return width === at.width && height === at.height ? data : cropFrames(data, width, height, at.width, at.height);
}

/** The middle of each frame. */
function cropFrames(
  data: Uint8Array,
  fromWidth: number,
  fromHeight: number,
  width: number,
  height: number,
): Uint8Array {
  const frameCount = data.length / (fromWidth * fromHeight * 3);
  const left = Math.floor((fromWidth - width) / 2);
  const top = Math.floor((fromHeight - height) / 2);
  const cropped = new Uint8Array(frameCount * width * height * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    for (let y = 0; y < height; y++) {
      const from = ((frame * fromHeight + top + y) * fromWidth + left) * 3;
      cropped.set(data.subarray(from, from + width * 3), (frame * height + y) * width * 3);
    }
  }
  return cropped;
}

/** 255 for each frame that is not known. */
async function writeUnknownFrames(plan: VideoPlan, family: VideoFamily, folder: string): Promise<FrameFile> {
  const { width, height } = family;
  const data = new Uint8Array(plan.frameCount * width * height).fill(255);
  for (const span of plan.known)
    data.fill(0, span.atFrame * width * height, (span.atFrame + span.count) * width * height);
  const path = join(folder, 'mask.gray');
  await writeFile(path, data);
  return { path, frameCount: plan.frameCount, width, height };
}

async function writeReference(picture: Picture, path: string, signal: AbortSignal): Promise<FrameFile> {
  const video = picture.file.facts.video;
  const scale = Math.min(1, longestReferenceSidePx / Math.max(video?.width ?? 1, video?.height ?? 1));
  const width = Math.max(8, Math.round((video?.width ?? 1) * scale));
  const height = Math.max(8, Math.round((video?.height ?? 1) * scale));
  const { data } = await readFrames(
    { startTicks: picture.ticks, frameCount: 1, fps: 1, width, height, signal, onWhite: true },
    picture.file,
  );
  await writeFile(path, data);
  return { path, frameCount: 1, width, height };
}

async function writeRegion(
  plan: VideoPlan,
  mask: ResolvedMask,
  over: SourceRange,
  family: VideoFamily,
  options: GatherOptions,
): Promise<{ mask: FrameFile; patch: PatchShape }> {
  const modelPath = join(options.folder, 'mask.gray');
  const model = { path: modelPath, frameCount: plan.frameCount, width: family.width, height: family.height };
  const patch = await writeOpacity(mask, plan.anew === 'outside', over, plan.output, options, {
    ...model,
    fps: family.fps,
  });
  return { mask: model, patch };
}

/** What a model is given of a mask, at its own size and rate. */
interface ModelMask extends FrameFile {
  readonly fps: number;
}

/**
 * Writes where made pictures are laid over a source: what the mask marks, or (`outside`) the rest. `frames`: those of
 * the source. `model`: the file that a model's mask goes to, where one runs. Throws FailureError as masks do.
 */
export async function writeOpacity(
  mask: ResolvedMask,
  outside: boolean,
  over: SourceRange,
  frames: Pick<VideoPlan['output'], 'rate' | 'frameCount'>,
  options: GatherOptions,
  model: ModelMask | null = null,
): Promise<PatchShape> {
  const video = over.file.facts.video!;
  const opacityPath = join(options.folder, 'opacity.raw');
  const region: Region = {
    picture: pictureSize(video),
    samples: over.file.facts.kind === 'image' ? greySamples : opaque(samplesOf(video)),
    turn: (shape) => (outside ? invert(shape) : shape),
  };
  const box =
    mask.kind === 'drawn'
      ? await writeStillMask(mask.mask, region, model, opacityPath, options)
      : await writeMovingMask(mask, region, model, opacityPath, frames, options);
  return { box, picture: region.picture, opacityPath };
}

interface Region {
  /** px of the source as decoded: masks are drawn at its size, and laid over it there. */
  readonly picture: Size;
  /** What the opacity is written in. */
  readonly samples: SampleFormat;
  turn(shape: Shape): Shape;
}

/** A photograph's patch is a PNG: its opacity is one plane of 8 bits. */
const greySamples = sampleFormatOf('gray');

async function writeStillMask(
  mask: DrawnMask,
  { picture, samples, turn }: Region,
  model: ModelMask | null,
  opacityPath: string,
  options: GatherOptions,
): Promise<Box> {
  const shape = turn(await drawShape(mask, picture.width, picture.height, options.onNotice));
  const opacity = await featherInwards(shape, mask.featherPx);
  const box = boxAround(opacity, samples);
  if (!box) throw new FailureError('badRequest', sentence('generation.nothingToChange'));
  await writeFile(opacityPath, opacityFrame(opacity, box, samples, halfRows(box.height, samples)));
  if (model === null) return box;
  const one = modelMask(shape, model.width, model.height);
  await withFile(model.path, async (file) => {
    for (let i = 0; i < model.frameCount; i++) await file.write(one);
  });
  return box;
}

/** A mask that moves may come anywhere: its patch is as large as the picture. */
async function writeMovingMask(
  mask: Extract<ResolvedMask, { kind: 'video' }>,
  { picture, samples, turn }: Region,
  model: ModelMask | null,
  opacityPath: string,
  { frameCount, rate }: Pick<VideoPlan['output'], 'rate' | 'frameCount'>,
  options: GatherOptions,
): Promise<Box> {
  const shapesAt = (count: number, fps: number, take: (shape: Shape) => Promise<void>): Promise<void> =>
    readSpan(
      { atFrame: 0, count, file: mask.file, startTicks: 0, fit: 'stretch' },
      { ...picture, fps },
      options.signal,
      async (data) => {
        const pixels = picture.width * picture.height;
        for (let i = 0; i < data.length / (pixels * 3); i++) {
          const grey = new Uint8Array(pixels);
          for (let p = 0; p < pixels; p++) grey[p] = data[(i * pixels + p) * 3 + 1] ?? 0;
          await take(turn({ data: grey, ...picture }));
        }
      },
    );
  if (model)
    await withFile(model.path, (file) =>
      shapesAt(model.frameCount, model.fps, async (shape) => {
        await file.write(modelMask(shape, model.width, model.height));
      }),
    );
  const box = { x: 0, y: 0, ...picture };
  const rows = halfRows(box.height, samples);
  await withFile(opacityPath, (file) =>
    shapesAt(frameCount, rate.num / rate.den, async (shape) => {
      // without a feather the film's own edge counts: hair is half there
      const opacity = mask.featherPx === 0 ? shape : await featherInwards(shape, mask.featherPx);
      await file.write(opacityFrame(opacity, box, samples, rows));
    }),
  );
  return box;
}

/** The picture for a soundtrack: small frames, enough to see motion, cuts and light. */
export async function gatherSoundPicture(
  range: SourceRange,
  options: GatherOptions,
  name = 'picture.rgb',
): Promise<{ frames: FrameFile; fps: number }> {
  const at = { width: 64, height: 36, fps: 25 };
  const count = Math.max(1, Math.ceil((range.durationTicks / ticksFromSeconds(1)) * at.fps));
  const path = join(options.folder, name);
  await withFile(path, (file) =>
    readSpan(
      { atFrame: 0, count, file: range.file, startTicks: range.startTicks, fit: 'stretch' },
      at,
      options.signal,
      async (data, first) => {
        await file.write(data);
        options.onFraction((first + data.length / (at.width * at.height * 3)) / count);
      },
    ),
  );
  return { frames: { path, frameCount: count, width: at.width, height: at.height }, fps: at.fps };
}

/** A stem as it decodes: stereo, 48 kHz, 32-bit float, no header. What was 24 bit stays the same to the bit. */
export async function gatherOldSound(file: SourceFile, options: GatherOptions): Promise<string> {
  if (!file.facts.audio)
    throw new FailureError('badRequest', sentence('media.noSound', { name: file.name }), file.path);
  const path = join(options.folder, 'old.f32');
  const graph = new FilterGraph();
  const opened = graph.open({ path: file.path, clock: clockAlone(file.facts, file.facts.audio) });
  const sound = opened.stream(file.facts.audio.streamIndex);
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: path,
        streams: [sound],
        format: 'f32le',
        options: [
          ['c:a', 'pcm_f32le'],
          ['ac', 2],
          ['ar', 48000],
        ],
      },
    ],
    signal: options.signal,
    about: file.path,
  });
  return path;
}

const bothHalves = [
  { channel: 0, gain: 0.5 },
  { channel: 1, gain: 0.5 },
];

/** The clip's own sound as the speech graph takes it: mono, 16 bit. */
export async function gatherOwnSound(range: SourceRange, options: GatherOptions): Promise<{ path: string } | null> {
  const { file } = range;
  const path = join(options.folder, 'own.s16');
  const from = secondsFromTicks(range.startTicks);
  const graph = new FilterGraph();
  const own = await openOwnSound(graph, file, options.folder, options.signal);
  if (!own) return null;
  const sound = graph.chain(
    [own],
    [
      filter('atrim', { start: seconds(from), end: seconds(from + secondsFromTicks(range.durationTicks)) }),
      filter('asetpts', { expr: subtract(variable('PTS'), variable('STARTPTS')) }),
      filter('pan', { args: panning('mono', { c0: bothHalves }) }),
      filter('aresample', { sample_rate: speechRateHz }),
    ],
  );
  await runFfmpeg({
    graph,
    outputs: [{ to: path, streams: [sound], format: 's16le', options: [['c:a', 'pcm_s16le']] }],
    signal: options.signal,
    about: file.path,
  });
  return { path };
}
