/** Notices of sources that gave fewer frames than their facts promise. */
import { basename } from 'node:path';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { heldFrom, type FrameOutcome } from '../../ffmpeg/framePromise.ts';

/** Tells of each such source once in a render. */
export class HeldSources {
  readonly #told = new Set<string>();
  readonly #notice: (sentence: Sentence) => void;

  constructor(notice: (sentence: Sentence) => void) {
    this.#notice = notice;
  }

  /** Looks at what one run got of its sources. */
  tell(frames: readonly FrameOutcome[]): void {
    for (const each of frames) {
      const { path } = each.promise;
      const from = heldFrom(each);
      if (from === null || this.#told.has(path)) continue;
      this.#told.add(path);
      this.#notice(sentence('render.held', { name: basename(path), from: from.toFixed(2) }));
    }
  }
}
