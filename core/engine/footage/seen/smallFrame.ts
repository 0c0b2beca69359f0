/** A frame made small enough to compare with its neighbours: brightness in cells, and how its colours are spread. */

/** A quarter of the frame's sides, brightness 0..255, and shares of 512 colours. */
export interface SmallFrame {
  readonly width: number;
  readonly height: number;
  readonly grey: Float32Array;
  readonly colours: Float32Array;
}

/** px of the frame that become one. */
const cellPx = 4;

/** Averages cells of an rgb24 frame. */
export function smallFrame(rgb: Uint8Array, frameWidth: number, frameHeight: number): SmallFrame {
  const width = Math.max(1, Math.floor(frameWidth / cellPx));
  const height = Math.max(1, Math.floor(frameHeight / cellPx));
  const grey = new Float32Array(width * height);
  const colours = new Float32Array(512);
  const one = 1 / (width * height);
  const [across, down] = [Math.min(cellPx, frameWidth), Math.min(cellPx, frameHeight)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue] = [0, 0, 0];
      for (let dy = 0; dy < down; dy++) {
        let at = ((y * cellPx + dy) * frameWidth + x * cellPx) * 3;
        for (let dx = 0; dx < across; dx++) {
          red += rgb[at++]!;
          green += rgb[at++]!;
          blue += rgb[at++]!;
        }
      }
      const count = across * down;
      grey[y * width + x] = (0.299 * red + 0.587 * green + 0.114 * blue) / count;
      const colour = ((red / count) >> 5) * 64 + ((green / count) >> 5) * 8 + ((blue / count) >> 5);
      colours[colour]! += one;
    }
  }
  return { width, height, grey, colours };
}

/** How much of the picture has other colours, 0..1. */
export function colourChange(a: SmallFrame, b: SmallFrame): number {
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += Math.abs(a.colours[i]! - b.colours[i]!);
  return sum / 2;
}

const block = 8;
const reach = 7;
/** Mean difference of brightness below which a block counts as unchanged. */
const sameLevel = 2;

/**
 * How much of a frame cannot be explained by parts of the other that moved, 0 (all of it is there) to about 1 (nothing
 * alike). Each block is sought nearby; what is left of it is measured against its own contrast, so that a dark shot
 * counts as a bright one does, and a change of light alone is none.
 */
export function unexplained(a: SmallFrame, b: SmallFrame): number {
  const { width, height } = b;
  let [left, whole] = [0, 0];
  for (let top = 0; top + block <= height; top += block) {
    for (let from = 0; from + block <= width; from += block) {
      const there = blockStatistics(b.grey, width, from, top);
      const here = blockStatistics(a.grey, width, from, top);
      // flat blocks look alike anywhere: they say little, and weigh little
      const contrast = Math.max(there.deviation, here.deviation, 3);
      let best = distance(a, b, from, top, 0, 0, there.mean - here.mean, Infinity);
      for (let dy = -reach; dy <= reach && best > sameLevel; dy++) {
        for (let dx = -reach; dx <= reach && best > sameLevel; dx++) {
          const [x, y] = [from + dx, top + dy];
          if (x < 0 || y < 0 || x + block > width || y + block > height) continue;
          best = Math.min(best, distance(a, b, from, top, dx, dy, there.mean - here.mean, best));
        }
      }
      left += Math.max(0, best - sameLevel);
      whole += contrast;
    }
  }
  return whole === 0 ? 0 : Math.min(1, left / whole);
}

function blockStatistics(grey: Float32Array, width: number, left: number, top: number) {
  let [sum, squares] = [0, 0];
  for (let y = top; y < top + block; y++) {
    for (let x = left; x < left + block; x++) {
      const value = grey[y * width + x]!;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / (block * block);
  return { mean, deviation: Math.sqrt(Math.max(0, squares / (block * block) - mean * mean)) };
}

/** A change of light up to this many levels is forgiven. */
const forgivenLight = 16;

function distance(
  a: SmallFrame,
  b: SmallFrame,
  left: number,
  top: number,
  dx: number,
  dy: number,
  lighter: number,
  give: number,
): number {
  const light = Math.max(-forgivenLight, Math.min(forgivenLight, lighter));
  const most = give * block * block;
  let sum = 0;
  for (let y = 0; y < block; y++) {
    const to = (top + y) * b.width + left;
    const from = (top + dy + y) * a.width + left + dx;
    for (let x = 0; x < block; x++) sum += Math.abs(b.grey[to + x]! - a.grey[from + x]! - light);
    if (sum >= most) return give;
  }
  return sum / (block * block);
}
