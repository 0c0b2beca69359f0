/** Textures as fields of numbers: noise, paper, canvas, hatching, drops, flakes. Pure, the same in every run. */
import { randomFrom, type Random } from '../randomFrom.ts';
import { smoothStep } from './colourMath.ts';
import { greyPlate, type Plate } from './plate.ts';

/** px of a texture. */
export interface TextureSize {
  readonly width: number;
  readonly height: number;
  /** px of a unit (stage.ts): 1, or less for small pictures. */
  readonly scale: number;
}

/** White noise, mean 0, standard deviation 1; near enough to a Gaussian. */
export function whiteNoise({ width, height }: TextureSize, seed: number): Float32Array {
  const random = randomFrom(seed);
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++) values[i] = (random() + random() + random() - 1.5) * 2;
  return values;
}

/** Smooth noise whose features are about `cell` units, tiling at the edges, about -1..1. */
export function smoothNoise({ width, height, scale }: TextureSize, cell: number, seed: number): Float32Array {
  const columns = Math.max(2, Math.round(width / (cell * scale)));
  const rows = Math.max(2, Math.round(height / (cell * scale)));
  const random = randomFrom(seed);
  const lattice = Float32Array.from({ length: columns * rows }, () => random() * 2 - 1);
  const values = new Float32Array(width * height);
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const across = Array.from({ length: width }, (_, x) => {
    const at = (x * columns) / width;
    const left = Math.floor(at);
    return { left: left % columns, right: (left + 1) % columns, share: ease(at - left) };
  });
  for (let y = 0; y < height; y++) {
    const at = (y * rows) / height;
    const top = Math.floor(at);
    const share = ease(at - top);
    const above = (top % rows) * columns;
    const below = ((top + 1) % rows) * columns;
    for (let x = 0; x < width; x++) {
      const { left, right, share: sideways } = across[x]!;
      const high = lattice[above + left]! + (lattice[above + right]! - lattice[above + left]!) * sideways;
      const low = lattice[below + left]! + (lattice[below + right]! - lattice[below + left]!) * sideways;
      values[y * width + x] = high + (low - high) * share;
    }
  }
  return values;
}

/** Sum of smooth noises, each half as large and half as strong as the one before. */
export function cloudNoise(size: TextureSize, cell: number, octaves: number, seed: number): Float32Array {
  const sum = new Float32Array(size.width * size.height);
  let weight = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const layer = smoothNoise(size, cell / 2 ** octave, seed + octave);
    for (let i = 0; i < sum.length; i++) sum[i]! += layer[i]! * weight;
    total += weight;
    weight *= 0.55;
  }
  return sum.map((value) => value / total);
}

/** Values as a plate around middle grey, `amount` their strength. */
export function aroundGrey(name: string, size: TextureSize, values: () => Float32Array, amount: number): Plate {
  return greyPlate(name, size.width, size.height, () => values().map((value) => 0.5 + value * amount));
}

/** Film grain: white noise, softened to clumps of about a pixel at 720 lines. */
export function grainPlate(size: TextureSize, amount: number): Plate {
  return aroundGrey(
    'grain',
    size,
    () => {
      const { width, height } = size;
      const fine = whiteNoise(size, 11);
      const clumps = smoothNoise(size, 2.2, 12);
      const values = new Float32Array(width * height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const i = y * width + x;
          const next = y * width + ((x + 1) % width);
          const under = ((y + 1) % height) * width + x;
          values[i] = (fine[i]! + 0.6 * fine[next]! + 0.6 * fine[under]!) * 0.45 + clumps[i]! * 0.9;
        }
      }
      return values;
    },
    amount * 0.5,
  );
}

/** Cold-pressed paper: bumps of a few pixels, lit from the upper left. */
export function paperPlate(size: TextureSize, amount: number): Plate {
  return aroundGrey(
    'paper',
    size,
    () => {
      const { width, height } = size;
      const bumps = cloudNoise(size, 9, 3, 21);
      const wash = cloudNoise(size, 160, 3, 22);
      const values = new Float32Array(width * height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const i = y * width + x;
          const lit = bumps[i]! - bumps[((y + 1) % height) * width + ((x + 1) % width)]!;
          values[i] = lit * 1.6 + bumps[i]! * 0.25 + wash[i]! * 0.35;
        }
      }
      return values;
    },
    amount,
  );
}

/** Woven canvas: two sets of threads; in small pictures they are too fine to be seen. */
export function canvasPlate(size: TextureSize, amount: number): Plate {
  return aroundGrey(
    'canvas',
    size,
    () => {
      const { width, height } = size;
      const uneven = cloudNoise(size, 24, 2, 31);
      const values = new Float32Array(width * height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const i = y * width + x;
          const wobble = uneven[i]! * 0.8;
          const weft = Math.sin((x / 3.1) * Math.PI + wobble);
          const warp = Math.sin((y / 3.1) * Math.PI + wobble);
          const over = (Math.floor(x / 3.1) + Math.floor(y / 3.1)) % 2 === 0;
          values[i] = (over ? weft : warp) * 0.7 + uneven[i]! * 0.4;
        }
      }
      return values;
    },
    size.scale < 1 ? 0 : amount,
  );
}

/**
 * Pencil strokes in one direction: 1 where the paper shows. `turn`: radians; `gap`: px between strokes.
 */
export function hatchPlate(name: string, size: TextureSize, turn: number, gap: number, seed: number): Plate {
  return greyPlate(name, size.width, size.height, () => {
    const { width, height } = size;
    const wander = cloudNoise(size, 90, 2, seed);
    const tooth = cloudNoise(size, 3, 2, seed + 7);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const values = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const across = (x * cos + y * sin) / size.scale + wander[i]! * gap * 1.1;
        const wave = 0.5 + 0.5 * Math.cos((across / gap) * 2 * Math.PI);
        values[i] = 1 - smoothStep(0.35, 0.95, wave + tooth[i]! * 0.45) * 0.95;
      }
    }
    return values;
  });
}

/** Dots of a printer's screen: 0 at a dot's middle, 1 between dots. `pitch`: units. */
export function dotsPlate(size: TextureSize, pitch: number, turn: number): Plate {
  return greyPlate('dots', size.width, size.height, () => {
    const { width, height } = size;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const values = new Float32Array(width * height);
    const wave = (value: number): number => Math.cos((value / (pitch * size.scale)) * 2 * Math.PI);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        values[y * width + x] = 0.5 - 0.25 * (wave(x * cos + y * sin) + wave(y * cos - x * sin));
    }
    return values;
  });
}

/** Square units of a texture. */
function area({ width, height, scale }: TextureSize): number {
  return (width * height) / scale ** 2;
}

/** Draws a soft streak or spot into a field, wrapped around its edges. */
function stamp(
  values: Float32Array,
  { width, height }: TextureSize,
  at: { readonly x: number; readonly y: number },
  half: { readonly along: number; readonly across: number },
  slant: number,
  strength: number,
): void {
  const reach = Math.ceil(half.across * 2.5) + 1;
  const rows = Math.ceil(half.along);
  for (let dy = -rows; dy <= rows; dy++) {
    const fade = 1 - (dy / (half.along + 1e-6)) ** 2;
    if (fade <= 0) continue;
    const middle = at.x + dy * slant;
    const y = (((Math.round(at.y) + dy) % height) + height) % height;
    for (let step = -reach; step <= reach; step++) {
      const px = Math.round(middle) + step;
      const distance = (px - middle) / half.across;
      const x = ((px % width) + width) % width;
      values[y * width + x] = Math.min(1, values[y * width + x]! + strength * fade * Math.exp(-distance * distance));
    }
  }
}

/** Rain: slanted streaks on black. `length`: units; `count`: streaks a million px. */
export function rainPlate(
  name: string,
  size: TextureSize,
  { length, width: across, count, seed, strength }: StreakField,
): Plate {
  return greyPlate(name, size.width, size.height, () => {
    const random = randomFrom(seed);
    const values = new Float32Array(size.width * size.height);
    for (let i = 0; i < (count * area(size)) / 1e6; i++)
      stamp(
        values,
        size,
        { x: random() * size.width, y: random() * size.height },
        { along: length * size.scale * (0.35 + 0.4 * random()), across: Math.max(0.4, across * size.scale) },
        rainSlant,
        strength * (0.35 + 0.65 * random()),
      );
    return values;
  });
}

/** Pixels sideways for each pixel down. */
export const rainSlant = -0.12;

/** A field of rain. */
export interface StreakField {
  readonly length: number;
  readonly width: number;
  readonly count: number;
  readonly seed: number;
  readonly strength: number;
}

/** Snow: soft flakes on black. `radius`: units; `count`: flakes a million px. */
export function snowPlate(
  name: string,
  size: TextureSize,
  { radius, count, seed, strength }: { radius: number; count: number; seed: number; strength: number },
): Plate {
  return greyPlate(name, size.width, size.height, () => {
    const random = randomFrom(seed);
    const values = new Float32Array(size.width * size.height);
    for (let i = 0; i < (count * area(size)) / 1e6; i++)
      flake(
        values,
        size,
        random,
        radius * size.scale * (0.55 + 0.9 * random() ** 2),
        strength * (0.45 + 0.55 * random()),
      );
    return values;
  });
}

function flake(
  values: Float32Array,
  { width, height }: TextureSize,
  random: Random,
  radius: number,
  strength: number,
): void {
  const [middleX, middleY] = [random() * width, random() * height];
  const [squash, turn] = [0.75 + 0.25 * random(), random() * Math.PI];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.ceil(radius * 1.6) + 1;
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const [px, py] = [Math.round(middleX) + dx, Math.round(middleY) + dy];
      const [fx, fy] = [px - middleX, py - middleY];
      const distance = Math.hypot(fx * cos + fy * sin, (fy * cos - fx * sin) / squash) / radius;
      const i = (((py % height) + height) % height) * width + (((px % width) + width) % width);
      values[i] = Math.min(1, values[i]! + strength * (1 - smoothStep(0.55, 1.25, distance)));
    }
  }
}

/** Specks and hairs of old film on black. */
export function dustPlate(size: TextureSize, seed: number): Plate {
  return greyPlate(`dust${seed}`, size.width, size.height, () => {
    const random = randomFrom(seed);
    const values = new Float32Array(size.width * size.height);
    const specks = Math.round(area(size) / 60000);
    for (let i = 0; i < specks; i++) flake(values, size, random, size.scale * (0.8 + 2.4 * random() ** 3), 0.9);
    for (let i = 0; i < specks / 6; i++) {
      let [x, y, turn] = [random() * size.width, random() * size.height, random() * 6.3];
      for (let step = 0; step < 14 + 40 * random(); step++) {
        stamp(values, size, { x, y }, { along: 1, across: 0.8 }, 0, 0.7);
        turn += (random() - 0.5) * 0.5;
        x += Math.cos(turn);
        y += Math.sin(turn);
      }
    }
    return values;
  });
}

/** Thin upright scratches that run through a whole reel, on black. */
export function scratchPlate(size: TextureSize, seed: number): Plate {
  return greyPlate('scratches', size.width, size.height, () => {
    const random = randomFrom(seed);
    const values = new Float32Array(size.width * size.height);
    const uneven = cloudNoise(size, 60, 2, seed);
    for (let i = 0; i < Math.max(2, size.width / (420 * size.scale)); i++) {
      const x = random() * size.width;
      const strength = 0.25 + 0.5 * random();
      for (let y = 0; y < size.height; y++) {
        const px = Math.floor(x + uneven[y * size.width]! * 3 + size.width) % size.width;
        const here = strength * smoothStep(-0.35, 0.3, uneven[y * size.width + px]!);
        values[y * size.width + px] = Math.min(1, values[y * size.width + px]! + here);
      }
    }
    return values;
  });
}

/** Fine lines of squared paper: 1 on a line. `gap`: units; every fifth line is stronger. */
export function gridPlate(size: TextureSize, gap: number): Plate {
  return greyPlate('grid', size.width, size.height, () => {
    const { width, height } = size;
    const values = new Float32Array(width * height);
    const step = gap * size.scale;
    const line = (px: number): number => {
      const near = Math.abs(px - Math.round(px / step) * step);
      const strong = Math.round(px / step) % 5 === 0;
      return near < (strong ? 0.8 : 0.5) ? (strong ? 1 : 0.5) : 0;
    };
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) values[y * width + x] = Math.max(line(x), line(y));
    }
    return values;
  });
}

/** A field that is a function of the place (0..1 across and down). */
export function fieldPlate(name: string, size: TextureSize, value: (x: number, y: number) => number): Plate {
  return greyPlate(name, size.width, size.height, () => {
    const values = new Float32Array(size.width * size.height);
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++)
        values[y * size.width + x] = value((x + 0.5) / size.width, (y + 0.5) / size.height);
    }
    return values;
  });
}
