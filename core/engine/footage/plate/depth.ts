/** How deep samples lie in a shape. Pure. */

/** Steps from each open sample to the nearest known one (diagonal steps count as one), and the most of them. */
export function depthOf(open: Uint8Array, width: number): { depth: Uint16Array; deepest: number } {
  const depth = new Uint16Array(open.length);
  const far = 60_000;
  let deepest = 0;
  for (let i = 0; i < open.length; i++) {
    if (open[i] === 0) continue;
    const x = i % width;
    let least = far;
    if (x > 0) least = Math.min(least, depth[i - 1]!);
    if (i >= width) {
      least = Math.min(least, depth[i - width]!);
      if (x > 0) least = Math.min(least, depth[i - width - 1]!);
      if (x < width - 1) least = Math.min(least, depth[i - width + 1]!);
    }
    depth[i] = least + 1;
  }
  for (let i = open.length - 1; i >= 0; i--) {
    if (open[i] === 0) continue;
    const x = i % width;
    let least = depth[i]! - 1;
    if (x < width - 1) least = Math.min(least, depth[i + 1]!);
    if (i < open.length - width) {
      least = Math.min(least, depth[i + width]!);
      if (x < width - 1) least = Math.min(least, depth[i + width + 1]!);
      if (x > 0) least = Math.min(least, depth[i + width - 1]!);
    }
    depth[i] = least + 1;
    if (least + 1 > deepest) deepest = least + 1;
  }
  return { depth, deepest };
}
