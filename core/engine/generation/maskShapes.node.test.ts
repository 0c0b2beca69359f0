import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawShape, featherInwards, invert, modelMask } from './maskShapes.node.ts';

const quiet = (): void => undefined;
const box = { kind: 'box', x: 0.25, y: 0.25, width: 0.5, height: 0.5, featherPx: 8 } as const;
const inBox = (x: number, y: number): boolean => x >= 16 && x < 48 && y >= 9 && y < 27;

describe('masks', () => {
  test('a box in fractions is whole pixels of any picture', async () => {
    const shape = await drawShape(box, 64, 36, quiet);
    for (let y = 0; y < 36; y++)
      for (let x = 0; x < 64; x++) expect(shape.data[y * 64 + x]).toBe(inBox(x, y) ? 255 : 0);
  });

  test('outside the shape the opacity is exactly 0, deep inside exactly 255', async () => {
    const alpha = await featherInwards(await drawShape(box, 64, 36, quiet), 4);
    for (let y = 0; y < 36; y++) for (let x = 0; x < 64; x++) if (!inBox(x, y)) expect(alpha.data[y * 64 + x]).toBe(0);
    expect(alpha.data[18 * 64 + 32]).toBe(255);
    const row = [...alpha.data.subarray(18 * 64 + 16, 18 * 64 + 24)];
    expect(row).toEqual([...row].sort((a, b) => a - b));
    expect(row[0]).toBeLessThan(100);
  });

  test('a thin stroke is not feathered away', async () => {
    const alpha = await featherInwards(
      await drawShape({ kind: 'box', x: 0.5, y: 0, width: 0.05, height: 1, featherPx: 40 }, 64, 36, quiet),
      40,
    );
    expect(Math.max(...alpha.data)).toBeGreaterThanOrEqual(230);
  });

  test('the model regenerates every pixel that the shape touches, and two around it for its own fade', async () => {
    const shape = { data: new Uint8Array(64 * 36), width: 64, height: 36 };
    shape.data[20 * 64 + 33] = 255;
    const small = modelMask(shape, 16, 9);
    expect(small.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0)).toBe(25);
    expect(small[5 * 16 + 8]).toBe(255);
    expect(small[3 * 16 + 6]).toBe(255);
    expect(small[2 * 16 + 6]).toBe(0);
    expect(modelMask(invert(shape), 16, 9).every((value) => value === 255)).toBe(true);
  });

  test('strokes on a transparent ground count, the ground does not', async () => {
    const png = await sharp(
      Buffer.from('<svg width="32" height="18"><rect x="8" y="4" width="16" height="9" fill="#fff"/></svg>'),
    )
      .png()
      .toBuffer();
    const shape = await drawShape(
      { kind: 'painted', png: `data:image/png;base64,${png.toString('base64')}`, featherPx: 0 },
      32,
      18,
      quiet,
    );
    expect(shape.data[9 * 32 + 16]).toBe(255);
    expect(shape.data[0]).toBe(0);
  });

  test('a mask that is not a picture, or covers nothing, is refused', async () => {
    await expect(
      drawShape({ kind: 'painted', png: 'data:image/png;base64,aGVsbG8=', featherPx: 0 }, 32, 18, quiet),
    ).rejects.toThrow('The mask cannot be read: it is not a PNG picture.');
    await expect(drawShape({ ...box, x: 2 }, 32, 18, quiet)).rejects.toThrow(
      'The mask does not cover any of the picture: paint over what should change.',
    );
  });
});
