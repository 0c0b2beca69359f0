import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChildExit, InferenceChild } from './inferenceChild.ts';
import { endWorker, InferenceWorkers } from './inferenceWorkers.ts';
import type { FromChild, ToChild } from './protocol.ts';

/** A child by hand. `obedient`: ends when it is asked to. */
class StandInChild implements InferenceChild {
  readonly pid: number;
  readonly heard: ToChild[] = [];
  obedient = false;
  say: (message: FromChild) => void = () => undefined;
  die: (exit: ChildExit) => void = () => undefined;
  constructor(pid: number) {
    this.pid = pid;
  }
  send(message: ToChild): void {
    this.heard.push(message);
    if (this.obedient && message.type === 'cancel') this.die({ code: 0, signal: null });
  }
  onMessage(listener: (message: FromChild) => void): void {
    this.say = listener;
  }
  onExit(listener: (exit: ChildExit) => void): void {
    this.die = listener;
  }
  kill(): void {
    this.die({ code: null, signal: 'SIGKILL' });
  }
}

let children: StandInChild[];
let workers: InferenceWorkers;
beforeEach(() => {
  vi.useFakeTimers();
  children = [];
  workers = new InferenceWorkers(() => {
    children.push(new StandInChild(children.length + 1));
    return children.at(-1)!;
  }, 1000);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a child', () => {
  it('that was put back is taken again; a second one beside it is ended', () => {
    const [first, second] = [workers.take(), workers.take()];
    workers.putBack(first);
    workers.putBack(second);
    expect(workers.pids).toEqual([1]);
    expect(workers.take()).toBe(first);
    expect(children).toHaveLength(2);
  });

  it('that is idle too long ends; one that is taken in time does not', () => {
    const worker = workers.take();
    workers.putBack(worker);
    vi.advanceTimersByTime(999);
    expect(workers.take()).toBe(worker);
    vi.advanceTimersByTime(5000);
    expect(workers.pids).toEqual([1]);
    workers.putBack(worker);
    vi.advanceTimersByTime(1000);
    expect(workers.pids).toEqual([]);
  });

  it('that died while it was idle is not given out', () => {
    workers.putBack(workers.take());
    children[0]!.die({ code: 1, signal: null });
    expect(workers.take().child).toBe(children[1]);
  });

  it('that was put back talks to nobody', () => {
    const worker = workers.take();
    const heard: FromChild[] = [];
    worker.onMessage = (message) => heard.push(message);
    children[0]!.say({ type: 'ready' });
    workers.putBack(worker);
    children[0]!.say({ type: 'ready' });
    expect(heard).toEqual([{ type: 'ready' }]);
  });
});

describe('ending', () => {
  it('waits for a child that listens, and kills one that does not', async () => {
    const [kind, blocked] = [workers.start(), workers.start()];
    children[0]!.obedient = true;
    await endWorker(kind, 400);
    expect(workers.pids).toEqual([2]);
    const ended = endWorker(blocked, 400);
    await vi.advanceTimersByTimeAsync(400);
    await ended;
    expect(await blocked.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('closing ends all of them', async () => {
    workers.putBack(workers.take());
    workers.start();
    await workers.close();
    expect(workers.pids).toEqual([]);
  });
});
