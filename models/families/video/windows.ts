/**
 * Long requests are made in windows. Each window after the first begins with frames the one before has made: to the
 * model they are known frames, so that a continuation is the job it was trained on ('extend'), not a blend of two guesses.
 */

export interface Window {
  /** First frame of the window in the request. */
  readonly start: number;
  /** Frames in the window, 4k+1. */
  readonly count: number;
  /** Leading frames that an earlier window has made; 0 for the first. */
  readonly overlap: number;
}

/** Smallest 4k+1 that holds `frameCount`. */
export function roundUpFrames(frameCount: number): number {
  return 1 + 4 * Math.ceil((frameCount - 1) / 4);
}

export function latentCount(frames: number): number {
  return 1 + (frames - 1) / 4;
}

/** `frameCount` 4k+1; `maxFrames` 4k+1. Overlap: 5 frames (two latents), or fewer where the window is tiny. */
export function planWindows(frameCount: number, maxFrames: number): Window[] {
  if (frameCount <= maxFrames) return [{ start: 0, count: frameCount, overlap: 0 }];
  const overlap = maxFrames >= 13 ? 5 : 1;
  const windows: Window[] = [{ start: 0, count: maxFrames, overlap: 0 }];
  let made = maxFrames;
  while (made < frameCount) {
    const start = made - overlap;
    const count = Math.min(maxFrames, roundUpFrames(frameCount - start));
    windows.push({ start, count, overlap });
    made = start + count;
  }
  return windows;
}
