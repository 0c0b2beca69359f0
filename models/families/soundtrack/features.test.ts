import { expect, test } from 'vitest';
import type { Frames } from '../pipeline.ts';
import { analysePicture, featureChannels, featureRows, featureRowsFor } from './features.ts';

const width = 64;
const height = 36;

/** Frames painted by a rule (x, y, frame) -> grey 0..255. */
function film(
  frameCount: number,
  paint: (x: number, y: number, f: number) => number | readonly [number, number, number],
): Frames {
  const data = new Uint8Array(frameCount * width * height * 3);
  for (let f = 0; f < frameCount; f++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = paint(x, y, f);
        data.set(typeof value === 'number' ? [value, value, value] : value, ((f * height + y) * width + x) * 3);
      }
    }
  }
  return { data, frameCount, width, height };
}

const square = (x: number, y: number, left: number, top: number): number =>
  x >= left && x < left + 8 && y >= top && y < top + 8 ? 230 : 40;

test('a square that starts to move gives one onset, where it starts', () => {
  const picture = analysePicture(
    film(48, (x, y, f) => square(x, y, f < 24 ? 5 : Math.min(50, 5 + (f - 24) * 2), 14)),
    24,
  );
  expect(picture.onsets).toHaveLength(1);
  expect(Math.abs(picture.onsets[0]!.seconds - 1)).toBeLessThan(0.09);
  expect(picture.motion[10]).toBeLessThan(0.05);
  expect(picture.motion[30]).toBeGreaterThan(0.4);
});

test('a bouncing square gives an onset at each bounce', () => {
  const ground = 26;
  const picture = analysePicture(
    film(96, (x, y, f) => square(x, y, 25, Math.round(ground - Math.abs(Math.sin((Math.PI * f) / 24)) * 20))),
    24,
  );
  for (const bounce of [1, 2, 3])
    expect(picture.onsets.some((onset) => Math.abs(onset.seconds - bounce) < 0.13)).toBe(true);
});

test('a cut is a cut and not a movement', () => {
  const picture = analysePicture(
    film(48, (x, y, f) => (f < 24 ? (x * 4) % 256 : 255 - ((y * 7) % 256))),
    24,
  );
  expect(picture.cuts).toEqual([1]);
  expect(picture.onsets).toHaveLength(0);
});

test('frames read one by one give what frames in memory give', () => {
  const frames = film(30, (x, y, f) => square(x, y, f * 2 > 50 ? 50 : f * 2, 10));
  const bytes = width * height * 3;
  const shared = new Uint8Array(bytes);
  const read = (frame: number): Uint8Array => {
    shared.set(frames.data.subarray(frame * bytes, (frame + 1) * bytes));
    return shared;
  };
  expect(analysePicture({ frameCount: 30, width, height, read }, 24)).toEqual(analysePicture(frames, 24));
});

test('a still picture has no motion', () => {
  const picture = analysePicture(
    film(24, (x) => x * 3),
    12,
  );
  expect(Math.max(...picture.motion)).toBe(0);
});

test('pulses lie between the two nearest latent frames, and only asked-for hits without a picture', () => {
  const rows = featureRowsFor(null, [1.0], 50, 25);
  expect(rows).toHaveLength(featureChannels * 50);
  expect(rows[featureRows.hit * 50 + 24]).toBeCloseTo(0.5);
  expect(rows[featureRows.hit * 50 + 25]).toBeCloseTo(0.5);
  expect(rows[featureRows.onset * 50 + 25]).toBeCloseTo(0.45);
  expect(rows[featureRows.motion * 50 + 25]).toBe(0);
  expect(featureRowsFor(null, [], 50, 25).every((v) => v === 0)).toBe(true);
});
