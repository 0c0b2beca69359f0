import { describe, expect, it } from 'vitest';
import type { Frames, MaskFrames } from '../pipeline.ts';
import {
  controlOf,
  encodeControl,
  isNothingToMake,
  knownCells,
  packMask,
  prependReferences,
  whollyNewFrames,
} from './control.ts';
import { encodeFrames, sliceLatents, type Latents } from './latents.ts';
import { fakeWorld, longFamily, tinyFamily } from './testing.ts';

const area = 32 * 16;
const known: Frames = { data: new Uint8Array(5 * area * 3).fill(255), frameCount: 5, width: 32, height: 16 };
const half: MaskFrames = {
  data: Uint8Array.from({ length: 5 * area }, (_, i) => (i % 32 < 16 ? 255 : 0)),
  frameCount: 5,
  width: 32,
  height: 16,
};
/** Channel c, latent t, first row, column x of a control of two latents of 2x4. */
const at = (c: number, t: number, x: number): number => (c * 2 + t) * 8 + x;

/** The control of two latents, all of a request's. */
async function controlFor(frames: Frames | null, mask: MaskFrames | null, { context } = fakeWorld()): Promise<Latents> {
  return controlOf(await encodeControl(frames, mask, 2, tinyFamily, context), { start: 0, count: 2 }, tinyFamily);
}

describe('the 96-channel control', () => {
  it('packs the mask 8x8 to channels, channel = 8 dy + dx', () => {
    const one: MaskFrames = { data: new Uint8Array(area), frameCount: 1, width: 32, height: 16 };
    one.data[3 * 32 + 13] = 255; // row 3, column 13: cell (0,1), dy 3, dx 5
    const packed = packMask(one, 1);
    expect(packed[(3 * 8 + 5) * 8 + 1]).toBe(1);
    expect(packed.reduce((a, b) => a + b, 0)).toBe(1);
  });

  it('picks the frame of a latent nearest-exact', () => {
    const times: MaskFrames = {
      data: Uint8Array.from({ length: 5 * area }, (_, i) => Math.floor(i / area) * 50),
      frameCount: 5,
      width: 32,
      height: 16,
    };
    const packed = packMask(times, 2);
    expect(packed[0]).toBeCloseTo(50 / 255); // floor(.5 * 5 / 2) = 1
    expect(packed[8]).toBeCloseTo(150 / 255); // floor(1.5 * 5 / 2) = 3
  });

  it('generate: grey in both halves, mask 1', async () => {
    const control = await controlFor(null, null);
    expect(control.data.slice(0, 32 * 16).every((v) => Math.abs(v - (0 - 0.5) / 2) < 1e-6)).toBe(true);
    expect(control.data.slice(32 * 16).every((v) => v === 1)).toBe(true);
  });

  it('inpaint: the source outside in the first half, inside in the second', async () => {
    const control = await controlFor(known, half);
    const white = (1 - 0.5) / 2;
    const grey = (0 - 0.5) / 2;
    expect([control.data[at(0, 1, 0)], control.data[at(0, 1, 3)]]).toEqual([grey, white]);
    expect([control.data[at(16, 1, 0)], control.data[at(16, 1, 3)]]).toEqual([white, grey]);
    expect([control.data[at(32, 0, 0)], control.data[at(32, 0, 3)]]).toEqual([1, 0]);
  });

  it('a cell is known where it and its neighbours are known in all frames of the latent', async () => {
    // 4 columns of cells: the mask covers the left half, so column 2 touches it
    const cells = knownCells(
      { ...(await encodeControl(known, half, 2, tinyFamily, fakeWorld().context)) },
      2,
      tinyFamily,
    )!;
    expect([...cells.slice(8, 12)]).toEqual([0, 0, 0, 1]);
    const late: MaskFrames = { ...half, data: half.data.map((value, i) => (i >= 3 * area ? value : 0)) };
    const lateCells = knownCells(
      { ...(await encodeControl(known, late, 2, tinyFamily, fakeWorld().context)) },
      2,
      tinyFamily,
    )!;
    expect([...lateCells.slice(0, 4), ...lateCells.slice(8, 12)]).toEqual([1, 1, 1, 1, 0, 0, 0, 1]);
  });

  it('restyle: all of the source in the second half', async () => {
    const control = await controlFor(known, null);
    expect(control.data[at(16, 1, 2)]).toBeCloseTo(0.25);
    expect(control.data[at(0, 1, 2)]).toBeCloseTo(-0.25);
  });

  it('extend: whatever lies in frames that are wholly new does not count', async () => {
    const mask: MaskFrames = { ...half, data: Uint8Array.from({ length: 5 * area }, (_, i) => (i < area ? 0 : 255)) };
    expect(whollyNewFrames(mask)).toEqual([false, true, true, true, true]);
    const control = await controlFor(known, mask);
    expect(control.data[at(16, 1, 0)]).toBeCloseTo(-0.25);
    expect(control.data[at(0, 0, 0)]).toBeCloseTo(0.25);
  });

  it('references stand in front: latent, zeros, zeros', async () => {
    const { context } = fakeWorld();
    const control = await controlFor(null, null);
    const reference = await encodeFrames(
      { ...known, data: known.data.slice(0, area * 3), frameCount: 1 },
      tinyFamily,
      context,
    );
    const joined = prependReferences(control, [reference]);
    expect(joined.count).toBe(3);
    expect(joined.data[0]).toBeCloseTo(0.25);
    expect(joined.data[16 * 3 * 8]).toBe(0);
    expect(joined.data[32 * 3 * 8]).toBe(0);
    expect(joined.data[32 * 3 * 8 + 8]).toBe(1);
  });

  describe('of a window within a long request', () => {
    const frameCount = 29;
    const long: Frames = {
      data: Uint8Array.from({ length: frameCount * area * 3 }, (_, i) => (i * 7) % 256),
      frameCount,
      width: 32,
      height: 16,
    };
    const growing: MaskFrames = {
      data: Uint8Array.from({ length: frameCount * area }, (_, i) => (i % 32 < Math.floor(i / area) ? 255 : 0)),
      frameCount,
      width: 32,
      height: 16,
    };

    it('is cut from one stream of the whole', async () => {
      const world = fakeWorld();
      const source = await encodeControl(long, growing, 8, longFamily, world.context);
      expect(world.runs.get('encoderInit')).toHaveLength(2);
      expect(world.runs.get('encoderStep')!.map((feeds) => feeds['cache_0']!.data[0])).toEqual([
        1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7,
      ]);
      const control = controlOf(source, { start: 3, count: 5 }, longFamily);
      expect([control.channels, control.count]).toEqual([96, 5]);
      expect(control.data.slice(0, 16 * 5 * 8)).toEqual(sliceLatents(source.inactive, 3, 5).data);
      expect(control.data.slice(16 * 5 * 8, 32 * 5 * 8)).toEqual(sliceLatents(source.reactive, 3, 5).data);
    });

    it('packs the mask over the frames of a window that begins with its first', async () => {
      const control = controlOf(
        await encodeControl(long, growing, 8, longFamily, fakeWorld().context),
        { start: 3, count: 5 },
        longFamily,
      );
      const own: MaskFrames = { ...growing, data: growing.data.slice(12 * area), frameCount: 17 };
      expect(control.data.slice(32 * 5 * 8)).toEqual(packMask(own, 5));
    });

    it('is grey everywhere after a window of grey was encoded', async () => {
      const world = fakeWorld();
      const source = await encodeControl(null, null, 1000, longFamily, world.context);
      expect(world.runs.get('encoderStep')).toHaveLength(4);
      expect(controlOf(source, { start: 990, count: 5 }, longFamily).data).toEqual(
        controlOf(source, { start: 0, count: 5 }, longFamily).data,
      );
    });

    it('knows whether there is anything to make in its frames, the last repeated', () => {
      const late: MaskFrames = { ...growing, data: growing.data.map((_, i) => (i >= 28 * area ? 255 : 0)) };
      expect(isNothingToMake(late, { first: 0, count: 28 })).toBe(true);
      expect(isNothingToMake(late, { first: 9, count: 20 })).toBe(false);
      expect(isNothingToMake(late, { first: 33, count: 4 })).toBe(false);
    });
  });
});
