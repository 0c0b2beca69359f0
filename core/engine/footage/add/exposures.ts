/** How much brighter the surroundings of a picture are than on the frame it was placed on. Pure. */
import { toLinear } from './plateColour.ts';
import type { AddRun } from './addRun.ts';
import { boundsOf, mapQuad, type Quad } from './quad.ts';
import type { SmallFrames } from './smallFrames.node.ts';

const [least, most] = [0.4, 2.5];
/** Frames on each side that it is smoothed over. */
const smoothedOver = 2;
/** Around the picture, times its own size. */
const around = 1.6;

/** A factor on linear light for each frame. Only what changes everywhere around it counts, not what passes by. */
export function exposures(
  { picture, atFrame, light, frameCount, anchor }: AddRun,
  frames: SmallFrames,
  quads: readonly (Quad | null)[],
): readonly number[] {
  // what does not stand in one place has other surroundings all the time
  if (frameCount === 1 || anchor === 'thing' || anchor === 'frame') return quads.map(() => 1);
  const { width, height } = frames.size;
  const [sx, sy] = [width / picture.width, height / picture.height];
  const levels = quads.map((quad, frame) => {
    if (!quad) return null;
    const middle = { x: (quad[0].x + quad[2].x) / 2, y: (quad[0].y + quad[2].y) / 2 };
    const wide = mapQuad(quad, ({ x, y }) => ({
      x: (middle.x + (x - middle.x) * around) * sx,
      y: (middle.y + (y - middle.y) * around) * sy,
    }));
    return medianLight(frames.at(frame), boundsOf([wide], 12, width, height), width);
  });
  const first = levels[atFrame] ?? null;
  return levels.map((level, at) => {
    if (level === null || first === null) return 1;
    const near = levels.slice(Math.max(0, at - smoothedOver), at + smoothedOver + 1).filter((each) => each !== null);
    const mean = near.reduce((sum, each) => sum + each, 0) / near.length;
    // not wholly: a dark thing that passes by is no change of light
    return Math.min(most, Math.max(least, ((mean + 0.004) / (first + 0.004)) ** (0.8 * light)));
  });
}

function medianLight(grey: Uint8Array, box: ReturnType<typeof boundsOf>, width: number): number | null {
  if (!box) return null;
  const counts = new Uint32Array(256);
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) counts[grey[y * width + x]!]!++;
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += counts[level]!;
    if (seen * 2 >= box.width * box.height) return toLinear(Math.max(0, level - 16) / 219);
  }
  return 1;
}
