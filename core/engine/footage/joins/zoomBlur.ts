/** A picture drawn larger or smaller about its middle, blurred over the sizes that it has while the shutter is open. */
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { mirror, type Layer } from './layer.ts';

/** The mean of the layer at all `zooms`; beyond its edges it goes on as in a mirror. */
export function zoomBlurred(layer: Layer, zooms: readonly number[]): Layer {
  return layer.map((plane) => blurredPlane(plane, zooms));
}

/** For each position along a side: the two samples it lies between, and how far it lies towards the second. */
interface Places {
  readonly near: Int32Array;
  readonly far: Int32Array;
  readonly part: Float32Array;
}

function placesOf(side: number, zoom: number): Places {
  const places = { near: new Int32Array(side), far: new Int32Array(side), part: new Float32Array(side) };
  const middle = (side - 1) / 2;
  for (let i = 0; i < side; i++) {
    const place = Math.max(0, Math.min(side - 1, mirror(middle + (i - middle) / zoom, side)));
    places.near[i] = Math.floor(place);
    places.far[i] = Math.min(side - 1, Math.floor(place) + 1);
    places.part[i] = place - Math.floor(place);
  }
  return places;
}

function blurredPlane({ width, height, data }: FloatPlane, zooms: readonly number[]): FloatPlane {
  const sum = new Float32Array(width * height);
  for (const zoom of zooms) addZoomed(data, width, sum, placesOf(width, zoom), placesOf(height, zoom));
  for (let i = 0; i < sum.length; i++) sum[i]! /= zooms.length;
  return { width, height, data: sum };
}

function addZoomed(data: Float32Array, width: number, sum: Float32Array, across: Places, down: Places): void {
  const line = new Float32Array(width);
  for (let y = 0; y < down.near.length; y++) {
    const upper = down.near[y]! * width;
    const lower = down.far[y]! * width;
    const below = down.part[y]!;
    for (let x = 0; x < width; x++) line[x] = data[upper + x]! + below * (data[lower + x]! - data[upper + x]!);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const near = line[across.near[x]!]!;
      sum[i]! += near + across.part[x]! * (line[across.far[x]!]! - near);
    }
  }
}
