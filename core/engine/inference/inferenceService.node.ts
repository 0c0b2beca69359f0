/**
 * The engine's side of inference: keeps one warm child, gives it one run at a time, ends it on cancel (memory comes
 * back with it) and after a while of idleness. A child that dies costs the run it had and nothing else.
 */
import { FailureError } from '../../contract/errors.ts';
import type { InferenceChild, SpawnInference } from './inferenceChild.ts';
import type { FromChild, InferenceResult, InferenceRun, ProbeResult, RunSettings } from './protocol.ts';
import type { ProviderName } from './providerNames.ts';

export interface StageTimes {
  /** Seconds spent in the steps ('denoise', 'music'). */
  readonly stepSeconds: number;
  /** Seconds in everything else: text, encode, decode, mix. Loading the graphs is in neither. */
  readonly codingSeconds: number;
  /** From the run's start to its first report. */
  readonly loadSeconds: number;
}

export type RunProgress = Omit<Extract<FromChild, { type: 'progress' }>, 'type' | 'id'>;

export interface InferenceService {
  /** Throws FailureError 'cancelled', 'outOfMemory', 'inferenceFailed', 'packInvalid', or ChildDied. */
  run(
    run: InferenceRun,
    settings: RunSettings,
    options: { signal: AbortSignal; onProgress(progress: RunProgress): void },
  ): Promise<{ result: InferenceResult; times: StageTimes }>;
  /** In a child of its own, since a driver may take its process down. Never throws for what the provider does. */
  probe(provider: ProviderName, threads: number): Promise<ProbeResult>;
  /** For the cancel test and the status: the children that live. */
  childPids(): readonly number[];
  close(): Promise<void>;
}

/** The child ended while it worked: killed, crashed, or out of memory by the system's own judgement. */
export class ChildDied extends Error {
  override readonly name = 'ChildDied';
  readonly exit: { readonly code: number | null; readonly signal: string | null };

  constructor(exit: { readonly code: number | null; readonly signal: string | null }) {
    super(`The inference process ended unexpectedly (${exit.signal ?? `exit code ${exit.code ?? 'unknown'}`}).`);
    this.exit = exit;
  }
}

export interface InferenceServiceOptions {
  readonly spawn: SpawnInference;
  /** An unused child ends after this. */
  readonly idleMs?: number;
  /** From cancel to SIGKILL. */
  readonly graceMs?: number;
  readonly probeTimeoutMs?: number;
}

interface Worker {
  readonly child: InferenceChild;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  onMessage: (message: FromChild) => void;
  dead: boolean;
}

export function createInferenceService(options: InferenceServiceOptions): InferenceService {
  const { spawn, idleMs = 5 * 60_000, graceMs = 400, probeTimeoutMs = 60_000 } = options;
  const workers = new Set<Worker>();
  let idle: Worker | null = null;
  let idleTimer: NodeJS.Timeout | null = null;
  let nextId = 1;

  const startWorker = (): Worker => {
    const child = spawn();
    let exited: (exit: { code: number | null; signal: string | null }) => void = () => undefined;
    const worker: Worker = {
      child,
      exited: new Promise((resolve) => (exited = resolve)),
      onMessage: () => undefined,
      dead: false,
    };
    workers.add(worker);
    child.onMessage((message) => worker.onMessage(message));
    child.onExit((exit) => {
      worker.dead = true;
      workers.delete(worker);
      if (idle === worker) idle = null;
      exited(exit);
    });
    return worker;
  };

  const takeWorker = (): Worker => {
    if (idleTimer) clearTimeout(idleTimer);
    idleTimer = null;
    const worker = idle && !idle.dead ? idle : startWorker();
    idle = null;
    return worker;
  };

  const putBack = (worker: Worker): void => {
    worker.onMessage = () => undefined;
    if (worker.dead) return;
    if (idle) {
      worker.child.kill();
      return;
    }
    idle = worker;
    idleTimer = setTimeout(() => worker.child.kill(), idleMs);
    // an idle child must not keep a command line alive
    idleTimer.unref();
  };

  const end = async (worker: Worker): Promise<void> => {
    worker.child.send({ type: 'cancel' });
    const timer = setTimeout(() => worker.child.kill(), graceMs);
    await worker.exited;
    clearTimeout(timer);
  };

  return {
    async run(run, settings, { signal, onProgress }) {
      if (signal.aborted) throw new FailureError('cancelled', 'Cancelled.');
      const worker = takeWorker();
      const id = nextId++;
      const clock = createStageClock();
      let cancelling = false;
      try {
        const result = await new Promise<InferenceResult>((resolve, reject) => {
          const cancel = (): void => {
            cancelling = true;
            void end(worker).then(() => reject(new FailureError('cancelled', 'Cancelled.')));
          };
          signal.addEventListener('abort', cancel, { once: true });
          void worker.exited.then((exit) => {
            signal.removeEventListener('abort', cancel);
            if (!cancelling) reject(new ChildDied(exit));
          });
          worker.onMessage = (message) => {
            if (cancelling || !('id' in message) || message.id !== id) return;
            if (message.type === 'progress') {
              clock.stage(message.stage);
              onProgress(message);
            } else if (message.type === 'done') {
              signal.removeEventListener('abort', cancel);
              resolve(message.result);
            } else if (message.type === 'failed') {
              signal.removeEventListener('abort', cancel);
              reject(new FailureError(message.code, message.message));
            }
          };
          worker.child.send({ type: 'run', id, run, settings });
        });
        putBack(worker);
        return { result, times: clock.times() };
      } catch (error) {
        // what failed may have left anything behind: the next run starts in a fresh process
        if (!worker.dead) worker.child.kill();
        throw error;
      }
    },

    async probe(provider, threads) {
      const worker = startWorker();
      const id = nextId++;
      const failed = (problem: string): ProbeResult => ({
        provider,
        maxError: null,
        halfPrecisionError: null,
        milliseconds: null,
        gflops: null,
        firstRunMilliseconds: null,
        problem,
      });
      let timer: NodeJS.Timeout | undefined;
      const result = await new Promise<ProbeResult>((resolve) => {
        timer = setTimeout(() => resolve(failed(`did not answer within ${probeTimeoutMs / 1000} s`)), probeTimeoutMs);
        void worker.exited.then((exit) =>
          resolve(failed(`its driver ended the process (${exit.signal ?? exit.code ?? 'unknown'})`)),
        );
        worker.onMessage = (message) => {
          if (message.type === 'probed' && message.id === id) resolve(message.result);
        };
        worker.child.send({ type: 'probe', id, provider, threads });
      });
      clearTimeout(timer);
      worker.child.kill();
      return result;
    },

    childPids: () => [...workers].map((worker) => worker.child.pid).filter((pid) => pid !== null),

    async close() {
      if (idleTimer) clearTimeout(idleTimer);
      const all = [...workers];
      for (const worker of all) worker.child.kill();
      await Promise.all(all.map((worker) => worker.exited));
    },
  };
}

/** Splits a run's time by its stages, from when they are first reported. */
function createStageClock(): { stage(name: string): void; times(): StageTimes } {
  const startMs = performance.now();
  let lastMs = startMs;
  let current: string | null = null;
  let stepMs = 0;
  let codingMs = 0;
  let loadMs = 0;
  const close = (): void => {
    const now = performance.now();
    if (current === null) loadMs += now - lastMs;
    else if (current === 'denoise' || current === 'music') stepMs += now - lastMs;
    else codingMs += now - lastMs;
    lastMs = now;
  };
  return {
    stage(name) {
      close();
      current = name;
    },
    times() {
      close();
      return { stepSeconds: stepMs / 1000, codingSeconds: codingMs / 1000, loadSeconds: loadMs / 1000 };
    },
  };
}
