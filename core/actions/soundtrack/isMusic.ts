import type { GenerationRequest } from '../schema.ts';

/** Whether a request is for music: the stem that instruments play. */
export function isMusic(request: GenerationRequest): boolean {
  return request.action === 'soundtrack' && request.stem === 'music';
}
