/**
 * Frames in between, made in the inference child: the film is looked through once for cuts and repeated frames, then
 * read again, and what is made goes straight into the encoder. Two frames of the source are held at a time.
 */
import { colourOf } from '../../../disk/facts.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import type { FootageContext } from '../footageContext.ts';
import { asSource } from '../asSource.ts';
import { lookShare, lookThrough } from '../lookThrough.node.ts';
import { makeFilm, type FrameEncoding } from '../makeFilm.node.ts';
import { FlowFinder } from './findFlow.ts';
import type { FrameQueue } from './frameQueue.node.ts';
import type { InterpolateResult, InterpolateRun } from './interpolateRun.ts';
import { momentAt, type OwnFrames } from './moments.ts';
import { changeBetween, findOwnFrames, noChange, type Change } from './ownFrames.ts';
import { frameShape, type FrameShape } from './rawFrame.ts';
import { readRaw } from './readOwnFrames.node.ts';
import { FramePreparer, workSizes, type SourceFrame } from './sourceFrames.ts';
import { warpFrame } from './warpFrame.ts';

/** Frames of a piece that is kept if the work ends early: some eight seconds of it at 720p. */
const pieceFrames = 48;
/** Long side of the pictures that are looked at, px. */
const lookedAtPx = 192;

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function interpolate(run: InterpolateRun, context: FootageContext): Promise<InterpolateResult> {
  const own = await ownFramesOf(run, context);
  const session = await context.readerOf(run.pack).session(run.graph);
  const size = pictureSize(run.source.facts.video!);
  const sizes = workSizes(size);
  const shape = frameShape(run.samples, size);
  const preparer = new FramePreparer(shape, sizes, colourOf(run.source.facts.video!));
  const film = new Film(run, own, shape, preparer, new FlowFinder(session, sizes), context);
  const kept = await makeFilm({
    read: { count: run.frameCount, bytes: shape.bytes },
    madeCount: run.madeCount,
    encoding: encodingOf(run, shape),
    pieces: run.piecesFolder === null ? null : { folder: run.piecesFolder, framesEach: pieceFrames },
    reading: (queue, rereads) => readRaw(run, queue, rereads),
    frames: (queue, from) => film.frames(queue, from),
  });
  return {
    task: 'interpolate',
    ownFrames: film.shownAsTheyAre,
    repeatedFrames: run.frameCount - own.slots.length,
    cuts: own.holds.filter((held) => held).length - 1,
    kept,
  };
}

/** Where cuts and repeated frames are. */
async function ownFramesOf(run: InterpolateRun, context: FootageContext): Promise<OwnFrames> {
  const changes = await lookThrough<Change>(run, lookedAtPx, context, (before, frame, { width }) =>
    before ? changeBetween(before, frame, width) : noChange,
  );
  return findOwnFrames(changes);
}

function encodingOf({ output, samples, source }: InterpolateRun, { size, bytes }: FrameShape): FrameEncoding {
  const { path, format, rate, options } = output;
  return {
    ...{ pixelFormat: samples.name, size, rate, bytes },
    picture: (graph, frames) => graph.chain([frames], asSource(source.facts.video!, samples, size)),
    output: { path, format, options: [['r', rate], ['fps_mode', 'passthrough'], ...options] },
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

  async *frames(queue: FrameQueue, skipped: number): AsyncGenerator<Uint8Array> {
    const { madeCount, madeRate, sourceRate } = this.#run;
    const window = new Window(queue);
    const slotsPerFrame = (sourceRate.num * madeRate.den) / (sourceRate.den * madeRate.num);
    this.shownAsTheyAre = 0;
    for (let index = 0; index < madeCount; index++) {
      this.#context.checkCancelled();
      const { from, to, at } = momentAt(index * slotsPerFrame, this.#own);
      if (at === 0) this.shownAsTheyAre += 1;
      if (index < skipped) continue;
      const first = await window.frame(from);
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
