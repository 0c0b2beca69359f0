import { describe, expect, test } from 'vitest';
import { yuvFormat } from '../../../ffmpeg/sampleFormat.ts';
import { holeOf } from './hole.ts';
import { identity } from './homography.ts';
import { PlateMaker } from './plateMaker.ts';
import { layoutOf, planesOf } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import { writeRegion } from './region.ts';
import { verdictOf } from './verdict.ts';

const size = { width: 96, height: 64 };

/** A ground with detail everywhere, in which the camera stands at (x, y). */
function ground(x: number, y: number): number {
  return 110 + 40 * Math.sin(x / 5) * Math.cos(y / 7) + 25 * Math.sin((x + 2 * y) / 11) + ((x * 7 + y * 13) % 5);
}

interface Film {
  readonly count: number;
  readonly bits: 8 | 10;
  /** Where the camera is in a frame. */
  readonly camera: (frame: number) => number;
  /** Left edge of what is removed: 12 wide, rows 20 to 36. */
  readonly thing: (frame: number) => number;
  /** Added to each frame's samples. */
  readonly light?: (frame: number) => number;
}

function make({ count, bits, camera, thing, light = () => 0 }: Film) {
  const layout = layoutOf(yuvFormat('420', bits), size);
  const frames = Array.from({ length: count }, (_, index): PlateFrame => {
    const planes = planesOf(new Uint8Array(layout.byteCount), layout);
    const mask = new Uint8Array(size.width * size.height);
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) {
        const isThing = x >= thing(index) && x < thing(index) + 12 && y >= 20 && y < 36;
        if (isThing) mask[y * size.width + x] = 255;
        planes[0]![y * size.width + x] = isThing ? 1 : (ground(x + camera(index), y) + light(index)) * layout.level;
      }
    }
    planes[1]!.fill(120 * layout.level);
    planes[2]!.fill(130 * layout.level);
    return { index, planes, hole: holeOf(mask, layout, 2) };
  });
  const moves = Array.from({ length: count - 1 }, (_, i) => camera(i + 1) - camera(i));
  const toNext = moves.map((move) => Float64Array.of(1, 0, -move, 0, 1, 0, 0, 0, 1));
  const shotOf = Array.from({ length: count }, () => 0);
  const still = moves.every((move) => move === 0);
  const maker = new PlateMaker(
    { toNext: still ? toNext.map(identity) : toNext, shotOf, stillShots: [still] },
    layout,
    45,
  );
  const store = {
    near: (index: number) => frames[index] ?? null,
    far: [],
    farFrame: (index: number) => frames[index]!,
  };
  const reports = [];
  let worst = 0;
  let worstFrame = -1;
  for (const frame of frames) {
    const { regions, report } = maker.make(frame, store);
    reports.push(report);
    const plane = frame.planes[0]!.slice();
    if (regions[0]) writeRegion(regions[0], plane, layout);
    for (let i = 0; i < plane.length; i++) {
      const [x, y] = [i % size.width, Math.floor(i / size.width)];
      const truth = ground(x + camera(frame.index), y) + light(frame.index);
      const off = Math.abs(plane[i]! / layout.level - truth);
      if (off > worst) [worst, worstFrame] = [off, frame.index];
    }
  }
  return { worst, worstFrame, verdict: verdictOf(reports, 0) };
}

describe('what other frames show comes back', () => {
  test.each([8, 10] as const)('behind a thing that moves before a still camera, %d bits', (bits) => {
    const { worst, verdict } = make({ count: 24, bits, camera: () => 0, thing: (frame) => 8 + 3 * frame });
    expect(worst).toBeLessThan(1.1);
    expect(verdict).toEqual({ kind: 'clean', spans: [], neverSeen: 0, tightPx: 0 });
  });

  test('behind a thing on the glass while the camera pans by parts of a pixel', () => {
    const { worst, verdict } = make({ count: 24, bits: 8, camera: (frame) => frame * 2.3, thing: () => 40 });
    expect(worst).toBeLessThan(12);
    expect(verdict.kind).toBe('clean');
  });

  test('in the light of its own frame', () => {
    const light = (frame: number): number => frame * 0.8;
    const { worst } = make({ count: 24, bits: 8, camera: () => 0, thing: (frame) => 8 + 3 * frame, light });
    expect(worst).toBeLessThan(4);
  });
});

describe('the verdict', () => {
  test('says that what no frame showed is invented', () => {
    const { verdict } = make({ count: 12, bits: 8, camera: () => 0, thing: () => 40 });
    expect(verdict).toEqual({ kind: 'invented', spans: [{ startFrame: 0, endFrame: 12 }], neverSeen: 1, tightPx: 0 });
  });

  test('names the frames in which others disagree, and joins those that stand close', () => {
    const good = { seen: 1, disputed: 0, residual: 1 };
    const bad = { ...good, disputed: 0.5 };
    const reports = [good, bad, good, bad, ...Array.from({ length: 10 }, () => good), bad];
    expect(verdictOf(reports, 3)).toEqual({
      kind: 'check',
      spans: [
        { startFrame: 1, endFrame: 4 },
        { startFrame: 14, endFrame: 15 },
      ],
      neverSeen: 0,
      tightPx: 3,
    });
  });
});

test('a mask at the edge, one over everything and an empty one are filled or left, and never fail', () => {
  const layout = layoutOf(yuvFormat('420', 8), { width: 33, height: 17 });
  const maker = () => new PlateMaker({ toNext: [], shotOf: [0], stillShots: [true] }, layout, 2);
  const alone = { near: () => null, far: [], farFrame: () => frameOf(() => false) };
  const frameOf = (inside: (x: number, y: number) => boolean): PlateFrame => {
    const mask = Uint8Array.from({ length: 33 * 17 }, (_, i) => (inside(i % 33, Math.floor(i / 33)) ? 255 : 0));
    const planes = planesOf(new Uint8Array(layout.byteCount).fill(90), layout);
    return { index: 0, planes, hole: holeOf(mask, layout, 2) };
  };
  expect(
    maker().make(
      frameOf(() => false),
      alone,
    ).regions,
  ).toEqual([]);
  const edge = maker().make(
    frameOf((x, y) => x > 25 && y < 5),
    alone,
  );
  expect(edge.report.seen).toBe(0);
  expect(edge.regions.every(({ result }) => result.every((value) => Math.round(value) === 90))).toBe(true);
  const everything = maker().make(
    frameOf(() => true),
    alone,
  );
  expect(everything.regions.every(({ result }) => result.every(Number.isFinite))).toBe(true);
});
