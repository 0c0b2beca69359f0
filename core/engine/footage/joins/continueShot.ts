/** The ways of continuing one shot past its seam. */
import { CarriedFrame, forecastGain, groundOf, ownMotionAt } from './carryOn.ts';
import { reachOf, scaledMotion } from './globalMotion.ts';
import { cameraPlace, coveringZoom, moved, placeGrid, rawOf, type Layer } from './layer.ts';
import { LivingGrain } from './livingGrain.ts';
import { momentOf } from './between.ts';
import { pingPongPosition, restingDistance, slowedPosition } from './positions.ts';
import { reversible } from './reversible.ts';
import type { Shot } from './shot.ts';
import { figure, refused, type Planned, type Tools } from './ways.ts';

/** Motion comes to rest within this. Seconds. */
const restSeconds = 0.5;
/** A pan this large a share of the picture's width would have to be hidden by enlarging: it stops at once instead. */
const mostDrift = 0.08;
/** Longest stretch that is played back and forth, seconds. */
const longestSwing = 3;
/** A forecast must be nearer to what came than the frame before it is, dB; or hardly anything moves. */
const leastGainDb = 0.25;
const hardlyMovingDb = 42;

/** The last `lead` frames over `count`, slower and slower. */
export function planSlow(shot: Shot, count: number, lead: number, { flow }: Tools): Planned {
  if (!flow) return refused('noPack');
  const own = Math.min(lead, shot.inside - 1);
  if (own < 2) return refused('noTail');
  return {
    refusal: null,
    found: { lead: own },
    frame: (step) => momentOf(shot, Math.min(0, slowedPosition(step, own, count)), flow),
  };
}

/** Back and forth over the last seconds. */
export async function planPingPong(shot: Shot, lead: number, { flow, sizes, things, fps }: Tools): Promise<Planned> {
  if (!flow) return refused('noPack');
  const range = Math.min(shot.inside - 1, Math.round(longestSwing * fps));
  if (range < 2 * lead + 2 || lead < 1) return refused('noTail');
  const { refusal, oneWayShare } = await reversible(shot, range, flow, sizes, things);
  const found = { oneWayShare: figure(oneWayShare), range };
  if (refusal) return refused(refusal, found);
  return { refusal: null, found, frame: (step) => momentOf(shot, pingPongPosition(step, lead, range), flow) };
}

/** The last frame with living grain; the camera comes to rest. */
export function planHold(shot: Shot, { shape, fps }: Tools): Planned {
  const grain = new LivingGrain(shot);
  const { size } = shape;
  const rest = restSeconds * fps;
  const speed = shot.speed();
  const drift = reachOf(scaledMotion(speed, rest / 2), size.width, size.height) / size.width;
  const moves = drift > 0 && drift <= mostDrift;
  const found = { cameraPxPerFrame: figure(reachOf(speed, size.width, size.height)), ...grainFigures(grain) };
  const drifted = lastKept((distance) => {
    const motion = scaledMotion(speed, distance);
    return moved(grain.clean, placeGrid(size, cameraPlace(size, motion, coveringZoom(size, motion))));
  });
  const frame = (step: number): Promise<Uint8Array> => {
    if (!moves) return Promise.resolve(rawOf(grain.over(grain.clean, step), shape));
    return Promise.resolve(rawOf(grain.over(drifted(restingDistance(step, rest)), step), shape));
  };
  return { refusal: null, found, frame };
}

/** Once motion rests, every frame is the same picture under other grain. */
function lastKept(draw: (distance: number) => Layer): (distance: number) => Layer {
  let kept: { readonly distance: number; readonly layer: Layer } | null = null;
  return (distance) => {
    if (kept?.distance !== distance) kept = { distance, layer: draw(distance) };
    return kept.layer;
  };
}

function grainFigures(grain: LivingGrain): Record<string, number> {
  const strengths = grain.strengths(0);
  return { grainLevels: figure(strengths.reduce((sum, each) => sum + each, 0) / strengths.length) };
}

/** All motion goes on and comes to rest; then the frame is held. */
export async function planCarryOn(shot: Shot, { shape, flow, fps }: Tools): Promise<Planned> {
  if (!flow) return refused('noPack');
  if (shot.inside < 3) return refused('noTail');
  const { gainDb, heldDb } = await forecastGain(shot, flow);
  const found = { forecastGainDb: figure(gainDb), heldDb: figure(heldDb) };
  if (gainDb < leastGainDb && heldDb < hardlyMovingDb) return refused('unpredictable', found);
  const camera = shot.speed();
  const own = await ownMotionAt(shot, 0, camera, flow);
  const carried = new CarriedFrame(shot, camera, own, groundOf(shot));
  const grain = new LivingGrain(shot);
  const rest = restSeconds * fps;
  const picture = lastKept((distance) => carried.after(distance, grain.clean));
  return {
    refusal: null,
    found: { ...found, ...grainFigures(grain) },
    frame: (step) => Promise.resolve(rawOf(grain.over(picture(restingDistance(step, rest)), step), shape)),
  };
}
