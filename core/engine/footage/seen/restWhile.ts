/** Work in the background rests while the user plays or waits for something: asked again and again while it runs. */

import type { Rest } from '../../inference/inferenceService.node.ts';

const askEveryMs = 250;

/** `isBusy` is asked four times a second while somebody watches. */
export function restWhile(isBusy: () => boolean): Rest {
  return {
    watch(listener) {
      let resting = isBusy();
      listener(resting);
      const timer = setInterval(() => {
        const now = isBusy();
        if (now === resting) return;
        resting = now;
        listener(resting);
      }, askEveryMs);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
