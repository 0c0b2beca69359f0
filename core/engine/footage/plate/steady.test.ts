import { expect, test } from 'vitest';
import { yuvFormat } from '../../../ffmpeg/sampleFormat.ts';
import { holeOf } from './hole.ts';
import { identity } from './homography.ts';
import { layoutOf, planesOf } from './planes.ts';
import { PlaneRegion } from './region.ts';
import { steady } from './steady.ts';

const layout = layoutOf(yuvFormat('420', 8), { width: 32, height: 24 });
const bounds = { left: 0, top: 0, right: 32, bottom: 24 };

/** A region with a hole of 8 by 8 px from (left, 8) on, filled with a value. */
function regionAt(left: number, value: number): PlaneRegion {
  const inside = (i: number): boolean => i % 32 >= left && i % 32 < left + 8 && Math.floor(i / 32) >= 8 && i < 32 * 16;
  const mask = Uint8Array.from({ length: 32 * 24 }, (_, i) => (inside(i) ? 255 : 0));
  const planes = planesOf(new Uint8Array(layout.byteCount), layout);
  const region = new PlaneRegion({ index: 0, planes, hole: holeOf(mask, layout, 0) }, 0, layout, bounds);
  for (let i = 0; i < region.hiddenCount; i++) region.result[region.asked[i]!] = value;
  return region;
}

/** What a frame is filled with after one filled with 100, where other frames are `spread` levels apart. */
function steadied(spread: number, motion = identity(), left = 8): number[] {
  const [before, region] = [regionAt(8, 100), regionAt(left, 150)];
  const spreads = new Float32Array(region.asked.length).fill(spread);
  const chosen = { values: new Float32Array(region.asked.length), spread: spreads, seen: 64, disputed: 0 };
  steady(region, chosen, before, motion, layout.level);
  return [...new Set(Array.from(region.asked.subarray(0, region.hiddenCount), (at) => region.result[at]!))];
}

test('where frames agree a fill is its own; where they do not it goes on from the frame before', () => {
  expect(steadied(4)).toEqual([150]);
  expect(steadied(30)).toEqual([expect.closeTo(115, 3)]);
  const [between] = steadied(10);
  expect(between).toBeGreaterThan(115);
  expect(between).toBeLessThan(150);
});

test('it goes on along the camera, and only from what was filled', () => {
  const moved = Float64Array.of(1, 0, -8, 0, 1, 0, 0, 0, 1);
  expect(steadied(30, moved, 16)).toEqual([expect.closeTo(115, 3)]);
  expect(steadied(30, identity(), 16)).toEqual([150]);
});
