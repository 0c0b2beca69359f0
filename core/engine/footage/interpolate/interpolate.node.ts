/**
 * Frames in between, made in the inference child: the film is looked through once for cuts and repeated frames, then
 * read again, and what is made goes straight into the encoder. Two frames of the source are held at a time.
 */
import { Readable } from 'node:stream';
import { FilterGraph, filter } from '../../../ffmpeg/filterGraph.ts';
import { requireFrames } from '../../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg, runFrames, type FfmpegResult } from '../../../ffmpeg/run.node.ts';
import { colourOf } from '../../../disk/facts.ts';
import type { Size } from '../../../render/place.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { FootageContext } from '../footageContext.ts';
import { FlowFinder } from './findFlow.ts';
import { FrameQueue } from './frameQueue.node.ts';
import type { InterpolateResult, InterpolateRun } from './interpolateRun.ts';
import { momentAt, type OwnFrames } from './moments.ts';
import { changeBetween, findOwnFrames, noChange, type Change } from './ownFrames.ts';
import { frameShape, type FrameShape } from './rawFrame.ts';
import { readGrey, readRaw } from './readOwnFrames.node.ts';
import { FramePreparer, workSizes, type SourceFrame } from './sourceFrames.ts';
import { warpFrame } from './warpFrame.ts';

/** Share of the work that looking through takes. */
const lookShare = 0.05;
/** Long side of the pictures that are looked at, px. */
const lookedAtPx = 192;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function interpolate(run: InterpolateRun, context: FootageContext): Promise<InterpolateResult> {
  const own = await lookThrough(run, context);
  const session = await context.readerOf(run.pack).session(run.graph);
  const size = pictureSize(run.source.facts.video!);
  const sizes = workSizes(size);
  const shape = frameShape(run.samples, size);
  const preparer = new FramePreparer(shape, sizes, colourOf(run.source.facts.video!));
  const film = new Film(run, own, shape, preparer, new FlowFinder(session, sizes), context);
  let making: Making | null = null;
  try {
    const read = await runFrames((rereads) => {
      // told to read otherwise: what was made so far is of no use
      making?.stop();
      making = startMaking(run, film, shape);
      return readRaw(run, making.queue, rereads);
    });
    requireFrames(read, run.frameCount);
    const made: FfmpegResult = await making!.finished;
    requireFrames(made, run.madeCount);
  } finally {
    making!.stop();
  }
  return {
    task: 'interpolate',
    ownFrames: film.shownAsTheyAre,
    repeatedFrames: run.frameCount - own.slots.length,
    cuts: own.holds.filter((held) => held).length - 1,
  };
}

/** Where cuts and repeated frames are. */
async function lookThrough(run: InterpolateRun, context: FootageContext): Promise<OwnFrames> {
  const picture = pictureSize(run.source.facts.video!);
  const scale = Math.min(1, lookedAtPx / Math.max(picture.width, picture.height));
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  let looking: Promise<readonly Change[]> = Promise.resolve([]);
  const result = await runFrames((rereads) => {
    const queue = new FrameQueue(size.width * size.height);
    looking = changesOf(queue, size, run.frameCount, context);
    // a failure reaches ffmpeg through the queue
    looking.catch((error: unknown) => queue.destroy(error as Error));
    return readGrey(run, size, queue, rereads);
  });
  requireFrames(result, run.frameCount);
  return findOwnFrames(await looking);
}

async function changesOf(
  queue: FrameQueue,
  { width }: Size,
  frameCount: number,
  context: FootageContext,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  let before: Uint8Array | null = null;
  for (let frame = await queue.next(); frame; frame = await queue.next()) {
    context.checkCancelled();
    changes.push(before ? changeBetween(before, frame, width) : noChange);
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
function startMaking({ output, samples }: InterpolateRun, film: Film, shape: FrameShape): Making {
  const queue = new FrameQueue(shape.bytes);
  const stopped = new AbortController();
  const graph = new FilterGraph();
  const frames = graph.open({
    path: output.path,
    fromStdin: true,
    format: 'rawvideo',
    options: [
      ['pixel_format', samples.name],
      ['video_size', shape.size],
      ['framerate', output.rate],
    ],
  });
  const finished = runFfmpeg({
    graph,
    outputs: [
      {
        to: output.path,
        streams: [graph.chain([frames.stream(0)], film.encoded)],
        format: output.format,
        options: [['r', output.rate], ['fps_mode', 'passthrough'], ...output.options],
      },
    ],
    stdin: Readable.from(film.frames(queue), { objectMode: false, highWaterMark: shape.bytes }),
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

/** Makes the frames of the result in their order. */
class Film {
  shownAsTheyAre = 0;
  readonly #run: InterpolateRun;
  readonly #own: OwnFrames;
  readonly #shape: FrameShape;
  readonly #preparer: FramePreparer;
  readonly #flow: FlowFinder;
  readonly #context: FootageContext;

  constructor(
    run: InterpolateRun,
    own: OwnFrames,
    shape: FrameShape,
    preparer: FramePreparer,
    flow: FlowFinder,
    context: FootageContext,
  ) {
    this.#run = run;
    this.#own = own;
    this.#shape = shape;
    this.#preparer = preparer;
    this.#flow = flow;
    this.#context = context;
  }

  /** What the frames say of their colours and pixels, before they are encoded. */
  get encoded() {
    const video = this.#run.source.facts.video!;
    const { width, height } = this.#shape.size;
    const { range, matrix } = colourOf(video);
    const colours =
      this.#run.samples.model === 'gbr'
        ? []
        : [
            filter('setparams', {
              range: range === 'pc' ? 'pc' : 'tv',
              colorspace: matrix === '' ? 'unknown' : matrix,
            }),
          ];
    // the picture as it is shown over the picture as it lies in the file
    const sar = { num: video.width * height, den: width * video.height };
    return [...colours, filter('setsar', { sar })];
  }

  async *frames(queue: FrameQueue): AsyncGenerator<Uint8Array> {
    const { madeCount, madeRate, sourceRate } = this.#run;
    const window = new Window(queue);
    const slotsPerFrame = (sourceRate.num * madeRate.den) / (sourceRate.den * madeRate.num);
    this.shownAsTheyAre = 0;
    for (let index = 0; index < madeCount; index++) {
      this.#context.checkCancelled();
      const { from, to, at } = momentAt(index * slotsPerFrame, this.#own);
      const first = await window.frame(from);
      if (at === 0) this.shownAsTheyAre += 1;
      yield at === 0 ? first.raw : await this.#between(first, await window.frame(to), at);
      this.#report(index + 1);
    }
    // what the reader has left would keep it waiting
    await window.drain();
  }

  async #between(before: HeldFrame, after: HeldFrame, at: number): Promise<Uint8Array> {
    const [first, second] = [before, after].map((held) => (held.prepared ??= this.#preparer.prepare(held.raw)));
    if (!first || !second) throw new Error('a frame was not prepared');
    const grid = await this.#flow.find(first, second, at);
    const made = new Uint8Array(this.#shape.bytes);
    warpFrame(first.planes, second.planes, grid, this.#shape, made);
    return made;
  }

  #report(count: number): void {
    const { madeCount } = this.#run;
    const fraction = lookShare + (1 - lookShare) * (count / madeCount);
    this.#context.report({ fraction, stage: 'between', step: count, stepCount: madeCount });
  }
}

interface HeldFrame {
  /** As it was decoded. */
  readonly raw: Uint8Array;
  /** Once something is made of it. */
  prepared: SourceFrame | null;
}

/** The frames of the source that are needed now: moments only go forward. */
class Window {
  readonly #queue: FrameQueue;
  readonly #held = new Map<number, HeldFrame>();
  #next = 0;

  constructor(queue: FrameQueue) {
    this.#queue = queue;
  }

  /** The frame of a slot. Only it and the one that was asked for before are held. */
  async frame(slot: number): Promise<HeldFrame> {
    while (this.#next <= slot) {
      const raw = await this.#queue.next();
      if (!raw) throw new Error(`the source ended before its frame ${slot}`);
      if (this.#next === slot) {
        for (const old of [...this.#held.keys()].slice(0, -1)) this.#held.delete(old);
        this.#held.set(slot, { raw, prepared: null });
      }
      this.#next += 1;
    }
    const held = this.#held.get(slot);
    if (!held) throw new Error(`frame ${slot} of the source is gone`);
    return held;
  }

  async drain(): Promise<void> {
    while (await this.#queue.next());
  }
}
