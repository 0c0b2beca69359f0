/** Rocks that stand among the actors: faceted, in the place's own colours, lit from the light's side. */
import { alongStops, type Rgb } from '../colour.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { clamp, valueNoise } from '../noise.ts';
import { randomFrom, type Random } from '../random.ts';
import { createSurface, fillSmoothly, type Surface } from '../surface.node.ts';
import { drawFootShade } from './footShade.node.ts';
import { pixelsPerUnit, type Easel, type Layer } from './layer.node.ts';

/** A rock; lengths in people's heights. */
export interface Rock {
  readonly x: number;
  readonly z: number;
  readonly height: number;
}

/** Paints rocks of albedo dark to light, each as a layer of its own. `spread` narrows their places in tall frames. */
export function paintRocks(
  easel: Easel,
  light: Light,
  rocks: readonly Rock[],
  colours: readonly Rgb[],
  seed: number,
  spread: number,
): Layer[] {
  return rocks.map((rock, index) => {
    const perUnit = pixelsPerUnit(easel, rock.z);
    const width = rock.height * 2.6;
    const surface = createSurface(width * perUnit, (rock.height * 1.25 + 0.06) * perUnit);
    const foot = surface.height - rock.height * 0.12 * perUnit;
    const random = randomFrom(seed * 97 + index);
    const middle = surface.width / 2;
    drawFootShade(surface, light, middle, foot, rock.height * 0.95 * perUnit);
    const haze = hazeAt(light, rock.z);
    const lit = (facing: number): Rgb => litLand(light, alongStops(colours, facing), 0.1 + 0.8 * facing, haze);
    drawStone(surface, light, random, middle + 0.5 * rock.height * perUnit, foot, 0.42 * rock.height * perUnit, lit);
    drawStone(surface, light, random, middle - 0.1 * rock.height * perUnit, foot, rock.height * perUnit, lit);
    return {
      surface,
      z: rock.z,
      left: rock.x * spread - middle / perUnit,
      top: foot / perUnit,
      perUnit,
      sway: 0,
    };
  });
}

interface Facet {
  readonly x: number;
  readonly y: number;
  readonly facing: number;
}

/** One stone: a rough outline filled with planes, each turned to the light by its place on a dome. */
function drawStone(
  surface: Surface,
  light: Light,
  random: Random,
  x: number,
  foot: number,
  height: number,
  lit: (facing: number) => Rgb,
): void {
  const { context } = surface;
  const corners = 15;
  context.save();
  context.beginPath();
  for (let corner = 0; corner < corners; corner++) {
    const around = Math.PI * (-0.06 + (1.12 * corner) / (corners - 1));
    const reach = 0.86 + 0.2 * random();
    const up = Math.sin(around);
    context.lineTo(x - Math.cos(around) * height * 0.8 * reach, foot - Math.max(-0.1, up) * height * 0.92 * reach);
  }
  context.clip();
  const facets = facetsOf(light, random);
  const salt = Math.floor(random() * 1000);
  fillSmoothly(surface, 1, (px, py) => {
    const u = (px - x) / height;
    const v = (foot - py) / height;
    if (Math.abs(u) > 1.1 || v > 1.1 || v < -0.2) return null;
    const grain = valueNoise(u * 16, v * 22, salt) - 0.5;
    const coarse = valueNoise(u * 5, v * 5, salt + 1) - 0.5;
    const facing = facingAt(facets, u + 0.07 * coarse, v + 0.05 * grain);
    return lit(clamp(facing + 0.14 * grain + 0.12 * coarse - 0.2 * clamp(0.25 - v) * 4));
  });
  context.restore();
}

function facetsOf(light: Light, random: Random): Facet[] {
  const [lx, ly, lz] = light.towards;
  return Array.from({ length: 16 }, () => {
    const x = (random() * 2 - 1) * 0.85;
    const y = random() * 0.95;
    const front = Math.sqrt(Math.max(0.1, 1.1 - x * x - (y - 0.2) ** 2));
    const turned = x * lx + (y - 0.15) * 1.2 * ly + front * Math.max(0.15, lz) * 0.5;
    return { x, y, facing: clamp(0.18 + 0.56 * turned + 0.24 * random()) };
  });
}

function facingAt(facets: readonly Facet[], x: number, y: number): number {
  let nearest = Infinity;
  let facing = 0;
  for (const facet of facets) {
    const away = (x - facet.x) ** 2 + (y - facet.y) ** 2;
    if (away >= nearest) continue;
    nearest = away;
    ({ facing } = facet);
  }
  return facing;
}
