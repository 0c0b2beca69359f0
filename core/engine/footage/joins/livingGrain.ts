/**
 * A held frame that lives: its own grain is averaged away where nothing moved, and new grain of the same strength, by
 * brightness, and of the same size is laid over each frame.
 */
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { randomFrom } from '../randomFrom.ts';
import { reachOf } from './globalMotion.ts';
import type { Layer } from './layer.ts';
import type { Shot } from './shot.ts';

const blockPx = 8;
const brightnessSteps = 8;
/** Frames that are averaged and measured. */
const looked = 8;
const tilePx = 512;
/** Of the calmest blocks of each brightness, this share is taken to hold nothing but grain. */
const calmShare = 0.25;
/** Where the grain of the frame itself could not be taken out, less is laid over it. */
const overOwnGrain = 0.6;

interface PlaneGrain {
  /** By brightness, levels. */
  readonly strengths: readonly number[];
  /** Unit noise as coarse as the source's. */
  readonly tile: Float32Array;
}

/** The grain of a shot: taken from its last frame, and made again. */
export class LivingGrain {
  /** The shot's last frame without its grain. */
  readonly clean: Layer;
  readonly #planes: readonly PlaneGrain[];
  readonly #amount: number;

  constructor(shot: Shot) {
    const count = Math.min(looked, shot.inside);
    const layers = Array.from({ length: count }, (_, i) => shot.layer(-i));
    const { width, height } = shot.shape.size;
    const rests = reachOf(shot.speed(), width, height) < 0.3;
    const last = layers[0]!;
    const brightness = last[0]!;
    this.#planes = last.map((_, index) => {
      const series = layers.map((layer) => layer[index]!);
      const measured = measure(series, brightness);
      return { strengths: measured.strengths, tile: noiseTile(measured.across, measured.down, index + 1) };
    });
    this.#amount = rests && count > 2 ? 1 : overOwnGrain;
    this.clean = rests
      ? last.map((_, index) =>
          averaged(
            layers.map((layer) => layer[index]!),
            Math.max(...this.strengths(index)),
          ),
        )
      : last;
  }

  /** Standard deviations of a plane's grain by brightness, levels. */
  strengths(plane: number): readonly number[] {
    return this.#planes[plane]!.strengths;
  }

  /** The layer under grain that no other `index` has. */
  over(layer: Layer, index: number): Layer {
    const brightness = layer[0]!;
    return layer.map((plane, at) => this.#grainy(plane, brightness, this.#planes[at]!, index));
  }

  #grainy(plane: FloatPlane, brightness: FloatPlane, { strengths, tile }: PlaneGrain, index: number): FloatPlane {
    const { width, height } = plane;
    const data = new Float32Array(width * height);
    const random = randomFrom(index * 7919 + width);
    const [ox, oy] = [Math.floor(random() * tilePx), Math.floor(random() * tilePx)];
    const [wide, tall] = [brightness.width / width, brightness.height / height];
    for (let y = 0, i = 0; y < height; y++) {
      const row = ((y + oy) % tilePx) * tilePx;
      const line = Math.min(brightness.height - 1, Math.floor(y * tall)) * brightness.width;
      for (let x = 0; x < width; x++, i++) {
        const level = brightness.data[line + Math.min(brightness.width - 1, Math.floor(x * wide))]!;
        const strength = strengths[stepOf(level)]! * this.#amount;
        data[i] = plane.data[i]! + strength * tile[row + ((x + ox) % tilePx)]!;
      }
    }
    return { width, height, data };
  }
}

function stepOf(level: number): number {
  return Math.max(0, Math.min(brightnessSteps - 1, Math.floor((level * brightnessSteps) / 256)));
}

/** Strength by brightness and how alike neighbours are, of the differences between frames in the calmest blocks. */
function measure(series: readonly FloatPlane[], brightness: FloatPlane) {
  const blocks: { step: number; square: number; across: number; down: number }[] = [];
  for (let i = 0; i + 1 < series.length; i++) blocks.push(...blocksOf(series[i]!, series[i + 1]!, brightness));
  const strengths = Array.from({ length: brightnessSteps }, () => 0);
  const calmAll: typeof blocks = [];
  for (let step = 0; step < brightnessSteps; step++) {
    const own = blocks.filter((block) => block.step === step).toSorted((a, b) => a.square - b.square);
    const calm = own.slice(0, Math.ceil(own.length * calmShare));
    calmAll.push(...calm);
    const middle = calm[calm.length >> 1]?.square ?? 0;
    // a difference holds the grain of two frames
    strengths[step] = Math.sqrt(middle / 2);
  }
  fillEmpty(strengths);
  const sum = (of: (block: (typeof blocks)[number]) => number): number =>
    calmAll.reduce((total, block) => total + of(block), 0);
  const square = Math.max(
    1e-9,
    sum((block) => block.square),
  );
  const alike = (value: number): number => Math.max(0, Math.min(0.85, value));
  return { strengths, across: alike(sum((b) => b.across) / square), down: alike(sum((b) => b.down) / square) };
}

/** A brightness that the picture does not have gets its neighbour's strength. */
function fillEmpty(strengths: number[]): void {
  for (let i = 1; i < strengths.length; i++) if (strengths[i] === 0) strengths[i] = strengths[i - 1]!;
  for (let i = strengths.length - 2; i >= 0; i--) if (strengths[i] === 0) strengths[i] = strengths[i + 1]!;
}

function blocksOf(first: FloatPlane, second: FloatPlane, brightness: FloatPlane) {
  const { width, height } = first;
  const found = [];
  const [wide, tall] = [brightness.width / width, brightness.height / height];
  for (let top = 0; top + blockPx < height; top += blockPx)
    for (let left = 0; left + blockPx < width; left += blockPx) {
      let [sum, square, across, down] = [0, 0, 0, 0];
      for (let y = top; y < top + blockPx; y++)
        for (let x = left; x < left + blockPx; x++) {
          const at = y * width + x;
          const d = first.data[at]! - second.data[at]!;
          sum += d;
          square += d * d;
          across += d * (first.data[at + 1]! - second.data[at + 1]!);
          down += d * (first.data[at + width]! - second.data[at + width]!);
        }
      const count = blockPx * blockPx;
      const mean = sum / count;
      const level = brightness.data[Math.floor(top * tall) * brightness.width + Math.floor(left * wide)]!;
      // blocks that a codec repeated say nothing
      if (square / count - mean * mean < 1e-4) continue;
      found.push({
        step: stepOf(level),
        square: square / count - mean * mean,
        across: across / count - mean * mean,
        down: down / count - mean * mean,
      });
    }
  return found;
}

/** The first plane with the mean of all that are the same but for grain. */
function averaged(series: readonly FloatPlane[], strength: number): FloatPlane {
  const [last] = series as [FloatPlane];
  const { width, height } = last;
  const most = 3 * strength + 0.75;
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const own = last.data[i]!;
    let [sum, count] = [own, 1];
    for (let k = 1; k < series.length; k++) {
      const value = series[k]!.data[i]!;
      if (Math.abs(value - own) > most) break;
      sum += value;
      count += 1;
    }
    data[i] = sum / count;
  }
  return { width, height, data };
}

/** Gaussian noise of unit strength whose neighbours are as alike as asked. */
function noiseTile(across: number, down: number, seed: number): Float32Array {
  const tile = new Float32Array(tilePx * tilePx);
  const random = randomFrom(seed);
  for (let i = 0; i < tile.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    tile[i] = radius * Math.cos(angle);
    tile[i + 1] = radius * Math.sin(angle);
  }
  const rest = (alike: number): number => Math.sqrt(1 - alike * alike);
  for (let y = 0; y < tilePx; y++)
    for (let x = 1; x < tilePx; x++)
      tile[y * tilePx + x] = across * tile[y * tilePx + x - 1]! + rest(across) * tile[y * tilePx + x]!;
  for (let y = 1; y < tilePx; y++)
    for (let x = 0; x < tilePx; x++)
      tile[y * tilePx + x] = down * tile[(y - 1) * tilePx + x]! + rest(down) * tile[y * tilePx + x]!;
  return tile;
}
