/** CIE L*a*b* (D65) of display values. */
import type { Rgb } from '../colourMath.ts';

/** L* 0..100, a* and b* about -100..100. */
export type Lab = readonly [lightness: number, a: number, b: number];

const white = [0.95047, 1, 1.08883] as const;

/** From a display colour. */
export function labOf([red, green, blue]: Rgb): Lab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const x = bent((0.4124 * r + 0.3576 * g + 0.1805 * b) / white[0]);
  const y = bent(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = bent((0.0193 * r + 0.1192 * g + 0.9505 * b) / white[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** To a display colour: what a screen cannot show loses colour until it can. */
export function fromLab([lightness, a, b]: Lab): Rgb {
  let [low, high] = [0, 1];
  const whole = shown(lightness, a, b);
  if (fits(whole)) return whole;
  for (let round = 0; round < 8; round++) {
    const middle = (low + high) / 2;
    if (fits(shown(lightness, a * middle, b * middle))) low = middle;
    else high = middle;
  }
  return shown(lightness, a * low, b * low);
}

function shown(lightness: number, a: number, b: number): Rgb {
  const y = (lightness + 16) / 116;
  const [x, z] = [y + a / 500, y - b / 200];
  const [fx, fy, fz] = [unbent(x) * white[0], unbent(y), unbent(z) * white[2]];
  return [
    display(3.2406 * fx - 1.5372 * fy - 0.4986 * fz),
    display(-0.9689 * fx + 1.8758 * fy + 0.0415 * fz),
    display(0.0557 * fx - 0.204 * fy + 1.057 * fz),
  ];
}

function fits(colour: Rgb): boolean {
  return colour.every((value) => value >= -0.004 && value <= 1.004);
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function display(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

function bent(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116;
}

function unbent(value: number): number {
  const cube = value ** 3;
  return cube > 216 / 24389 ? cube : (116 * value - 16) / (24389 / 27);
}
