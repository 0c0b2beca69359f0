/** Wheels of a vehicle's drawing: found by their round outlines, and how they show that they roll. */
import { Path2D } from '@napi-rs/canvas';
import type { Surface } from '../surface.node.ts';
import type { Drawing } from './drawing.node.ts';

/** A wheel in shares of the drawing's alpha box; the radius in shares of its height. */
export interface Wheel {
  readonly u: number;
  readonly v: number;
  readonly radius: number;
}

/** A wheel is round within this share, touches the ground within that one, and is so large. */
const roundness = 0.05;
const touches = 0.1;
const sizes = { least: 0.07, most: 0.36 } as const;

/** The drawings lie in 32 units across; their frame is measured in 256. */
const frameScale = 256;

/** The wheels of a drawing as it looks in its SVG, the largest outline of each. */
export function findWheels(svg: string, { frame }: Pick<Drawing, 'frame'>): Wheel[] {
  const units = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1] ?? 32);
  const scale = frameScale / units;
  const wheels: Wheel[] = [];
  for (const [left, top, right, bottom] of outlines(svg)) {
    const diameter = bottom - top;
    const radius = (diameter * scale) / 2 / frame.height;
    const u = (((left + right) / 2) * scale - frame.x) / frame.width;
    const v = (((top + bottom) / 2) * scale - frame.y) / frame.height;
    const isRound = Math.abs(right - left - diameter) < roundness * diameter;
    if (isRound && radius > sizes.least && radius < sizes.most && 1 - v - radius < touches)
      wheels.push({ u, v, radius });
  }
  const apart = (a: Wheel, b: Wheel): number =>
    Math.hypot(((a.u - b.u) * frame.width) / frame.height, a.v - b.v) - Math.max(a.radius, b.radius);
  const found: Wheel[] = [];
  for (const wheel of wheels.toSorted((a, b) => b.radius - a.radius))
    if (found.every((other) => apart(wheel, other) > 0)) found.push(wheel);
  return found.toSorted((a, b) => a.u - b.u);
}

/** Bounds of all paths and circles. */
function outlines(svg: string): [left: number, top: number, right: number, bottom: number][] {
  const drawn = svg.split('<defs>')[0]!;
  const bounds: [number, number, number, number][] = [];
  for (const [, path] of drawn.matchAll(/<path[^>]*? d="([^"]+)"/g)) {
    const [left, top, right, bottom] = new Path2D(path!).computeTightBounds();
    bounds.push([left!, top!, right!, bottom!]);
  }
  for (const [, cx, cy, r] of drawn.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g))
    bounds.push([Number(cx) - Number(r), Number(cy) - Number(r), Number(cx) + Number(r), Number(cy) + Number(r)]);
  return bounds;
}

const spokes = 5;

/** Spokes and a bright mark over a wheel, turned by `angle`; in the pixels of the drawing. */
export function drawSpokes(context: Surface['context'], drawing: Drawing, wheel: Wheel, angle: number): void {
  const radius = wheel.radius * drawing.boxHeight;
  context.save();
  context.translate(drawing.pad + wheel.u * drawing.boxWidth, drawing.pad + wheel.v * drawing.boxHeight);
  context.rotate(angle);
  context.lineCap = 'round';
  context.strokeStyle = 'rgba(20, 12, 30, 0.5)';
  context.lineWidth = radius * 0.11;
  context.beginPath();
  for (let spoke = 0; spoke < spokes; spoke++) {
    const turn = (2 * Math.PI * spoke) / spokes;
    context.moveTo(Math.cos(turn) * radius * 0.1, Math.sin(turn) * radius * 0.1);
    context.lineTo(Math.cos(turn) * radius * 0.4, Math.sin(turn) * radius * 0.4);
  }
  context.stroke();
  context.strokeStyle = 'rgba(255, 255, 255, 0.3)';
  context.lineWidth = radius * 0.13;
  context.beginPath();
  context.arc(0, 0, radius * 0.74, -0.32, 0.32);
  context.moveTo(-radius * 0.74, 0);
  context.arc(0, 0, radius * 0.74, Math.PI, Math.PI + 0.2);
  context.stroke();
  context.restore();
}
