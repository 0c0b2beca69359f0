import { expect, it } from 'vitest';
import { outputFrame, place } from './place.ts';

const frame = outputFrame({ width: 1280, height: 720 }, { width: 1280, height: 720 });
const noCrop = { left: 0, top: 0, right: 0, bottom: 0 };
const whole = { centreX: 640, centreY: 360, rotationDegrees: 0, width: 1280, height: 720 };
const source = { width: 1280, height: 720 };

it('a fitted picture is scaled and nothing else', () => {
  expect(place(whole, noCrop, source, frame)).toEqual({
    sourceCrop: null,
    scaled: { x: 0, y: 0, width: 1280, height: 720 },
    crop: null,
    turnRadians: 0,
    box: { x: 0, y: 0, width: 1280, height: 720 },
  });
});

it('a crop cuts the scaled picture where it is', () => {
  const placed = place(whole, { ...noCrop, left: 0.25, bottom: 0.5 }, source, frame);
  expect(placed).toMatchObject({
    crop: { x: 320, y: 0, width: 960, height: 360 },
    box: { x: 320, y: 0, width: 960, height: 360 },
  });
});

it('what lies outside of the frame is not drawn, and nothing at all when all of it does', () => {
  expect(place({ ...whole, centreX: 0 }, noCrop, source, frame)!.box).toEqual({ x: 0, y: 0, width: 640, height: 720 });
  expect(place({ ...whole, centreX: 5000 }, noCrop, source, frame)).toBeNull();
  expect(place(whole, { ...noCrop, left: 0.6, right: 0.4 }, source, frame)).toBeNull();
});

it('a twentyfold enlargement reads only the part that is seen', () => {
  const placed = place({ ...whole, width: 25600, height: 14400 }, noCrop, source, frame)!;
  expect(placed.sourceCrop!.width).toBeLessThan(80);
  expect(placed.scaled.width).toBeLessThan(1500);
  expect(placed.box).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
});

it('a sequence of another shape lies whole in the middle of the output', () => {
  expect(outputFrame({ width: 720, height: 720 }, { width: 1920, height: 1080 })).toMatchObject({
    factor: 1.5,
    offsetX: 420,
    offsetY: 0,
  });
});

it('a turned picture is put by its middle, its box grown to hold its corners', () => {
  const placed = place({ ...whole, width: 640, height: 360, rotationDegrees: 90 }, noCrop, source, frame)!;
  expect(placed.box).toEqual({ x: 460, y: 40, width: 360, height: 640 });
});
