/** The inference children that live: started when they are needed, kept warm one at a time, ended when idle. */
import type { ChildExit, InferenceChild, SpawnInference } from './inferenceChild.ts';
import type { FromChild } from './protocol.ts';

export interface InferenceWorker {
  readonly child: InferenceChild;
  readonly exited: Promise<ChildExit>;
  /** Whoever has the worker hears its messages. */
  onMessage: (message: FromChild) => void;
  isDead: boolean;
}

/** Inference processes: starts one, keeps it warm while it is idle, and ends it after `idleMs`. */
export class InferenceWorkers {
  readonly #spawn: SpawnInference;
  readonly #idleMs: number;
  readonly #living = new Set<InferenceWorker>();
  #idle: InferenceWorker | null = null;
  #idleTimer: NodeJS.Timeout | null = null;

  /** `idleMs`: an unused child ends after this. */
  constructor(spawn: SpawnInference, idleMs: number) {
    this.#spawn = spawn;
    this.#idleMs = idleMs;
  }

  get pids(): readonly number[] {
    return [...this.#living].map((worker) => worker.child.pid).filter((pid) => pid !== null);
  }

  /** A fresh child, which is not kept for others. */
  start(): InferenceWorker {
    const child = this.#spawn();
    let exited: (exit: ChildExit) => void = () => undefined;
    const worker: InferenceWorker = {
      child,
      exited: new Promise((resolve) => (exited = resolve)),
      onMessage: () => undefined,
      isDead: false,
    };
    this.#living.add(worker);
    child.onMessage((message) => worker.onMessage(message));
    child.onExit((exit) => {
      worker.isDead = true;
      this.#living.delete(worker);
      if (this.#idle === worker) this.#idle = null;
      exited(exit);
    });
    return worker;
  }

  /** The warm child, or a fresh one. */
  take(): InferenceWorker {
    this.#stopIdleTimer();
    const worker = this.#idle ?? this.start();
    this.#idle = null;
    return worker;
  }

  /** Keeps the child warm for the next run; ends it where another one is warm already. */
  putBack(worker: InferenceWorker): void {
    worker.onMessage = () => undefined;
    if (worker.isDead) return;
    if (this.#idle) {
      worker.child.kill();
      return;
    }
    this.#idle = worker;
    this.#idleTimer = setTimeout(() => {
      // not to be given out between the kill and the child's end
      this.#idle = null;
      worker.child.kill();
    }, this.#idleMs);
    // an idle child must not keep a command line alive
    this.#idleTimer.unref();
  }

  /** Ends all of them, and answers once they have ended. */
  async close(): Promise<void> {
    this.#stopIdleTimer();
    const all = [...this.#living];
    for (const worker of all) worker.child.kill();
    await Promise.all(all.map((worker) => worker.exited));
  }

  #stopIdleTimer(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }
}

/** Asks the child to stop, kills it when it does not within `graceMs`, and answers once it has ended. */
export async function endWorker(worker: InferenceWorker, graceMs: number): Promise<void> {
  worker.child.send({ type: 'cancel' });
  const timer = setTimeout(() => worker.child.kill(), graceMs);
  await worker.exited;
  clearTimeout(timer);
}
