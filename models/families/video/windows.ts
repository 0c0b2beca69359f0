/**
 * Long requests are made in windows. Each window after the first begins with frames the one before has made: to the
 * model they are known frames, so that a continuation is the job it was trained on ('extend'). The next few frames both
 * windows make, and the picture goes over from one to the other: a change of sharpness at the joint is spread, not a beat.
 */

export interface Window {
  /** First frame of the window in the request. */
  readonly start: number;
  /** Frames in the window, 4k+1. */
  readonly count: number;
  /** Leading frames that an earlier window has made; 0 for the first. */
  readonly overlap: number;
  /** Frames after those that the earlier window has made too, mixed from its to this one's; 0 for the first. */
  readonly blend: number;
}

/** Smallest 4k+1 that holds `frameCount`. */
export function roundUpFrames(frameCount: number): number {
  return 1 + 4 * Math.ceil((frameCount - 1) / 4);
}

export function latentCount(frames: number): number {
  return 1 + (frames - 1) / 4;
}

/**
 * `frameCount` 4k+1; `maxFrames` 4k+1. Long windows overlap by 5 known frames (two latents, which tell a movement) and 4 mixed ones;
 * those of a model with windows of a second by one and 4: the plan of its figures tells the movement. overlap + blend is 4k+1, so
 * that the last window ends with the request.
 */
export function planWindows(frameCount: number, maxFrames: number): Window[] {
  if (frameCount <= maxFrames) return [{ start: 0, count: frameCount, overlap: 0, blend: 0 }];
  const [overlap, blend] = maxFrames >= 41 ? [5, 4] : maxFrames >= 13 ? [1, 4] : [1, 0];
  const windows: Window[] = [{ start: 0, count: maxFrames, overlap: 0, blend: 0 }];
  let made = maxFrames;
  while (made < frameCount) {
    const start = made - overlap - blend;
    const count = Math.min(maxFrames, roundUpFrames(frameCount - start));
    windows.push({ start, count, overlap, blend });
    made = start + count;
  }
  return windows;
}
