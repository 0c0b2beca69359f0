/** Small pictures in memory, and what selecting does with them. Rows run from the top. */

/** A picture: RGB, 8 bit, [height, width, 3]. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One number a pixel, [height, width]: probability or opacity, 0..1. */
export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A rectangle in px: `left` and `top` are inside, `right` and `bottom` outside. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A plane of one value. */
export function planeOf(width: number, height: number, value = 0): Plane {
  return { data: new Float32Array(width * height).fill(value), width, height };
}

/** The rectangle on whole pixels, inside the picture and at least 1 px large. */
export function withinPicture(rect: Rect, { width, height }: { width: number; height: number }): Rect {
  const left = Math.max(0, Math.min(width - 1, Math.round(rect.left)));
  const top = Math.max(0, Math.min(height - 1, Math.round(rect.top)));
  return {
    left,
    top,
    right: Math.max(left + 1, Math.min(width, Math.round(rect.right))),
    bottom: Math.max(top + 1, Math.min(height, Math.round(rect.bottom))),
  };
}

/** The rectangle about its own centre, `factor` times as large. */
export function grown({ left, top, right, bottom }: Rect, factor: number): Rect {
  const [x, y] = [((right - left) * (factor - 1)) / 2, ((bottom - top) * (factor - 1)) / 2];
  return { left: left - x, top: top - y, right: right + x, bottom: bottom + y };
}

/** Area in px². */
export function areaOf({ left, top, right, bottom }: Rect): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** Area of the intersection in px². */
export function sharedArea(a: Rect, b: Rect): number {
  return areaOf({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
}

/** Area of the intersection over that of the union, 0..1. */
export function overlapOf(a: Rect, b: Rect): number {
  const shared = sharedArea(a, b);
  return shared / (areaOf(a) + areaOf(b) - shared || 1);
}

/** Where a row or column of the smaller or larger grid takes its values from: first source index and weights. */
function taps(from: number, to: number, start: number, length: number): { first: number; weights: number[] }[] {
  const scale = length / to;
  return Array.from({ length: to }, (_, index) => {
    // area averaging when it shrinks, linear when it grows
    const centre = start + (index + 0.5) * scale;
    const reach = Math.max(1, scale);
    const first = Math.max(0, Math.ceil(centre - 0.5 - reach));
    const last = Math.min(from - 1, Math.floor(centre - 0.5 + reach));
    const weights: number[] = [];
    for (let at = first; at <= last; at++) weights.push(Math.max(0, 1 - Math.abs(at + 0.5 - centre) / reach));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum === 0) return { first: Math.max(0, Math.min(from - 1, Math.floor(centre))), weights: [1] };
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Part of interleaved samples at another size, by a tent filter: no aliasing when it shrinks. */
function resampled(
  source: ArrayLike<number>,
  { width, height }: { width: number; height: number },
  channels: number,
  part: Rect,
  toWidth: number,
  toHeight: number,
): Float32Array {
  const across = taps(width, toWidth, part.left, part.right - part.left);
  const down = taps(height, toHeight, part.top, part.bottom - part.top);
  const firstRow = down[0]!.first;
  const rowCount = Math.max(...down.map(({ first, weights }) => first + weights.length)) - firstRow;
  const narrow = new Float32Array(rowCount * toWidth * channels);
  for (let row = 0; row < rowCount; row++) {
    for (let x = 0; x < toWidth; x++) {
      const { first, weights } = across[x]!;
      const from = ((firstRow + row) * width + first) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++) sum += weights[tap]! * source[from + tap * channels + channel]!;
        narrow[(row * toWidth + x) * channels + channel] = sum;
      }
    }
  }
  const made = new Float32Array(toWidth * toHeight * channels);
  const rowLength = toWidth * channels;
  for (let y = 0; y < toHeight; y++) {
    const { first, weights } = down[y]!;
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = weights[tap]!;
      const from = (first - firstRow + tap) * rowLength;
      for (let i = 0; i < rowLength; i++) made[y * rowLength + i]! += weight * narrow[from + i]!;
    }
  }
  return made;
}

/** Part of a picture at another size: values 0..255, [height, width, 3]. */
export function resizedPart(picture: Picture, part: Rect, width: number, height: number): Float32Array {
  return resampled(picture.data, picture, 3, part, width, height);
}

/** A plane at another size. */
export function resizedPlane(plane: Plane, width: number, height: number): Plane {
  const whole = { left: 0, top: 0, right: plane.width, bottom: plane.height };
  return { data: resampled(plane.data, plane, 1, whole, width, height), width, height };
}

/** The smallest rectangle around every value of at least `least`; null where there is none. */
export function boundsOf({ data, width, height }: Plane, least = 0.5): Rect | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! < least) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right > left ? { left, top, right, bottom } : null;
}

/** Connected pieces (by sides) of values of at least `least`: a label for each pixel from 1, 0 outside; their sizes. */
export function piecesOf({ data, width, height }: Plane, least = 0.5): { labels: Int32Array; sizes: number[] } {
  const labels = new Int32Array(width * height);
  const sizes = [0];
  const stack: number[] = [];
  for (let seed = 0; seed < labels.length; seed++) {
    if (labels[seed] !== 0 || data[seed]! < least) continue;
    const label = sizes.length;
    let size = 0;
    labels[seed] = label;
    stack.push(seed);
    while (stack.length > 0) {
      const at = stack.pop()!;
      size++;
      const x = at % width;
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= labels.length || labels[next] !== 0 || data[next]! < least) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}
