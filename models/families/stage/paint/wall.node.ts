/** The back wall of a room: paper, wainscot, a window with its view, curtains, a shelf or a board. */
import { css, fromHex, mixRgb, scaleRgb, type Rgb } from '../colour.ts';
import { lightOf, litLand, type Light } from '../light.ts';
import { randomFrom } from '../random.ts';
import { emptyLayer, type Easel, type Layer } from './layer.node.ts';
import type { Surface } from '../surface.node.ts';

/** A back wall. */
export interface Wall {
  readonly z: number;
  readonly paper: readonly [Rgb, Rgb];
  readonly pattern: 'stripes' | 'tiles' | 'rock' | 'curtain';
  readonly wainscot: Rgb | null;
  readonly window: boolean;
  readonly board: boolean;
  readonly shelf: boolean;
  readonly seed: number;
}

const wallHeight = 3.6;

/** Paints a wall as high as the frame sees. */
export function paintWall(easel: Easel, light: Light, wall: Wall): Layer {
  const layer = emptyLayer(easel, wall.z, wallHeight);
  const box: Box = {
    surface: layer.surface,
    unit: layer.perUnit,
    middle: -layer.left * layer.perUnit,
    foot: wallHeight * layer.perUnit,
  };
  const lit = (colour: Rgb, facing: number): string => css(litLand(light, colour, facing, 0));
  if (wall.pattern === 'rock') paintRock(box, light, wall);
  else if (wall.pattern === 'curtain') paintCurtain(box, light, wall);
  else paintPaper(box, lit, wall);
  shadeCorners(box);
  if (wall.wainscot) paintWainscot(box, lit, wall.wainscot);
  if (wall.window) paintWindow(box, lit);
  if (wall.board) paintBoard(box, lit);
  if (wall.shelf) paintShelf(box, lit, wall.seed);
  return layer;
}

interface Box {
  readonly surface: Surface;
  /** Pixels to one unit. */
  readonly unit: number;
  /** Column of world x 0, and row of the floor. */
  readonly middle: number;
  readonly foot: number;
}

type Lit = (colour: Rgb, facing: number) => string;

function paintPaper({ surface, unit }: Box, lit: Lit, { paper, pattern }: Wall): void {
  const { context, height, width } = surface;
  context.fillStyle = lit(paper[0], 0.5);
  context.fillRect(0, 0, width, height);
  const step = pattern === 'tiles' ? 0.3 * unit : 0.26 * unit;
  context.fillStyle = lit(paper[1], 0.52);
  for (let x = 0; x < width; x += step) {
    if (pattern === 'stripes') context.fillRect(x, 0, step / 2, height);
    else
      for (let y = 0; y < height; y += step)
        context.fillRect(x + step * 0.04, y + step * 0.04, step * 0.92, step * 0.92);
  }
}

function paintRock({ surface, unit }: Box, light: Light, { paper, seed }: Wall): void {
  const { context, height, width } = surface;
  context.fillStyle = css(litLand(light, paper[0], 0.2, 0));
  context.fillRect(0, 0, width, height);
  const random = randomFrom(seed + 3);
  for (let stone = 0; stone < 700; stone++) {
    const x = random() * width;
    const y = random() * height;
    const size = (0.08 + 0.2 * random()) * unit;
    const facing = 0.15 + 0.55 * random() * (1 - Math.abs(x / width - 0.5));
    context.fillStyle = css(litLand(light, mixRgb(paper[0], paper[1], random()), facing, 0), 0.85);
    context.beginPath();
    for (let corner = 0; corner < 6; corner++) {
      const around = (corner / 6) * 2 * Math.PI;
      const reach = size * (0.7 + 0.5 * random());
      context.lineTo(x + Math.cos(around) * reach, y + Math.sin(around) * reach * 0.7);
    }
    context.fill();
  }
}

function paintCurtain({ surface, unit }: Box, light: Light, { paper }: Wall): void {
  const { context, height, width } = surface;
  const fold = 0.32 * unit;
  for (let x = -fold; x < width; x += fold) {
    const shade = context.createLinearGradient(x, 0, x + fold, 0);
    shade.addColorStop(0, css(litLand(light, paper[0], 0.15, 0)));
    shade.addColorStop(0.45, css(litLand(light, paper[1], 0.75, 0)));
    shade.addColorStop(1, css(litLand(light, paper[0], 0.15, 0)));
    context.fillStyle = shade;
    context.fillRect(x, 0, fold + 1, height);
  }
}

function shadeCorners({ surface }: Box): void {
  const { context, height, width } = surface;
  const shade = context.createLinearGradient(0, 0, 0, height);
  shade.addColorStop(0, 'rgba(30,16,40,0.34)');
  shade.addColorStop(0.5, 'rgba(30,16,40,0.04)');
  shade.addColorStop(1, 'rgba(30,16,40,0.16)');
  context.fillStyle = shade;
  context.fillRect(0, 0, width, height);
}

function paintWainscot({ foot, surface, unit }: Box, lit: Lit, colour: Rgb): void {
  const { context, width } = surface;
  const top = foot - 0.75 * unit;
  context.fillStyle = lit(colour, 0.45);
  context.fillRect(0, top, width, foot - top + 0.2 * unit);
  for (let x = 0; x < width; x += 0.42 * unit) {
    context.fillStyle = lit(scaleRgb(colour, 0.9), 0.35);
    context.fillRect(x, top, 0.02 * unit, foot - top);
  }
  context.fillStyle = lit(colour, 0.75);
  context.fillRect(0, top - 0.05 * unit, width, 0.08 * unit);
  context.fillStyle = lit(scaleRgb(colour, 0.85), 0.5);
  context.fillRect(0, foot - 0.12 * unit, width, 0.34 * unit);
}

function paintWindow({ foot, middle, surface, unit }: Box, lit: Lit): void {
  const { context } = surface;
  const [left, top, width, height] = [middle - 0.35 * unit, foot - 2.35 * unit, 1.5 * unit, 1.35 * unit];
  const evening = lightOf('sunset');
  const view = context.createLinearGradient(0, top, 0, top + height);
  evening.sky.forEach((colour, index) => view.addColorStop(index / (evening.sky.length - 1), css(colour)));
  context.fillStyle = lit(fromHex('#F3E9D6'), 0.7);
  context.fillRect(left - 0.07 * unit, top - 0.07 * unit, width + 0.14 * unit, height + 0.14 * unit);
  context.fillStyle = view;
  context.fillRect(left, top, width, height);
  context.fillStyle = css(mixRgb(evening.shadow, evening.sky[2]!, 0.35));
  context.beginPath();
  context.moveTo(left, top + height);
  for (let step = 0; step <= 20; step++)
    context.lineTo(
      left + (width * step) / 20,
      top + height * (0.72 + 0.1 * Math.sin(step * 0.7) + 0.04 * Math.sin(step * 2.1)),
    );
  context.lineTo(left + width, top + height);
  context.fill();
  context.fillStyle = lit(fromHex('#F3E9D6'), 0.6);
  context.fillRect(left + width / 2 - 0.025 * unit, top, 0.05 * unit, height);
  context.fillRect(left, top + height / 2 - 0.025 * unit, width, 0.05 * unit);
  paintDrapes({ context, unit }, lit, left, top, width, height);
}

function paintDrapes(
  { context, unit }: { context: Surface['context']; unit: number },
  lit: Lit,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  for (const side of [0, 1]) {
    const from = side === 0 ? left - 0.36 * unit : left + width - 0.16 * unit;
    for (let fold = 0; fold < 6; fold++) {
      context.fillStyle = lit(mixRgb(fromHex('#A93F3C'), fromHex('#E8805C'), fold % 2 === 0 ? 0.2 : 0.65), 0.55);
      context.fillRect(from + fold * 0.087 * unit, top - 0.16 * unit, 0.09 * unit, height + 0.4 * unit);
    }
  }
  context.fillStyle = lit(fromHex('#8E5E3B'), 0.7);
  context.fillRect(left - 0.46 * unit, top - 0.22 * unit, width + 0.92 * unit, 0.07 * unit);
}

function paintBoard({ foot, middle, surface, unit }: Box, lit: Lit): void {
  const { context } = surface;
  const [left, top, width, height] = [middle - 1.6 * unit, foot - 2.4 * unit, 2.6 * unit, 1.25 * unit];
  context.fillStyle = lit(fromHex('#9A6B42'), 0.6);
  context.fillRect(left - 0.08 * unit, top - 0.08 * unit, width + 0.16 * unit, height + 0.16 * unit);
  context.fillStyle = lit(fromHex('#2F5A4A'), 0.5);
  context.fillRect(left, top, width, height);
  context.strokeStyle = 'rgba(240,244,236,0.75)';
  context.lineWidth = 0.018 * unit;
  context.lineCap = 'round';
  for (let line = 0; line < 3; line++) {
    context.beginPath();
    for (let step = 0; step < 40 - line * 9; step++)
      context.lineTo(
        left + (0.2 + step * 0.045) * unit,
        top + (0.3 + line * 0.3) * unit + Math.sin(step * 1.3 + line) * 0.05 * unit,
      );
    context.stroke();
  }
}

function paintShelf({ foot, middle, surface, unit }: Box, lit: Lit, seed: number): void {
  const { context } = surface;
  const random = randomFrom(seed + 11);
  const colours = ['#C95F50', '#4A7C92', '#E9B766', '#6FA096', '#8B5FBF', '#F3E6C8'].map(fromHex);
  for (const [x, y] of [
    [-2.7, 1.55],
    [-2.7, 2.15],
  ] as const) {
    const left = middle + x * unit;
    const top = foot - y * unit;
    for (let at = 0.05; at < 1.5;) {
      const wide = 0.05 + 0.06 * random();
      const tall = 0.24 + 0.16 * random();
      context.fillStyle = lit(colours[Math.floor(random() * colours.length)]!, 0.55);
      context.fillRect(left + at * unit, top - tall * unit, wide * unit, tall * unit);
      at += wide + (random() < 0.15 ? 0.22 : 0.008);
    }
    context.fillStyle = lit(fromHex('#8E5E3B'), 0.65);
    context.fillRect(left - 0.06 * unit, top, 1.65 * unit, 0.07 * unit);
  }
}
