/**
 * Pictures made cleaner or larger in the inference child: frames come from ffmpeg in the source's own samples, go
 * through the steps that are asked for, and on into the encoder. A few frames are held at a time.
 */
import { colourOf } from '../../../disk/facts.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { asSource, coloursOfSource } from '../asSource.ts';
import type { FootageContext } from '../footageContext.ts';
import type { FrameQueue } from '../interpolate/frameQueue.node.ts';
import { frameShape, planesOf, type FrameShape } from '../interpolate/rawFrame.ts';
import { readRaw } from '../interpolate/readOwnFrames.node.ts';
import { lookShare, lookThrough } from '../lookThrough.node.ts';
import { makeFilm, type FrameEncoding } from '../makeFilm.node.ts';
import { applyGain, exposureChange, flickerGains } from './deflicker.ts';
import { Deblocker } from './deblock.ts';
import { Denoiser, reachFrames } from './denoise.ts';
import type { EnhanceResult, EnhanceRun } from './enhanceRun.ts';
import { ringTest } from './ringTest.ts';
import { Upscaler } from './upscale.ts';

/** Frames of a piece that is kept if the work ends early. */
const pieceFrames = 24;
/** Long side of the pictures that exposure is measured on, px. */
const measuredPx = 96;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runEnhance(run: EnhanceRun, context: FootageContext): Promise<EnhanceResult> {
  const gains = run.deflicker ? await measureFlicker(run, context) : null;
  const shape = frameShape(run.samples, pictureSize(run.source.facts.video!));
  const session = run.graph ? await context.readerOf(run.graph.pack).session(run.graph.path) : null;
  const steps: Steps = { run, shape, gains, session, context, found: { gainDb: null, blockEdges: null } };
  const upscalers: Upscaler[] = [];
  for (let scale = 1, at = shape; session && scale < run.scale; scale *= 2) {
    upscalers.push(new Upscaler(session, at, colourOf(run.source.facts.video!)));
    at = upscalers.at(-1)!.made;
  }
  const kept = await makeFilm({
    read: { count: run.frameCount, bytes: shape.bytes },
    madeCount: run.frameCount,
    encoding: encodingOf(run, upscalers.at(-1)?.made ?? shape),
    pieces: run.piecesFolder === null ? null : { folder: run.piecesFolder, framesEach: pieceFrames },
    reading: (queue, rereads) => readRaw(run, queue, rereads),
    frames: (queue, from) => enlarged(steps, queue, upscalers, from),
  });
  const away = gains?.reduce((most, gain) => Math.max(most, gain, 1 / gain), 1) ?? null;
  return { task: 'enhance', ...steps.found, mostFlicker: away, kept };
}

interface Steps {
  readonly run: EnhanceRun;
  readonly shape: FrameShape;
  readonly gains: Float64Array | null;
  readonly session: Awaited<ReturnType<ReturnType<FootageContext['readerOf']>['session']>> | null;
  readonly context: FootageContext;
  readonly found: { gainDb: number | null; blockEdges: number | null };
}

/** What each frame is to be multiplied by. */
async function measureFlicker(run: EnhanceRun, context: FootageContext): Promise<Float64Array> {
  const changes = await lookThrough(
    run,
    measuredPx,
    context,
    (before, frame) => before && exposureChange(before, frame),
  );
  const rate = run.sourceRate ?? run.output.rate;
  return flickerGains(changes, rate.num / rate.den);
}

function encodingOf({ source, samples, output }: EnhanceRun, { size, bytes }: FrameShape): FrameEncoding {
  const { path, rate, options } = output;
  const video = source.facts.video!;
  const filters = output.still
    ? [...coloursOfSource(video, samples), format(samples.bitDepth > 8 ? 'rgb48be' : 'rgb24')]
    : asSource(video, samples, size);
  return {
    ...{ pixelFormat: samples.name, size, rate, bytes },
    picture: (graph, frames) => graph.chain([frames], filters),
    output: { path, format: output.format, options: [['r', rate], ['fps_mode', 'passthrough'], ...options] },
  };
}

async function* enlarged(
  steps: Steps,
  queue: FrameQueue,
  upscalers: readonly Upscaler[],
  from: number,
): AsyncGenerator<Uint8Array> {
  const { run, shape, context, session, found } = steps;
  let count = from;
  for await (const raw of cleaned(steps, queue, from)) {
    if (session && count === from) found.gainDb = await gainOf(session, raw, shape);
    let made = raw;
    let before = 0;
    for (const [index, upscaler] of upscalers.entries()) {
      // the second doubling is four times the work of the first
      const share = upscalers.length === 1 ? 1 : index === 0 ? 0.2 : 0.8;
      made = await upscaler.run(made, (part) => {
        context.checkCancelled();
        report(run, context, count + before + share * part, count);
      });
      before += share;
    }
    yield made;
    report(run, context, ++count, count);
  }
}

function report(run: EnhanceRun, context: FootageContext, frames: number, step: number): void {
  const from = run.deflicker ? lookShare : 0;
  const fraction = from + (1 - from) * Math.min(1, frames / run.frameCount);
  context.report({ fraction, stage: 'compose', step, stepCount: run.frameCount });
}

async function gainOf(session: NonNullable<Steps['session']>, raw: Uint8Array, shape: FrameShape) {
  const [plane] = planesOf(raw, shape);
  const { width, height, data } = plane!;
  return ringTest(session, { width, height, data: Float32Array.from(data) }, shape.peak);
}

/** Frames of the source's size, from number `from` on. */
async function* cleaned(
  { run, shape, gains, context, found }: Steps,
  queue: FrameQueue,
  from: number,
): AsyncGenerator<Uint8Array> {
  const deblocker = run.deblock ? new Deblocker(shape) : null;
  const denoiser = run.denoise > 0 ? new Denoiser(shape, run.denoise) : null;
  const fullRange = colourOf(run.source.facts.video!).range === 'pc';
  // frames before those that are wanted, which cleaning them takes
  let ahead = denoiser ? Math.min(from, reachFrames) : 0;
  const first = from - ahead;
  let index = 0;
  for (let raw = await queue.next(); raw; raw = await queue.next(), index++) {
    context.checkCancelled();
    // how strongly blocks are smoothed follows from the frames before
    if (index < first && !deblocker) continue;
    if (gains) applyGain(raw, shape, fullRange, gains[index] ?? 1);
    if (index < first) deblocker?.look(raw);
    else deblocker?.run(raw);
    found.blockEdges = deblocker?.mostEdges ?? null;
    if (index < first) continue;
    const made = denoiser ? denoiser.push(raw) : raw;
    if (made && ahead-- <= 0) yield made;
  }
  if (!denoiser) return;
  for (const made of denoiser.end()) if (ahead-- <= 0) yield made;
}
