import { expect, test } from 'vitest';
import { yuvFormat } from '../../../ffmpeg/sampleFormat.ts';
import { smoothSurface } from './fillUnseen.ts';
import { holeOf } from './hole.ts';
import { PlateMaker } from './plateMaker.ts';
import { layoutOf, planesOf } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import { writeRegion } from './region.ts';

const [width, height] = [72, 56];
const layout = layoutOf(yuvFormat('420', 8), { width, height });
const inMask = (i: number): boolean => Math.abs((i % width) - 36) < 8 && Math.abs(Math.floor(i / width) - 28) < 6;
const inside = Array.from({ length: width * height }, (_, i) => i).filter(inMask);
const mask = Uint8Array.from({ length: width * height }, (_, i) => (inMask(i) ? 255 : 0));

/** A still thing before a still camera: no frame shows what is behind it. Answers the filled luma of each frame. */
function filled(count: number, ground: (i: number, frame: number) => number): number[][] {
  const frames = Array.from({ length: count }, (_, index): PlateFrame => {
    const planes = planesOf(new Uint8Array(layout.byteCount).fill(128), layout);
    for (let i = 0; i < mask.length; i++) planes[0]![i] = mask[i] ? 250 : Math.round(ground(i, index));
    return { index, planes, hole: holeOf(mask, layout, 1) };
  });
  const camera = { toNext: [], shotOf: frames.map(() => 0), stillShots: [true] };
  const store = { near: (index: number) => frames[index] ?? null, far: [], farFrame: () => frames[0]! };
  const maker = new PlateMaker(camera, layout, 4, [smoothSurface]);
  return frames.map((frame) => {
    const { regions, report } = maker.make(frame, store);
    expect(report.seen).toBe(0);
    const plane = frame.planes[0]!.slice();
    writeRegion(regions[0]!, plane, layout);
    return inside.map((i) => plane[i]!);
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Mean change of a sample from one frame to the next. */
const change = (frames: readonly number[][]): number =>
  mean(frames.slice(1).flatMap((frame, k) => frame.map((value, i) => Math.abs(value - frames[k]![i]!))));

test('an invention is carried along without a change, and follows the light of each frame', () => {
  const still = filled(4, (i) => 100 + (i % width) / 2);
  expect(change(still)).toBe(0);
  const brighter = filled(4, (i, frame) => 60 + 12 * frame + (i % width) / 2);
  for (const [frame, values] of brighter.entries()) expect(mean(values)).toBeCloseTo(78 + 12 * frame, 0);
});

test('grain lives on in it as strongly as around it; grain that nobody sees is left out', () => {
  let state = 7;
  const noise = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24 - 0.5;
  };
  // two frames of even noise of this width differ by a third of it on average
  const grainy = filled(6, () => 120 + 24 * noise());
  expect(change(grainy)).toBeGreaterThan(0.6 * 8);
  expect(change(grainy)).toBeLessThan(1.4 * 8);
  expect(change(filled(4, () => 120 + 2 * noise()))).toBeLessThan(0.5);
});
