/** The soft shade where something stands on the ground. */
import { css } from '../colour.ts';
import type { Light } from '../light.ts';
import type { Surface } from '../surface.node.ts';

/** Paints shade round a foot at `x`, `y`; `half` is half its width in pixels, `strength` 0 to 1. */
export function drawFootShade(
  { context }: Surface,
  light: Light,
  x: number,
  y: number,
  half: number,
  strength = 1,
): void {
  const dark = [light.shadow[0] * 0.4, light.shadow[1] * 0.5, light.shadow[2] * 0.45] as const;
  context.save();
  context.translate(x, y);
  context.scale(1, 0.14);
  const shade = context.createRadialGradient(0, 0, 0, 0, 0, half * 1.1);
  shade.addColorStop(0, css(dark, 0.5 * strength));
  shade.addColorStop(1, css(dark, 0));
  context.fillStyle = shade;
  context.fillRect(-half * 1.2, -half * 1.2, half * 2.4, half * 2.4);
  context.restore();
}
