import { describe, expect, it } from 'vitest';
import type { Frames, MaskFrames } from '../pipeline.ts';
import { carryDetail, matchEdges, pushPull } from './matchKnown.ts';

const width = 32;
const height = 16;
const area = width * height;

function frames(count: number, value: (frame: number, x: number, y: number) => number): Frames {
  const data = new Uint8Array(count * area * 3);
  for (let f = 0; f < count; f += 1)
    for (let p = 0; p < area; p += 1)
      data.fill(value(f, p % width, Math.floor(p / width)), (f * area + p) * 3, (f * area + p) * 3 + 3);
  return { data, frameCount: count, width, height };
}

function mask(count: number, value: (frame: number, x: number) => number): MaskFrames {
  const data = new Uint8Array(count * area);
  for (let i = 0; i < data.length; i += 1) data[i] = value(Math.floor(i / area), i % width);
  return { data, frameCount: count, width, height };
}

const at = (made: Frames, f: number, x: number, y: number): number => made.data[(f * area + y * width + x) * 3]!;

describe('matching what is made to what is known', () => {
  it('a made picture that is too dark by the same everywhere meets the known one at the edge', () => {
    const known = frames(1, () => 120);
    const made = frames(1, () => 100);
    const inside = mask(1, (_, x) => (x >= 12 && x < 20 ? 255 : 0));
    const matched = matchEdges(known, made, inside);
    expect(at(matched, 0, 12, 8)).toBeGreaterThan(116);
    expect(at(matched, 0, 16, 8)).toBeGreaterThan(112);
  });

  it('far inside a wide mask the made picture stays what it is', () => {
    const known = frames(1, () => 200);
    const made = frames(1, () => 100);
    const wide = { width: 256, height: 16 };
    const widen = (from: Frames): Frames => ({
      ...wide,
      frameCount: 1,
      data: new Uint8Array(wide.width * wide.height * 3).fill(from.data[0]!),
    });
    const layer = new Uint8Array(wide.width * wide.height);
    for (let p = 0; p < layer.length; p += 1) layer[p] = p % 256 < 10 ? 0 : 255;
    const matched = matchEdges(widen(known), widen(made), { ...wide, frameCount: 1, data: layer });
    expect(matched.data[(8 * 256 + 11) * 3]).toBeGreaterThan(170);
    expect(matched.data[(8 * 256 + 200) * 3]).toBe(100);
  });

  it('frames that are wholly known or wholly new have no edge', () => {
    const made = frames(2, () => 100);
    const matched = matchEdges(
      frames(2, () => 120),
      made,
      mask(2, (f) => (f === 0 ? 0 : 255)),
    );
    expect(matched.data).toEqual(made.data);
  });

  it('fine detail of a known frame goes on in the next ones where the picture stands still', () => {
    const known = frames(3, (_, x) => (x % 2 ? 140 : 100));
    const made = frames(3, () => 120);
    const carried = carryDetail(
      known,
      made,
      mask(3, (f) => (f === 0 ? 0 : 255)),
    );
    expect(at(carried, 2, 4, 4)).toBe(100);
    expect(at(carried, 2, 5, 4)).toBe(140);
  });

  it('and not where it has become another', () => {
    const known = frames(2, (_, x) => (x % 2 ? 140 : 100));
    const made = frames(2, (f, x) => (f === 1 && x >= 16 ? 30 : 120));
    const carried = carryDetail(
      known,
      made,
      mask(2, (f) => (f === 0 ? 0 : 255)),
    );
    expect(at(carried, 1, 5, 4)).toBe(140);
    expect(at(carried, 1, 25, 4)).toBe(30);
  });

  it('between two known frames the nearer one counts more', () => {
    const known = frames(5, (f) => (f === 0 ? 124 : 116));
    const made = frames(5, () => 120);
    const carried = carryDetail(
      known,
      made,
      mask(5, (f) => (f === 0 || f === 4 ? 0 : 255)),
    );
    expect([1, 2, 3].map((f) => at(carried, f, 3, 3))).toEqual([122, 120, 118]);
  });

  it('push-pull keeps known pixels and fills the rest smoothly', () => {
    const values = new Float32Array(area * 3);
    const weights = new Float32Array(area);
    for (const [x, value] of [
      [0, 1],
      [width - 1, 3],
    ] as const)
      for (let y = 0; y < height; y += 1) {
        weights[y * width + x] = 1;
        values.fill(value, (y * width + x) * 3, (y * width + x) * 3 + 3);
      }
    const filled = pushPull(values, weights, width, height, 8);
    expect(filled[8 * width * 3]).toBe(1);
    expect(filled[(8 * width + 16) * 3]).toBeGreaterThan(1.2);
    expect(filled[(8 * width + 16) * 3]).toBeLessThan(2.8);
  });
});
