/** Puts generation together. */
import { FailureError } from '../../contract/errors.ts';
import type { InferenceService } from '../inference/inferenceService.node.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { PackStore } from '../packs/packStore.node.ts';
import type { Scratch } from '../scratch.node.ts';
import type { MediaService, ProjectStore, RenderService } from '../services.node.ts';
import type { GenerationService } from './generationService.node.ts';

export interface GenerationDependencies {
  readonly home: string;
  readonly appVersion: string;
  readonly projects: ProjectStore;
  readonly media: MediaService;
  readonly render: RenderService;
  readonly packs: PackStore;
  readonly inference: InferenceService;
  readonly providers: Providers;
  readonly scratch: Scratch;
}

export function createGenerationService(_dependencies: GenerationDependencies): GenerationService {
  const absent = (): never => {
    throw new FailureError('internal', 'Generation is not built yet.');
  };
  return { runGeneration: absent, check: absent, estimate: absent, hash: absent };
}
