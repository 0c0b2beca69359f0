/** What lies flat on the near ground: pebbles, shells, craters, cracks and a track of steps. Painted once, into it. */
import { alongStops, css, fromHex, mixRgb, scaleRgb, type Rgb } from '../colour.ts';
import { homeView, project } from '../camera.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { randomFrom, type Random } from '../random.ts';
import type { Surface } from '../surface.node.ts';
import type { Ground } from './ground.node.ts';

/** What lies on a ground, by how many; a track crosses the picture. */
export interface Litter {
  /** Albedo of pebbles and of the ground itself, dark to light. */
  readonly colours: readonly Rgb[];
  readonly pebbles?: number;
  readonly shells?: number;
  readonly craters?: number;
  readonly cracks?: number;
  readonly hasTrack?: boolean;
}

/** A place on the ground's surface in pixels, and the pixels to one unit there. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly haze: number;
}

/** Paints the litter over a painted ground. */
export function paintLitter(ground: Ground, light: Light, litter: Litter, seed: number): void {
  const random = randomFrom(seed * 53 + 11);
  const spotAt = (x: number, z: number): Spot => {
    const at = project(homeView, x, 0, z);
    return {
      x: ground.surface.width / 2 + at.x * ground.perUnit,
      y: (at.y - ground.top) * ground.perUnit,
      unit: at.scale * ground.perUnit,
      haze: hazeAt(light, z),
    };
  };
  const half = ground.surface.width / ground.perUnit / 2;
  const anywhere = (nearest: number, farthest: number): Spot => {
    const z = nearest + (farthest - nearest) * random() ** 1.5;
    return spotAt(((random() * 2 - 1) * half * z) / homeView.focal, z);
  };
  const many = (count = 0, nearest: number, farthest: number, draw: Draw): void => {
    const spots = Array.from({ length: count }, () => anywhere(nearest, farthest));
    for (const spot of spots.toSorted((a, b) => a.y - b.y)) draw(ground.surface, light, litter.colours, spot, random);
  };
  many(litter.craters, 2.9, 13, drawCrater);
  many(litter.cracks, 2.3, 8, drawCrack);
  many(litter.pebbles, 2.3, 10, drawPebble);
  many(litter.shells, 2.4, 6, drawShell);
  if (litter.hasTrack)
    for (let step = 0; step < 30; step++) {
      const along = step / 29;
      const z = 3.6 + 4.6 * along;
      drawStep(ground.surface, light, spotAt(-2.6 + 5 * along ** 1.3 + (step % 2) * 0.09, z + (step % 2) * 0.12));
    }
}

/** A puddle's lobes: their middle and half width, in half widths of the puddle. */
const lobes = [
  [-0.5, 0.7],
  [0.55, 0.6],
  [0, 1],
] as const;

/** Makes a ground wet: darker, with puddles that show the sky nearer than `farthest`. */
export function paintWet(ground: Ground, light: Light, seed: number, farthest: number): void {
  const { surface } = ground;
  const { context } = surface;
  context.globalCompositeOperation = 'source-atop';
  context.fillStyle = css(scaleRgb(light.shadow, 0.5), 0.26);
  context.fillRect(0, 0, surface.width, surface.height);
  const random = randomFrom(seed * 29 + 5);
  const sky = css(mixRgb(light.sky[1]!, light.haze, 0.4), 0.42);
  for (let puddle = 0; puddle < farthest * 1.5; puddle++) {
    const z = 2.5 + (farthest - 2.5) * random();
    const at = project(homeView, 0, 0, z);
    const unit = at.scale * ground.perUnit;
    const x = random() * surface.width;
    const y = (at.y - ground.top) * ground.perUnit;
    const wide = unit * (0.16 + 0.3 * random());
    context.fillStyle = sky;
    context.beginPath();
    for (const [dx, share] of lobes) {
      context.moveTo(x + (dx + share) * wide, y);
      context.ellipse(x + dx * wide, y, wide * share, wide * share * 0.13, 0, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.globalCompositeOperation = 'source-over';
}

type Draw = (surface: Surface, light: Light, colours: readonly Rgb[], spot: Spot, random: Random) => void;

const oval = ({ context }: Surface, x: number, y: number, wide: number, high: number, fill: string): void => {
  context.fillStyle = fill;
  context.beginPath();
  context.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI);
  context.fill();
};

const shade = (light: Light, opacity: number): string => css(scaleRgb(light.shadow, 0.5), opacity);

const drawPebble: Draw = (surface, light, colours, { haze, unit, x, y }, random) => {
  const size = unit * (0.012 + 0.05 * random() ** 3);
  const tone = 0.15 + 0.6 * random();
  const side = Math.sign(light.towards[0] || 1);
  const lit = (facing: number): string => css(litLand(light, alongStops(colours, tone), facing, haze));
  oval(surface, x - side * size * 0.35, y + size * 0.1, size * 1.35, size * 0.45, shade(light, 0.34));
  oval(surface, x, y - size * 0.2, size, size * 0.55, lit(0.22));
  oval(surface, x + side * size * 0.16, y - size * 0.32, size * 0.74, size * 0.36, lit(0.72));
};

const shellColours = ['#F7E3D0', '#F2B9A2', '#E9D3E6', '#FFF4E2'].map(fromHex);

const drawShell: Draw = (surface, light, _colours, { unit, x, y }, random) => {
  const { context } = surface;
  const size = unit * (0.035 + 0.03 * random());
  const colour = shellColours[Math.floor(random() * shellColours.length)]!;
  oval(surface, x - size * 0.2, y + size * 0.1, size * 1.2, size * 0.4, shade(light, 0.36));
  context.save();
  context.translate(x, y);
  context.rotate((random() - 0.5) * 1.2);
  for (let rib = -3; rib <= 3; rib++) {
    context.fillStyle = css(litLand(light, colour, rib % 2 === 0 ? 0.75 : 0.45, 0));
    context.beginPath();
    context.moveTo(0, size * 0.1);
    context.lineTo((rib - 0.55) * size * 0.28, -size * (0.78 - 0.05 * rib * rib));
    context.lineTo((rib + 0.55) * size * 0.28, -size * (0.78 - 0.05 * rib * rib));
    context.fill();
  }
  context.restore();
};

const drawCrater: Draw = (surface, light, colours, { haze, unit, x, y }, random) => {
  const wide = unit * (0.1 + 0.42 * random() ** 2.2);
  const high = wide * 0.24;
  const side = Math.sign(light.towards[0] || 1);
  const lit = (tone: number, facing: number): string => css(litLand(light, alongStops(colours, tone), facing, haze));
  oval(surface, x - side * wide * 0.05, y + high * 0.1, wide * 1.06, high * 1.08, lit(0.8, 0.6));
  oval(surface, x, y, wide, high, lit(0.25, 0.16));
  oval(surface, x - side * wide * 0.1, y + high * 0.14, wide * 0.87, high * 0.82, lit(0.42, 0.34));
  oval(surface, x - side * wide * 0.2, y + high * 0.26, wide * 0.68, high * 0.6, lit(0.55, 0.44));
};

const drawCrack: Draw = ({ context }, light, _colours, { unit, x, y }, random) => {
  context.strokeStyle = shade(light, 0.42);
  context.lineJoin = 'round';
  let at = [x, y];
  for (let piece = 0; piece < 6; piece++) {
    const to = [at[0]! + unit * (0.02 + 0.07 * random()), at[1]! + unit * (0.055 * random() - 0.02)];
    context.lineWidth = unit * 0.012 * (1 - piece / 7);
    context.beginPath();
    context.moveTo(at[0]!, at[1]!);
    context.lineTo(to[0]!, to[1]!);
    context.stroke();
    at = to;
  }
};

function drawStep(surface: Surface, light: Light, { unit, x, y }: Spot): void {
  oval(surface, x, y, unit * 0.07, unit * 0.019, shade(light, 0.34));
  oval(surface, x + unit * 0.008, y + unit * 0.011, unit * 0.066, unit * 0.011, 'rgba(255,255,255,0.3)');
}
