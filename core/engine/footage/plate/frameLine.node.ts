/** Makes the frames of a removal in order, while a second thread gathers for the next ones. */
import { setImmediate } from 'node:timers/promises';
import type { Gathered } from './gather.ts';
import type { GatherThread } from './gatherThread.node.ts';
import type { NearFrames } from './heldFrames.node.ts';
import type { PlateFrame } from './plateFrame.ts';
import type { FrameReport, PlateMaker } from './plateMaker.ts';
import type { PlaneRegion } from './region.ts';

/** What a line works with. */
export interface LineTools {
  readonly near: NearFrames;
  /** null: all is done here. */
  readonly thread: GatherThread | null;
  /** Frames held on each side of the one being made. */
  readonly reach: number;
  /** Frames that wait while the thread gathers for them; 0 without a thread. */
  readonly spare: number;
  newMaker(): PlateMaker;
  /** Throws where the work is to stop. */
  checkCancelled(): void;
  /** Takes a made frame. */
  put(frame: PlateFrame, regions: readonly PlaneRegion[]): void;
}

/** Frames go in at one end and come out made at the other; which thread gathered for one changes nothing. */
export class FrameLine {
  reports: FrameReport[] = [];
  private readonly tools: LineTools;
  private maker: PlateMaker;
  /** Gathered here ahead of their turn. */
  private readonly gathered = new Map<number, Gathered | null>();

  constructor(tools: LineTools) {
    this.tools = tools;
    this.maker = tools.newMaker();
  }

  /** From the first frame on. */
  begin(): void {
    const { near, thread, newMaker } = this.tools;
    near.clear();
    thread?.clear();
    this.gathered.clear();
    this.reports = [];
    this.maker = newMaker();
  }

  /** The next frame, in a buffer of the near frames. */
  async add(index: number, bytes: Uint8Array): Promise<void> {
    const { near, thread, reach, spare } = this.tools;
    near.add(index, bytes);
    thread?.hold(near.near(index)!, bytes);
    await this.makeUpTo(index + 1 - reach, spare);
  }

  /** Makes the frames before `end`, which must be held with those that they ask, but for the last `spare`. */
  async makeUpTo(end: number, spare = 0): Promise<void> {
    this.handOut(end);
    while (this.reports.length + spare < end) {
      const index = this.reports.length;
      const other = this.toGatherHere(index, end);
      if (other === null) this.finish(index, await this.gatheredFor(index));
      else this.gathered.set(other, this.maker.gather(this.tools.near.near(other)!, this.tools.near));
      // lets messages through: a cancellation, and what the thread gathered
      await setImmediate();
      this.tools.checkCancelled();
      this.handOut(end);
    }
  }

  /** A later frame for which to gather while the thread is not done with the one whose turn it is. */
  private toGatherHere(index: number, end: number): number | null {
    const { thread } = this.tools;
    if (!thread?.isAsked(index) || thread.isDone(index)) return null;
    for (let other = index + 1; other < end; other++)
      if (!thread.isAsked(other) && !this.gathered.has(other)) return other;
    return null;
  }

  private async gatheredFor(index: number): Promise<Gathered | null> {
    const { thread, near } = this.tools;
    if (thread?.isAsked(index)) return thread.take(index);
    const known = this.gathered.get(index);
    this.gathered.delete(index);
    return known === undefined ? this.maker.gather(near.near(index)!, near) : known;
  }

  private handOut(end: number): void {
    const { thread } = this.tools;
    if (!thread) return;
    for (let index = this.reports.length; index < end && !thread.isBusy; index++)
      if (!thread.isAsked(index) && !this.gathered.has(index)) thread.ask(index);
  }

  private finish(index: number, gathered: Gathered | null): void {
    const { near, thread, reach, put } = this.tools;
    const frame = near.near(index)!;
    const { regions, report } = this.maker.make(frame, near, gathered);
    this.reports.push(report);
    put(frame, regions);
    near.dropBefore(index + 1 - reach);
    thread?.dropBefore(index + 1 - reach);
  }
}
