/** What is there already: ffmpeg's delogo, OpenCV's Telea, the median over time, and plain optical flow. Luma only. */
import { loadOpenCv, withMats, type Cv } from '../../../core/engine/footage/opencv/openCv.node.ts';
import { pullPush } from '../../../core/engine/footage/plate/pullPush.ts';
import type { Scene } from './composite.node.ts';

type Frames = Uint8Array[];

export async function baselines(scene: Scene): Promise<Record<'delogo' | 'telea' | 'tmedian' | 'flow', Frames>> {
  const { cv } = await loadOpenCv();
  const telea = scene.seen.map((frame, index) => inpainted(cv, frame, scene.masks[index]!, scene));
  return {
    delogo: scene.seen.map((frame, index) => delogo(frame, scene.masks[index]!, scene)),
    telea,
    tmedian: medians(scene, telea),
    flow: flowed(cv, scene, telea),
  };
}

function boxOf(mask: Uint8Array, width: number): { left: number; top: number; right: number; bottom: number } | null {
  let [left, top, right, bottom] = [width, Infinity, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** As vf_delogo does it: a mean of the four edges of the box, weighted by distance. */
function delogo(frame: Uint8Array, mask: Uint8Array, { width, height }: Scene): Uint8Array {
  const box = boxOf(mask, width);
  const made = Uint8Array.from(frame);
  if (!box) return made;
  const [x1, y1] = [Math.max(0, box.left - 1), Math.max(0, box.top - 1)];
  const [x2, y2] = [Math.min(width - 1, box.right), Math.min(height - 1, box.bottom)];
  const mean = (x: number, y: number, dx: number, dy: number): number => {
    let sum = 0;
    for (const k of [-1, 0, 1]) {
      const u = Math.max(0, Math.min(width - 1, x + k * dx));
      const v = Math.max(0, Math.min(height - 1, y + k * dy));
      sum += frame[v * width + u]!;
    }
    return sum / 3;
  };
  for (let y = y1 + 1; y < y2; y++) {
    for (let x = x1 + 1; x < x2; x++) {
      if (mask[y * width + x] === 0) continue;
      const l = (x2 - x) * (y - y1) * (y2 - y);
      const r = (x - x1) * (y - y1) * (y2 - y);
      const t = (x - x1) * (x2 - x) * (y2 - y);
      const b = (x - x1) * (x2 - x) * (y - y1);
      const sum = mean(x1, y, 0, 1) * l + mean(x2, y, 0, 1) * r + mean(x, y1, 1, 0) * t + mean(x, y2, 1, 0) * b;
      made[y * width + x] = Math.round(sum / (l + r + t + b));
    }
  }
  return made;
}

/** The box around a mask and a margin, as a crop of the frame. */
function cropAround(mask: Uint8Array, margin: number, { width, height }: Scene) {
  const box = boxOf(mask, width);
  if (!box) return null;
  const [left, top] = [Math.max(0, box.left - margin), Math.max(0, box.top - margin)];
  const [w, h] = [Math.min(width, box.right + margin) - left, Math.min(height, box.bottom + margin) - top];
  const cut = (frame: Uint8Array): Uint8Array => {
    const part = new Uint8Array(w * h);
    for (let y = 0; y < h; y++) part.set(frame.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
    return part;
  };
  return { left, top, width: w, height: h, cut };
}

function inpainted(cv: Cv, frame: Uint8Array, mask: Uint8Array, scene: Scene): Uint8Array {
  const made = Uint8Array.from(frame);
  const crop = cropAround(mask, 8, scene);
  if (!crop) return made;
  withMats((keep) => {
    const matOf = (data: Uint8Array) => {
      const mat = keep(new cv.Mat(crop.height, crop.width, cv.CV_8UC1));
      mat.data.set(data);
      return mat;
    };
    const [a, m, o] = [matOf(crop.cut(frame)), matOf(crop.cut(mask)), keep(new cv.Mat())];
    cv.inpaint(a, m, o, 5, cv.INPAINT_TELEA);
    const { data } = o;
    for (let y = 0; y < crop.height; y++)
      made.set(data.subarray(y * crop.width, (y + 1) * crop.width), (crop.top + y) * scene.width + crop.left);
  });
  return made;
}

function medians({ seen, masks }: Scene, telea: Frames): Frames {
  return seen.map((frame, t) => {
    const made = Uint8Array.from(frame);
    for (let i = 0; i < made.length; i++) {
      if (masks[t]![i] === 0) continue;
      const values: number[] = [];
      for (let u = Math.max(0, t - 45); u <= Math.min(seen.length - 1, t + 45); u++)
        if (masks[u]![i] === 0) values.push(seen[u]![i]!);
      values.sort((a, b) => a - b);
      made[i] = values.length > 0 ? values[values.length >> 1]! : telea[t]![i]!;
    }
    return made;
  });
}

/** Follows flow (Farneback, the hole's completed smoothly) both ways to the nearest frame that shows a point. */
function flowed(cv: Cv, scene: Scene, telea: Frames): Frames {
  const { seen, masks, width, height, frameCount } = scene;
  const pass = (direction: 1 | -1): { values: Float32Array[]; age: Float32Array[] } => {
    const values: Float32Array[] = [];
    const age: Float32Array[] = [];
    const order = Array.from({ length: frameCount }, (_, i) => (direction === 1 ? i : frameCount - 1 - i));
    for (const t of order) {
      const value = Float32Array.from(seen[t]!);
      const old = new Float32Array(value.length);
      const before = t - direction;
      const flow =
        before < 0 || before >= frameCount ? null : flowBetween(cv, telea[t]!, telea[before]!, masks[t]!, scene);
      for (let i = 0; i < value.length; i++) {
        if (masks[t]![i] === 0) continue;
        old[i] = Infinity;
        if (!flow) continue;
        const x = (i % width) + flow.x[i]!;
        const y = Math.floor(i / width) + flow.y[i]!;
        if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) continue;
        const [x0, y0] = [Math.floor(x), Math.floor(y)];
        const [fx, fy] = [x - x0, y - y0];
        const at = y0 * width + x0;
        const from = values[before]!;
        old[i] =
          1 +
          Math.max(age[before]![at]!, age[before]![at + 1]!, age[before]![at + width]!, age[before]![at + width + 1]!);
        value[i] =
          (from[at]! * (1 - fx) + from[at + 1]! * fx) * (1 - fy) +
          (from[at + width]! * (1 - fx) + from[at + width + 1]! * fx) * fy;
      }
      values[t] = value;
      age[t] = old;
    }
    return { values, age };
  };
  const [forth, back] = [pass(1), pass(-1)];
  return seen.map((frame, t) =>
    Uint8Array.from(frame, (value, i) => {
      if (masks[t]![i] === 0) return value;
      const [a, b] = [forth.age[t]![i]!, back.age[t]![i]!];
      if (a === Infinity && b === Infinity) return telea[t]![i]!;
      if (a === Infinity) return back.values[t]![i]!;
      if (b === Infinity) return forth.values[t]![i]!;
      return (forth.values[t]![i]! * b + back.values[t]![i]! * a) / (a + b);
    }),
  );
}

function flowBetween(
  cv: Cv,
  from: Uint8Array,
  to: Uint8Array,
  mask: Uint8Array,
  scene: Scene,
): { x: Float32Array; y: Float32Array } | null {
  const crop = cropAround(mask, 64, scene);
  if (!crop) return null;
  return withMats((keep) => {
    const matOf = (data: Uint8Array) => {
      const mat = keep(new cv.Mat(crop.height, crop.width, cv.CV_8UC1));
      mat.data.set(data);
      return mat;
    };
    const [a, b, flow] = [matOf(crop.cut(from)), matOf(crop.cut(to)), keep(new cv.Mat())];
    cv.calcOpticalFlowFarneback(a, b, flow, 0.5, 4, 15, 3, 5, 1.1, 0);
    const known = Float32Array.from(crop.cut(mask), (value) => (value === 0 ? 1 : 0));
    const part = (offset: number): Float32Array => {
      const { data32F } = flow;
      const values = Float32Array.from(known, (_, i) => data32F[2 * i + offset]!);
      const smooth = pullPush(values, known, crop.width, crop.height);
      const whole = new Float32Array(scene.width * scene.height);
      for (let y = 0; y < crop.height; y++)
        whole.set(smooth.subarray(y * crop.width, (y + 1) * crop.width), (crop.top + y) * scene.width + crop.left);
      return whole;
    };
    return { x: part(0), y: part(1) };
  });
}
