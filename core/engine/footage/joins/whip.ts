/**
 * Two pictures side by side on one strip that passes quickly: the first, its mirror, the mirror of the second, and the
 * second. What passes while the shutter is open is one blur.
 */
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import type { Layer } from './layer.ts';

/** Pictures that pass until the second stands where the first stood. */
const pictures = 3;

/**
 * `goes`: 1 = the pictures move to the right or down. `opened`, `closed`: where on the way (0..1) the shutter opens and
 * closes.
 */
export function whipped(
  first: Layer,
  second: Layer,
  along: 'across' | 'down',
  goes: 1 | -1,
  opened: number,
  closed: number,
): Layer {
  return first.map((plane, index) => whippedPlane(plane, second[index]!, along, goes, opened, closed));
}

function whippedPlane(
  first: FloatPlane,
  second: FloatPlane,
  along: 'across' | 'down',
  goes: 1 | -1,
  opened: number,
  closed: number,
): FloatPlane {
  const { width, height } = first;
  const [length, lines] = along === 'across' ? [width, height] : [height, width];
  const [step, jump] = along === 'across' ? [1, width] : [width, 1];
  const data = new Float32Array(width * height);
  const strip = new Float32Array((pictures + 1) * length);
  // sums up to each sample: a blur of any length is one difference
  const sums = new Float64Array(strip.length + 1);
  const from = Math.max(0, opened) * pictures * length;
  const to = Math.min(1, closed) * pictures * length;
  for (let line = 0; line < lines; line++) {
    fillStrip(strip, first.data, second.data, line * jump, step, length, goes);
    for (let i = 0; i < strip.length; i++) sums[i + 1] = sums[i]! + strip[i]!;
    for (let i = 0; i < length; i++) {
      const place = goes === 1 ? length - 1 - i : i;
      data[line * jump + i * step] =
        to - from < 1
          ? at(strip, place + (from + to) / 2)
          : (sumTo(sums, strip, place + to) - sumTo(sums, strip, place + from)) / (to - from);
    }
  }
  return { width, height, data };
}

function fillStrip(
  strip: Float32Array,
  first: Float32Array,
  second: Float32Array,
  start: number,
  step: number,
  length: number,
  goes: 1 | -1,
): void {
  for (let i = 0; i < length; i++) {
    // along the way that the eye takes over the strip
    const near = start + (goes === 1 ? length - 1 - i : i) * step;
    const far = start + (goes === 1 ? i : length - 1 - i) * step;
    strip[i] = first[near]!;
    strip[length + i] = first[far]!;
    strip[2 * length + i] = second[far]!;
    strip[3 * length + i] = second[near]!;
  }
}

function at(strip: Float32Array, place: number): number {
  const low = Math.max(0, Math.min(Math.floor(place), strip.length - 1));
  const high = Math.min(low + 1, strip.length - 1);
  return strip[low]! + (place - low) * (strip[high]! - strip[low]!);
}

/** The sum of all samples before a place between them. */
function sumTo(sums: Float64Array, strip: Float32Array, place: number): number {
  const low = Math.max(0, Math.min(Math.floor(place), strip.length - 1));
  return sums[low]! + Math.min(1, place - low) * strip[low]!;
}
