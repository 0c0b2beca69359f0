/** Overlapping windows, which let a model of limited length generate any length. */

/** A stretch of latent frames. */
export interface Window {
  /** First latent frame of the window. */
  readonly start: number;
  readonly length: number;
}

/** Windows of at most `longest` frames that overlap by at least `overlap`, evenly spread. */
export function planWindows(frameCount: number, longest: number, overlap: number): Window[] {
  if (overlap >= longest)
    throw new RangeError(`an overlap of ${overlap} frames leaves nothing new in windows of ${longest}`);
  if (frameCount <= longest) return [{ start: 0, length: frameCount }];
  const count = 1 + Math.ceil((frameCount - longest) / (longest - overlap));
  return Array.from({ length: count }, (_, i) => ({
    start: Math.round((i * (frameCount - longest)) / (count - 1)),
    length: longest,
  }));
}

/** Weight of each window in each of its frames: triangles where windows overlap; each frame's weights add up to 1. */
export function windowWeights(windows: readonly Window[], frameCount: number): Float32Array[] {
  const sum = new Float32Array(frameCount);
  const weights = windows.map((window, number) => {
    const before = windows[number - 1];
    const after = windows[number + 1];
    const rise = before ? before.start + before.length - window.start : 0;
    const fall = after ? window.start + window.length - after.start : 0;
    return Float32Array.from({ length: window.length }, (_, i) => {
      const weight = Math.min(1, rise === 0 ? 1 : (i + 0.5) / rise, fall === 0 ? 1 : (window.length - i - 0.5) / fall);
      sum[window.start + i] = sum[window.start + i]! + weight;
      return weight;
    });
  });
  return weights.map((own, number) => own.map((weight, i) => weight / sum[windows[number]!.start + i]!));
}

/** Noise levels from 1 to 0, steps + 1 of them, shifted towards noise by `shift` (1 = even). */
export function sigmas(steps: number, shift: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const s = 1 - i / steps;
    return (shift * s) / (1 + (shift - 1) * s);
  });
}
