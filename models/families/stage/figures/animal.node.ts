/** A walking animal: far legs swing behind the body, near legs are sheared below the belly. */
import type { Light } from '../light.ts';
import type { Surface } from '../surface.node.ts';
import { lightDrawing, rasterise, type Drawing, type Tint } from './drawing.node.ts';
import { findLegs, type Leg } from './legs.ts';
import { footAt } from './pose.ts';
import { takeLegsOff } from './svgParts.node.ts';

/** An animal taken apart and lit. All drawings have the same size and box. */
export interface Animal {
  readonly body: Drawing;
  readonly near: readonly Leg[];
  readonly far: readonly FarLeg[];
}

interface FarLeg {
  readonly drawing: Drawing;
  /** Pixels of the drawing: the middle of its top, and where its foot ends. */
  readonly hip: { readonly x: number; readonly y: number };
  readonly foot: number;
  /** Middle in shares of the box, to find its turn in the gait. */
  readonly u: number;
}

/** Makes an animal ready. `height` is that of its alpha box in pixels. Throws where Skia reads no picture. */
export function prepareAnimal(svg: string, height: number, light: Light, z: number, tint: Tint): Animal {
  const whole = rasterise(Buffer.from(svg), height);
  const parts = takeLegsOff(svg);
  const lit = (text: string): Drawing =>
    lightDrawing(rasterise(Buffer.from(text), height, whole.frame), light, z, tint);
  const body = lit(parts.body);
  const far = parts.farLegs.map((text) => farLegOf(lit(text)));
  return { body, near: findLegs({ ...body, width: body.surface.width }), far };
}

function farLegOf(drawing: Drawing): FarLeg {
  const { alpha, boxWidth, pad, surface } = drawing;
  let [left, top, right, bottom] = [surface.width, surface.height, 0, 0];
  for (let index = 0; index < alpha.length; index++) {
    if (alpha[index]! < 96) continue;
    const x = index % surface.width;
    const y = Math.floor(index / surface.width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { drawing, hip: { x: (left + right) / 2, y: top }, foot: bottom, u: ((left + right) / 2 - pad) / boxWidth };
}

/** How much the hips are hidden by the body, so that a turned leg shows no edge: share of the box's height. */
const tuck = 0.05;

/** Draws the animal with its feet's line at `at`, already turned and stretched by the caller's transform. */
export function drawAnimal(context: Surface['context'], animal: Animal, phase: number, swing: number): void {
  const { body, far, near } = animal;
  for (const leg of far) drawFarLeg(context, leg, body.boxHeight, phase + farBeat(leg, animal), swing);
  near.forEach((leg, index) => drawNearLeg(context, body, leg, phase + nearBeat(index, near.length), swing));
  context.save();
  context.beginPath();
  for (const leg of near.length > 1 ? near : [wholeWidth]) {
    const left = columnOf(body, leg.left);
    context.rect(
      left,
      0,
      columnOf(body, leg.right) - left,
      near.length > 1 ? rowOf(body, leg.hip) + 1 : body.surface.height,
    );
  }
  context.clip();
  context.drawImage(body.surface.canvas, 0, 0);
  context.restore();
}

const wholeWidth: Leg = { left: -1, right: 2, hip: 1 };

/** Diagonal legs go together: the near front one with the far hind one. */
const nearBeat = (index: number, count: number): number => (index / Math.max(1, count - 1)) * 0.5;
function farBeat({ u }: FarLeg, { near }: Animal): number {
  const nearest = near
    .map((leg, index) => ({ away: Math.abs(u - (Math.max(0, leg.left) + Math.min(1, leg.right)) / 2), index }))
    .toSorted((a, b) => a.away - b.away)[0];
  return (nearest ? nearBeat(nearest.index, near.length) : 0) + 0.5;
}

const rowOf = (drawing: Drawing, v: number): number => Math.round(drawing.pad + v * drawing.boxHeight);
const columnOf = (drawing: Drawing, u: number): number =>
  Math.max(0, Math.min(drawing.surface.width, Math.round(drawing.pad + u * drawing.boxWidth)));

function drawFarLeg(
  context: Surface['context'],
  { drawing, foot, hip }: FarLeg,
  boxHeight: number,
  phase: number,
  swing: number,
): void {
  const { lift, shift } = footAt(phase);
  const length = foot - hip.y;
  context.save();
  context.translate(hip.x, hip.y - tuck * boxHeight * 0.3);
  context.transform(1, 0, (shift * swing * boxHeight) / length, 1 - (0.35 * lift * swing * boxHeight) / length, 0, 0);
  context.drawImage(drawing.surface.canvas, -hip.x, -hip.y);
  context.restore();
}

function drawNearLeg(context: Surface['context'], body: Drawing, leg: Leg, phase: number, swing: number): void {
  const { lift, shift } = footAt(phase);
  const left = columnOf(body, leg.left);
  const right = columnOf(body, leg.right);
  const hip = rowOf(body, leg.hip);
  const length = body.pad + body.boxHeight - hip;
  if (right <= left || length < 2) return;
  context.save();
  context.translate(0, hip);
  context.transform(
    1,
    0,
    (shift * swing * body.boxHeight) / length,
    1 - (0.35 * lift * swing * body.boxHeight) / length,
    0,
    0,
  );
  context.drawImage(
    body.surface.canvas,
    left,
    hip,
    right - left,
    body.surface.height - hip,
    left,
    -0.5,
    right - left,
    body.surface.height - hip + 0.5,
  );
  context.restore();
}

/** Width of the animal's box over its height. */
export const animalAspect = ({ body }: Animal): number => body.boxWidth / body.boxHeight;
