import { describe, expect, it } from 'vitest';
import type { Frames, MaskFrames } from '../pipeline.ts';
import { boxMean, composite } from './compose.ts';

function frames(width: number, height: number, frameCount: number, value: (i: number) => number): Frames {
  return {
    data: Uint8Array.from({ length: width * height * frameCount * 3 }, (_, i) => value(i)),
    frameCount,
    width,
    height,
  };
}

describe('compositing', () => {
  const known = frames(24, 16, 2, (i) => (i * 7) % 256);
  const made = frames(24, 16, 2, (i) => 255 - ((i * 3) % 256));
  const box: MaskFrames = {
    data: Uint8Array.from({ length: 24 * 16 * 2 }, (_, i) =>
      i % 24 > 5 && i % 24 < 18 && Math.floor(i / 24) % 16 > 3 ? 255 : 0,
    ),
    frameCount: 2,
    width: 24,
    height: 16,
  };

  it('keeps the known pixels byte for byte outside the mask', () => {
    const out = composite(known, made, box);
    box.data.forEach((m, p) => {
      if (m === 0) expect(out.data.subarray(p * 3, p * 3 + 3)).toEqual(known.data.subarray(p * 3, p * 3 + 3));
    });
  });

  it('takes the made pixels deep inside, and does not touch its inputs', () => {
    const before = known.data.slice();
    const out = composite(known, made, box);
    const deep = (10 * 24 + 12) * 3;
    expect(out.data[deep]).toBe(made.data[deep]);
    expect(known.data).toEqual(before);
  });

  it('keeps at least half of a mask one pixel thin', () => {
    const thin: MaskFrames = { ...box, data: box.data.map((_, i) => (i % 24 === 12 ? 255 : 0)) };
    const dark = composite(
      frames(24, 16, 2, () => 0),
      frames(24, 16, 2, () => 200),
      thin,
    );
    expect(dark.data[12 * 3]).toBe(100);
  });

  it('follows a soft mask', () => {
    const soft: MaskFrames = { ...box, data: box.data.map(() => 254) };
    const out = composite(
      frames(24, 16, 2, () => 0),
      frames(24, 16, 2, () => 200),
      soft,
    );
    expect(out.data[500]).toBeGreaterThan(190);
  });

  it('means over a square with repeated borders', () => {
    expect([...boxMean(Uint8Array.from([0, 90, 0]), 3, 1, 1)]).toEqual([30, 30, 30]);
  });
});
