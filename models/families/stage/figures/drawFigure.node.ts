/** Draws a lit figure in its pose, and its shadows. */
import { css } from '../colour.ts';
import type { Light } from '../light.ts';
import { clamp } from '../noise.ts';
import { createSurface, type Surface } from '../surface.node.ts';
import type { Drawing } from './drawing.node.ts';
import type { Leg } from './legs.ts';
import { footAt, type FigurePose } from './pose.ts';

/** A figure on the frame: pixels. */
export interface FigureOnFrame {
  readonly x: number;
  /** Where its feet would touch the ground. */
  readonly foot: number;
  readonly height: number;
}

/** A drawing and what moves in it. */
export interface Cast {
  readonly drawing: Drawing;
  readonly legs: readonly Leg[];
  /** Draws the drawing in its own pixels; null draws it as it is. */
  readonly paint: ((context: Surface['context']) => void) | null;
}

/** Draws the figure. */
export function drawFigure(context: Surface['context'], cast: Cast, pose: FigurePose, at: FigureOnFrame): void {
  const { drawing } = cast;
  const scale = at.height / drawing.boxHeight;
  context.save();
  context.translate(at.x + pose.shift * at.height, at.foot - pose.lift * at.height - pose.hub * at.height);
  context.rotate(pose.rotation);
  context.translate(0, pose.hub * at.height);
  context.scale(turned(pose.facing) * pose.stretchX * scale, pose.stretchY * scale);
  context.translate(-drawing.boxWidth / 2 - drawing.pad, -drawing.boxHeight - drawing.pad);
  if (pose.stride && cast.legs.length > 1) drawWalking(context, cast, pose.stride);
  else if (cast.paint) cast.paint(context);
  else context.drawImage(drawing.surface.canvas, 0, 0);
  context.restore();
}

/** How wide a figure is drawn as it turns: a drawing has no side view, so it never becomes a line. */
export const turned = (facing: number): number =>
  (facing < 0 ? -1 : 1) * (narrowest + (1 - narrowest) * Math.abs(facing));
const narrowest = 0.25;

/** Offsets of the legs in their cycle: diagonal pairs go together, as in a trot; two legs go in turn. */
const beats: Readonly<Record<number, readonly number[]>> = { 2: [0, 0.5], 3: [0, 0.5, 0.25], 4: [0, 0.5, 0.5, 0] };

function drawWalking(
  context: Surface['context'],
  { drawing, legs }: Cast,
  stride: { phase: number; swing: number },
): void {
  const { boxHeight, boxWidth, pad, surface } = drawing;
  const { canvas, height, width } = surface;
  const rowOf = (v: number): number => pad + v * boxHeight;
  const columnOf = (u: number): number => clamp(Math.round(pad + u * boxWidth), 0, width);
  const beat = beats[legs.length] ?? legs.map((_, index) => (index % 2) / 2);
  legs.forEach((leg, index) => {
    const { lift, shift } = footAt(stride.phase + beat[index]!);
    const left = columnOf(leg.left);
    const right = columnOf(leg.right);
    const hip = Math.round(rowOf(leg.hip));
    const length = height - hip;
    // the hip stays where it is, the foot goes forward and back: a shear; a lifted foot shortens the leg
    context.save();
    context.translate(0, hip);
    context.transform(
      1,
      0,
      (shift * stride.swing * boxHeight) / (boxHeight + pad - hip),
      1 - (lift * 0.35 * stride.swing * boxHeight) / (boxHeight + pad - hip),
      0,
      0,
    );
    context.drawImage(canvas, left, hip, right - left, length, left, -0.5, right - left, length + 0.5);
    context.restore();
  });
  // the body covers the cuts
  context.save();
  context.beginPath();
  for (const leg of legs) {
    const left = columnOf(leg.left);
    context.rect(left, 0, columnOf(leg.right) - left, Math.round(rowOf(leg.hip)) + 1);
  }
  context.clip();
  context.drawImage(canvas, 0, 0);
  context.restore();
}

const shadowSide = 128;

/** A soft ellipse under the feet: fainter the higher the figure is. */
export function drawContactShadow(
  context: Surface['context'],
  light: Light,
  at: FigureOnFrame,
  width: number,
  lift: number,
): void {
  const reach = width * at.height * (1 + 0.5 * lift);
  context.save();
  context.translate(at.x, at.foot);
  context.scale(1, 0.27);
  const shade = context.createRadialGradient(0, 0, 0, 0, 0, reach);
  for (let stop = 0; stop <= 6; stop++) {
    const r = stop / 6;
    const dark = 0.62 * Math.exp(-3.2 * lift) * Math.exp(-r * r * 3) * (1 - r);
    shade.addColorStop(r, css([light.shadow[0] * 0.45, light.shadow[1] * 0.45, light.shadow[2] * 0.45], dark));
  }
  context.fillStyle = shade;
  context.fillRect(-reach, -reach, 2 * reach, 2 * reach);
  context.restore();
}

/** The figure's own silhouette laid on the ground away from the light; small, so that enlarging it blurs it. */
export function drawCastShadow(
  frame: Surface,
  light: Light,
  at: FigureOnFrame,
  halfWidth: number,
  draw: (context: Surface['context'], at: FigureOnFrame) => void,
): void {
  const silhouette = createSurface(shadowSide, shadowSide);
  const { context } = silhouette;
  draw(context, { x: shadowSide / 2, foot: shadowSide * 0.96, height: (shadowSide * 0.5) / Math.max(0.55, halfWidth) });
  context.globalCompositeOperation = 'source-in';
  const dark = css([light.shadow[0] * 0.4, light.shadow[1] * 0.4, light.shadow[2] * 0.4], 1);
  const fade = context.createLinearGradient(0, shadowSide * 0.96, 0, 0);
  fade.addColorStop(0, dark.replace('1.000', '0.360'));
  fade.addColorStop(1, dark.replace('1.000', '0.120'));
  context.fillStyle = fade;
  context.fillRect(0, 0, shadowSide, shadowSide);
  const [lx, ly, lz] = light.towards;
  const up = Math.max(0.3, ly);
  const slant = clamp(-lx / up, -1.25, 1.25);
  const depth = clamp(Math.abs(lz) / up, 0.55, 1.1) * 0.42;
  const scale = at.height / ((shadowSide * 0.5) / Math.max(0.55, halfWidth));
  frame.context.save();
  // light from the front lays the shadow away from the viewer, up the picture
  frame.context.transform(scale, 0, -slant * scale, lz >= 0 ? depth * scale : -depth * scale, at.x, at.foot);
  frame.context.drawImage(silhouette.canvas, -shadowSide / 2, -shadowSide * 0.96);
  frame.context.restore();
}
