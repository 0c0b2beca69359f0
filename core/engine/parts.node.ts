/** Until the project store, the media and the render service stand: rooms that say so. */
import { FailureError } from '../contract/errors.ts';
import type { MediaService, ProjectStore, RenderService } from './services.node.ts';

function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: (_target, key) => {
      if (key === 'shutdown') return () => Promise.resolve();
      if (key === 'recent') return () => Promise.resolve([]);
      if (key === 'resolveFile') return () => Promise.resolve(null);
      return () => {
        throw new FailureError('internal', `The ${name} is not built yet (${String(key)}).`);
      };
    },
  });
}

export const createProjectStore = (): ProjectStore => absent('project store');
export const createMediaService = (): MediaService => absent('media service');
export const createRenderService = (): RenderService => absent('render service');
