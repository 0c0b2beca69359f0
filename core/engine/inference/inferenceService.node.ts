/**
 * The engine's side of inference: keeps one warm child, gives it one run at a time, ends it on cancel (memory comes
 * back with it) and after a while of idleness. A child that dies costs the run it had and nothing else.
 */
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { ChildExit, SpawnInference } from './inferenceChild.ts';
import { endWorker, InferenceWorkers, type InferenceWorker } from './inferenceWorkers.ts';
import type { InferenceResult, InferenceRun, ProbeResult, RunProgress, RunSettings } from './protocol.ts';
import type { ProviderName } from './providerNames.ts';
import { createStageClock, type StageTimes } from './stageClock.ts';

/** Tells when a run in the background has to wait: calls at once and at every change, until it is ended. */
export interface Rest {
  watch(listener: (resting: boolean) => void): () => void;
}

export interface InferenceService {
  /** Throws FailureError 'cancelled', 'outOfMemory', 'inferenceFailed', 'packInvalid', or ChildDied. */
  run(
    run: InferenceRun,
    settings: RunSettings,
    options: { signal: AbortSignal; onProgress(progress: RunProgress): void; rest?: Rest },
  ): Promise<{ result: InferenceResult; times: StageTimes }>;
  /** Runs in a separate child, since a driver may crash its process. Never throws for anything the provider does. */
  probe(provider: ProviderName, threads: number): Promise<ProbeResult>;
  /** For the cancel test and the status: the children that live. */
  childPids(): readonly number[];
  close(): Promise<void>;
}

/** The child ended while it worked: killed, crashed, or out of memory by the system's own judgement. */
export class ChildDied extends Error {
  override readonly name = 'ChildDied';
  readonly exit: ChildExit;

  constructor(exit: ChildExit) {
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

/** Starts no child before it is needed. */
export function createInferenceService(options: InferenceServiceOptions): InferenceService {
  const { spawn, idleMs = 5 * 60_000, graceMs = 400, probeTimeoutMs = 60_000 } = options;
  const workers = new InferenceWorkers(spawn, idleMs);
  let nextId = 1;
  return {
    async run(run, settings, { signal, onProgress, rest }) {
      if (signal.aborted) throw new FailureError('cancelled', sentence('engine.cancelled'));
      const worker = workers.take();
      const clock = createStageClock();
      const id = nextId++;
      let endRest = (): void => undefined;
      try {
        const answered = resultOf(worker, id, { signal, graceMs }, (progress) => {
          clock.stage(progress.stage);
          onProgress(progress);
        });
        worker.child.send({ type: 'run', id, run, settings });
        if (rest) endRest = rest.watch((resting) => worker.child.send({ type: 'rest', resting }));
        const result = await answered;
        workers.putBack(worker);
        return { result, times: clock.times() };
      } catch (error) {
        // what failed may have left anything behind: the next run starts in a fresh process
        if (!worker.isDead) worker.child.kill();
        throw error;
      } finally {
        endRest();
      }
    },

    async probe(provider, threads) {
      const worker = workers.start();
      const id = nextId++;
      const answered = probeResultOf(worker, id, provider, probeTimeoutMs);
      worker.child.send({ type: 'probe', id, provider, threads });
      const result = await answered;
      worker.child.kill();
      return result;
    },

    childPids: () => workers.pids,
    close: () => workers.close(),
  };
}

/** The end of one run: its result, its failure, the child's death, or the cancel, which ends the child. */
function resultOf(
  worker: InferenceWorker,
  id: number,
  { signal, graceMs }: { readonly signal: AbortSignal; readonly graceMs: number },
  onProgress: (progress: RunProgress) => void,
): Promise<InferenceResult> {
  return new Promise<InferenceResult>((resolve, reject) => {
    let isCancelled = false;
    const cancel = (): void => {
      isCancelled = true;
      void endWorker(worker, graceMs).then(() => reject(new FailureError('cancelled', sentence('engine.cancelled'))));
    };
    signal.addEventListener('abort', cancel, { once: true });
    const stopListening = () => signal.removeEventListener('abort', cancel);
    void worker.exited.then((exit) => {
      stopListening();
      if (!isCancelled) reject(new ChildDied(exit));
    });
    worker.onMessage = (message) => {
      if (isCancelled || !('id' in message) || message.id !== id) return;
      if (message.type === 'progress') onProgress(message);
      if (message.type !== 'done' && message.type !== 'failed') return;
      stopListening();
      if (message.type === 'done') resolve(message.result);
      else reject(new FailureError(message.code, message.message));
    };
  });
}

/** The outcome of a provider's trial; a driver may also hang, or take its process down. */
function probeResultOf(
  worker: InferenceWorker,
  id: number,
  provider: ProviderName,
  timeoutMs: number,
): Promise<ProbeResult> {
  return new Promise<ProbeResult>((resolve) => {
    const settle = (result: ProbeResult) => {
      clearTimeout(timer);
      resolve(result);
    };
    const fail = (problem: string) =>
      settle({
        provider,
        maxError: null,
        halfPrecisionError: null,
        milliseconds: null,
        gflops: null,
        firstRunMilliseconds: null,
        problem,
      });
    const timer = setTimeout(() => fail(`did not answer within ${timeoutMs / 1000} s`), timeoutMs);
    void worker.exited.then((exit) => fail(`its driver ended the process (${exit.signal ?? exit.code ?? 'unknown'})`));
    worker.onMessage = (message) => {
      if (message.type === 'probed' && message.id === id) settle(message.result);
    };
  });
}
