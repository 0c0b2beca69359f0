/** The ways of bridging two shots. Both are seen outwards from their seams, so the second one runs backwards. */
import { framesBetween } from './between.ts';
import { addedMotion, reachOf, scaledMotion, type CameraMotion } from './globalMotion.ts';
import { cameraPlace, coveringZoom, mixed, moved, overBars, placeGrid, rawOf, type Layer } from './layer.ts';
import { eased, easedMore } from './positions.ts';
import { likeness } from './likeness.ts';
import { zoomBlurred } from './zoomBlur.ts';
import { whipped } from './whip.ts';
import type { Shot } from './shot.ts';
import { figure, type Planned, type Tools } from './ways.ts';
import { refused } from './ways.ts';

/** The camera is moved no further beside its own motion. Share of the picture's width. */
const mostDrift = 0.06;

/** Both shots and how many frames lie between them. */
export interface Gap {
  readonly before: Shot;
  readonly after: Shot;
  readonly count: number;
}

/** What a shot shows `step` frames beyond its seam: its own material, or its last frame. */
function layerBeyond(shot: Shot, step: number): { readonly layer: Layer; readonly played: number } {
  const played = Math.min(step, shot.beyond);
  return { layer: shot.layer(played), played };
}

/** Bars beside a shot that moves fast or is drawn small would be seen as stripes: they come as it comes to rest. */
const barsShare = 0.3;

/** What a shot shows beyond its seam, with its bars as far as they belong to it by then. `rest`: 1 = at its seam. */
function withoutBars(shot: Shot, step: number, rest: number): Layer {
  const { layer } = layerBeyond(shot, step);
  const open = overBars(layer, shot.shape.size, shot.box);
  return open === layer ? layer : mixed(open, layer, eased((rest - 1 + barsShare) / barsShare));
}

/** A dissolve in which the first shot's camera motion becomes the second's. */
export function planBlend({ before, after, count }: Gap, { shape }: Tools): Planned {
  const { size } = shape;
  const [first, second] = [before.speed(), after.speed()];
  const drifting = (own: CameraMotion, other: CameraMotion, played: number, step: number): CameraMotion => {
    // speed goes over from its own to the other's; what the material itself does is part of it
    const turned = turnedShare(step, count + 1);
    const whole = addedMotion(scaledMotion(own, step - played - turned), scaledMotion(other, turned));
    const reach = reachOf(whole, size.width, size.height) / size.width;
    return reach > mostDrift ? scaledMotion(whole, mostDrift / reach) : whole;
  };
  const shown = (shot: Shot, own: CameraMotion, other: CameraMotion, step: number): Layer => {
    const { layer, played } = layerBeyond(shot, step);
    const motion = drifting(own, other, played, step);
    if (reachOf(motion, size.width, size.height) < 0.05) return layer;
    return moved(layer, placeGrid(size, cameraPlace(size, motion, coveringZoom(size, motion))));
  };
  return {
    refusal: null,
    found: {
      cameraBefore: figure(reachOf(first, size.width, size.height)),
      cameraAfter: figure(reachOf(second, size.width, size.height)),
      ownFramesBefore: Math.min(count, before.beyond),
      ownFramesAfter: Math.min(count, after.beyond),
    },
    frame: (step) => {
      const from = shown(before, first, scaledMotion(second, -1), step);
      const to = shown(after, second, scaledMotion(first, -1), count + 1 - step);
      return Promise.resolve(rawOf(mixed(from, to, eased(step / (count + 1))), shape));
    },
  };
}

/** The integral of `eased` over steps: how far the other speed has brought it. */
function turnedShare(step: number, whole: number): number {
  const t = Math.min(1, step / whole);
  return whole * (t ** 3 - t ** 4 / 2);
}

/** Slower, as a share of the picture's longer side in a frame, a camera is held by hand and does not pan. */
const leastPan = 0.002;

/** A pan so fast that both shots blur, in the direction that a camera of theirs pans; else to the right. */
export function planWhip({ before, after, count }: Gap, { shape }: Tools): Planned {
  const pans = (motion: CameraMotion): boolean =>
    Math.hypot(motion.x, motion.y) > leastPan * Math.max(shape.size.width, shape.size.height);
  const [first, second] = [before.speed(), scaledMotion(after.speed(), -1)];
  const speed = pans(first) ? first : pans(second) ? second : { x: -1, y: 0 };
  const isSteep = Math.abs(speed.y) > Math.abs(speed.x);
  // the picture goes where it went before: a camera that pans right moves it left
  const goes = (isSteep ? speed.y : speed.x) > 0 ? 1 : -1;
  return {
    refusal: null,
    found: { direction: isSteep ? (goes > 0 ? 90 : 270) : goes > 0 ? 0 : 180 },
    frame: (step) => {
      const from = withoutBars(before, step, 1 - step / (count + 1));
      const to = withoutBars(after, count + 1 - step, step / (count + 1));
      const at = (share: number): number => easedMore(share / (count + 1));
      // an open shutter of one frame: what passes meanwhile is one blur
      const made = whipped(from, to, isSteep ? 'down' : 'across', goes, at(step - 0.5), at(step + 0.5));
      return Promise.resolve(rawOf(made, shape));
    },
  };
}

/** How much larger the first shot gets. */
const zoomTimes = 3;
const zoomSamples = 9;

/** Into the first shot and out of the second, as one motion. */
export function planZoom({ before, after, count }: Gap, { shape }: Tools): Planned {
  const { size } = shape;
  const still = { x: 0, y: 0, grow: 0, turn: 0 };
  const atZoom = (layer: Layer, zoom: number): Layer =>
    Math.abs(zoom - 1) < 1e-4 ? layer : moved(layer, placeGrid(size, cameraPlace(size, still, zoom)), true);
  return {
    refusal: null,
    found: {},
    frame: (step) => {
      const depth = (share: number): number => 2 * easedMore(share / (count + 1));
      const [opened, closed] = [depth(step - 0.5), depth(step + 0.5)];
      const from = withoutBars(before, step, 1 - step / (count + 1));
      const to = withoutBars(after, count + 1 - step, step / (count + 1));
      const samples = Math.max(1, Math.min(zoomSamples, Math.ceil(Math.abs(closed - opened) * 60)));
      const blurred = (layer: Layer, zoomAt: (depth: number) => number): Layer => {
        const zooms = Array.from({ length: samples }, (_, i) =>
          zoomAt(opened + ((closed - opened) * (i + 0.5)) / samples),
        );
        // what hardly moves stays sharp
        return samples === 1 ? atZoom(layer, zooms[0]!) : zoomBlurred(layer, zooms);
      };
      const middle = (opened + closed) / 2;
      const share = eased((middle - 0.8) / 0.4);
      const first = share < 1 ? blurred(from, (d) => zoomTimes ** d) : null;
      const second = share > 0 ? blurred(to, (d) => zoomTimes ** (d - 2)) : null;
      const made = first && second ? mixed(first, second, share) : (first ?? second)!;
      return Promise.resolve(rawOf(made, shape));
    },
  };
}

/** Frames in between, where both shots are alike enough. */
export async function planMorph({ before, after, count }: Gap, tools: Tools): Promise<Planned> {
  const { flow, shape } = tools;
  if (!flow) return refused('noPack');
  const alike = await likeness(before, after, tools, flow);
  if (alike.refusal) return refused(alike.refusal, alike.found);
  const { size } = shape;
  const shift = before.cameraFrom(before.watched(0), after.watched(0));
  const aligns = reachOf(shift, size.width, size.height) > 1.5;
  return {
    refusal: null,
    found: alike.found,
    frame: (step) => {
      const at = eased(step / (count + 1));
      if (!aligns) return framesBetween(before.prepared(0), after.prepared(0), at, flow, shape);
      return alignedBetween(before, after, shift, at, tools);
    },
  };
}

/** Both are brought together as wholes first: what is left between them is then small. */
async function alignedBetween(
  before: Shot,
  after: Shot,
  shift: CameraMotion,
  at: number,
  { flow, shape }: Tools,
): Promise<Uint8Array> {
  const { size } = shape;
  const brought = (shot: Shot, share: number): Uint8Array => {
    const motion = scaledMotion(shift, share);
    return rawOf(moved(shot.layer(0), placeGrid(size, cameraPlace(size, motion)), true), shape);
  };
  const [first, second] = [brought(before, at), brought(after, at - 1)];
  return framesBetween(before.prepare(first), before.prepare(second), at, flow!, shape);
}
