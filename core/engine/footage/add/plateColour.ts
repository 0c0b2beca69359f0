/**
 * From a frame's own samples to linear light of BT.709 and back, for a part of it. What lies on the footage is worked
 * out in linear light; changes are written as differences, so that a sample nothing changes keeps its value. Pure.
 */
import { sdrWhiteNits } from '../../../ffmpeg/hdr.ts';
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import { effectiveMatrix, type SourceColour } from '../../../ffmpeg/sourceColour.ts';
import type { Box } from '../../../render/place.ts';
import type { FrameLayout, Samples } from '../plate/planes.ts';

/** Shares of red and blue in the brightness. */
const weights: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt709: [0.2126, 0.0722],
  smpte170m: [0.299, 0.114],
  bt470bg: [0.299, 0.114],
  smpte240m: [0.212, 0.087],
  fcc: [0.3, 0.11],
  bt2020ncl: [0.2627, 0.0593],
};

/** sRGB. */
export function toLinear(code: number): number {
  return code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4;
}

/** sRGB. */
export function fromLinear(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** A curve of a display or camera: code values to light, where 1 is the white of SDR, and back. */
interface Curve {
  toLight(code: number): number;
  toCode(light: number): number;
}

const sdr: Curve = { toLight: toLinear, toCode: fromLinear };
/** SMPTE ST 2084. */
const pq: Curve = {
  toLight(code) {
    const root = code ** (1 / 78.84375);
    const light = Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root);
    return (light ** (1 / 0.1593017578125) * 10_000) / sdrWhiteNits;
  },
  toCode(light) {
    const y = (Math.max(0, light * sdrWhiteNits) / 10_000) ** 0.1593017578125;
    return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375;
  },
};
/** ARIB STD-B67, without the display's own curve: its diffuse white is at three quarters of the signal. */
const hlgWhite = 0.265;
const hlg: Curve = {
  toLight: (code) =>
    (code <= 0.5 ? (code * code) / 3 : (Math.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12) / hlgWhite,
  toCode(light) {
    const scene = light * hlgWhite;
    return scene <= 1 / 12 ? Math.sqrt(3 * scene) : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
  },
};

const steps = 4096;

/** A part of a frame in linear light: red, green and blue, one after the other for each pixel. */
export interface LightRegion extends Box {
  readonly rgb: Float32Array;
}

/** Reads and changes frames of one format. */
export class PlateColour {
  private readonly layout: FrameLayout;
  private readonly model: SampleFormat['model'];
  private readonly red: number;
  private readonly blue: number;
  private readonly least: number;
  private readonly spanY: number;
  private readonly spanC: number;
  private readonly isWide: boolean;
  private readonly light = new Float32Array(steps + 2);
  /** By the root of light, which is even enough for the dark. */
  private readonly code = new Float32Array(steps + 2);
  private readonly mostLight: number;

  constructor(layout: FrameLayout, { model }: SampleFormat, colour: SourceColour) {
    this.layout = layout;
    this.model = model;
    [this.red, this.blue] = weights[effectiveMatrix(colour)] ?? weights['bt709']!;
    const { level, most } = layout;
    const isFull = model !== 'yuv' ? colour.range !== 'tv' : colour.range === 'pc' || /^yuvj/.test(colour.pixelFormat);
    this.least = isFull ? 0 : 16 * level;
    this.spanY = isFull ? most : 219 * level;
    this.spanC = isFull ? most : 224 * level;
    this.isWide = colour.primaries === 'bt2020';
    const curve = colour.transfer === 'smpte2084' ? pq : colour.transfer === 'arib-std-b67' ? hlg : sdr;
    this.mostLight = curve.toLight(1);
    for (let i = 0; i <= steps + 1; i++) {
      this.light[i] = curve.toLight(i / steps);
      this.code[i] = curve.toCode((i / steps) ** 2 * this.mostLight);
    }
  }

  /** Code values 0..1 of red, green and blue at a pixel. */
  private codesAt(planes: readonly Samples[], x: number, y: number, to: Float32Array): void {
    const { layout, model, least, spanY, spanC, red, blue } = this;
    const first = planes[0]![y * layout.width + x]!;
    if (model === 'gray') {
      to.fill((first - least) / spanY);
      return;
    }
    const { width, shift } = layout.planes[1]!;
    const at = (y >> shift.y) * width + (x >> shift.x);
    const [second, third] = [planes[1]![at]!, planes[2]![at]!];
    if (model === 'gbr') {
      to[0] = (third - least) / spanY;
      to[1] = (first - least) / spanY;
      to[2] = (second - least) / spanY;
      return;
    }
    const bright = (first - least) / spanY;
    const middle = 128 * layout.level;
    const [cb, cr] = [(second - middle) / spanC, (third - middle) / spanC];
    to[0] = bright + 2 * (1 - red) * cr;
    to[2] = bright + 2 * (1 - blue) * cb;
    to[1] = (bright - red * to[0] - blue * to[2]) / (1 - red - blue);
  }

  private lightOf(code: number): number {
    if (!(code > 0)) return 0;
    if (code >= 1) return this.mostLight;
    const at = code * steps;
    const i = at | 0;
    return this.light[i]! + (at - i) * (this.light[i + 1]! - this.light[i]!);
  }

  private codeOf(light: number): number {
    if (!(light > 0)) return this.code[0]!;
    const at = Math.sqrt(light / this.mostLight) * steps;
    if (at >= steps) return 1;
    const i = at | 0;
    return this.code[i]! + (at - i) * (this.code[i + 1]! - this.code[i]!);
  }

  /** Linear light of a box of the frame. */
  read(planes: readonly Samples[], box: Box): LightRegion {
    const rgb = new Float32Array(box.width * box.height * 3);
    const codes = new Float32Array(3);
    for (let at = 0, y = box.y; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++, at += 3) {
        this.codesAt(planes, x, y, codes);
        const [r, g, b] = [this.lightOf(codes[0]!), this.lightOf(codes[1]!), this.lightOf(codes[2]!)];
        rgb[at] = this.isWide ? 1.6605 * r - 0.5876 * g - 0.0728 * b : r;
        rgb[at + 1] = this.isWide ? -0.1246 * r + 1.1329 * g - 0.0083 * b : g;
        rgb[at + 2] = this.isWide ? -0.0182 * r - 0.1006 * g + 1.1187 * b : b;
      }
    }
    return { ...box, rgb };
  }

  /**
   * Writes what changed from one light to another into the samples. `grain`: added to the brightness, as a share of
   * the whole range. Chroma takes the mean change of the pixels that a sample covers.
   */
  write(
    planes: readonly Samples[],
    before: LightRegion,
    after: LightRegion,
    changed: Uint8Array,
    grain: Float32Array | null,
  ): void {
    const { layout, model } = this;
    const { x: left, y: top, width, height } = before;
    const chroma = layout.planes[1];
    const columns = chroma ? ((left + width - 1) >> chroma.shift.x) - (left >> chroma.shift.x) + 1 : 0;
    const rows = chroma ? ((top + height - 1) >> chroma.shift.y) - (top >> chroma.shift.y) + 1 : 0;
    const sums = [new Float32Array(columns * rows), new Float32Array(columns * rows)] as const;
    const [old, made] = [new Float32Array(3), new Float32Array(3)];
    for (let at = 0; at < changed.length; at++) {
      if (changed[at] === 0) continue;
      const [x, y] = [left + (at % width), top + Math.floor(at / width)];
      this.codes(before.rgb, at * 3, old);
      this.codes(after.rgb, at * 3, made);
      const extra = grain?.[at] ?? 0;
      if (model === 'yuv') {
        const [dr, dg, db] = [made[0]! - old[0]!, made[1]! - old[1]!, made[2]! - old[2]!];
        const dy = this.red * dr + (1 - this.red - this.blue) * dg + this.blue * db;
        this.add(planes[0]!, y * layout.width + x, (dy + extra) * this.spanY);
        const to = ((y >> chroma!.shift.y) - (top >> chroma!.shift.y)) * columns + (x >> chroma!.shift.x);
        const i = to - (left >> chroma!.shift.x);
        sums[0][i]! += (db - dy) / (2 * (1 - this.blue));
        sums[1][i]! += (dr - dy) / (2 * (1 - this.red));
      } else if (model === 'gbr') {
        for (const [plane, channel] of [1, 2, 0].entries())
          this.add(planes[plane]!, y * layout.width + x, (made[channel]! - old[channel]! + extra) * this.spanY);
      } else {
        const change = 0.2126 * (made[0]! - old[0]!) + 0.7152 * (made[1]! - old[1]!) + 0.0722 * (made[2]! - old[2]!);
        this.add(planes[0]!, y * layout.width + x, (change + extra) * this.spanY);
      }
    }
    if (model !== 'yuv' || !chroma) return;
    const covered = (1 << chroma.shift.x) * (1 << chroma.shift.y);
    for (let i = 0; i < columns * rows; i++) {
      const to = ((top >> chroma.shift.y) + Math.floor(i / columns)) * chroma.width + (left >> chroma.shift.x);
      for (const plane of [0, 1] as const) {
        const change = (sums[plane][i]! / covered) * this.spanC;
        if (change !== 0) this.add(planes[plane + 1]!, to + (i % columns), change);
      }
    }
  }

  private codes(rgb: Float32Array, at: number, to: Float32Array): void {
    const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    to[0] = this.codeOf(this.isWide ? 0.6274 * r + 0.3293 * g + 0.0433 * b : r);
    to[1] = this.codeOf(this.isWide ? 0.0691 * r + 0.9195 * g + 0.0114 * b : g);
    to[2] = this.codeOf(this.isWide ? 0.0164 * r + 0.088 * g + 0.8956 * b : b);
  }

  private add(plane: Samples, at: number, change: number): void {
    const value = Math.round(plane[at]! + change);
    plane[at] = value < 0 ? 0 : value > this.layout.most ? this.layout.most : value;
  }
}
