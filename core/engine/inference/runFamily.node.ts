/** One pipeline run in the child: raw files in, the family's pipeline, raw files out. */
import { closeSync, openSync, readSync } from 'node:fs';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { SoundtrackFamily, VideoFamily } from '../../../models/families/pack.ts';
import type { FootageContext, RunFootageTask } from '../footage/footageContext.ts';
import type { SpeechFinder } from '../../../models/families/footage/speech.ts';
import type { Frames, PackReader, PipelineContext, PipelineProgress } from '../../../models/families/pipeline.ts';
import type {
  FrameSource,
  SoundtrackContext,
  SoundtrackRequest,
  SoundtrackResult,
  StemKind,
} from '../../../models/families/soundtrack/contract.ts';
import type { VideoRequest, VideoResult } from '../../../models/families/video/contract.ts';
import { upscaleShare } from '../../../models/families/video/estimate.ts';
import { upscaleFrames, upscaledSize } from '../../../models/families/video/upscale.ts';
import { assertNever } from '../../time/assertNever.ts';
import {
  shapeOf,
  type FrameFile,
  type InferenceResult,
  type FootageRun,
  type ModelInferenceRun,
  type PackLocation,
  type SoundtrackRun,
  type VideoRun,
} from './protocol.ts';
import { createSoundFile, openRawSound, type SoundFile } from './soundFile.node.ts';

/** The pipelines by family, loaded when first needed. Tests give their own. */
export interface FamilyPipelines {
  video(): Promise<(request: VideoRequest, family: VideoFamily, context: PipelineContext) => Promise<VideoResult>>;
  soundtrack(): Promise<
    (request: SoundtrackRequest, family: SoundtrackFamily, context: SoundtrackContext) => Promise<SoundtrackResult>
  >;
  footage(): Promise<RunFootageTask>;
}

/** Opens another pack than the run's own, on the processor. */
export type ReaderOf = (pack: PackLocation) => PackReader;

/** Runs one request with the pipeline of its family; inputs and results are files in `scratchFolder`. */
export function runFamily(
  run: ModelInferenceRun,
  pipelines: FamilyPipelines,
  context: PipelineContext,
  scratchFolder: string,
  readerOf: ReaderOf,
): Promise<InferenceResult> {
  switch (run.family) {
    case 'video':
      return runVideo(run, pipelines, context, scratchFolder);
    case 'soundtrack':
      return runSoundtrack(run, pipelines, context, scratchFolder, readerOf);
    default:
      return assertNever(run);
  }
}

/** Runs a task on footage. */
export async function runFootageFamily(
  run: FootageRun,
  pipelines: FamilyPipelines,
  context: FootageContext,
): Promise<InferenceResult> {
  const task = await pipelines.footage();
  return { family: 'footage', ...(await task(run, context)) };
}

async function readFrameFile(file: FrameFile, channels: 1 | 3): Promise<Frames> {
  const data = await readFile(file.path);
  const expected = file.frameCount * file.width * file.height * channels;
  if (data.length !== expected) throw new Error(`${file.path} holds ${data.length} bytes instead of ${expected}.`);
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
    frameCount: file.frameCount,
    width: file.width,
    height: file.height,
  };
}

async function runVideo(
  run: VideoRun,
  pipelines: FamilyPipelines,
  context: PipelineContext,
  scratchFolder: string,
): Promise<InferenceResult> {
  const pipeline = await pipelines.video();
  const madeShare = run.upscale ? 1 - upscaleShare(shapeOf(run), run.manifest) : 1;
  const result = await pipeline(
    {
      prompt: run.prompt,
      frameCount: run.frameCount,
      seed: run.seed,
      ...(run.steps === null ? {} : { steps: run.steps }),
      ...(run.guidance === null ? {} : { guidance: run.guidance }),
      ...(run.controlScale === null ? {} : { controlScale: run.controlScale }),
      known: run.known && (await readFrameFile(run.known, 3)),
      mask: run.mask && (await readFrameFile(run.mask, 1)),
      references: await Promise.all(run.references.map((file) => readFrameFile(file, 3))),
      edit: run.edit,
      about: run.about,
    },
    run.manifest,
    partOfContext(context, 0, madeShare),
  );
  const path = join(scratchFolder, 'made.rgb');
  const frames = run.upscale
    ? await writeUpscaled(result.frames, run, partOfContext(context, madeShare, 1), path)
    : await writeFrames(result.frames, path);
  return {
    family: 'video',
    frames,
    rewrittenPrompt: result.reading.text,
    unknownWords: result.reading.unused,
    usedWords: result.reading.used,
    guessedWords: result.reading.guessed,
    uncutReferences: result.uncutReferences,
  };
}

/** Progress of a part of the run, from and to in 0..1 of the whole. */
function partOfContext(context: PipelineContext, from: number, to: number): PipelineContext {
  return {
    ...context,
    report: (progress) => context.report({ ...progress, fraction: from + (to - from) * progress.fraction }),
  };
}

async function writeFrames({ data, frameCount, width, height }: Frames, path: string): Promise<FrameFile> {
  await writeFile(path, data);
  return { path, frameCount, width, height };
}

/** Frame by frame: no more than one large frame is held. */
async function writeUpscaled(
  frames: Frames,
  run: VideoRun,
  context: PipelineContext,
  path: string,
): Promise<FrameFile> {
  const file = await open(path, 'w');
  try {
    await upscaleFrames(frames, run.manifest, context, async (large) => {
      await file.writeFile(large.data);
    });
  } finally {
    await file.close();
  }
  return { path, frameCount: frames.frameCount, ...upscaledSize(run.manifest) };
}

/** Frames of a file, a second at a time. */
function frameSource(file: FrameFile): FrameSource & { close(): void } {
  const handle = openSync(file.path, 'r');
  const frameBytes = file.width * file.height * 3;
  const atOnce = 32;
  const block = new Uint8Array(frameBytes * atOnce);
  let first = -1;
  return {
    frameCount: file.frameCount,
    width: file.width,
    height: file.height,
    read(frame) {
      if (first < 0 || frame < first || frame >= first + atOnce) {
        first = frame;
        const wanted = Math.min(atOnce, file.frameCount - frame) * frameBytes;
        const got = readSync(handle, block, 0, wanted, frame * frameBytes);
        if (got < wanted) throw new Error(`${file.path} ends within frame ${frame + Math.floor(got / frameBytes)}.`);
      }
      return block.subarray((frame - first) * frameBytes, (frame - first + 1) * frameBytes);
    },
    close: () => closeSync(handle),
  };
}

async function readOwnSound(path: string): Promise<Int16Array> {
  const data = await readFile(path);
  return new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length - (data.length % 2)));
}

function speechFinder(
  { pack, graph }: NonNullable<SoundtrackRun['speech']>,
  readerOf: ReaderOf,
  context: PipelineContext,
): SpeechFinder {
  return async (samples) => {
    const { findSpeech } = await import('../../../models/families/footage/speech.ts');
    const reader = readerOf(pack);
    const found = await findSpeech(await reader.session(graph), samples, () => context.checkCancelled());
    await reader.release(graph);
    return found;
  };
}

async function readWhole(path: string): Promise<ArrayBuffer> {
  const data = await readFile(path);
  // readFile gives large files a buffer of their own: no second copy of 40 MB
  return data.byteOffset === 0 && data.buffer.byteLength === data.length
    ? (data.buffer as ArrayBuffer)
    : new Uint8Array(data).buffer;
}

async function soundtrackRequest(
  run: SoundtrackRun,
  frames: ReturnType<typeof frameSource> | null,
  old: ReturnType<typeof openRawSound> | null,
): Promise<Parameters<Awaited<ReturnType<FamilyPipelines['soundtrack']>>>[0]> {
  return {
    prompt: run.prompt,
    durationSeconds: run.durationSeconds,
    seed: run.seed,
    ...(run.steps === null ? {} : { steps: run.steps }),
    ...(run.guidance === null ? {} : { guidance: run.guidance }),
    ...(run.tempoBpm === null ? {} : { tempoBpm: run.tempoBpm }),
    ...(run.loudnessLufs === null ? {} : { loudnessLufs: run.loudnessLufs }),
    ...(run.besides === undefined ? {} : { besides: run.besides }),
    stems: run.stems,
    picture: run.picture && frames && { frames, fps: run.picture.fps },
    hitSeconds: run.hitSeconds,
    ownSound: run.ownSound && (await readOwnSound(run.ownSound.path)),
    ...(run.part && old ? { part: { ...run.part, old } } : {}),
  };
}

async function runSoundtrack(
  run: SoundtrackRun,
  pipelines: FamilyPipelines,
  context: PipelineContext,
  scratchFolder: string,
  readerOf: ReaderOf,
): Promise<InferenceResult> {
  const pipeline = await pipelines.soundtrack();
  const files = new Map<StemKind, SoundFile>();
  const openSound = (stem: StemKind, sampleCount: number): SoundFile => {
    const file = createSoundFile(join(scratchFolder, `${stem}.wav`), sampleCount);
    files.set(stem, file);
    return file;
  };
  const frames = run.picture && frameSource(run.picture.frames);
  const old = run.part
    ? openRawSound(run.part.oldPath, Math.round(run.durationSeconds * run.manifest.sampleRateHz))
    : null;
  try {
    const result = await pipeline(await soundtrackRequest(run, frames, old), run.manifest, {
      ...context,
      openSound,
      soundFont: run.soundFontPath === null ? null : { read: () => readWhole(run.soundFontPath as string) },
      findSpeech: run.speech && speechFinder(run.speech, readerOf, context),
    });
    const stems = run.stems.map((stem) => {
      const file = files.get(stem);
      if (!file || !result.stems[stem]) throw new Error(`The soundtrack pipeline made no ${stem}.`);
      return { stem, path: file.path };
    });
    return {
      family: 'soundtrack',
      stems,
      rewrittenPrompt: result.rewrittenPrompt,
      unknownWords: result.reading.unused,
      usedWords: result.reading.used,
      guessedWords: result.reading.guessed,
      playedBy: result.playedBy,
    };
  } finally {
    frames?.close();
    old?.close();
    for (const file of files.values()) file.close();
  }
}

const previewEveryMs = 250;
/** Preview pictures of a run kept on disk: the engine may still be reading the one before. */
const previewsKept = 3;

/**
 * Writes the looks of steps as JPEG beside the run, a few a second; `report` gets each progress with the newest look.
 */
export function createPreviewWriter(
  scratchFolder: string,
  report: (progress: PipelineProgress, previewPath: string | null) => void,
): (progress: PipelineProgress) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  let writing = false;
  let count = 0;
  let newest: PipelineProgress | null = null;
  return (progress) => {
    newest = progress;
    report(progress, null);
    const frames = progress.preview;
    if (!frames || frames.frameCount === 0 || writing || performance.now() - lastMs < previewEveryMs) return;
    writing = true;
    lastMs = performance.now();
    const frameBytes = frames.width * frames.height * 3;
    const middle = Math.floor(frames.frameCount / 2) * frameBytes;
    const path = join(scratchFolder, `preview-${String(++count).padStart(4, '0')}.jpg`);
    sharp(frames.data.subarray(middle, middle + frameBytes), {
      raw: { width: frames.width, height: frames.height, channels: 3 },
    })
      .jpeg({ quality: 80 })
      .toFile(path)
      .then(
        // the run went on while the preview was written: report where it is now
        () => report(newest ?? progress, path),
        // a preview that cannot be written must not fail the run; the progress has been reported
        () => undefined,
      )
      .finally(() => {
        writing = false;
        if (count > previewsKept)
          void rm(join(scratchFolder, `preview-${String(count - previewsKept).padStart(4, '0')}.jpg`), { force: true });
      });
  };
}
