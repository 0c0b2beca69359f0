/**
 * Any length from a model of limited length: windows of latents that overlap, denoised together. At each step every
 * window
 * says where its latents should go, and where windows overlap they are averaged (MultiDiffusion, Bar-Tal et al. 2023;
 * to extend in
 * time with triangle weights: Movie Gen). There is one sequence of latents, of one noise, decoded in one stream:
 * nothing begins anew.
 */

/** Latents of the request's sequence. */
export interface Window {
  readonly start: number;
  readonly count: number;
}

/** Smallest 4k+1 that holds `frameCount`. */
export function roundUpFrames(frameCount: number): number {
  return 1 + 4 * Math.ceil((frameCount - 1) / 4);
}

export function latentCount(frames: number): number {
  return 1 + (frames - 1) / 4;
}

/** Frames of latents [start, start + count): the very first latent holds one, each later one the four that follow. */
export function framesOf({ start, count }: Window): { readonly first: number; readonly count: number } {
  const first = start === 0 ? 0 : 4 * start - 3;
  return { first, count: 4 * (start + count - 1) - first + 1 };
}

/** Latents that neighbouring windows share: about a third, and two, which tell a movement, where there are as many. */
function overlapOf(longest: number): number {
  return Math.min(longest - 1, Math.max(2, Math.round(0.3 * longest)));
}

/**
 * Windows of `longest` latents over `total` of them, each beginning a stride after the one before; the last ends with
 * the sequence.
 */
export function planWindows(total: number, longest: number): Window[] {
  if (total <= longest) return [{ start: 0, count: total }];
  const stride = longest - overlapOf(longest);
  const count = 1 + Math.ceil((total - longest) / stride);
  return Array.from({ length: count }, (_, i) => ({ start: Math.min(i * stride, total - longest), count: longest }));
}

/**
 * What a window's word counts in each of its latents, before the windows' weights are divided by their sum: 1 in its
 * middle, falling to
 * both ends but for those of the sequence. Its first latent counts least: the model was taught that the first holds a
 * single frame.
 */
export function windowWeights({ start, count }: Window, total: number): Float32Array {
  const reach = overlapOf(count);
  const ramp = (latentsFromEnd: number): number => Math.min(1, (latentsFromEnd + 0.5) / reach);
  return Float32Array.from({ length: count }, (_, i) =>
    Math.min(start === 0 ? 1 : ramp(i), start + count === total ? 1 : ramp(count - 1 - i)),
  );
}
