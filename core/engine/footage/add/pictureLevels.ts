/** A picture in linear light at several sizes, drawn into a place in a frame. Pure. */
import type { Box, Size } from '../../../render/place.ts';
import { inverse, type Homography } from '../plate/homography.ts';
import type { Grade } from './lightMatch.ts';
import { toLinear, type LightRegion } from './plateColour.ts';
import { squareTo, type Quad } from './quad.ts';

interface Level extends Size {
  /** Red, green and blue in linear light times opacity, then opacity, for each pixel. */
  readonly data: Float32Array;
}

/** Colours times opacity, and opacity: four values a pixel of the box. */
export interface DrawnPicture extends Box {
  readonly data: Float32Array;
}

/** Without a grade: as the picture's own. */
const plainTable = Float32Array.from({ length: 256 }, (_, level) => toLinear(level / 255));
const plain: Grade = { tables: [plainTable, plainTable, plainTable] };

/** A picture of rgba, 8 bits, colours not multiplied; each size is half of the one before. */
export class PictureLevels {
  private readonly levels: Level[];

  constructor({ width, height }: Size, rgba: Uint8Array, grade: Grade = plain) {
    const data = new Float32Array(width * height * 4);
    for (let at = 0; at < data.length; at += 4) {
      const opacity = rgba[at + 3]! / 255;
      for (const channel of [0, 1, 2] as const)
        data[at + channel] = grade.tables[channel][rgba[at + channel]!]! * opacity;
      data[at + 3] = opacity;
    }
    this.levels = [{ width, height, data }];
    for (let last = this.levels[0]!; Math.min(last.width, last.height) > 2; last = this.levels.at(-1)!)
      this.levels.push(halved(last));
  }

  /** px */
  get size(): Size {
    return this.levels[0]!;
  }

  /** Draws into the box, as the mean over several places: one for each moment that a shutter is open. */
  draw(quads: readonly Quad[], box: Box): DrawnPicture {
    const made = new Float32Array(box.width * box.height * 4);
    for (const quad of quads) this.drawOne(quad, box, made);
    if (quads.length > 1) for (let i = 0; i < made.length; i++) made[i]! /= quads.length;
    return { ...box, data: made };
  }

  private drawOne(quad: Quad, box: Box, to: Float32Array): void {
    const back = inverse(squareTo(quad));
    const level = this.levels[this.levelFor(quad)]!;
    const { width, height } = level;
    const { right, left, top, bottom } = innerBounds(quad, box);
    const sample = new Float32Array(4);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = ((y - box.y) * box.width + x - box.x) * 4;
        // four places in each pixel: the picture's own edge is as smooth as what it shows
        for (const [dx, dy] of places) {
          if (!locate(back, x + dx, y + dy, place)) continue;
          sampled(level, place[0]! * width - 0.5, place[1]! * height - 0.5, sample);
          for (let channel = 0; channel < 4; channel++) to[at + channel]! += sample[channel]! / 4;
        }
      }
    }
  }

  /** The size whose pixels are about as large as the frame's. */
  private levelFor([a, b, c, d]: Quad): number {
    const across = Math.max(Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - d.x, c.y - d.y));
    const down = Math.max(Math.hypot(d.x - a.x, d.y - a.y), Math.hypot(c.x - b.x, c.y - b.y));
    const { width, height } = this.levels[0]!;
    const shrink = Math.min(width / Math.max(1, across), height / Math.max(1, down));
    return Math.min(this.levels.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, shrink)) + 0.35)));
  }
}

const places = [
  [-0.25, -0.25],
  [0.25, -0.25],
  [-0.25, 0.25],
  [0.25, 0.25],
] as const;
const place = new Float64Array(2);

/** Where a pixel of the frame is in the picture, 0..1; false outside. */
function locate(back: Homography, x: number, y: number, to: Float64Array): boolean {
  const w = back[6]! * x + back[7]! * y + back[8]!;
  const u = (back[0]! * x + back[1]! * y + back[2]!) / w;
  const v = (back[3]! * x + back[4]! * y + back[5]!) / w;
  to[0] = u;
  to[1] = v;
  return u >= 0 && v >= 0 && u <= 1 && v <= 1;
}

/** Whole pixels of the box around the corners. */
function innerBounds(quad: Quad, box: Box) {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  return {
    left: Math.max(box.x, Math.floor(Math.min(...xs)) - 1),
    right: Math.min(box.x + box.width, Math.ceil(Math.max(...xs)) + 2),
    top: Math.max(box.y, Math.floor(Math.min(...ys)) - 1),
    bottom: Math.min(box.y + box.height, Math.ceil(Math.max(...ys)) + 2),
  };
}

/** Bilinear, held at the edges. */
function sampled({ width, height, data }: Level, x: number, y: number, to: Float32Array): void {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const [x0, y0] = [cx | 0, cy | 0];
  const [fx, fy] = [cx - x0, cy - y0];
  const across = x0 < width - 1 ? 4 : 0;
  const down = y0 < height - 1 ? width * 4 : 0;
  const at = (y0 * width + x0) * 4;
  for (let channel = 0; channel < 4; channel++) {
    const i = at + channel;
    const above = data[i]! + fx * (data[i + across]! - data[i]!);
    const below = data[i + down]! + fx * (data[i + down + across]! - data[i + down]!);
    to[channel] = above + fy * (below - above);
  }
}

function halved(from: Level): Level {
  const [width, height] = [Math.max(1, from.width >> 1), Math.max(1, from.height >> 1)];
  const data = new Float32Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (2 * y * from.width + 2 * x) * 4;
      for (let channel = 0; channel < 4; channel++) {
        const i = at + channel;
        const below = i + from.width * 4;
        data[(y * width + x) * 4 + channel] =
          (from.data[i]! + from.data[i + 4]! + from.data[below]! + from.data[below + 4]!) / 4;
      }
    }
  }
  return { width, height, data };
}

/** The same pixels as a region of light, colours divided by their opacity where there is any. */
export function lightOfPicture(drawn: DrawnPicture): LightRegion {
  const rgb = new Float32Array(drawn.width * drawn.height * 3);
  for (let pixel = 0; pixel < drawn.width * drawn.height; pixel++) {
    const opacity = drawn.data[pixel * 4 + 3]!;
    if (opacity < 1e-3) continue;
    for (let channel = 0; channel < 3; channel++) rgb[pixel * 3 + channel] = drawn.data[pixel * 4 + channel]! / opacity;
  }
  const { x, y, width, height } = drawn;
  return { x, y, width, height, rgb };
}
