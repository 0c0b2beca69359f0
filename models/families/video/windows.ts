/**
 * Overlapping windows of latents, denoised together, let a model of limited length generate any length. In each step
 * every window predicts its velocity, and predictions are averaged where windows overlap (MultiDiffusion, Bar-Tal et
 * al. 2023; triangle weights in time as in Movie Gen). There is one sequence of latents from one noise, decoded in one
 * stream, so no window starts from scratch.
 */

/** A window of latents in the request's sequence. */
export interface Window {
  readonly start: number;
  readonly count: number;
}

/** Smallest 4k+1 that holds `frameCount`. */
export function roundUpFrames(frameCount: number): number {
  return 1 + 4 * Math.ceil((frameCount - 1) / 4);
}

/** Latents of 4k+1 frames. */
export function latentCount(frames: number): number {
  return 1 + (frames - 1) / 4;
}

/** Frames of a window. The first latent of the sequence holds one frame, every later one the next four. */
export function framesOf({ start, count }: Window): { readonly first: number; readonly count: number } {
  const first = start === 0 ? 0 : 4 * start - 3;
  return { first, count: 4 * (start + count - 1) - first + 1 };
}

/** Latents that neighbouring windows share: about a third, and at least two if possible, since two show movement. */
function overlapOf(longest: number): number {
  return Math.min(longest - 1, Math.max(2, Math.round(0.3 * longest)));
}

/**
 * Windows of `longest` latents over `total` of them, each starting one stride after the previous; the last ends with
 * the sequence.
 */
export function planWindows(total: number, longest: number): Window[] {
  if (total <= longest) return [{ start: 0, count: total }];
  const stride = longest - overlapOf(longest);
  const count = 1 + Math.ceil((total - longest) / stride);
  return Array.from({ length: count }, (_, i) => ({ start: Math.min(i * stride, total - longest), count: longest }));
}

/**
 * A window's weight in each of its latents, before normalisation: 1 in its middle, falling towards both ends except at
 * the ends of the sequence. Its first latent weighs least, because in training the first latent of a clip holds a
 * single frame.
 */
export function windowWeights({ start, count }: Window, total: number): Float32Array {
  const reach = overlapOf(count);
  const ramp = (latentsFromEnd: number): number => Math.min(1, (latentsFromEnd + 0.5) / reach);
  return Float32Array.from({ length: count }, (_, i) =>
    Math.min(start === 0 ? 1 : ramp(i), start + count === total ? 1 : ramp(count - 1 - i)),
  );
}
