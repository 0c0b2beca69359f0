/** How a picture's light is brought to the footage's: black and white points, brightness, contrast, cast. Pure. */
import type { LightRegion } from './plateColour.ts';
import { fromLinear, toLinear } from './plateColour.ts';

type Rgb = readonly [number, number, number];

/** What is measured of footage or of a picture, red, green and blue each. */
export interface LightStatistics {
  /** Linear light. */
  readonly mean: Rgb;
  /** Display values 0..1. */
  readonly deviation: number;
}

/** Darkest and lightest display values of a frame, but for the half per cent beyond them. */
export interface LightRange {
  readonly low: Rgb;
  readonly high: Rgb;
}

const channels = [0, 1, 2] as const;
const luma = [0.2126, 0.7152, 0.0722] as const;
const brightness = (of: Rgb): number => luma[0] * of[0] + luma[1] * of[1] + luma[2] * of[2];
const clamped = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Of the pixels that `weightAt` counts; null where there are none. */
export function statisticsOf(region: LightRegion, weightAt: (pixel: number) => number): LightStatistics | null {
  const mean: [number, number, number] = [0, 0, 0];
  let [weight, sum, squares] = [0, 0, 0];
  for (let pixel = 0; pixel < region.width * region.height; pixel++) {
    const w = weightAt(pixel);
    if (w === 0) continue;
    for (const channel of channels) mean[channel] += w * region.rgb[pixel * 3 + channel]!;
    const rgb = [region.rgb[pixel * 3]!, region.rgb[pixel * 3 + 1]!, region.rgb[pixel * 3 + 2]!] as const;
    const shown = fromLinear(Math.max(0, brightness(rgb)));
    sum += w * shown;
    squares += w * shown * shown;
    weight += w;
  }
  if (weight === 0) return null;
  const deviation = Math.sqrt(Math.max(0, squares / weight - (sum / weight) ** 2));
  return { mean: [mean[0] / weight, mean[1] / weight, mean[2] / weight], deviation };
}

/** Of a region that is the whole frame, every few pixels. */
export function rangeOf(region: LightRegion): LightRange {
  const every = Math.max(1, Math.floor(Math.sqrt((region.width * region.height) / 40_000)));
  const ends = channels.map((channel) => {
    const counts = new Uint32Array(256);
    let total = 0;
    for (let y = 0; y < region.height; y += every) {
      for (let x = 0; x < region.width; x += every) {
        const shown = fromLinear(Math.max(0, region.rgb[(y * region.width + x) * 3 + channel]!));
        counts[clamped(Math.round(shown * 255), 0, 255)]!++;
        total++;
      }
    }
    const at = (share: number): number => {
      let seen = 0;
      for (let level = 0; level < 256; level++) {
        seen += counts[level]!;
        if (seen > share * total) return level / 255;
      }
      return 1;
    };
    return [at(0.005), at(0.995)] as const;
  });
  const of = (end: 0 | 1): Rgb => [ends[0]![end], ends[1]![end], ends[2]![end]];
  return { low: of(0), high: of(1) };
}

/** From a picture's display values (0..255 in each channel) to linear light in the footage. */
export interface Grade {
  readonly tables: readonly [Float32Array, Float32Array, Float32Array];
}

/** Each channel by itself, so a table says it all. `strength` 0..1. */
export function gradeFor(
  picture: LightStatistics,
  around: LightStatistics,
  range: LightRange,
  strength: number,
): Grade {
  const ranged = channels.map((channel) => {
    const low = Math.min(0.25, range.low[channel]);
    const high = Math.max(0.4, low + 0.2, range.high[channel]);
    return (code: number): number => code + strength * (low + code * (high - low) - code);
  });
  const shownMean = channels.map((channel) => ranged[channel]!(fromLinear(picture.mean[channel])));
  const before = brightness(shownMean.map(toLinear) as unknown as Rgb);
  const wanted = Math.max(1e-4, brightness(around.mean));
  const gain = clamped((wanted / Math.max(1e-4, before)) ** (0.4 * strength), 0.5, 1.6);
  const contrast = clamped((around.deviation / Math.max(0.02, picture.deviation)) ** (0.25 * strength), 0.75, 1.12);
  const casts = channels.map((channel) =>
    clamped((Math.max(1e-4, around.mean[channel]) / wanted) ** (0.35 * strength), 0.78, 1.28),
  );
  const castBrightness = brightness(casts as unknown as Rgb);
  const tableOf = (channel: 0 | 1 | 2): Float32Array =>
    Float32Array.from({ length: 256 }, (_, level) => {
      const shown = ranged[channel]!(level / 255);
      const spread = shownMean[channel]! + (shown - shownMean[channel]!) * contrast;
      return toLinear(clamped(spread, 0, 1)) * gain * (casts[channel]! / castBrightness);
    });
  return { tables: [tableOf(0), tableOf(1), tableOf(2)] };
}

/** Distance of two linear colours as they are seen (CIE76). */
export function colourDistance(a: Rgb, b: Rgb): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function lab([r, g, b]: Rgb): Rgb {
  const bent = (value: number): number =>
    value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * Math.max(0, value) + 16) / 116;
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
