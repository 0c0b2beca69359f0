/** Until the render service stands: a room that says so. */
import { FailureError } from '../contract/errors.ts';
import type { RenderService } from './services.node.ts';

function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: (_target, key) => {
      if (key === 'resolveFile') return () => Promise.resolve(null);
      return () => {
        throw new FailureError('internal', `The ${name} is not built yet (${String(key)}).`);
      };
    },
  });
}

export const createRenderService = (): RenderService => absent('render service');
