/**
 * How fast the lanes scroll while something is held near their edge: faster the nearer, and past it. Slow enough inside
 * the lanes to place an edge by eye.
 */
const zonePx = 24;
const slowestPxPerSecond = 60;
const atBorderPxPerSecond = 400;
const fastestPxPerSecond = 900;
/** A frame that came late does not make the lanes jump. */
const longestFrameMs = 50;

/** Pixels per second for a pointer at `xPx` of lanes `widthPx` wide: negative to the left, 0 away from the edges. */
export function autoScrollSpeed(xPx: number, widthPx: number): number {
  const left = zonePx - xPx;
  const right = xPx - (widthPx - zonePx);
  const into = Math.max(left, right);
  if (into <= 0) return 0;
  const rise = (atBorderPxPerSecond - slowestPxPerSecond) * (into / zonePx) ** 2;
  const speed = Math.min(fastestPxPerSecond, slowestPxPerSecond + rise);
  return left > right ? -speed : speed;
}

/** Pixels to scroll in a frame that took `frameMs`. */
export function autoScrollStep(xPx: number, widthPx: number, frameMs: number): number {
  return (autoScrollSpeed(xPx, widthPx) * Math.min(frameMs, longestFrameMs)) / 1000;
}
