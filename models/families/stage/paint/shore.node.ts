/** Banks of a water: the ground comes back over its straight edges along a winding line, wet and with a little foam. */
import { css, scaleRgb } from '../colour.ts';
import { project, type View } from '../camera.ts';
import type { Light } from '../light.ts';
import { valueNoise } from '../noise.ts';
import type { Surface } from '../surface.node.ts';
import { drawGround, type Ground } from './ground.node.ts';
import type { Water } from './water.node.ts';

/** How far the line winds, as a share of its depth. */
const reach = 0.2;

/** Draws the banks of a water that is drawn. */
export function drawShores(
  frame: Surface,
  view: View,
  light: Light,
  ground: Ground,
  water: Water,
  seconds: number,
): void {
  if (water.near > 0) drawShore(frame, view, light, ground, water.near, 1, seconds);
  if (water.far < Infinity) drawShore(frame, view, light, ground, water.far, -1, seconds);
}

/** `way` is 1 where the land lies towards the viewer, -1 where it lies beyond. */
function drawShore(
  frame: Surface,
  view: View,
  light: Light,
  ground: Ground,
  edge: number,
  way: 1 | -1,
  seconds: number,
): void {
  const { context, height, width } = frame;
  const line: [number, number][] = [];
  // the line goes on past the frame: what lies farther is drawn nearer to the middle
  for (let step = -20; step <= 80; step++) {
    const x = view.x + ((step / 60 - 0.5) * (width / height) * edge) / view.focal;
    const wind = 0.7 * valueNoise(x * 0.7 + 40, edge, 5) + 0.3 * valueNoise(x * 2.6 + 40, edge, 6);
    const at = project(view, x, 0, edge * (1 + way * reach * wind));
    line.push([width / 2 + at.x * height, height / 2 + at.y * height]);
  }
  const behind = height / 2 + (view.horizon + (view.focal * view.y) / edge) * height + way * 2;
  context.save();
  context.beginPath();
  for (const [x, y] of line) context.lineTo(x, y);
  context.lineTo(line.at(-1)![0], behind);
  context.lineTo(line[0]![0], behind);
  context.clip();
  if (way > 0) drawGround(frame, view, ground, edge * (1 + reach), edge * 0.98);
  else drawGround(frame, view, ground, edge * 1.02, edge * (1 - reach));
  context.restore();
  const unit = (view.focal / edge) * height;
  strokeLine(context, line, css(scaleRgb(light.shadow, 0.7), 0.34), unit * 0.035, 0);
  const wash = -way * unit * (0.018 + 0.008 * Math.sin(1.3 * seconds));
  strokeLine(context, line, `rgba(255,255,255,${light.stars > 0 ? 0.2 : 0.5})`, unit * 0.012, wash);
}

function strokeLine(
  context: Surface['context'],
  line: readonly (readonly [number, number])[],
  colour: string,
  width: number,
  down: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1, width);
  context.beginPath();
  for (const [x, y] of line) context.lineTo(x, y + down);
  context.stroke();
}
