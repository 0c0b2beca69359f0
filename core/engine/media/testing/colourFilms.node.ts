/** Films of colour patches as every encoder would have them: samples computed from the standards' own formulas. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

type Triple = readonly [number, number, number];

/** Luma weights of red and blue (H.273, table 4). */
export const lumaWeights: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt709: [0.2126, 0.0722],
  fcc: [0.3, 0.11],
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
  smpte240m: [0.212, 0.087],
  bt2020nc: [0.2627, 0.0593],
};

/** Y, Cb, Cr (or Y, Cg, Co) of a signal of 0..1 a channel. */
function toDifferences([r, g, b]: Triple, matrix: string): Triple {
  if (matrix === 'ycgco') return [(r + 2 * g + b) / 4, (2 * g - r - b) / 4, (r - b) / 2];
  const [red, blue] = lumaWeights[matrix]!;
  const y = red * r + (1 - red - blue) * g + blue * b;
  return [y, (b - y) / (2 - 2 * blue), (r - y) / (2 - 2 * red)];
}

/** As integers (H.273, equations 20 to 25; YCgCo is made from integer RGB, whose scale its differences keep). */
function quantised([y, u, v]: Triple, matrix: string, bits: number, range: 'tv' | 'pc'): Triple {
  const [unit, most] = [2 ** (bits - 8), 2 ** bits - 1];
  const middle = 2 ** (bits - 1);
  const span = matrix === 'ycgco' ? 219 : 224;
  const codes =
    range === 'tv'
      ? [unit * (219 * y + 16), unit * span * u + middle, unit * span * v + middle]
      : [most * y, most * u + middle, most * v + middle];
  return codes.map((code) => Math.min(most, Math.max(0, Math.round(code)))) as unknown as Triple;
}

/** How a film of patches is coded. */
export interface PatchFilm {
  readonly name: string;
  /** Signals of 0..1, one patch each, side by side. */
  readonly patches: readonly Triple[];
  readonly matrix: string;
  readonly range: 'tv' | 'pc';
  readonly bits: number;
  readonly chroma: '420' | '422' | '444';
  readonly alpha?: number;
  readonly size?: readonly [patchWidth: number, height: number];
  /** Words for ffmpeg: what the file says of its colours, and the encoder. */
  readonly tags: readonly string[];
}

/** Two frames, FFV1 in Matroska. Answers the path. */
export function patchFilm(folder: string, film: PatchFilm): string {
  const { patches, matrix, range, bits, chroma, alpha, name } = film;
  const [patchWidth, height] = film.size ?? [16, 16];
  const width = patchWidth * patches.length;
  const codes = patches.map((patch) => quantised(toDifferences(patch, matrix), matrix, bits, range));
  const plane = (channel: 0 | 1 | 2, shiftX: number, shiftY: number) =>
    Array.from({ length: Math.ceil(height / 2 ** shiftY) }, () =>
      Array.from(
        { length: Math.ceil(width / 2 ** shiftX) },
        (_, x) => codes[Math.min(patches.length - 1, Math.floor((x << shiftX) / patchWidth))]![channel],
      ),
    ).flat();
  const [shiftX, shiftY] = [chroma === '444' ? 0 : 1, chroma === '420' ? 1 : 0];
  const opacity = alpha === undefined ? [] : Array.from({ length: width * height }, () => alpha);
  const samples = [...plane(0, 0, 0), ...plane(1, shiftX, shiftY), ...plane(2, shiftX, shiftY), ...opacity];
  const frame = bits === 8 ? Buffer.from(samples) : Buffer.from(Uint16Array.from(samples).buffer);
  const format = `yuv${alpha === undefined ? '' : 'a'}${chroma}p${bits === 8 ? '' : `${bits}le`}`;
  const path = join(folder, `${name}.mkv`);
  const input = ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${width}x${height}`, '-r', '25', '-i', '-'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...input, '-c:v', 'ffv1', '-color_range', range, ...film.tags, path], {
    input: Buffer.concat([frame, frame]),
  });
  return path;
}

/** SMPTE ST 2084: the signal of a light of `nits` cd/m2. */
export function pqSignal(nits: number): number {
  const y = (Math.max(0, nits) / 10_000) ** (2610 / 16384);
  return ((3424 / 4096 + (2413 / 128) * y) / (1 + (2392 / 128) * y)) ** (2523 / 32);
}

/** ITU-R BT.2100: the HLG signal of a scene light of 0..1. */
export function hlgSignal(light: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  return light <= 1 / 12 ? Math.sqrt(3 * light) : a * Math.log(12 * light - b) + c;
}

/** ITU-R BT.2087: linear light of BT.709 primaries in those of BT.2020. */
export function in2020([r, g, b]: Triple): Triple {
  return [
    0.6274 * r + 0.3293 * g + 0.0433 * b,
    0.0691 * r + 0.9195 * g + 0.0114 * b,
    0.0164 * r + 0.088 * g + 0.8956 * b,
  ];
}
