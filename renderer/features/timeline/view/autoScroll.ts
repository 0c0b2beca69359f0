/** How far the lanes scroll in a frame while something is held near their edge, px; faster the nearer, and past it. */
const zonePx = 36;
const fastestPx = 28;

/** Scroll per frame for a pointer at `xPx` of a lane `widthPx` wide: negative to the left, 0 away from the edges. */
export function autoScrollStep(xPx: number, widthPx: number): number {
  const left = zonePx - xPx;
  const right = xPx - (widthPx - zonePx);
  const into = Math.max(left, right);
  if (into <= 0) return 0;
  const speed = Math.min(fastestPx, (into / zonePx) ** 2 * 12 + 1);
  return left > right ? -speed : speed;
}
