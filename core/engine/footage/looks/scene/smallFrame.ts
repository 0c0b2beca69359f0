/** What the parts of a scene are found by: planes of a small frame. */

/** One value a pixel, row by row. */
export type Values = Float32Array;

/** A small frame in the planes that are looked at. */
export interface SmallFrame {
  readonly width: number;
  readonly height: number;
  /** 0..1 */
  readonly luma: Values;
  /** HSV saturation, 0..1. */
  readonly saturation: Values;
  /** How blue: from 0 (not at all) to 1. */
  readonly blue: Values;
  /** Red less blue, -1..1. */
  readonly warmth: Values;
  /** The darkest of red, green and blue, 0..1. */
  readonly darkest: Values;
  /** How much luma changes to the neighbours, 0..1. */
  readonly slope: Values;
  /** How much a colour is that of skin, 0..1. */
  readonly skin: Values;
}

/** Reads a frame of rgb24. */
export function smallFrameOf(rgb: Uint8Array, width: number, height: number): SmallFrame {
  const count = width * height;
  const planes = { luma: values(count), saturation: values(count), blue: values(count), darkest: values(count) };
  const warmth = values(count);
  const skin = values(count);
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [rgb[3 * i]! / 255, rgb[3 * i + 1]! / 255, rgb[3 * i + 2]! / 255];
    const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
    planes.luma[i] = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    planes.saturation[i] = most === 0 ? 0 : (most - least) / most;
    planes.darkest[i] = least;
    warmth[i] = r - b;
    // blue above green above red: sky, and not violet or the green of leaves
    planes.blue[i] = b >= g && g >= r - 0.02 ? step(0.03, 0.14, b - r) : 0;
    skin[i] = skinShare(r, g, b);
  }
  return { width, height, ...planes, warmth, skin, slope: slopeOf(planes.luma, width, height) };
}

function values(count: number): Values {
  return new Float32Array(count);
}

/** Rises smoothly from 0 at `from` to 1 at `to`. */
export function step(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Skin of all shades lies in one narrow range of Cb and Cr (after Chai and Ngan, 1999). */
function skinShare(r: number, g: number, b: number): number {
  const cb = -0.169 * r - 0.331 * g + 0.5 * b;
  const cr = 0.5 * r - 0.419 * g - 0.081 * b;
  return step(0.015, 0.05, cr) * (1 - step(0.17, 0.2, cr)) * step(-0.22, -0.18, cb) * (1 - step(-0.02, 0.01, cb));
}

function slopeOf(luma: Values, width: number, height: number): Values {
  const slope = values(luma.length);
  for (let y = 0; y < height; y++) {
    const [above, below] = [Math.max(0, y - 1) * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      const across = luma[y * width + right]! - luma[y * width + left]!;
      const down = luma[below + x]! - luma[above + x]!;
      slope[y * width + x] = Math.abs(across) + Math.abs(down);
    }
  }
  return slope;
}
