/**
 * Draws a doll: flat limbs as paths, then light and shade as blurred offset copies of each limb's own alpha, so that
 * it looks round. Works at the size it is drawn, so it is crisp at any size.
 */
import { css, scaleRgb, type Rgb } from '../colour.ts';
import type { Light } from '../light.ts';
import { createSurface, type Surface } from '../surface.node.ts';
import { dollParts, headHeight, legParts, type DollPart, type DollPose, type Joint, type Outfit } from './doll.ts';
import type { Drawing } from './drawing.node.ts';

/** A dressed doll with its lit head. */
export interface Doll {
  readonly outfit: Outfit;
  readonly head: Drawing;
}

/** Draws the doll with its feet at the origin of `context`, `height` pixels high. */
export function drawDoll(context: Surface['context'], doll: Doll, pose: DollPose, light: Light, height: number): void {
  for (const part of dollParts(doll.outfit, pose))
    if (part.kind === 'head') drawHead(context, doll, part, height);
    else drawRound(context, part, light, height);
}

/** Draws only the doll's legs and hips. */
export function drawLegs(
  context: Surface['context'],
  outfit: Outfit,
  pose: DollPose,
  light: Light,
  height: number,
): void {
  for (const part of legParts(outfit, pose)) drawRound(context, part, light, height);
}

function drawHead(
  context: Surface['context'],
  { head }: Doll,
  part: DollPart & { kind: 'head' },
  height: number,
): void {
  const scale = (headHeight * height) / head.boxHeight;
  context.save();
  context.translate(part.x * height, -part.y * height + headHeight * height * 0.08);
  context.rotate(part.tilt);
  context.scale(scale, scale);
  context.translate(-head.boxWidth / 2 - head.pad, -head.boxHeight - head.pad);
  context.drawImage(head.surface.canvas, 0, 0);
  context.restore();
}

function drawRound(
  target: Surface['context'],
  part: Exclude<DollPart, { kind: 'head' }>,
  light: Light,
  height: number,
): void {
  const points = part.kind === 'limb' ? part.joints : part.outline.map(([x, y]): Joint => [x, y, 0]);
  const reach = (pick: (joint: Joint) => number): number => Math.max(...points.map(pick)) * height;
  const margin = 3;
  const left = -reach(([x, , r]) => r - x) - margin;
  const top = -reach(([, y, r]) => y + r) - margin;
  const work = createSurface(reach(([x, , r]) => x + r) - left + margin, reach(([, y, r]) => r - y) - top + margin);
  const { context } = work;
  context.translate(-left, -top);
  context.fillStyle = css(figureColour(part.colour, light));
  if (part.kind === 'limb') fillLimb(context, part.joints, height);
  else fillHem(context, part.outline, height);
  context.setTransform(1, 0, 0, 1, 0, 0);
  const size = part.roundness * height;
  const { shadow } = light;
  relief(work, light, -size * 0.75, size * 0.55, css([shadow[0] * 0.35, shadow[1] * 0.3, shadow[2] * 0.5], 0.6));
  relief(work, light, size * 0.45, size * 0.4, css([light.key[0], light.key[1], light.key[2]], 0.38));
  target.drawImage(work.canvas, left, top);
}

/** A colour as a figure shows it in the light, before its roundness. */
export function figureColour(colour: Rgb, light: Light): Rgb {
  const channel = (index: 0 | 1 | 2): number =>
    colour[index] * (light.ambient[index] * light.ambientStrength + 0.75 * light.key[index] * light.keyStrength);
  return scaleRgb([channel(0), channel(1), channel(2)], light.figureExposure);
}

/** Fills what the part's own alpha, moved by `offset` along the light and blurred, does not cover. */
function relief(
  { canvas, context, height, width }: Surface,
  light: Light,
  offset: number,
  blur: number,
  fill: string,
): void {
  const inverse = createSurface(width, height);
  inverse.context.fillStyle = fill;
  inverse.context.fillRect(0, 0, width, height);
  inverse.context.globalCompositeOperation = 'destination-out';
  inverse.context.filter = `blur(${blur.toFixed(2)}px)`;
  inverse.context.drawImage(canvas, -light.towards[0] * offset, light.towards[1] * offset);
  context.globalCompositeOperation = 'source-atop';
  context.drawImage(inverse.canvas, 0, 0);
  context.globalCompositeOperation = 'source-over';
}

/** Tapered capsules between the joints. */
function fillLimb(context: Surface['context'], joints: readonly Joint[], height: number): void {
  for (let index = 0; index + 1 < joints.length; index++) {
    const [ax, ay, ar] = joints[index]!;
    const [bx, by, br] = joints[index + 1]!;
    const [x0, y0, x1, y1] = [ax * height, -ay * height, bx * height, -by * height];
    const along = Math.atan2(y1 - y0, x1 - x0);
    const tangent = Math.acos(Math.max(-1, Math.min(1, ((ar - br) * height) / (Math.hypot(x1 - x0, y1 - y0) || 1e-6))));
    context.beginPath();
    context.arc(x0, y0, ar * height, along + tangent, along - tangent + 2 * Math.PI);
    context.arc(x1, y1, br * height, along - tangent, along + tangent);
    context.closePath();
    context.fill();
  }
}

function fillHem(context: Surface['context'], outline: readonly (readonly [number, number])[], height: number): void {
  context.beginPath();
  for (const [x, y] of outline) context.lineTo(x * height, -y * height);
  context.closePath();
  context.fill();
}
