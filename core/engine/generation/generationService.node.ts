/** What the engine's other rooms see of generation. */
import type { Estimate, PromptReading } from '../../contract/jobs.ts';
import type { GenerationRequest } from '../../document/schema.ts';
import type { JobExecutor } from '../services.node.ts';

export interface GenerationService {
  runGeneration: JobExecutor<'generation'>;
  /**
   * Throws FailureError when the request could never run: prompt too long, pack or source missing, nothing to work on.
   */
  check(projectId: string, request: GenerationRequest): Promise<void>;
  /** What the pack makes of the words, without anything else being looked at. */
  read(projectId: string, request: GenerationRequest): Promise<PromptReading>;
  estimate(projectId: string, request: GenerationRequest): Promise<Estimate>;
  /** One hash a request, in order; what a take's requestHash is compared with. */
  hash(
    projectId: string,
    requests: readonly GenerationRequest[],
    takeHashes?: readonly string[],
  ): Promise<readonly string[]>;
}
