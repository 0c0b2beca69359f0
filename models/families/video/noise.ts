/**
 * Seeded Gaussian noise: the same seed gives the same bytes on every machine and runtime. PCG32 (O'Neill 2014; 64-bit
 * state, 32-bit output) held in two 32-bit halves; normals by Box-Muller. `Math.log`, `sqrt`, `cos` and `sin` are
 * correctly rounded to float32 after `Math.fround` in V8, the only engine we ship.
 */

/** Uniform random numbers; `next` returns an unsigned 32-bit integer. */
export interface RandomStream {
  next(): number;
}

const multiplier = 6364136223846793005n;
const mask64 = (1n << 64n) - 1n;

/** Opens a PCG32 stream. Of `seed` the lower 64 bits count; `stream` selects one of its independent sequences. */
export function openRandomStream(seed: number, stream = 0): RandomStream {
  const increment = ((BigInt(Math.trunc(stream)) << 1n) | 1n) & mask64;
  let state = 0n;
  const advance = (): number => {
    const old = state;
    state = (old * multiplier + increment) & mask64;
    const mixed = Number((((old >> 18n) ^ old) >> 27n) & 0xffffffffn);
    const turn = Number(old >> 59n);
    return ((mixed >>> turn) | (mixed << (-turn & 31))) >>> 0;
  };
  advance();
  state = (state + (BigInt(Math.trunc(seed)) & mask64)) & mask64;
  advance();
  return { next: advance };
}

/** `count` independent standard normals, float32. */
export function gaussianNoise(count: number, seed: number, stream = 0): Float32Array {
  const random = openRandomStream(seed, stream);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    // (0,1]: never the logarithm of zero.
    const u = (random.next() + 1) / 4294967296;
    const angle = (random.next() / 4294967296) * 2 * Math.PI;
    const radius = Math.sqrt(-2 * Math.log(u));
    out[i] = radius * Math.cos(angle);
    if (i + 1 < count) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}

/** The size of a sequence of latents. */
export interface LatentNoiseShape {
  readonly channels: number;
  readonly count: number;
  /** Values of one channel in one latent frame. */
  readonly area: number;
}

/** Stream of the noise that all latents share; their own comes from stream 0. */
const commonStream = 1_000_003;

/**
 * The initial noise of a request: standard normals, f32[channels, count, area]. All latent frames have the share
 * `shared` (0..1) of the variance in common, so that noise the model leaves behind does not flicker (mixed noise of
 * PYoCo, Ge et al. 2023). With 0 every value is independent.
 */
export function latentNoise({ channels, count, area }: LatentNoiseShape, seed: number, shared: number): Float32Array {
  const noise = shared === 1 ? new Float32Array(channels * count * area) : gaussianNoise(channels * count * area, seed);
  if (shared === 0) return noise;
  const common = gaussianNoise(channels * area, seed, commonStream);
  const [ofCommon, ofOwn] = [Math.sqrt(shared), Math.sqrt(1 - shared)];
  for (let at = 0; at < noise.length; at += 1) {
    const channel = Math.floor(at / (count * area));
    noise[at] = ofCommon * common[channel * area + (at % area)]! + ofOwn * noise[at]!;
  }
  return noise;
}
