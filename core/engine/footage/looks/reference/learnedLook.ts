/**
 * A look learned from one picture. Lightness goes by matched histograms whose slope is held in bounds; colour by
 * optimal transport between Gaussians (Pitie and Kokaram, 2007) of a* and b* in shadows, middle tones and lights; skin
 * is guarded. Local contrast, grain and vignette come from the picture's statistics. Its content is not copied.
 */
import { between, unit, type ColourChange, type Rgb } from '../colourMath.ts';
import { fromLab, labOf } from './lab.ts';
import { toneShares, type Palette, type PictureStatistics } from './pictureStatistics.ts';

/** What drawing a learned look needs. */
export interface LearnedLook {
  /** From the footage's colours to the picture's. */
  readonly change: ColourChange;
  /** Gains of fine and of coarse local contrast; 1 = as it is. */
  readonly fine: number;
  readonly coarse: number;
  /** 0..1, as film looks have it. */
  readonly grain: number;
  /** 0..1 */
  readonly vignette: number;
}

/** How much of the picture's lightness is taken over: the footage must stay what it shows. */
const curveShare = 0.8;
/** Bounds of the curve's slope: no posterising, no flattening. */
const slopes = { least: 0.45, most: 1.9 };
/** Variance that every palette is taken to have, so that grey is not torn into colours. */
const leastVariance = 9;
/** Bounds of how far colours are spread or drawn together. */
const gains = { least: 0.25, most: 2.2 };
/** Deviation below which a band of texture counts as empty. */
const leastBand = 0.002;
/** How much of its own colour skin keeps. */
const skinKept = 0.65;

/** What a look is learned from: it crosses to the inference child as it is. */
export interface Lesson {
  readonly footage: PictureStatistics;
  readonly picture: PictureStatistics;
}

/** Learns the look of the picture for the footage. */
export function learnLook({ footage, picture }: Lesson): LearnedLook {
  const lightness = curveBetween(footage, picture);
  const maps = footage.palettes.map((from, tone) => transport(from, filled(picture, tone)));
  const contrast = (band: 0 | 1 | 2): number =>
    Math.min(1.7, Math.max(0.65, Math.max(leastBand, picture.bands[band]) / Math.max(leastBand, footage.bands[band])));
  return {
    change: (colour) => changed(colour, lightness, maps),
    fine: Math.sqrt(contrast(0) * contrast(1)) ** 0.5,
    coarse: contrast(2) ** 0.5,
    // what the footage has of its own it keeps
    grain: Math.min(0.22, Math.max(0, picture.grain - footage.grain) * 5),
    vignette: Math.max(0, picture.vignette - footage.vignette) * 0.8,
  };
}

type ColourMap = (a: number, b: number) => readonly [number, number];

function changed(colour: Rgb, lightness: (from: number) => number, maps: readonly ColourMap[]): Rgb {
  const [l, a, b] = labOf(colour);
  let [toA, toB] = [0, 0];
  for (const [tone, share] of toneShares(l).entries()) {
    if (share === 0) continue;
    const [x, y] = maps[tone]!(a, b);
    toA += share * x;
    toB += share * y;
  }
  const kept = skinKept * skinLike(l, a, b);
  return fromLab([lightness(l), between(toA, a, kept), between(toB, b, kept)]);
}

/** How much a colour is that of skin, 0..1: its hue between red and yellow, its chroma moderate. */
function skinLike(lightness: number, a: number, b: number): number {
  const chroma = Math.hypot(a, b);
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  const bell = (value: number, from: number, to: number, soft: number): number =>
    unit((value - from) / soft) * unit((to - value) / soft);
  return bell(hue, 22, 82, 14) * bell(chroma, 8, 52, 8) * bell(lightness, 16, 94, 10);
}

/** Palettes of few pixels take after their neighbours. */
function filled({ palettes }: PictureStatistics, tone: number): Palette {
  const own = palettes[tone]!;
  const trust = unit(own.share / 0.06);
  const all = palettes.reduce((sum, { share }) => sum + share, 0);
  const mean = (of: keyof Palette): number => palettes.reduce((sum, each) => sum + each.share * each[of], 0) / all;
  const mixed = (of: keyof Palette): number => between(mean(of), own[of], trust);
  return { share: own.share, a: mixed('a'), b: mixed('b'), aa: mixed('aa'), ab: mixed('ab'), bb: mixed('bb') };
}

/** The linear map that carries one Gaussian into another with the least movement. */
function transport(from: Palette, to: Palette): ColourMap {
  const source = symmetric(from.aa + leastVariance, from.ab, from.bb + leastVariance);
  const target = symmetric(to.aa + leastVariance, to.ab, to.bb + leastVariance);
  const root = powered(source, 0.5);
  const inverse = powered(source, -0.5);
  const middle = powered(product(product(root, target), root), 0.5);
  const map = bounded(product(product(inverse, middle), inverse));
  return (a, b) => {
    const [x, y] = [a - from.a, b - from.b];
    return [map.aa * x + map.ab * y + to.a, map.ab * x + map.bb * y + to.b];
  };
}

interface Symmetric {
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}

const symmetric = (aa: number, ab: number, bb: number): Symmetric => ({ aa, ab, bb });

/** Of products that are symmetric, as those of `transport` are. */
function product(x: Symmetric | Full, y: Symmetric): Full {
  const ba = 'ba' in x ? x.ba : x.ab;
  return {
    aa: x.aa * y.aa + x.ab * y.ab,
    ab: x.aa * y.ab + x.ab * y.bb,
    ba: ba * y.aa + x.bb * y.ab,
    bb: ba * y.ab + x.bb * y.bb,
  };
}

interface Full extends Symmetric {
  readonly ba: number;
}

/** A symmetric matrix with a function of its eigenvalues. */
function withEigenvalues({ aa, ab, bb }: Symmetric, change: (value: number) => number): Symmetric {
  const middle = (aa + bb) / 2;
  const reach = Math.hypot((aa - bb) / 2, ab);
  const [high, low] = [change(middle + reach), change(middle - reach)];
  const angle = Math.atan2(2 * ab, aa - bb) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    aa: high * cos * cos + low * sin * sin,
    ab: (high - low) * cos * sin,
    bb: high * sin * sin + low * cos * cos,
  };
}

function powered(matrix: Symmetric, power: number): Symmetric {
  return withEigenvalues(matrix, (value) => Math.max(1e-6, value) ** power);
}

function bounded(matrix: Symmetric): Symmetric {
  return withEigenvalues(matrix, (value) => Math.min(gains.most, Math.max(gains.least, value)));
}

/** From L* to L*: matched quantiles, smoothed, with a bounded slope; black and white stay within the range. */
function curveBetween({ quantiles: from }: PictureStatistics, { quantiles: to }: PictureStatistics) {
  const matched = Array.from({ length: 101 }, (_, l) => between(l, matchedAt(l, from, to), curveShare));
  const smooth = matched.map((_, at) => meanAround(matched, at, 6));
  const curve = [smooth[0]!];
  for (let l = 1; l <= 100; l++) {
    const rise = smooth[l]! - smooth[l - 1]!;
    curve.push(curve[l - 1]! + Math.min(slopes.most, Math.max(slopes.least, rise)));
  }
  // bounding the slope moves the curve: the middle of the footage goes to the middle of the picture again
  const middle = Math.round(from[from.length >> 1]!);
  const shift = smooth[middle]! - curve[middle]!;
  return (lightness: number): number => {
    const at = Math.min(99.999, Math.max(0, lightness));
    const low = Math.floor(at);
    return Math.min(100, Math.max(0, between(curve[low]!, curve[low + 1]!, at - low) + shift));
  };
}

function matchedAt(lightness: number, from: readonly number[], to: readonly number[]): number {
  if (lightness <= from[0]!) return between(0, to[0]!, from[0]! === 0 ? 1 : lightness / from[0]!);
  const last = from.length - 1;
  if (lightness >= from[last]!)
    return between(to[last]!, 100, from[last]! >= 100 ? 0 : (lightness - from[last]!) / (100 - from[last]!));
  const above = from.findIndex((value) => value > lightness);
  const [low, high] = [from[above - 1]!, from[above]!];
  return between(to[above - 1]!, to[above]!, (lightness - low) / (high - low));
}

function meanAround(of: readonly number[], at: number, reach: number): number {
  const near = of.slice(Math.max(0, at - reach), at + reach + 1);
  return near.reduce((sum, value) => sum + value, 0) / near.length;
}
