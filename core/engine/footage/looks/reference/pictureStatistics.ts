/** What a look is learned from: a picture's colours, contrast, texture and grain in numbers. */
import { boxMean } from '../../../../../models/families/footage/select/guidedFilter.ts';
import type { Rgb } from '../colourMath.ts';
import { labOf } from './lab.ts';

/** Lightnesses in 33 equal shares of the picture, darkest first: L*. */
export type Quantiles = readonly number[];

/** Colours of one range of lightness: mean and covariance of a* and b*. */
export interface Palette {
  /** Share of the picture, 0..1. */
  readonly share: number;
  readonly a: number;
  readonly b: number;
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}

/** Numbers of a picture or of some frames. */
export interface PictureStatistics {
  readonly quantiles: Quantiles;
  /** Of shadows, middle tones and lights. */
  readonly palettes: readonly [Palette, Palette, Palette];
  /** Deviation of luma in three bands, fine to coarse, 0..1. */
  readonly bands: readonly [number, number, number];
  /** Deviation of luma between neighbours on calm surfaces, 0..1. */
  readonly grain: number;
  /** How much darker corners are than the middle, 0..1. */
  readonly vignette: number;
}

/** A picture in rgb24; px. */
export interface RgbPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Quantiles that are kept, less one. */
const quantileSteps = 32;
/** Box radii between which bands lie, as shares of the shorter side. */
const bandRadii = [1 / 240, 1 / 72, 1 / 20];

/** Weight of lightness 0..100 in shadows, middle tones and lights; together 1. */
export function toneShares(lightness: number): readonly [number, number, number] {
  const shadow = Math.min(1, Math.max(0, (46 - lightness) / 28));
  const light = Math.min(1, Math.max(0, (lightness - 54) / 28));
  return [shadow, Math.max(0, 1 - shadow - light), light];
}

/** Measures one picture, or frames of one film together. All have one size. */
export function measurePictures(pictures: readonly RgbPicture[]): PictureStatistics {
  const colours = pictures.flatMap((picture) => sampledLab(picture));
  const lightnesses = colours.map(([lightness]) => lightness).toSorted((x, y) => x - y);
  const at = (share: number): number => lightnesses[Math.round(share * (lightnesses.length - 1))] ?? 0;
  const lumas = pictures.map(lumaPlane);
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const bands = lumas.map(bandsOf);
  return {
    quantiles: Array.from({ length: quantileSteps + 1 }, (_, index) => at(index / quantileSteps)),
    palettes: [paletteOf(colours, 0), paletteOf(colours, 1), paletteOf(colours, 2)],
    bands: [mean(bands.map((each) => each[0])), mean(bands.map((each) => each[1])), mean(bands.map((each) => each[2]))],
    grain: mean(lumas.map(grainOf)),
    vignette: mean(lumas.map(vignetteOf)),
  };
}

/** A picture of one colour, or nearly, teaches nothing. */
export function hasContent({ quantiles, palettes }: PictureStatistics): boolean {
  const lightness = quantiles[quantileSteps - 1]! - quantiles[1]!;
  const colour = Math.max(...palettes.map(({ share, aa, bb }) => (share > 0.05 ? aa + bb : 0)));
  return lightness > 6 || colour > 30;
}

function sampledLab({ data, width, height }: RgbPicture): (readonly [number, number, number])[] {
  const every = Math.max(1, Math.round(Math.sqrt((width * height) / 6000)));
  const colours: (readonly [number, number, number])[] = [];
  for (let y = 0; y < height; y += every)
    for (let x = 0; x < width; x += every) {
      const i = (y * width + x) * 3;
      const rgb: Rgb = [data[i]! / 255, data[i + 1]! / 255, data[i + 2]! / 255];
      colours.push(labOf(rgb));
    }
  return colours;
}

function paletteOf(colours: readonly (readonly [number, number, number])[], tone: 0 | 1 | 2): Palette {
  let [weight, sumA, sumB, aa, ab, bb] = [1e-6, 0, 0, 0, 0, 0];
  for (const [lightness, a, b] of colours) {
    const share = toneShares(lightness)[tone];
    weight += share;
    sumA += share * a;
    sumB += share * b;
    aa += share * a * a;
    ab += share * a * b;
    bb += share * b * b;
  }
  const [a, b] = [sumA / weight, sumB / weight];
  return {
    share: weight / colours.length,
    a,
    b,
    aa: aa / weight - a * a,
    ab: ab / weight - a * b,
    bb: bb / weight - b * b,
  };
}

function lumaPlane({ data, width, height }: RgbPicture) {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++)
    luma[i] = (0.2126 * data[3 * i]! + 0.7152 * data[3 * i + 1]! + 0.0722 * data[3 * i + 2]!) / 255;
  return { data: luma, width, height };
}

type Luma = ReturnType<typeof lumaPlane>;

function bandsOf(luma: Luma): readonly [number, number, number] {
  const shorter = Math.min(luma.width, luma.height);
  const [first, second, third] = bandRadii.map((share) => boxMean(luma, Math.max(1, Math.round(share * shorter))).data);
  return [deviation(luma.data, first!), deviation(first!, second!), deviation(second!, third!)];
}

function deviation(of: Float32Array, from: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < of.length; i++) sum += (of[i]! - from[i]!) ** 2;
  return Math.sqrt(sum / of.length);
}

/** The median of Immerkaer's (1996) noise mask over the calmest third of 8 x 8 blocks. */
function grainOf({ data, width, height }: Luma): number {
  const blocks: { calm: number; noise: number }[] = [];
  for (let top = 1; top + 9 < height; top += 8)
    for (let left = 1; left + 9 < width; left += 8) {
      let [noise, least, most] = [0, 1, 0];
      for (let y = top; y < top + 8; y++)
        for (let x = left; x < left + 8; x++) {
          const i = y * width + x;
          const corners = data[i - width - 1]! + data[i - width + 1]! + data[i + width - 1]! + data[i + width + 1]!;
          const sides = data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]!;
          noise += Math.abs(corners - 2 * sides + 4 * data[i]!);
          least = Math.min(least, data[i]!);
          most = Math.max(most, data[i]!);
        }
      // what is black or blown out has no grain to show
      if (least > 0.06 && most < 0.94) blocks.push({ calm: most - least, noise: noise / 64 });
    }
  if (blocks.length < 6) return 0;
  const calmest = blocks.toSorted((a, b) => a.calm - b.calm).slice(0, Math.ceil(blocks.length / 3));
  const middle = calmest.map(({ noise }) => noise).toSorted((a, b) => a - b)[Math.floor(calmest.length / 2)]!;
  return (middle / 6) * Math.sqrt(Math.PI / 2);
}

/** Of the corners against the middle, where all four are darker; what lies there by chance is not. */
function vignetteOf({ data, width, height }: Luma): number {
  const mean = (left: number, top: number, w: number, h: number): number => {
    let sum = 0;
    for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) sum += data[y * width + x]!;
    return sum / (w * h);
  };
  const [w, h] = [Math.max(1, Math.floor(width / 8)), Math.max(1, Math.floor(height / 8))];
  const middle = mean(Math.floor(width / 4), Math.floor(height / 4), Math.floor(width / 2), Math.floor(height / 2));
  const corners = [
    mean(0, 0, w, h),
    mean(width - w, 0, w, h),
    mean(0, height - h, w, h),
    mean(width - w, height - h, w, h),
  ];
  const lightest = Math.max(...corners);
  return middle < 0.1 ? 0 : Math.min(0.6, Math.max(0, 1 - lightest / middle));
}
