/** Counts what a run wrote against what was asked for. */
import { basename } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { heldFrom, type FrameOutcome } from './framePromise.ts';

/** What counting needs of a run's result. */
export interface CountedRun {
  readonly frameCount: number;
  readonly frames: readonly FrameOutcome[];
}

/**
 * Throws FailureError 'ffmpegFailed' where a run wrote another number of frames than was asked for. Names the first
 * source that gave no frame at all, and when that was.
 */
export function requireFrames({ frameCount: got, frames }: CountedRun, wanted: number): void {
  if (got === wanted) return;
  const restarted = frames.find((each) => each.restarted);
  if (restarted) {
    const { path } = restarted.promise;
    throw new FailureError('unsupported', sentence('render.pictureChanges', { name: basename(path) }), path);
  }
  const silent = frames.find(({ last }) => last === null);
  if (!silent) throw new FailureError('ffmpegFailed', sentence('render.wrongCount', { got, wanted }));
  const { path } = silent.promise;
  const from = (heldFrom(silent) ?? 0).toFixed(2);
  throw new FailureError(
    'damaged',
    sentence('render.wrongCountFrom', { got, wanted, name: basename(path), from }),
    path,
  );
}
