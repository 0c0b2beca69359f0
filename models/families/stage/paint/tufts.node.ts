/** Tufts of grass and flowers on the ground round the actors. */
import { css, fromHex, mixRgb } from '../colour.ts';
import { litLand, type Light } from '../light.ts';
import { randomFrom, type Random } from '../random.ts';
import { createSurface, type Surface } from '../surface.node.ts';
import { drawFootShade } from './footShade.node.ts';
import { pixelsPerUnit, type Easel, type Layer } from './layer.node.ts';

/** How many tufts of each kind. */
export interface Tufts {
  readonly grass: number;
  readonly flowers: number;
}

const petals = ['#F6F4EE', '#F5B14C', '#E9736B', '#B98AE0', '#F2D35C'].map(fromHex);
const blade = [fromHex('#2F7A34'), fromHex('#7CC24E')] as const;

/** Paints tufts between the actors' depth and `farthest`, sorted from far to near. */
export function paintTufts(easel: Easel, light: Light, tufts: Tufts, seed: number, farthest: number): Layer[] {
  const random = randomFrom(seed * 13 + 1);
  const layers: Layer[] = [];
  for (let tuft = 0; tuft < tufts.grass + tufts.flowers; tuft++) {
    const z = 2.75 + (farthest - 2.75) * random() ** 1.4;
    const half = ((easel.aspect / 2) * z) / 1.5 + easel.travel;
    layers.push(paintTuft(easel, light, tuft < tufts.flowers, z, (random() * 2 - 1) * half, random));
  }
  return layers.toSorted((a, b) => b.z - a.z);
}

function paintTuft(easel: Easel, light: Light, hasFlowers: boolean, z: number, x: number, random: Random): Layer {
  const perUnit = pixelsPerUnit(easel, z);
  const height = 0.16 + 0.14 * random();
  const width = 0.28 + 0.3 * random();
  const surface = createSurface((width + 0.2) * perUnit, (height + 0.1) * perUnit);
  const foot = surface.height - 0.02 * perUnit;
  const middle = surface.width / 2;
  drawFootShade(surface, light, middle, foot, (width / 2) * perUnit);
  for (let stem = 0; stem < 34; stem++)
    drawBlade(surface, light, random, middle + (random() - 0.5) * width * perUnit, foot, height * perUnit);
  if (hasFlowers)
    for (let flower = 0; flower < 7; flower++)
      drawFlower(
        surface,
        light,
        random,
        middle + (random() - 0.5) * width * perUnit,
        foot,
        height * perUnit,
        0.027 * perUnit,
      );
  return { surface, z, left: x - surface.width / 2 / perUnit, top: height + 0.08, perUnit, sway: 0.05 };
}

function drawBlade({ context }: Surface, light: Light, random: Random, x: number, foot: number, height: number): void {
  const tall = height * (0.45 + 0.5 * random());
  const lean = (random() - 0.5) * tall * 0.5;
  const wide = Math.max(0.8, height * 0.028);
  const lit = random();
  context.fillStyle = css(litLand(light, mixRgb(blade[0], blade[1], lit), 0.25 + 0.6 * lit, 0));
  context.beginPath();
  context.moveTo(x - wide, foot);
  context.quadraticCurveTo(x + lean * 0.2, foot - tall * 0.6, x + lean, foot - tall);
  context.quadraticCurveTo(x + lean * 0.3 + wide, foot - tall * 0.5, x + wide, foot);
  context.fill();
}

function drawFlower(
  { context }: Surface,
  light: Light,
  random: Random,
  x: number,
  foot: number,
  height: number,
  size: number,
): void {
  const y = foot - height * (0.55 + 0.45 * random());
  context.strokeStyle = css(litLand(light, blade[0], 0.6, 0));
  context.lineWidth = Math.max(1, size * 0.22);
  context.beginPath();
  context.moveTo(x, foot);
  context.quadraticCurveTo(x + size * 0.3, (foot + y) / 2, x, y);
  context.stroke();
  const colour = petals[Math.floor(random() * petals.length)]!;
  const turn = random();
  for (let petal = 0; petal < 6; petal++) {
    const around = ((petal + turn) / 6) * 2 * Math.PI;
    context.fillStyle = css(litLand(light, colour, petal % 2 === 0 ? 0.85 : 0.65, 0));
    context.beginPath();
    context.ellipse(
      x + Math.cos(around) * size * 0.6,
      y + Math.sin(around) * size * 0.6,
      size * 0.5,
      size * 0.36,
      around,
      0,
      2 * Math.PI,
    );
    context.fill();
  }
  context.fillStyle = css(litLand(light, fromHex('#F2C14A'), 0.9, 0));
  context.beginPath();
  context.arc(x, y, size * 0.36, 0, 2 * Math.PI);
  context.fill();
}
