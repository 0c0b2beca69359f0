/**
 * Logos, text and time stamps burnt into a film: what has the same edges in every frame while the picture behind it
 * moves (mean gradients over time: Dekel and others, On the effectiveness of visible watermarks, 2017). Pure.
 */
import { grown } from '../plate/hole.ts';
import { steadyEdges, type Edges } from './steadyEdges.ts';

/** What was found. */
export interface OverlaysFound {
  /** [height, width], 1 = overlay; null where nothing was found. */
  readonly mask: Uint8Array | null;
  /** Nothing can be told where the picture itself stands still. */
  readonly isStill: boolean;
}

/** So much of the edges may stand still before the picture itself is taken to. */
const mostSteady = 0.15;
/** Sizes as shares of the picture's height. */
const joining = 1 / 90;
const margin = 1 / 160;
const leastEdges = 40;
/** Fewer say too little. */
const leastFrames = 6;
/** What is larger is part of the picture: bars, frames, split screens. */
const mostWidth = 0.92;
const mostArea = 0.2;
/** A component thinner than this share of its box is a line around something. */
const leastFull = 0.12;

/** `frames`: grey, [height, width], spread evenly over the film. */
export function findOverlays(frames: readonly Uint8Array[], width: number, height: number): OverlaysFound {
  const edges = steadyEdges(frames, width, height);
  if (frames.length < leastFrames || edges.share > mostSteady) return { mask: null, isStill: true };
  const around = Math.max(2, Math.round(height * joining));
  const found = new Uint8Array(width * height);
  for (const part of componentsOf(grown(edges.steady, width, height, around), edges.steady, width, height)) {
    if (!isOverlay(part, width, height)) continue;
    for (const at of part.pixels) found[at] = 1;
    addDigits(part, edges, found, width, height);
  }
  if (!found.includes(1)) return { mask: null, isStill: false };
  const filled = closed(found, width, height);
  // what joined the edges reaches past them by as much
  const open = grown(
    filled.map((value) => 1 - value),
    width,
    height,
    Math.max(1, around - Math.max(2, Math.round(height * margin))),
  );
  return { mask: open.map((value) => 1 - value), isStill: false };
}

interface Component {
  readonly pixels: readonly number[];
  readonly edgeCount: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function isOverlay({ pixels, edgeCount, left, top, right, bottom }: Component, width: number, height: number): boolean {
  const [w, h] = [right - left, bottom - top];
  if (edgeCount < leastEdges || w > mostWidth * width || h > 0.5 * height || w * h > mostArea * width * height)
    return false;
  return pixels.length > leastFull * w * h;
}

/** Connected parts of `shape`, with the edges in them. */
function componentsOf(shape: Uint8Array, edges: Uint8Array, width: number, height: number): Component[] {
  const left = shape.slice();
  const parts: Component[] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    const pixels = [start];
    left[start] = 0;
    const box = { left: width, top: height, right: 0, bottom: 0 };
    let edgeCount = 0;
    // the list grows while it is read
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      edgeCount += edges[at]!;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
      for (const to of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (to < 0 || to >= left.length || left[to] === 0) continue;
        left[to] = 0;
        pixels.push(to);
      }
    }
    parts.push({ pixels, edgeCount, ...box });
  }
  return parts;
}

/** Digits that count beside what stands: strong edges in many frames, in the same line, only a few digits away. */
function addDigits(part: Component, { busy }: Edges, found: Uint8Array, width: number, height: number): void {
  const tall = part.bottom - part.top;
  if (tall > height / 5) return;
  const reach = Math.round(0.8 * tall);
  let [from, to] = [part.left, part.right];
  const column = (x: number): number => {
    let count = 0;
    for (let y = part.top; y < part.bottom; y++) count += busy[y * width + x]!;
    return count;
  };
  const least = Math.max(2, tall / 12);
  for (let x = to, gap = 0; x < Math.min(width, part.right + 5 * tall) && gap <= reach; x++) {
    gap = column(x) >= least ? 0 : gap + 1;
    if (gap === 0) to = x + 1;
  }
  for (let x = from - 1, gap = 0; x >= Math.max(0, part.left - 5 * tall) && gap <= reach; x--) {
    gap = column(x) >= least ? 0 : gap + 1;
    if (gap === 0) from = x;
  }
  if (from === part.left && to === part.right) return;
  for (let y = part.top; y < part.bottom; y++) found.fill(1, y * width + from, y * width + to);
}

/** With what lies wholly within it. */
function closed(shape: Uint8Array, width: number, height: number): Uint8Array {
  const outside = new Uint8Array(shape.length);
  const queue: number[] = [];
  const visit = (at: number): void => {
    if (shape[at] === 1 || outside[at] === 1) return;
    outside[at] = 1;
    queue.push(at);
  };
  for (let x = 0; x < width; x++) [x, (height - 1) * width + x].forEach(visit);
  for (let y = 0; y < height; y++) [y * width, y * width + width - 1].forEach(visit);
  for (const at of queue) {
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < shape.length - width) visit(at + width);
  }
  return outside.map((value) => 1 - value);
}
