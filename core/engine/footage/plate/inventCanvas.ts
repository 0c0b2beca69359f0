/** The part of a frame that an invention is made from, all planes at the size of the first. Pure. */
import type { Canvas } from './exemplar.ts';
import type { FrameLayout } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';
import type { PlaneRegion } from './region.ts';

/** A canvas and the way back from it. */
export interface Around {
  readonly canvas: Canvas;
  /** 1 = to be filled. */
  readonly open: Uint8Array;
  /** Writes the filled planes into the regions, where they are open. */
  put(filled: readonly Float32Array[]): void;
}

/** Surroundings on each side, px: as wide as the hole, within these. */
const leastMargin = 40;
const mostMargin = 480;

/** `open`: of each plane, the samples of its region to be filled. */
export function canvasAround(
  frame: PlateFrame,
  regions: readonly PlaneRegion[],
  open: readonly Uint8Array[],
  layout: FrameLayout,
): Around {
  const bounds = boundsOf(regions, open, layout);
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const wanted = new Uint8Array(width * height);
  const planes = regions.map((region, plane) => {
    const values = new Float32Array(width * height);
    const samples = frame.planes[plane]!;
    const { shape, left, top } = region;
    for (let y = 0; y < height; y++) {
      const row = Math.min(shape.height - 1, (bounds.top + y) >> shape.shift.y);
      for (let x = 0; x < width; x++) {
        const column = Math.min(shape.width - 1, (bounds.left + x) >> shape.shift.x);
        const at = regionIndex(region, column - left, row - top);
        values[y * width + x] = at >= 0 ? region.result[at]! : samples[row * shape.width + column]!;
        if (at >= 0 && open[plane]![at] === 1) wanted[y * width + x] = 1;
      }
    }
    return values;
  });
  const put = (filled: readonly Float32Array[]): void => {
    for (const [plane, region] of regions.entries()) putPlane(region, open[plane]!, filled[plane]!, bounds, width);
  };
  return { canvas: { planes, width, height }, open: wanted, put };
}

interface CanvasBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function regionIndex({ width, height }: PlaneRegion, x: number, y: number): number {
  return x >= 0 && y >= 0 && x < width && y < height ? y * width + x : -1;
}

/** Each open sample is the mean of the pixels that it covers. */
function putPlane(
  region: PlaneRegion,
  open: Uint8Array,
  values: Float32Array,
  bounds: CanvasBounds,
  width: number,
): void {
  const { x: shiftX, y: shiftY } = region.shape.shift;
  const height = bounds.bottom - bounds.top;
  for (let i = 0; i < open.length; i++) {
    if (open[i] === 0) continue;
    const x0 = ((region.left + (i % region.width)) << shiftX) - bounds.left;
    const y0 = ((region.top + Math.floor(i / region.width)) << shiftY) - bounds.top;
    let [sum, count] = [0, 0];
    for (let y = y0; y < Math.min(height, y0 + (1 << shiftY)); y++) {
      for (let x = x0; x < Math.min(width, x0 + (1 << shiftX)); x++) {
        sum += values[y * width + x]!;
        count++;
      }
    }
    region.result[i] = sum / count;
  }
}

function boundsOf(
  regions: readonly PlaneRegion[],
  open: readonly Uint8Array[],
  { width, height }: FrameLayout,
): CanvasBounds {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [plane, region] of regions.entries()) {
    const { x: shiftX, y: shiftY } = region.shape.shift;
    for (let i = 0; i < open[plane]!.length; i++) {
      if (open[plane]![i] === 0) continue;
      const x = (region.left + (i % region.width)) << shiftX;
      const y = (region.top + Math.floor(i / region.width)) << shiftY;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + (1 << shiftX));
      bottom = Math.max(bottom, y + (1 << shiftY));
    }
  }
  const margin = Math.max(leastMargin, Math.min(mostMargin, Math.max(right - left, bottom - top) + leastMargin));
  return {
    left: Math.max(0, left - margin),
    top: Math.max(0, top - margin),
    right: Math.min(width, right + margin),
    bottom: Math.min(height, bottom + margin),
  };
}
