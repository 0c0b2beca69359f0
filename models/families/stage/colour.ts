/** Colours of the stage: three gamma-coded numbers, 0 to 1; light may push them past 1 until they are drawn. */
import { clamp, mix } from './noise.ts';

/** Red, green, blue. */
export type Rgb = readonly [number, number, number];

/** '#RRGGBB' as a colour. */
export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** From `a` at 0 to `b` at 1. */
export const mixRgb = (a: Rgb, b: Rgb, share: number): Rgb => [
  mix(a[0], b[0], share),
  mix(a[1], b[1], share),
  mix(a[2], b[2], share),
];

/** Every channel times `by`. */
export const scaleRgb = (colour: Rgb, by: number): Rgb => [colour[0] * by, colour[1] * by, colour[2] * by];

/** The colour along stops that share the way from 0 to 1 evenly. */
export function alongStops(stops: readonly Rgb[], share: number): Rgb {
  const at = clamp(share) * (stops.length - 1);
  const before = Math.min(stops.length - 2, Math.floor(at));
  return stops.length === 1 ? stops[0]! : mixRgb(stops[before]!, stops[before + 1]!, at - before);
}

/** A CSS colour. */
export function css(colour: Rgb, opacity = 1): string {
  const byte = (value: number): number => Math.round(255 * clamp(value));
  return `rgba(${byte(colour[0])},${byte(colour[1])},${byte(colour[2])},${opacity.toFixed(3)})`;
}

/** Brightness by the weights of BT.601. */
export const luma = (colour: Rgb): number => 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
