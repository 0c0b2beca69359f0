/** The light of a time of day or a place: what tints land, figures and shadows alike, so that all belong together. */
import { fromHex, mixRgb, type Rgb } from './colour.ts';

/** One light. */
export interface Light {
  /** Stops of the sky from the zenith down to the horizon. */
  readonly sky: readonly Rgb[];
  readonly key: Rgb;
  readonly keyStrength: number;
  readonly ambient: Rgb;
  readonly ambientStrength: number;
  /** Light that the ground throws back up. */
  readonly bounce: Rgb;
  readonly haze: Rgb;
  /** Share of the haze: 1 - exp(-density x distance). */
  readonly hazeDensity: number;
  readonly shadow: Rgb;
  readonly rim: Rgb;
  readonly rimStrength: number;
  /** Unit vector towards the light: right, up, towards the viewer. */
  readonly towards: Rgb;
  /** Place of sun or moon: x from the middle, y from the horizon (negative is up), radius, in frame heights. */
  readonly disc: { readonly x: number; readonly y: number; readonly radius: number; readonly colour: Rgb } | null;
  readonly isMoon: boolean;
  readonly halo: number;
  readonly stars: number;
  /** Exposure of figures alone: at dusk and night they stand out of their surroundings. */
  readonly figureExposure: number;
}

interface Written {
  readonly sky: readonly string[];
  readonly key: readonly [string, number];
  readonly ambient: readonly [string, number];
  readonly bounce: string;
  readonly haze: readonly [string, number];
  readonly shadow: string;
  readonly rim: readonly [string, number];
  readonly towards: Rgb;
  readonly disc?: readonly [x: number, y: number, radius: number, colour: string];
  readonly isMoon?: boolean;
  readonly halo?: number;
  readonly stars?: number;
  readonly exposure: number;
}

const written = {
  day: {
    sky: ['#3C8FD9', '#6CB6E8', '#A9DBF0', '#E6F4EA'],
    key: ['#FFF3D2', 0.62],
    ambient: ['#B4D2EE', 0.62],
    bounce: '#E8E2C0',
    haze: ['#CFE8F2', 0.018],
    shadow: '#3E5F9A',
    rim: ['#FFFBE6', 0.3],
    towards: [0.5, 0.8, 0.45],
    disc: [0.5, -0.315, 0.045, '#FFF1A8'],
    halo: 0.6,
    exposure: 1.12,
  },
  sunset: {
    sky: ['#3F3F86', '#A24E86', '#F47F5B', '#FFD07A'],
    key: ['#FFB36B', 0.72],
    ambient: ['#9A83BE', 0.56],
    bounce: '#E08A6A',
    haze: ['#F5A57C', 0.025],
    shadow: '#3B2F68',
    rim: ['#FFC98A', 0.85],
    towards: [0.8, 0.25, 0.15],
    disc: [0.3, -0.055, 0.062, '#FFF0C0'],
    halo: 0.8,
    exposure: 1.42,
  },
  night: {
    sky: ['#0B1540', '#16265E', '#2A4684', '#4C72A8'],
    key: ['#B8D0FF', 0.4],
    ambient: ['#5C70B8', 0.6],
    bounce: '#32457F',
    haze: ['#34568F', 0.024],
    shadow: '#0A1238',
    rim: ['#CFE2FF', 0.75],
    towards: [-0.6, 0.65, 0.1],
    disc: [-0.46, -0.31, 0.05, '#F6F4DA'],
    isMoon: true,
    halo: 0.42,
    stars: 1,
    exposure: 1.55,
  },
  overcast: {
    sky: ['#8EA6BC', '#AFC1CC', '#CBD6D8', '#E4E6DE'],
    key: ['#F2EEE2', 0.34],
    ambient: ['#C3D0DA', 0.8],
    bounce: '#CFCFC0',
    haze: ['#C9D5DA', 0.036],
    shadow: '#52647C',
    rim: ['#FFFFFF', 0.18],
    towards: [0.2, 0.95, 0.4],
    exposure: 1.12,
  },
  space: {
    sky: ['#0A0B2A', '#14123F', '#241A55', '#2F2363'],
    key: ['#FFF0D8', 0.85],
    ambient: ['#6A66B4', 0.5],
    bounce: '#5A3E9A',
    haze: ['#2A2160', 0.004],
    shadow: '#05061A',
    rim: ['#9FD8FF', 0.8],
    towards: [0.75, 0.5, 0.25],
    stars: 1,
    exposure: 1.15,
  },
  underwater: {
    sky: ['#7FE3E6', '#35B4CE', '#1679AE', '#0C4A86'],
    key: ['#E9FFF2', 0.5],
    ambient: ['#8FD0E4', 0.68],
    bounce: '#2F83B4',
    haze: ['#1E86B6', 0.075],
    shadow: '#0A3566',
    rim: ['#D6FFF8', 0.55],
    towards: [0.15, 0.98, 0.25],
    exposure: 1.15,
  },
  room: {
    sky: ['#E8D9C8', '#E8D9C8'],
    key: ['#FFE2B4', 0.62],
    ambient: ['#C6B9C9', 0.58],
    bounce: '#D9A37C',
    haze: ['#E8CDB0', 0.004],
    shadow: '#4B3350',
    rim: ['#FFEBCB', 0.4],
    towards: [-0.7, 0.6, 0.4],
    exposure: 1.12,
  },
  stage: {
    sky: ['#1A0E38', '#1A0E38'],
    key: ['#FFE6F2', 0.8],
    ambient: ['#7A5FC0', 0.55],
    bounce: '#C24FA0',
    haze: ['#4A2A86', 0.02],
    shadow: '#12082A',
    rim: ['#6FE6FF', 0.95],
    towards: [0.35, 0.85, 0.35],
    exposure: 1.06,
  },
} as const satisfies Record<string, Written>;

/** Names of the lights. */
export type LightName = keyof typeof written;

/** The light of a name. */
export function lightOf(name: LightName): Light {
  const from: Written = written[name];
  const length = Math.hypot(...from.towards);
  return {
    sky: from.sky.map(fromHex),
    key: fromHex(from.key[0]),
    keyStrength: from.key[1],
    ambient: fromHex(from.ambient[0]),
    ambientStrength: from.ambient[1],
    bounce: fromHex(from.bounce),
    haze: fromHex(from.haze[0]),
    hazeDensity: from.haze[1],
    shadow: fromHex(from.shadow),
    rim: fromHex(from.rim[0]),
    rimStrength: from.rim[1],
    towards: [from.towards[0] / length, from.towards[1] / length, from.towards[2] / length],
    disc: from.disc ? { x: from.disc[0], y: from.disc[1], radius: from.disc[2], colour: fromHex(from.disc[3]) } : null,
    isMoon: from.isMoon ?? false,
    halo: from.halo ?? 0,
    stars: from.stars ?? 0,
    figureExposure: from.exposure,
  };
}

/** Nearer than this nothing is hazy. */
const clearDistance = 2.2;

/** Share of haze over what stands at `distance`. */
export const hazeAt = (light: Light, distance: number): number =>
  1 - Math.exp(-Math.max(0, distance - clearDistance) * light.hazeDensity);

/** A land's colour under the light; `facing`, 0 to 1, is how far it is turned to the light, `haze` 0 to 1. */
export function litLand(light: Light, albedo: Rgb, facing: number, haze: number): Rgb {
  const channel = (index: 0 | 1 | 2): number =>
    albedo[index] *
    (light.ambient[index] * light.ambientStrength + 1.6 * light.key[index] * light.keyStrength * facing);
  return mixRgb([channel(0), channel(1), channel(2)], light.haze, haze);
}
