/** Ranges of mountains. */
import { alongStops, mixRgb, type Rgb } from '../colour.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { clamp, fractalNoise, smoothStep, unitAt } from '../noise.ts';
import { paintLand, type Easel, type Layer } from './layer.node.ts';

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
  const { base, height, seed, z } = range;
  const highestAt = peaksOf(range);
  return paintLand(easel, {
    z,
    top: base + height * 1.12,
    bottom: -0.2,
    profile: (x) => highestAt(x).y,
    colourAt: (x, y) => rockColour(range, light, highestAt(x).peak, x, y),
    brush: { size: 0.02, aspect: 1.8, angle: 0.9, spread: 0.6, jitter: 0.03, seed: seed + 41, passes: 2 },
  });
}

const spacingOf = ({ frequency }: Mountains): number => 0.48 / frequency;

/** The peak that is highest at a place, and its height there. */
function peaksOf(range: Mountains): (x: number) => { readonly peak: Peak; readonly y: number } {
  const { base, height, seed } = range;
  const spacing = spacingOf(range);
  const peaks = new Map<number, Peak>();
  const peakAt = (index: number): Peak => {
    const known = peaks.get(index);
    if (known) return known;
    const chance = unitAt(index, 2, seed);
    const tall = base + height * Math.min(1.05, 0.28 + unitAt(index, 1, seed) * chance);
    const steepness = tall / (spacing * (0.95 + 0.7 * unitAt(index, 3, seed)) * 0.82);
    const peak: Peak = { x: (index + 0.5 + 0.5 * (chance - 0.5)) * spacing, height: tall, steepness, index };
    peaks.set(index, peak);
    return peak;
  };
  const sideAt = (peak: Peak, x: number): number => {
    const away = Math.abs(x - peak.x);
    const jag = peak.height * 0.07 * (fractalNoise((x * 9) / spacing, peak.index, seed + 3, 3) - 0.5);
    const slope = peak.steepness * (1 + 0.1 * Math.sin((away * 12) / spacing + peak.index));
    return peak.height - away * slope + jag * clamp((away / spacing) * 5 + 0.25);
  };
  return (x) => {
    const middle = Math.floor(x / spacing);
    let best = { peak: peakAt(middle), y: -Infinity };
    for (let index = middle - 2; index <= middle + 2; index++) {
      const peak = peakAt(index);
      const y = sideAt(peak, x);
      if (y > best.y) best = { peak, y };
    }
    return best;
  };
}

function rockColour(range: Mountains, light: Light, peak: Peak, x: number, y: number): Rgb {
  const { colours, seed, snow, z } = range;
  const spacing = spacingOf(range);
  const down = Math.max(0, peak.height - y);
  const share = down / peak.height;
  const zigzag =
    (fractalNoise(share * 5.2, peak.index * 3.3, seed + 7, 3) - 0.5) * down * 0.62 +
    down * 0.1 * (unitAt(peak.index, 5, seed) - 0.5);
  const side = (x - peak.x - zigzag) * Math.sign(light.towards[0] || 1);
  const across = ((x - peak.x) * 5) / spacing + (side > 0 ? 2.2 : -2.2) * share;
  const facet = fractalNoise(across, share * 3 + peak.index, seed + 9, 3);
  const lit = clamp(0.2 + 0.64 * smoothStep(-0.05 * spacing, 0.05 * spacing, side) + (facet - 0.5) * 0.5);
  let colour = alongStops(colours, lit);
  if (snow > 0) {
    const ragged = 0.32 * (fractalNoise((x * 8) / spacing, peak.index, seed + 5, 3) - 0.5);
    const line = peak.height * (0.12 + 0.34 * snow + ragged);
    const cover = smoothStep(line, line - peak.height * 0.035, down);
    colour = mixRgb(colour, alongStops(snowColours, smoothStep(0.25, 0.7, lit)), cover);
  }
  const haze = hazeAt(light, z);
  const foot = smoothStep(0.3, 1, share);
  const thick = 0.66 + 0.28 * smoothStep(0.82, 0.98, haze);
  const mist = clamp(haze * thick + 0.42 * foot * Math.min(1, haze * 1.3), 0, 0.96);
  return litLand(light, mixRgb(colour, colours[1]!, 0.3 * foot), 0.1 + 0.72 * lit, mist);
}
