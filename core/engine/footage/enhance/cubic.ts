/** Doubles planes by Catmull-Rom interpolation: each sample becomes the four that lie around it. */
import type { Size } from '../../../render/place.ts';

/** Four weights for a place between the second and the third of four samples. */
function weightsAt(part: number): readonly [number, number, number, number] {
  const [a, b] = [part, 1 - part];
  return [-0.5 * a * b * b, 1 - 2.5 * a * a + 1.5 * a * a * a, 1 - 2.5 * b * b + 1.5 * b * b * b, -0.5 * b * a * a];
}

interface Line {
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

function lineOf(count: number): Line {
  const first = new Int32Array(2 * count);
  const weights = new Float32Array(8 * count);
  for (let i = 0; i < 2 * count; i++) {
    const place = i / 2 - 0.25;
    first[i] = Math.floor(place) - 1;
    weights.set(weightsAt(place - Math.floor(place)), 4 * i);
  }
  return { first, weights };
}

/** Doubles planes of one size. */
export class Doubler {
  readonly #size: Size;
  readonly #across: Line;
  readonly #down: Line;
  readonly #rows: Float32Array;

  constructor(size: Size) {
    this.#size = size;
    this.#across = lineOf(size.width);
    this.#down = lineOf(size.height);
    this.#rows = new Float32Array(2 * size.width * size.height);
  }

  /** Four times as many samples; beyond the edges the last one goes on. */
  run(plane: ArrayLike<number>, into: Float32Array): void {
    const { width, height } = this.#size;
    const rows = this.#rows;
    const inside = (place: number, count: number): number => (place < 0 ? 0 : place >= count ? count - 1 : place);
    for (let x = 0; x < 2 * width; x++) {
      const first = this.#across.first[x]!;
      const [a, b, c, d] = [0, 1, 2, 3].map((tap) => inside(first + tap, width)) as [number, number, number, number];
      const [wa, wb, wc, wd] = this.#across.weights.subarray(4 * x, 4 * x + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      for (let y = 0; y < height; y++) {
        const row = y * width;
        rows[y * 2 * width + x] =
          wa * plane[row + a]! + wb * plane[row + b]! + wc * plane[row + c]! + wd * plane[row + d]!;
      }
    }
    for (let y = 0; y < 2 * height; y++) {
      const first = this.#down.first[y]!;
      const [a, b, c, d] = [0, 1, 2, 3].map((tap) => inside(first + tap, height) * 2 * width) as [
        number,
        number,
        number,
        number,
      ];
      const [wa, wb, wc, wd] = this.#down.weights.subarray(4 * y, 4 * y + 4) as unknown as [
        number,
        number,
        number,
        number,
      ];
      for (let x = 0; x < 2 * width; x++)
        into[y * 2 * width + x] = wa * rows[a + x]! + wb * rows[b + x]! + wc * rows[c + x]! + wd * rows[d + x]!;
    }
  }
}
