/** Edges of a picture that are the same in all frames, and how much of what moves has edges. Pure. */

/** Edges over a stretch of frames. */
export interface Edges {
  /** [height, width], 1 = the same edge in all frames. */
  readonly steady: Uint8Array;
  /** [height, width], 1 = a strong edge in many frames, not always the same. */
  readonly busy: Uint8Array;
  /** Share of all edges that are steady, 0..1. */
  readonly share: number;
}

/** Levels over two pixels: from here on there is an edge; a strong one. */
const [leastEdge, strongEdge] = [9, 45];
/** How alike the edges of all frames must be, 1 = wholly: moving ground comes to 1 / sqrt(frames). */
const alike = 0.82;
/** An edge of an overlay has others near: so many of the 25 samples around it. */
const leastNear = 7;
const manyFrames = 0.35;

/** `frames`: grey, [height, width]. */
export function steadyEdges(frames: readonly Uint8Array[], width: number, height: number): Edges {
  const size = width * height;
  const steady = new Uint8Array(size);
  const busy = new Uint8Array(size);
  let [edges, steadyCount] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      let [sumX, sumY, sum, strong] = [0, 0, 0, 0];
      for (const frame of frames) {
        const gx = frame[at + 1]! - frame[at - 1]!;
        const gy = frame[at + width]! - frame[at - width]!;
        const slope = Math.sqrt(gx * gx + gy * gy);
        sumX += gx;
        sumY += gy;
        sum += slope;
        if (slope > strongEdge) strong++;
      }
      const usual = sum / frames.length;
      if (strong > manyFrames * frames.length) busy[at] = 1;
      if (usual < leastEdge) continue;
      edges++;
      const common = Math.sqrt(sumX * sumX + sumY * sumY) / frames.length;
      if (common < alike * usual || common < leastEdge) continue;
      steady[at] = 1;
      steadyCount++;
    }
  }
  return { steady: crowded(steady, width, height), busy, share: edges === 0 ? 1 : steadyCount / edges };
}

/** Without edges that stand alone. */
function crowded(edges: Uint8Array, width: number, height: number): Uint8Array {
  const kept = new Uint8Array(edges.length);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const at = y * width + x;
      if (edges[at] === 0) continue;
      let near = 0;
      for (let row = at - 2 * width; row <= at + 2 * width; row += width)
        for (let to = row - 2; to <= row + 2; to++) near += edges[to]!;
      if (near >= leastNear) kept[at] = 1;
    }
  }
  return kept;
}
