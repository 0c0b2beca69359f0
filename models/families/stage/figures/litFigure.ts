/** Light on a figure's pixels, from slopes that stand for its roundness. */
import type { Rgb } from '../colour.ts';
import { hazeAt, type Light } from '../light.ts';
import { clamp, mix, smoothStep, valueNoise } from '../noise.ts';

/** Sizes in pixels. */
export interface FigureBox {
  readonly width: number;
  readonly height: number;
  readonly pad: number;
  readonly boxHeight: number;
}

/** Haze begins behind the actors' depth, and is never whole on a figure. */
const figureHaze = { from: 1, share: 0.85 } as const;

/**
 * Lights RGBA bytes in place. `slopes`: to the right and upwards, two numbers a pixel. `recolour` acts on the unlit
 * colour.
 */
export function litFigure(
  rgba: Uint8ClampedArray,
  slopes: Float32Array,
  { boxHeight, height, pad, width }: FigureBox,
  light: Light,
  z: number,
  recolour: ((colour: Rgb) => Rgb) | null,
): void {
  const haze = figureHaze.share * hazeAt(light, z - figureHaze.from);
  const [lx, ly, lz] = light.towards;
  for (let y = 0; y < height; y++) {
    const low = 1 - 0.28 * smoothStep(0.45, 1.05, (y - pad) / boxHeight);
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      if (rgba[at + 3] === 0) continue;
      const bare: Rgb = [rgba[at]! / 255, rgba[at + 1]! / 255, rgba[at + 2]! / 255];
      const colour = recolour ? recolour(bare) : bare;
      let nx = slopes[(y * width + x) * 2]! * 0.8;
      let ny = slopes[(y * width + x) * 2 + 1]! * 0.8;
      const flat = Math.hypot(nx, ny);
      if (flat > 0.97) {
        nx *= 0.97 / flat;
        ny *= 0.97 / flat;
      }
      const nz = Math.sqrt(1 - nx * nx - ny * ny);
      const facing = clamp(0.5 + 0.5 * (nx * lx + ny * ly + nz * lz)) ** 1.25;
      const edge = 1 - 0.2 * (1 - nz) ** 2.2;
      const rim = 1.25 * light.rimStrength * (1 - nz) ** 1.5 * Math.max(0, nx * lx + ny * ly);
      const brush = 0.965 + 0.07 * valueNoise((x / boxHeight) * 15 + (y / boxHeight) * 4, (y / boxHeight) * 11, 7);
      for (let channel = 0; channel < 3; channel++) {
        const value = colour[channel]!;
        const around =
          mix(light.bounce[channel]!, light.ambient[channel]!, 0.5 + 0.5 * ny) * light.ambientStrength * low;
        const lit =
          value *
            light.figureExposure *
            edge *
            brush *
            (around * 1.02 + 1.05 * light.key[channel]! * light.keyStrength * facing) +
          light.rim[channel]! * rim * (0.45 + 0.55 * value);
        rgba[at + channel] = 255 * mix(lit, light.haze[channel]!, haze) + 0.5;
      }
    }
  }
}
