/** Rolling hills and dunes. */
import { alongStops, mixRgb, type Rgb } from '../colour.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { clamp, fractalNoise, smoothStep } from '../noise.ts';
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
    brush: {
      size: 0.027,
      aspect: 2.2,
      angle: 0.12,
      spread: areDunes ? 0.25 : 0.5,
      jitter: 0.035,
      seed: seed + 40,
      passes: 2,
    },
  });
}
