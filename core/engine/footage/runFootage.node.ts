/** The engine's side of a task on footage: one run in the inference child, which cancelling ends at once. */
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { ChildDied, type InferenceService, type Rest } from '../inference/inferenceService.node.ts';
import type { RunProgress } from '../inference/protocol.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { StageTimes } from '../inference/stageClock.ts';
import { AttemptFailed } from '../jobs/retry.ts';
import type { JobContext } from '../services.node.ts';
import type { FootageTask, FootageTaskResult } from './tasks.ts';

/** What a task's run needs of the engine. */
export interface FootageRooms {
  readonly inference: InferenceService;
  readonly providers: Pick<Providers, 'threads'>;
}

/**
 * `rest`: when the work is to wait. Throws FailureError, or AttemptFailed where the child died and another attempt may
 * go better.
 */
export async function runFootage<T extends FootageTask>(
  task: T,
  scratchFolder: string,
  { inference, providers }: FootageRooms,
  context: Pick<JobContext, 'signal' | 'setDevice'>,
  onProgress: (progress: RunProgress) => void,
  rest?: Rest,
): Promise<{ readonly result: Extract<FootageTaskResult, { task: T['task'] }>; readonly times: StageTimes }> {
  context.setDevice('CPU');
  try {
    const { result, times } = await inference.run(
      { family: 'footage', ...task },
      { provider: 'cpu', threads: providers.threads, scratchFolder },
      { signal: context.signal, onProgress, ...(rest ? { rest } : {}) },
    );
    if (result.family !== 'footage' || result.task !== task.task) throw new Error('the child answered another task');
    return { result: result as Extract<FootageTaskResult, { task: T['task'] }> & typeof result, times };
  } catch (error) {
    if (context.signal.aborted) throw new FailureError('cancelled', sentence('engine.cancelled'));
    if (error instanceof ChildDied)
      throw new AttemptFailed(
        { code: 'inferenceFailed', message: error.message },
        sentence('device.tryingAgain', { reason: error.message }),
      );
    throw error;
  }
}
