/** Masks in runs of equal values: those of a long stretch fit into memory. */
import { planeOf, type Plane } from '../select/raster.ts';

/** A plane of 8 bits, packed. */
export interface PackedPlane {
  readonly lengths: Uint32Array;
  readonly values: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Packs a plane of 0..1. */
export function packedPlane({ data, width, height }: Plane): PackedPlane {
  const [lengths, values]: [number[], number[]] = [[], []];
  for (let at = 0; at < data.length;) {
    const value = Math.round(data[at]! * 255);
    const start = at;
    while (at < data.length && Math.round(data[at]! * 255) === value) at++;
    lengths.push(at - start);
    values.push(value);
  }
  return { lengths: Uint32Array.from(lengths), values: Uint8Array.from(values), width, height };
}

/** The plane again, to 8 bits. */
export function unpackedPlane({ lengths, values, width, height }: PackedPlane): Plane {
  const plane = planeOf(width, height);
  let at = 0;
  lengths.forEach((length, index) => {
    plane.data.fill(values[index]! / 255, at, at + length);
    at += length;
  });
  return plane;
}
