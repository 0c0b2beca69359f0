/**
 * Cuts a figure out of a user's picture, in the form the generator takes: stretched to a square, premultiplied, 0..1.
 * A background of one colour is removed (a cut-out on white, a drawing on paper); a photograph with a real background
 * stays a rectangle, and the caller reports that.
 */
import type { Frames } from '../../../families/pipeline.ts';

/** A figure cut out of a picture. */
export interface CutOut {
  /** f32[4, side, side]: red, green, blue times alpha, alpha. */
  readonly texture: Float32Array;
  /** Width over height. */
  readonly aspect: number;
  /** False if no plain background was found. */
  readonly isCutOut: boolean;
}

/** Largest difference from the background's colour, 0..255 per channel. */
const tolerance = 26;
/** Share of the border that must have one colour. */
const plainBorder = 0.72;

/** Cuts out the figure of a picture; `side` is that of the texture in pixels. */
export function cutOutFigure(picture: Frames, side: number): CutOut {
  const { width, height, data } = picture;
  const around = borderColour(picture);
  const alpha = new Float32Array(width * height).fill(1);
  if (around) clearFromBorder(data, width, height, around, alpha);
  const box = boxOf(alpha, width, height);
  const usable =
    around !== null && box !== null && (box.right - box.left) * (box.bottom - box.top) > 0.01 * width * height;
  const { left, top, right, bottom } = usable ? box : { left: 0, top: 0, right: width, bottom: height };
  if (!usable) alpha.fill(1);
  const texture = new Float32Array(4 * side * side);
  for (let v = 0; v < side; v += 1) {
    for (let u = 0; u < side; u += 1) {
      const x0 = left + ((right - left) * u) / side;
      const y0 = top + ((bottom - top) * v) / side;
      const x1 = Math.max(x0 + 1, left + ((right - left) * (u + 1)) / side);
      const y1 = Math.max(y0 + 1, top + ((bottom - top) * (v + 1)) / side);
      const sum = [0, 0, 0, 0];
      let count = 0;
      for (let y = Math.floor(y0); y < Math.min(height, y1); y += 1) {
        for (let x = Math.floor(x0); x < Math.min(width, x1); x += 1) {
          const p = y * width + x;
          const a = alpha[p]!;
          for (let c = 0; c < 3; c += 1) sum[c] = sum[c]! + (a * data[p * 3 + c]!) / 255;
          sum[3] = sum[3]! + a;
          count += 1;
        }
      }
      for (let c = 0; c < 4; c += 1) texture[(c * side + v) * side + u] = count > 0 ? sum[c]! / count : 0;
    }
  }
  return { texture, aspect: (right - left) / (bottom - top), isCutOut: usable };
}

/** The colour of most of the border, or null. */
function borderColour({ data, width, height }: Frames): readonly [number, number, number] | null {
  const border: number[] = [];
  for (let x = 0; x < width; x += 1) border.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y += 1) border.push(y * width, y * width + width - 1);
  const middle = (c: number): number => border.map((p) => data[p * 3 + c]!).sort((a, b) => a - b)[border.length >> 1]!;
  const colour = [middle(0), middle(1), middle(2)] as const;
  const alike = border.filter((p) => isNear(data, p, colour)).length;
  return alike >= plainBorder * border.length ? colour : null;
}

function isNear(data: Uint8Array, pixel: number, colour: readonly [number, number, number]): boolean {
  return colour.every((value, c) => Math.abs(data[pixel * 3 + c]! - value) <= tolerance);
}

/** Flood fill from the border: sets alpha to 0 for connected pixels of the background's colour. */
function clearFromBorder(
  data: Uint8Array,
  width: number,
  height: number,
  colour: readonly [number, number, number],
  alpha: Float32Array,
): void {
  const open: number[] = [];
  const visit = (p: number): void => {
    if (alpha[p] === 0 || !isNear(data, p, colour)) return;
    alpha[p] = 0;
    open.push(p);
  };
  for (let x = 0; x < width; x += 1) [x, (height - 1) * width + x].forEach(visit);
  for (let y = 0; y < height; y += 1) [y * width, y * width + width - 1].forEach(visit);
  for (let p = open.pop(); p !== undefined; p = open.pop()) {
    const x = p % width;
    if (x > 0) visit(p - 1);
    if (x < width - 1) visit(p + 1);
    if (p >= width) visit(p - width);
    if (p < width * (height - 1)) visit(p + width);
  }
}

function boxOf(
  alpha: Float32Array,
  width: number,
  height: number,
): { left: number; top: number; right: number; bottom: number } | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let p = 0; p < alpha.length; p += 1) {
    if (alpha[p] === 0) continue;
    const x = p % width;
    const y = Math.floor(p / width);
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right > left && bottom > top ? { left, top, right, bottom } : null;
}
