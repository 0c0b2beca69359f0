/** Where a thing is and how large, from the masks of it: what is anchored to it moves and scales alike. Pure. */
import type { Size } from '../../../render/place.ts';

/** Middle and size of a mask. */
export interface ThingPlace {
  readonly x: number;
  readonly y: number;
  /** Root of its area, px. */
  readonly size: number;
  /** It reaches the frame's edge: part of it may lie outside. */
  readonly isCut: boolean;
}

/** Frames on each side that a place is smoothed over. */
const smoothedOver = 3;

/** null for a mask with nearly nothing inside. */
export function placeOfMask(mask: Uint8Array, { width, height }: Size): ThingPlace | null {
  let [count, sx, sy] = [0, 0, 0];
  let isCut = false;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x]! < 128) continue;
      count++;
      sx += x;
      sy += y;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) isCut = true;
    }
  }
  return count < 12 ? null : { x: sx / count, y: sy / count, size: Math.sqrt(count), isCut };
}

/**
 * Places over time without the trembling of a mask's edge: a parabola through the frames around each (Savitzky and
 * Golay). While part of the thing lies outside the frame its size is that of the nearest frame that shows all of it.
 */
export function steadyPlaces(places: readonly (ThingPlace | null)[]): (ThingPlace | null)[] {
  const whole = places.map((place, at) => (place?.isCut ? { ...place, size: sizeNear(places, at) } : place));
  return whole.map((place, at) => {
    if (!place) return null;
    const around: { readonly t: number; readonly place: ThingPlace }[] = [];
    for (let t = -smoothedOver; t <= smoothedOver; t++) {
      const near = whole[at + t];
      if (near) around.push({ t, place: near });
    }
    const smooth = (value: (of: ThingPlace) => number) => parabola(around.map(({ t, place: p }) => [t, value(p)]));
    return { ...place, x: smooth((p) => p.x), y: smooth((p) => p.y), size: smooth((p) => p.size) };
  });
}

function sizeNear(places: readonly (ThingPlace | null)[], at: number): number {
  for (let away = 1; away < places.length; away++) {
    for (const near of [places[at - away], places[at + away]]) if (near && !near.isCut) return near.size;
  }
  return places[at]!.size;
}

/** The value at 0 of the parabola that fits best; the mean of fewer than five values. */
function parabola(values: readonly (readonly [number, number])[]): number {
  const mean = values.reduce((sum, [, value]) => sum + value, 0) / values.length;
  if (values.length < 5) return mean;
  let [s0, s1, s2, s3, s4, y0, y1, y2] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const [t, value] of values) {
    s0 += 1;
    s1 += t;
    s2 += t * t;
    s3 += t ** 3;
    s4 += t ** 4;
    y0 += value;
    y1 += t * value;
    y2 += t * t * value;
  }
  const determinant = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  return (y0 * (s2 * s4 - s3 * s3) - s1 * (y1 * s4 - y2 * s3) + s2 * (y1 * s3 - y2 * s2)) / determinant;
}
