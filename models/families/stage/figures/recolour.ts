/** Colours by name, and drawings in another colour: their main hue becomes the asked one, light and shade stay. */
import { fromHex, luma, mixRgb, type Rgb } from '../colour.ts';
import { clamp, smoothStep } from '../noise.ts';

const named: Readonly<Record<string, string>> = {
  red: '#E0322F',
  orange: '#F0842C',
  yellow: '#F5C93A',
  green: '#43A047',
  blue: '#2F6FD6',
  purple: '#8B4FC4',
  pink: '#F07FB0',
  brown: '#8A5A36',
  white: '#F6F4F0',
  black: '#2E2B34',
};

/** The colour of a name; null for '' and unknown names. */
export const colourNamed = (name: string): Rgb | null => {
  const hex = named[name];
  return hex === undefined ? null : fromHex(hex);
};

/** Bytes of a picture, RGBA. */
type Bytes = ArrayLike<number>;

const hues = 24;

/** What turns a drawing's colours into the asked one: found from the drawing's own most common hue. */
export function recolouring(rgba: Bytes, target: Rgb): (colour: Rgb) => Rgb {
  const main = mainHue(rgba);
  const bright = mainBrightness(rgba, main);
  return (colour) => {
    const { hue, saturation } = hueOf(colour);
    const share =
      main === null ? 1 - smoothStep(0.25, 0.5, saturation) : nearHue(hue, main) * smoothStep(0.12, 0.3, saturation);
    if (share === 0) return colour;
    const level = luma(colour) / bright;
    // shades keep their depth, lights go towards white
    const shaded: Rgb =
      level <= 1
        ? [target[0] * level, target[1] * level, target[2] * level]
        : mixRgb(target, [1, 1, 1], clamp((level - 1) * 0.7));
    return mixRgb(colour, shaded, share);
  };
}

/** 1 for the hue itself, 0 from a sixth of the circle away. */
function nearHue(hue: number, main: number): number {
  const away = Math.abs(hue - main);
  return smoothStep(1 / 6, 1 / 12, Math.min(away, 1 - away));
}

/** The hue with the most colour in it, 0 to 1; null for a drawing without any. */
function mainHue(rgba: Bytes): number | null {
  const weights = new Float64Array(hues);
  let total = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3]! < 200) continue;
    total += 1;
    const { hue, saturation } = hueOf([rgba[at]! / 255, rgba[at + 1]! / 255, rgba[at + 2]! / 255]);
    if (saturation > 0.2) weights[Math.min(hues - 1, Math.floor(hue * hues))]! += saturation;
  }
  const most = weights.indexOf(Math.max(...weights));
  return weights[most]! < 0.08 * total ? null : (most + 0.5) / hues;
}

function mainBrightness(rgba: Bytes, main: number | null): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3]! < 200) continue;
    const colour: Rgb = [rgba[at]! / 255, rgba[at + 1]! / 255, rgba[at + 2]! / 255];
    const { hue, saturation } = hueOf(colour);
    const counts = main === null ? saturation < 0.35 : nearHue(hue, main) > 0.5 && saturation > 0.2;
    if (!counts) continue;
    sum += luma(colour);
    count += 1;
  }
  return count === 0 ? 0.6 : Math.max(0.15, sum / count);
}

/** Hue on a circle of 1, and saturation 0 to 1. */
function hueOf([r, g, b]: Rgb): { readonly hue: number; readonly saturation: number } {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  if (span === 0) return { hue: 0, saturation: 0 };
  const sixth = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return { hue: sixth / 6, saturation: span / most };
}
