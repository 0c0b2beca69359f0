/**
 * A family's run in the child, on the provider that this machine has for the pack. What fails on a graphics processor
 * is tried again on the CPU, with a notice; a child that just died is tried again once.
 */
import { freemem } from 'node:os';
import { FailureError } from '../../contract/errors.ts';
import { ChildDied, type InferenceService } from '../inference/inferenceService.node.ts';
import type { StageTimes } from '../inference/stageClock.ts';
import { deviceName, type ProviderName } from '../inference/providerNames.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { ModelInferenceResult, ModelInferenceRun } from '../inference/protocol.ts';
import { AttemptFailed } from '../jobs/retry.ts';
import type { LoadedPack } from '../packs/packStore.node.ts';
import type { JobContext } from '../services.node.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

export interface ModelRun {
  readonly result: ModelInferenceResult;
  readonly times: StageTimes;
  readonly provider: ProviderName;
}

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** Throws FailureError, or AttemptFailed when another attempt may go better. `progress` gets 0..1 of this run. */
export async function runModel(
  run: ModelInferenceRun,
  pack: LoadedPack,
  scratchFolder: string,
  { inference, providers }: { inference: InferenceService; providers: Providers },
  context: Pick<JobContext, 'signal' | 'notice' | 'setDevice'>,
  progress: (step: {
    fraction: number;
    stage: string;
    step: number | null;
    stepCount: number | null;
    previewPath: string | null;
  }) => void,
): Promise<ModelRun> {
  const { provider, notice } = await providers.choose(pack.manifest);
  const device = deviceName(provider);
  if (notice) context.notice(notice);
  context.setDevice(device);
  try {
    const { result, times } = await inference.run(
      run,
      { provider, threads: providers.threads, scratchFolder },
      { signal: context.signal, onProgress: progress },
    );
    if (result.family === 'footage') throw new Error('the child answered another family');
    return { result, times, provider };
  } catch (error) {
    if (context.signal.aborted) throw new FailureError('cancelled', sentence('engine.cancelled'));
    if (error instanceof ChildDied)
      return failOrFallBack(
        new FailureError('inferenceFailed', error.message),
        sentence('device.tryingAgain', { reason: error.message }),
      );
    if (
      error instanceof FailureError &&
      (error.failure.code === 'outOfMemory' || error.failure.code === 'inferenceFailed')
    ) {
      const { code } = error.failure;
      const { name, memoryBytes } = pack.manifest;
      const words =
        code === 'outOfMemory'
          ? sentence('model.outOfMemory', { name, needed: gigabytes(memoryBytes), free: gigabytes(freemem()) })
          : sentence('model.failed', { name, reason: firstLine(error.message) });
      return failOrFallBack(new FailureError(code, words), null);
    }
    throw error;
  }

  function failOrFallBack(error: FailureError, again: Sentence | null): never {
    if (provider === 'cpu') throw again === null ? error : new AttemptFailed(error.failure, again);
    const ranOut = error.failure.code === 'outOfMemory';
    const why = sentence(ranOut ? 'device.outOfMemory' : 'device.failed', { device });
    providers.refuse(provider, pack.manifest.id, why);
    throw new AttemptFailed(error.failure, why);
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
