/** Any length from a model of limited length: windows that overlap, each told what the last one left. */

export interface Window {
  /** First latent frame of the window. */
  readonly start: number;
  readonly length: number;
  /** Frames at its head that are known already (0 for the first window). */
  readonly known: number;
}

/** Windows of at most `longest` frames that overlap by `overlap`; the last one is moved back so as to be full. */
export function planWindows(frameCount: number, longest: number, overlap: number): Window[] {
  if (overlap >= longest) throw new RangeError(`an overlap of ${overlap} frames leaves nothing new in windows of ${longest}`);
  if (frameCount <= longest) return [{ start: 0, length: frameCount, known: 0 }];
  const windows: Window[] = [];
  let made = 0;
  while (made < frameCount) {
    const start = made === 0 ? 0 : Math.min(made - overlap, frameCount - longest);
    windows.push({ start, length: longest, known: made - start });
    made = start + longest;
  }
  return windows;
}

/** Sigmas from 1 to 0, shifted towards noise by `shift` (1 = even). steps + 1 values. */
export function sigmas(steps: number, shift: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const s = 1 - i / steps;
    return (shift * s) / (1 + (shift - 1) * s);
  });
}
