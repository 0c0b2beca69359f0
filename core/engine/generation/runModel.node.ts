/**
 * A family's run in the child, on the provider that this machine has for the pack. What fails on a graphics processor
 * is tried again on the CPU, and said; a child that just died is tried again once.
 */
import { freemem } from 'node:os';
import { FailureError } from '../../contract/errors.ts';
import { ChildDied, type InferenceService } from '../inference/inferenceService.node.ts';
import type { StageTimes } from '../inference/stageClock.ts';
import { deviceName, type ProviderName } from '../inference/providerNames.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { InferenceResult, InferenceRun } from '../inference/protocol.ts';
import { AttemptFailed } from '../jobs/retry.ts';
import type { LoadedPack } from '../packs/packStore.node.ts';
import type { JobContext } from '../services.node.ts';

export interface ModelRun {
  readonly result: InferenceResult;
  readonly times: StageTimes;
  readonly provider: ProviderName;
}

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** Throws FailureError, or AttemptFailed when another attempt may go better. `progress` gets 0..1 of this run. */
export async function runModel(
  run: InferenceRun,
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
    return { result, times, provider };
  } catch (error) {
    if (context.signal.aborted) throw new FailureError('cancelled', 'Cancelled.');
    if (error instanceof ChildDied)
      return failOrFallBack({ code: 'inferenceFailed', message: error.message }, `${error.message} Trying once more.`);
    if (
      error instanceof FailureError &&
      (error.failure.code === 'outOfMemory' || error.failure.code === 'inferenceFailed')
    ) {
      const { code } = error.failure;
      const message =
        code === 'outOfMemory'
          ? `Not enough memory: ${pack.manifest.name} needs about ${gigabytes(pack.manifest.memoryBytes)}, ${gigabytes(freemem())} are free. Close other programs, or make it shorter.`
          : `The model ${pack.manifest.name} failed: ${firstLine(error.message)}`;
      return failOrFallBack({ code, message }, null);
    }
    throw error;
  }

  function failOrFallBack(
    failure: { code: 'outOfMemory' | 'inferenceFailed'; message: string },
    again: string | null,
  ): never {
    if (provider === 'cpu') {
      if (again !== null) throw new AttemptFailed(failure, again);
      throw new FailureError(failure.code, failure.message);
    }
    const said = `${device} ${failure.code === 'outOfMemory' ? 'ran out of memory' : 'failed'}: running on the CPU.`;
    providers.refuse(provider, pack.manifest.id, said);
    throw new AttemptFailed(failure, said);
  }
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
