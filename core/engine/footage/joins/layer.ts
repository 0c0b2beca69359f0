/** A frame as a layer: moved, scaled and mixed in levels of 0..255, written in its own samples at the end. */
import type { Size } from '../../../render/place.ts';
import { planesOf, type FrameShape } from '../interpolate/rawFrame.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import type { CameraMotion } from './globalMotion.ts';

/** A part of a picture, px. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Planes of one frame. */
export type Layer = readonly FloatPlane[];

/** For nodes `cellPx` apart over a picture: the place in the source that is shown there. px of the picture. */
export interface PlaceGrid {
  readonly picture: Size;
  readonly cellPx: number;
  readonly across: number;
  readonly down: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

const cellPx = 8;

/** A grid of places. `place` answers where the sample at (x, y) comes from. */
export function placeGrid(picture: Size, place: (x: number, y: number) => readonly [number, number]): PlaceGrid {
  const across = Math.ceil(picture.width / cellPx) + 1;
  const down = Math.ceil(picture.height / cellPx) + 1;
  const grid = {
    picture,
    cellPx,
    across,
    down,
    x: new Float32Array(across * down),
    y: new Float32Array(across * down),
  };
  for (let row = 0, i = 0; row < down; row++)
    for (let column = 0; column < across; column++, i++)
      [grid.x[i], grid.y[i]] = place(column * cellPx, row * cellPx) as [number, number];
  return grid;
}

/** Where a picture comes from that the camera has moved since, drawn `zoom` times as large. */
export function cameraPlace({ width, height }: Size, { x, y, grow, turn }: CameraMotion, zoom = 1) {
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const scale = 1 + grow;
  const size = scale * scale + turn * turn;
  return (px: number, py: number): readonly [number, number] => {
    const [u, v] = [(px - cx) / zoom - x, (py - cy) / zoom - y];
    return [cx + (scale * u + turn * v) / size, cy + (scale * v - turn * u) / size];
  };
}

/** How much larger a moved picture must be drawn so that none of its edges shows; 1 = it need not. */
export function coveringZoom(picture: Size, motion: CameraMotion): number {
  const corners = [0, picture.width - 1].flatMap((x) => [0, picture.height - 1].map((y) => [x, y] as const));
  const covers = (zoom: number): boolean => {
    const place = cameraPlace(picture, motion, zoom);
    return corners.every(([x, y]) => {
      const [px, py] = place(x, y);
      return px >= -0.01 && py >= -0.01 && px <= picture.width - 0.99 && py <= picture.height - 0.99;
    });
  };
  if (covers(1)) return 1;
  let [low, high] = [1, 4];
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2;
    if (covers(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The layer as a grid shows it. `mirrored`: beyond its edges it goes on as in a mirror; else its last samples do. */
export function moved(layer: Layer, grid: PlaceGrid, mirrored = false): Layer {
  return layer.map((plane) => movedPlane(plane, grid, mirrored));
}

function movedPlane(plane: FloatPlane, grid: PlaceGrid, mirrored: boolean): FloatPlane {
  const { width, height } = plane;
  const data = new Float32Array(width * height);
  const [across, down] = [grid.picture.width / width, grid.picture.height / height];
  for (let y = 0, i = 0; y < height; y++) {
    const gy = ((y + 0.5) * down - 0.5) / grid.cellPx;
    const above = Math.max(0, Math.min(Math.floor(gy), grid.down - 2));
    const part = gy - above;
    for (let x = 0; x < width; x++, i++) {
      const gx = ((x + 0.5) * across - 0.5) / grid.cellPx;
      const left = Math.max(0, Math.min(Math.floor(gx), grid.across - 2));
      const more = gx - left;
      const at = above * grid.across + left;
      const px = (between(grid.x, at, grid.across, more, part) + 0.5) / across - 0.5;
      const py = (between(grid.y, at, grid.across, more, part) + 0.5) / down - 0.5;
      data[i] = mirrored ? cubicAt(plane, mirror(px, width), mirror(py, height)) : cubicAt(plane, px, py);
    }
  }
  return { width, height, data };
}

function between(field: Float32Array, at: number, across: number, more: number, part: number): number {
  const upper = field[at]! + more * (field[at + 1]! - field[at]!);
  const lower = field[at + across]! + more * (field[at + across + 1]! - field[at + across]!);
  return upper + part * (lower - upper);
}

/** A place beside a side of samples, as in a mirror: -0.5 to side - 0.5. */
export function mirror(place: number, side: number): number {
  const period = 2 * side;
  const at = (((place + 0.5) % period) + period) % period;
  return (at < side ? at : period - at) - 0.5;
}

/** Catmull and Rom's cubic: sharper than a line, and exact on samples. */
function cubicAt({ width, height, data }: FloatPlane, x: number, y: number): number {
  const px = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const py = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const [left, top] = [px | 0, py | 0];
  const [fx, fy] = [px - left, py - top];
  if (fx === 0 && fy === 0) return data[top * width + left]!;
  const x0 = left > 0 ? -1 : 0;
  const x1 = left + 1 < width ? 1 : 0;
  const x2 = left + 2 < width ? 2 : x1;
  let sum = 0;
  for (let row = -1; row <= 2; row++) {
    const weight = cubic(fy, row);
    if (weight === 0) continue;
    const line = Math.max(0, Math.min(top + row, height - 1)) * width + left;
    sum +=
      weight *
      (data[line]! +
        0.5 *
          fx *
          (data[line + x1]! -
            data[line + x0]! +
            fx *
              (2 * data[line + x0]! -
                5 * data[line]! +
                4 * data[line + x1]! -
                data[line + x2]! +
                fx * (3 * (data[line]! - data[line + x1]!) + data[line + x2]! - data[line + x0]!))));
  }
  return sum;
}

function cubic(part: number, tap: number): number {
  const distance = Math.abs(tap - part);
  if (distance >= 2) return 0;
  return distance <= 1
    ? 1.5 * distance ** 3 - 2.5 * distance ** 2 + 1
    : -0.5 * distance ** 3 + 2.5 * distance ** 2 - 4 * distance + 2;
}

/** What stands in a box of the picture goes on beyond it as in a mirror: over the bars beside it. */
export function overBars(layer: Layer, picture: Size, box: Box): Layer {
  if (box.width >= picture.width && box.height >= picture.height) return layer;
  return layer.map(({ width, height, data }) => {
    const [across, down] = [width / picture.width, height / picture.height];
    const inside = (at: number, from: number, side: number): number =>
      from + Math.round(mirror(at - from, Math.max(1, side)));
    const [left, top] = [Math.ceil(box.x * across), Math.ceil(box.y * down)];
    const [wide, tall] = [Math.floor(box.width * across), Math.floor(box.height * down)];
    const columns = Int32Array.from({ length: width }, (_, x) => inside(x, left, wide));
    const filled = new Float32Array(data.length);
    for (let y = 0, i = 0; y < height; y++) {
      const line = inside(y, top, tall) * width;
      for (let x = 0; x < width; x++, i++) filled[i] = data[line + columns[x]!]!;
    }
    return { width, height, data: filled };
  });
}

/** `share` of the second over the first. */
export function mixed(first: Layer, second: Layer, share: number): Layer {
  if (share <= 0) return first;
  if (share >= 1) return second;
  return first.map(({ width, height, data }, plane) => {
    const other = second[plane]!.data;
    const mix = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) mix[i] = data[i]! + share * (other[i]! - data[i]!);
    return { width, height, data: mix };
  });
}

/** A raw frame as a layer. */
export function layerOf(raw: Uint8Array, shape: FrameShape): Layer {
  const scale = 255 / shape.peak;
  return planesOf(raw, shape).map(({ width, height, data }) => {
    const levels = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) levels[i] = data[i]! * scale;
    return { width, height, data: levels };
  });
}

/** The raw frame of a layer. */
export function rawOf(layer: Layer, shape: FrameShape): Uint8Array {
  const raw = new Uint8Array(shape.bytes);
  const scale = shape.peak / 255;
  planesOf(raw, shape).forEach(({ data }, plane) => {
    const levels = layer[plane]!.data;
    for (let i = 0; i < data.length; i++) {
      const value = levels[i]! * scale + 0.5;
      data[i] = value < 0 ? 0 : value > shape.peak ? shape.peak : value;
    }
  });
  return raw;
}
