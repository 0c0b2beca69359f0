/**
 * A second thread that gathers for frames ahead of the one being made, so that a removal uses two cores. Frames lie in
 * memory that both threads see; what is gathered does not depend on the thread.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Camera } from './camera.node.ts';
import type { Gathered } from './gather.ts';
import type { FrameLayout } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';

/** What the thread is started with. */
export interface GatherStart {
  readonly camera: Camera;
  readonly layout: FrameLayout;
  readonly reach: number;
  readonly masks: { readonly path: string; readonly frameCount: number; readonly growth: number };
  readonly far: { readonly path: string; readonly indices: readonly number[] };
}

/** To the thread, in order. `bytes` and the hole are in shared memory and stay as they are until they are dropped. */
export type ToGather =
  | { readonly type: 'hold'; readonly index: number; readonly bytes: Uint8Array; readonly hole: PlateFrame['hole'] }
  | { readonly type: 'drop'; readonly before: number }
  | { readonly type: 'gather'; readonly index: number; readonly round: number };

/** From the thread: first that it runs, then what was asked for. */
export type FromGather =
  | { readonly type: 'ready' }
  | { readonly type: 'gathered'; readonly index: number; readonly round: number; readonly gathered: Gathered | null };

/** Frames asked for at a time: the thread must not wait while this one is busy with a frame. */
const mostAsked = 3;
const defaultEntry = new URL('./plateThread.mjs', import.meta.url);

/**
 * Starts the thread; null where it cannot be: the sources run unbundled, or the host starts no threads. `entry`: the
 * bundled plateThread.node.ts.
 */
export async function openGatherThread(start: GatherStart, entry: URL = defaultEntry): Promise<GatherThread | null> {
  if (!existsSync(entry)) return null;
  const worker = new Worker(entry, { workerData: start, execArgv: [] });
  const isReady = await new Promise<boolean>((resolve) => {
    worker.once('message', () => resolve(true));
    worker.once('error', () => resolve(false));
    worker.once('exit', () => resolve(false));
  });
  return isReady ? new GatherThread(worker) : null;
}

/** The running thread, as the one that makes the frames sees it. */
export class GatherThread {
  private readonly worker: Worker;
  /** By frame: undefined while the thread works on it. */
  private readonly asked = new Map<number, Gathered | null | undefined>();
  private round = 0;
  private failure: Error | null = null;
  private wake: () => void = () => undefined;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.on('message', (message: FromGather) => {
      if (message.type !== 'gathered' || message.round !== this.round) return;
      this.asked.set(message.index, message.gathered);
      this.wake();
    });
    worker.on('error', (error: Error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('the thread that gathers has ended')));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  private send(message: ToGather): void {
    this.worker.postMessage(message);
  }

  hold({ index, hole }: PlateFrame, bytes: Uint8Array): void {
    this.send({ type: 'hold', index, bytes, hole });
  }

  dropBefore(before: number): void {
    this.send({ type: 'drop', before });
  }

  /** Forgets all frames and what was asked: they come once more. */
  clear(): void {
    this.round++;
    this.asked.clear();
    this.dropBefore(Infinity);
  }

  get isRunning(): boolean {
    return this.worker.threadId !== -1;
  }

  get isBusy(): boolean {
    return [...this.asked.values()].filter((gathered) => gathered === undefined).length >= mostAsked;
  }

  ask(index: number): void {
    this.asked.set(index, undefined);
    this.send({ type: 'gather', index, round: this.round });
  }

  isAsked(index: number): boolean {
    return this.asked.has(index);
  }

  isDone(index: number): boolean {
    return this.failure !== null || this.asked.get(index) !== undefined;
  }

  /** Waits for what was asked. Throws what the thread ended with. */
  async take(index: number): Promise<Gathered | null> {
    for (;;) {
      const gathered = this.asked.get(index);
      if (gathered !== undefined) {
        this.asked.delete(index);
        return gathered;
      }
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** Ends the thread at once, whatever it does. */
  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
