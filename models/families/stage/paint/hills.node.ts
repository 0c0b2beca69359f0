/** Rolling hills, dunes and mountains. */
import { alongStops, mixRgb, type Rgb } from '../colour.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { clamp, fractalNoise, smoothStep, unitAt } from '../noise.ts';
import { paintLand, type Easel, type Layer } from './layer.node.ts';

/** Hills or dunes at one depth. */
export interface Hills {
  readonly z: number;
  /** Mean height and swing, in people's heights. */
  readonly base: number;
  readonly swing: number;
  /** Waves to one unit. */
  readonly frequency: number;
  readonly seed: number;
  /** Albedo, dark to light. */
  readonly colours: readonly Rgb[];
  readonly areDunes?: boolean;
}

/** Paints hills, lit by their slope. */
export function paintHills(easel: Easel, light: Light, hills: Hills): Layer {
  const { areDunes = false, base, colours, frequency, seed, swing, z } = hills;
  const profile = (x: number): number =>
    base +
    swing * (fractalNoise(x * frequency + seed * 3.7, seed, seed, areDunes ? 2 : 3) - 0.5) * 2 +
    (areDunes ? swing * 0.5 * Math.abs(Math.sin(x * frequency * 2.2 + seed)) : 0);
  const haze = hazeAt(light, z);
  const reach = 0.01 * z;
  return paintLand(easel, {
    z,
    top: base + swing * 1.6 + 0.3,
    profile,
    colourAt: (x, y) => {
      const height = profile(x);
      const slope = (profile(x + reach) - profile(x - reach)) / (2 * reach);
      const depth = clamp((height - y) / Math.max(0.3, base + swing));
      const grain = fractalNoise(x * frequency * 6 + y * frequency * 5, y * frequency * 16, seed + 9, 3);
      const band = 0.12 * (fractalNoise(x * frequency * 3, y * frequency * 9, seed + 20, 2) - 0.5);
      const facing = areDunes
        ? 0.55 - slope * light.towards[0] * 1.5 + 0.16 * (grain - 0.5) - 0.42 * depth
        : 0.52 - slope * light.towards[0] * 0.9 + 0.8 * (grain - 0.5) - 0.34 * depth;
      const lit = clamp(facing + band);
      const colour = litLand(light, alongStops(colours, lit), clamp(0.2 + 0.75 * lit), haze);
      const edge = smoothStep(0.012 * z, 0, height - y) * 0.16 * light.rimStrength * (1 - haze);
      return mixRgb(colour, light.rim, edge);
    },
    brush: { size: 0.027, aspect: 2.2, angle: 0.12, spread: areDunes ? 0.25 : 0.5, jitter: 0.035, seed: seed + 40, passes: 2 },
  });
}

/** A range of mountains at one depth. */
export interface Mountains {
  readonly z: number;
  readonly base: number;
  /** Height of the tallest peak above the base. */
  readonly height: number;
  readonly frequency: number;
  readonly seed: number;
  readonly colours: readonly Rgb[];
  /** How far snow reaches down, 0 to 1.2; 0 for none. */
  readonly snow: number;
}

interface Peak {
  readonly x: number;
  readonly height: number;
  readonly steepness: number;
  readonly index: number;
}

const snowColours: readonly Rgb[] = [
  [0.62, 0.71, 0.87],
  [0.96, 0.98, 1],
];

/** Paints mountains: the highest of many triangles, each with a jagged ridge between its light and its dark side. */
export function paintMountains(easel: Easel, light: Light, range: Mountains): Layer {
  const { base, colours, frequency, height, seed, snow, z } = range;
  const spacing = 0.48 / frequency;
  const peakAt = (index: number): Peak => {
    const chance = unitAt(index, 2, seed);
    const tall = Math.min(height * 1.05, height * (0.28 + unitAt(index, 1, seed) * chance));
    const steepness = (base + tall) / (spacing * (0.95 + 0.7 * unitAt(index, 3, seed)) * 0.82);
    return { x: (index + 0.5 + 0.5 * (chance - 0.5)) * spacing, height: base + tall, steepness, index };
  };
  const peaks = new Map<number, Peak>();
  const highestAt = (x: number): { peak: Peak; y: number } => {
    const middle = Math.floor(x / spacing);
    let best = { peak: peakAt(middle), y: -Infinity };
    for (let index = middle - 2; index <= middle + 2; index++) {
      const peak = peaks.get(index) ?? peakAt(index);
      peaks.set(index, peak);
      const away = Math.abs(x - peak.x);
      const jag = peak.height * 0.07 * (fractalNoise((x * 9) / spacing, index, seed + 3, 3) - 0.5);
      const y = peak.height - away * peak.steepness * (1 + 0.1 * Math.sin((away * 12) / spacing + index)) + jag * clamp((away / spacing) * 5 + 0.25);
      if (y > best.y) best = { peak, y };
    }
    return best;
  };
  const haze = hazeAt(light, z);
  return paintLand(easel, {
    z,
    top: base + height * 1.12,
    bottom: -0.2,
    profile: (x) => highestAt(x).y,
    colourAt: (x, y) => {
      const { peak } = highestAt(x);
      const down = Math.max(0, peak.height - y);
      const share = down / peak.height;
      const zigzag =
        (fractalNoise(share * 5.2, peak.index * 3.3, seed + 7, 3) - 0.5) * down * 0.62 +
        down * 0.1 * (unitAt(peak.index, 5, seed) - 0.5);
      const side = (x - peak.x - zigzag) * Math.sign(light.towards[0] || 1);
      const facet = fractalNoise(((x - peak.x) * 5) / spacing + (side > 0 ? 2.2 : -2.2) * share, share * 3 + peak.index, seed + 9, 3);
      const lit = clamp(0.2 + 0.64 * smoothStep(-0.05 * spacing, 0.05 * spacing, side) + (facet - 0.5) * 0.5);
      let colour = alongStops(colours, lit);
      if (snow > 0) {
        const line = peak.height * (0.12 + 0.34 * snow + 0.32 * (fractalNoise((x * 8) / spacing, peak.index, seed + 5, 3) - 0.5));
        const cover = smoothStep(line, line - peak.height * 0.035, down);
        colour = mixRgb(colour, alongStops(snowColours, smoothStep(0.25, 0.7, lit)), cover);
      }
      const foot = smoothStep(0.3, 1, share);
      return litLand(light, mixRgb(colour, colours[1]!, 0.3 * foot), 0.1 + 0.72 * lit, clamp(haze * 0.66 + 0.42 * foot * Math.min(1, haze * 1.3)));
    },
    brush: { size: 0.02, aspect: 1.8, angle: 0.9, spread: 0.6, jitter: 0.03, seed: seed + 41, passes: 2 },
  });
}
