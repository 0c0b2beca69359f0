/**
 * Pictures made cleaner or larger in the inference child: frames come from ffmpeg in the source's own samples, go
 * through the steps that are asked for, and on into the encoder. A few frames are held at a time.
 */
import { Readable } from 'node:stream';
import { colourOf } from '../../../disk/facts.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { FilterGraph, filter, type Filter } from '../../../ffmpeg/filterGraph.ts';
import { requireFrames } from '../../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames, type FfmpegResult } from '../../../ffmpeg/run.node.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { FootageContext } from '../footageContext.ts';
import { FrameQueue } from '../interpolate/frameQueue.node.ts';
import { frameShape, planesOf, type FrameShape } from '../interpolate/rawFrame.ts';
import { readGrey, readRaw } from '../interpolate/readOwnFrames.node.ts';
import { applyGain, exposureChange, flickerGains } from './deflicker.ts';
import { TemporalDenoiser } from './denoise.ts';
import type { EnhanceResult, EnhanceRun } from './enhanceRun.ts';
import { ringTest } from './ringTest.ts';
import { Upscaler } from './upscale.ts';

/** Share of the work that looking through takes. */
const lookShare = 0.05;
/** Long side of the pictures that exposure is measured on, px. */
const measuredPx = 96;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runEnhance(run: EnhanceRun, context: FootageContext): Promise<EnhanceResult> {
  const gains = run.deflicker ? await measureFlicker(run, context) : null;
  const shape = frameShape(run.samples, pictureSize(run.source.facts.video!));
  const session = run.graph ? await context.readerOf(run.graph.pack).session(run.graph.path) : null;
  const steps: Steps = { run, shape, gains, session, context, found: { gainDb: null } };
  const upscalers: Upscaler[] = [];
  for (let scale = 1, at = shape; session && scale < run.scale; scale *= 2) {
    upscalers.push(new Upscaler(session, at, colourOf(run.source.facts.video!)));
    at = upscalers.at(-1)!.made;
  }
  let making: Making | null = null;
  try {
    const read = await runFrames((rereads) => {
      // told to read otherwise: what was made so far is of no use
      making?.stop();
      making = startMaking(steps, upscalers);
      return readRaw(run, making.queue, rereads);
    });
    requireFrames(read, run.frameCount);
    requireFrames(await making!.finished, run.frameCount);
  } finally {
    making!.stop();
  }
  const away = gains?.reduce((most, gain) => Math.max(most, gain, 1 / gain), 1) ?? null;
  return { task: 'enhance', gainDb: steps.found.gainDb, mostFlicker: away };
}

interface Steps {
  readonly run: EnhanceRun;
  readonly shape: FrameShape;
  readonly gains: Float64Array | null;
  readonly session: Awaited<ReturnType<ReturnType<FootageContext['readerOf']>['session']>> | null;
  readonly context: FootageContext;
  readonly found: { gainDb: number | null };
}

/** What each frame is to be multiplied by. */
async function measureFlicker(run: EnhanceRun, context: FootageContext): Promise<Float64Array> {
  const picture = pictureSize(run.source.facts.video!);
  const scale = Math.min(1, measuredPx / Math.max(picture.width, picture.height));
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  let looking: Promise<readonly (number | null)[]> = Promise.resolve([]);
  const result = await runFrames((rereads) => {
    const queue = new FrameQueue(size.width * size.height);
    looking = changesIn(queue, run.frameCount, context);
    // a failure reaches ffmpeg through the queue
    looking.catch((error: unknown) => queue.destroy(error as Error));
    return readGrey(run, size, queue, rereads);
  });
  requireFrames(result, run.frameCount);
  const rate = run.sourceRate ?? run.output.rate;
  return flickerGains(await looking, rate.num / rate.den);
}

async function changesIn(
  queue: FrameQueue,
  frameCount: number,
  context: FootageContext,
): Promise<readonly (number | null)[]> {
  const changes: (number | null)[] = [];
  let before: Uint8Array | null = null;
  for (let frame = await queue.next(); frame; frame = await queue.next()) {
    context.checkCancelled();
    changes.push(before && exposureChange(before, frame));
    before = frame;
    context.report({ fraction: (lookShare * changes.length) / frameCount, stage: 'look' });
  }
  return changes;
}

interface Making {
  readonly queue: FrameQueue;
  readonly finished: Promise<FfmpegResult>;
  stop(): void;
}

/** Starts the encoder; its frames are made of those that come into the queue. */
function startMaking(steps: Steps, upscalers: readonly Upscaler[]): Making {
  const { run, shape } = steps;
  const { output, samples } = run;
  const made = upscalers.at(-1)?.made ?? shape;
  const queue = new FrameQueue(shape.bytes);
  const stopped = new AbortController();
  const graph = new FilterGraph();
  const frames = graph.open({
    path: output.path,
    fromStdin: true,
    format: 'rawvideo',
    options: [
      ['pixel_format', samples.name],
      ['video_size', made.size],
      ['framerate', output.rate],
    ],
  });
  const finished = runFfmpeg({
    graph,
    outputs: [
      {
        to: output.path,
        streams: [graph.chain([frames.stream(0)], encodedFilters(run, made))],
        format: output.format,
        options: [['r', output.rate], ['fps_mode', 'passthrough'], ...output.options],
      },
    ],
    stdin: Readable.from(enlarged(steps, queue, upscalers), { objectMode: false, highWaterMark: made.bytes }),
    signal: stopped.signal,
    about: output.path,
  });
  // the reader must not wait for an encoder that is gone
  finished.catch((error: unknown) => queue.destroy(error as Error));
  return {
    queue,
    finished,
    stop: () => {
      stopped.abort();
      queue.destroy();
    },
  };
}

/** What the frames say of their colours and pixels, before they are encoded. */
function encodedFilters({ source, samples, output }: EnhanceRun, made: FrameShape): readonly Filter[] {
  const video = source.facts.video!;
  const { width, height } = made.size;
  const { range, matrix } = colourOf(video);
  const colorspace = matrix === '' ? 'unknown' : matrix;
  const colours =
    samples.model === 'gbr' ? [] : [filter('setparams', { range: range === 'pc' ? 'pc' : 'tv', colorspace })];
  // the picture as it is shown over the picture as it lies in the file
  const sar = { num: video.width * height, den: width * video.height };
  if (!output.still) return [...colours, filter('setsar', { sar })];
  return [...colours, format(samples.bitDepth > 8 ? 'rgb48be' : 'rgb24')];
}

async function* enlarged(steps: Steps, queue: FrameQueue, upscalers: readonly Upscaler[]): AsyncGenerator<Uint8Array> {
  const { run, shape, context, session, found } = steps;
  let count = 0;
  for await (const raw of cleaned(steps, queue)) {
    if (session && count === 0) found.gainDb = await gainOf(session, raw, shape);
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

/** Frames of the source's size. */
async function* cleaned({ run, shape, gains, context }: Steps, queue: FrameQueue): AsyncGenerator<Uint8Array> {
  const denoiser = run.denoise > 0 ? new TemporalDenoiser(shape, run.denoise) : null;
  const fullRange = colourOf(run.source.facts.video!).range === 'pc';
  let index = 0;
  for (let raw = await queue.next(); raw; raw = await queue.next()) {
    context.checkCancelled();
    if (gains) applyGain(raw, shape, fullRange, gains[index++] ?? 1);
    const made = denoiser ? denoiser.push(raw) : raw;
    if (made) yield made;
  }
  if (denoiser) yield* denoiser.end();
}
