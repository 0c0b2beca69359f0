import { describe, expect, it } from 'vitest';
import type { Frames, MaskFrames } from '../pipeline.ts';
import { buildControl, packMask, prependReferences, whollyNewFrames } from './control.ts';
import { encodeFrames } from './latents.ts';
import { fakeWorld, tinyFamily } from './testing.ts';

const area = 32 * 16;
const known: Frames = { data: new Uint8Array(5 * area * 3).fill(255), frameCount: 5, width: 32, height: 16 };
const half: MaskFrames = { data: Uint8Array.from({ length: 5 * area }, (_, i) => (i % 32 < 16 ? 255 : 0)), frameCount: 5, width: 32, height: 16 };
/** Channel c, latent t, first row, column x of a control of two latents of 2x4. */
const at = (c: number, t: number, x: number): number => (c * 2 + t) * 8 + x;

describe('the 96-channel control', () => {
  it('packs the mask 8x8 to channels, channel = 8 dy + dx', () => {
    const one: MaskFrames = { data: new Uint8Array(area), frameCount: 1, width: 32, height: 16 };
    one.data[3 * 32 + 13] = 255; // row 3, column 13: cell (0,1), dy 3, dx 5
    const packed = packMask(one, 1);
    expect(packed[(3 * 8 + 5) * 8 + 1]).toBe(1);
    expect(packed.reduce((a, b) => a + b, 0)).toBe(1);
  });

  it('picks the frame of a latent nearest-exact', () => {
    const times: MaskFrames = { data: Uint8Array.from({ length: 5 * area }, (_, i) => Math.floor(i / area) * 50), frameCount: 5, width: 32, height: 16 };
    const packed = packMask(times, 2);
    expect(packed[0]).toBeCloseTo(50 / 255); // floor(.5 * 5 / 2) = 1
    expect(packed[8]).toBeCloseTo(150 / 255); // floor(1.5 * 5 / 2) = 3
  });

  it('generate: grey in both halves, mask 1', async () => {
    const control = await buildControl(null, null, 5, tinyFamily, fakeWorld().context);
    expect(control.data.slice(0, 32 * 16).every((v) => Math.abs(v - (0 - 0.5) / 2) < 1e-6)).toBe(true);
    expect(control.data.slice(32 * 16).every((v) => v === 1)).toBe(true);
  });

  it('inpaint: the source outside in the first half, inside in the second', async () => {
    const control = await buildControl(known, half, 5, tinyFamily, fakeWorld().context);
    const white = (1 - 0.5) / 2;
    const grey = (0 - 0.5) / 2;
    expect([control.data[at(0, 1, 0)], control.data[at(0, 1, 3)]]).toEqual([grey, white]);
    expect([control.data[at(16, 1, 0)], control.data[at(16, 1, 3)]]).toEqual([white, grey]);
    expect([control.data[at(32, 0, 0)], control.data[at(32, 0, 3)]]).toEqual([1, 0]);
  });

  it('restyle: all of the source in the second half', async () => {
    const control = await buildControl(known, null, 5, tinyFamily, fakeWorld().context);
    expect(control.data[at(16, 1, 2)]).toBeCloseTo(0.25);
    expect(control.data[at(0, 1, 2)]).toBeCloseTo(-0.25);
  });

  it('extend: whatever lies in frames that are wholly new does not count', async () => {
    const mask: MaskFrames = { ...half, data: Uint8Array.from({ length: 5 * area }, (_, i) => (i < area ? 0 : 255)) };
    expect(whollyNewFrames(mask)).toEqual([false, true, true, true, true]);
    const control = await buildControl(known, mask, 5, tinyFamily, fakeWorld().context);
    expect(control.data[at(16, 1, 0)]).toBeCloseTo(-0.25);
    expect(control.data[at(0, 0, 0)]).toBeCloseTo(0.25);
  });

  it('references stand in front: latent, zeros, zeros', async () => {
    const { context } = fakeWorld();
    const control = await buildControl(null, null, 5, tinyFamily, context);
    const reference = await encodeFrames({ ...known, data: known.data.slice(0, area * 3), frameCount: 1 }, tinyFamily, context);
    const joined = prependReferences(control, [reference]);
    expect(joined.count).toBe(3);
    expect(joined.data[0]).toBeCloseTo(0.25);
    expect(joined.data[16 * 3 * 8]).toBe(0);
    expect(joined.data[32 * 3 * 8]).toBe(0);
    expect(joined.data[32 * 3 * 8 + 8]).toBe(1);
  });
});
