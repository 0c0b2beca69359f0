/** Trees as drawings of paths: leaf trees of lit clumps, firs of scalloped tiers, palms, bushes. */
import { css, fromHex, mixRgb, type Rgb } from '../colour.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { clamp } from '../noise.ts';
import { randomFrom, type Random } from '../random.ts';
import type { Surface } from '../surface.node.ts';
import { drawFootShade } from './footShade.node.ts';
import { emptyLayer, type Easel, type Layer } from './layer.node.ts';

/** Kinds of trees. */
export type TreeKind = 'leaf' | 'fir' | 'bush' | 'palm';

/** A row of trees at one depth. */
export interface TreeRow {
  readonly z: number;
  readonly kind: TreeKind;
  readonly count: number;
  /** Lowest and greatest height, in people's heights. */
  readonly heights: readonly [number, number];
  readonly seed: number;
  /** Dark, middle and light albedo of leaves or needles. */
  readonly colours: readonly [Rgb, Rgb, Rgb];
  /** Snow on the tiers of firs, 0 to 1. */
  readonly snow?: number;
  /** A gap round world x: its middle and half width. */
  readonly gap?: readonly [number, number];
  /** Height of the ground they stand on. */
  readonly floor?: number;
}

/** Paints a row of trees, the farther ones first. */
export function paintTrees(easel: Easel, light: Light, row: TreeRow): Layer {
  const { count, floor = 0, gap, heights, z } = row;
  const layer = emptyLayer(easel, z, floor + heights[1] * 1.12);
  const random = randomFrom(row.seed * 77 + 3);
  const trees = Array.from({ length: count }, (_, index) => ({
    x: layer.left + ((index + 0.15 + 0.7 * random()) / count) * -2 * layer.left,
    height: heights[0] + (heights[1] - heights[0]) * random(),
    seed: row.seed * 1000 + index,
    up: nearestFoot + farthestFoot * random(),
  }))
    .filter(({ x }) => !gap || Math.abs(x - gap[0]) >= gap[1])
    .toSorted((a, b) => b.up - a.up);
  for (const tree of trees) {
    const spot = {
      x: (tree.x - layer.left) * layer.perUnit,
      foot: (layer.top - floor - tree.up) * layer.perUnit,
      height: tree.height * layer.perUnit,
      random: randomFrom(tree.seed),
    };
    drawFootShade(layer.surface, light, spot.x, spot.foot, spot.height * footReach[row.kind], 1 - hazeAt(light, z));
    drawTree(layer.surface, light, row, hazeAt(light, z), spot);
  }
  return layer;
}

/** Trees of a row stand up to an eighth farther than its depth: their feet lie that much higher. */
const nearestFoot = 0.03;
const farthestFoot = 0.12;
/** Half the width of the shade at a foot, in heights of the tree. */
const footReach: Readonly<Record<TreeKind, number>> = { leaf: 0.2, fir: 0.24, bush: 0.9, palm: 0.12 };

interface Spot {
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  readonly random: Random;
}

type TreeColours = Pick<TreeRow, 'kind' | 'colours' | 'snow'>;

function drawTree(surface: Surface, light: Light, tree: TreeColours, haze: number, spot: Spot): void {
  const draw = { leaf: drawLeafTree, fir: drawFir, bush: drawBush, palm: drawPalm }[tree.kind];
  draw(surface, (albedo, facing) => litLand(light, albedo, facing, haze), light, tree, spot);
}

type Lit = (albedo: Rgb, facing: number) => Rgb;

const bark = fromHex('#7A5238');
const darkBark = fromHex('#4A3038');

function drawTrunk({ context }: Surface, lit: Lit, light: Light, spot: Spot, width: number, top: number): void {
  const { foot, height, x } = spot;
  const side = Math.sign(light.towards[0] || 1);
  const shade = context.createLinearGradient(x - side * width, 0, x + side * width, 0);
  shade.addColorStop(0, css(lit(darkBark, 0.15)));
  shade.addColorStop(1, css(lit(bark, 0.7)));
  context.fillStyle = shade;
  context.beginPath();
  context.moveTo(x - width * 1.25, foot);
  context.quadraticCurveTo(x - width * 0.7, foot - height * top * 0.4, x - width * 0.5, foot - height * top);
  context.lineTo(x + width * 0.5, foot - height * top);
  context.quadraticCurveTo(x + width * 0.7, foot - height * top * 0.4, x + width * 1.25, foot);
  context.fill();
}

interface Clump {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly chance: number;
}

/** Clumps of leaves in an ellipse, the low ones behind, each brighter towards the light. */
function drawClumps(
  surface: Surface,
  lit: Lit,
  light: Light,
  colours: TreeRow['colours'],
  clumps: Clump[],
  span: readonly [number, number],
): void {
  const { context } = surface;
  for (const { x, y, radius, chance } of clumps
    .toSorted((a, b) => a.y + a.chance * a.radius * 2 - b.y - b.chance * b.radius * 2)
    .toReversed()) {
    const depth = clamp((y - span[0]) / (span[1] - span[0]));
    const base = mixRgb(colours[1], colours[0], clamp(depth * 1.05 + (chance - 0.5) * 0.4));
    drawLeaves(context, x, y, radius, css(lit(base, 0.5 - 0.32 * depth)), chance);
    const dx = light.towards[0] * radius * 0.3;
    const dy = -Math.max(0.3, light.towards[1]) * radius * 0.32;
    drawLeaves(
      context,
      x + dx,
      y + dy,
      radius * (0.55 + 0.2 * chance),
      css(lit(mixRgb(base, colours[2], 0.38), 0.66 - 0.3 * depth)),
      chance + 0.3,
    );
    if (chance > 0.35)
      drawLeaves(
        context,
        x + dx * 1.9,
        y + dy * 1.5,
        radius * (0.2 + 0.18 * chance),
        css(lit(mixRgb(base, colours[2], 0.8), 0.82 - 0.34 * depth)),
        chance + 0.6,
      );
  }
}

/** A blob with a leafy edge. */
function drawLeaves(
  context: Surface['context'],
  x: number,
  y: number,
  radius: number,
  fill: string,
  chance: number,
): void {
  const lobes = 9;
  context.fillStyle = fill;
  context.beginPath();
  for (let lobe = 0; lobe < lobes; lobe++) {
    const from = ((lobe + chance) / lobes) * 2 * Math.PI;
    const middle = from + Math.PI / lobes;
    const to = from + (2 * Math.PI) / lobes;
    const reach = radius * (1.12 + 0.1 * Math.sin(lobe * 5.1 + chance * 40));
    if (lobe === 0) context.moveTo(x + Math.cos(from) * radius * 0.9, y + Math.sin(from) * radius * 0.9);
    context.quadraticCurveTo(
      x + Math.cos(middle) * reach * 1.12,
      y + Math.sin(middle) * reach * 1.12,
      x + Math.cos(to) * radius * 0.9,
      y + Math.sin(to) * radius * 0.9,
    );
  }
  context.fill();
}

function drawLeafTree(surface: Surface, lit: Lit, light: Light, { colours }: TreeColours, spot: Spot): void {
  const { foot, height, random, x } = spot;
  drawTrunk(surface, lit, light, spot, height * 0.035, 0.55);
  const middle = foot - height * 0.64;
  const clumps = Array.from({ length: 46 }, () => {
    const around = random() * 2 * Math.PI;
    const out = Math.sqrt(random());
    return {
      x: x + Math.cos(around) * out * height * 0.33,
      y: middle + Math.sin(around) * out * height * 0.27,
      radius: height * 0.085 * (0.75 + random() * 0.6),
      chance: random(),
    };
  });
  drawClumps(surface, lit, light, colours, clumps, [middle - height * 0.33, middle + height * 0.3]);
}

function drawBush(surface: Surface, lit: Lit, light: Light, { colours }: TreeColours, spot: Spot): void {
  const { foot, height, random, x } = spot;
  const clumps = Array.from({ length: 22 }, () => {
    const across = random() * 2 - 1;
    return {
      x: x + across * height * 0.75,
      y: foot - height * (0.12 + 0.62 * random() * (1 - across * across)),
      radius: height * 0.2 * (0.75 + random() * 0.6),
      chance: random(),
    };
  });
  drawClumps(surface, lit, light, colours, clumps, [foot - height, foot]);
}

const snowLight: Rgb = [0.95, 0.97, 1];
const snowDark: Rgb = [0.66, 0.75, 0.9];
const tiers = 7;

function drawFir(surface: Surface, lit: Lit, light: Light, { colours, snow = 0 }: TreeColours, spot: Spot): void {
  const { context } = surface;
  const { foot, height, random, x } = spot;
  drawTrunk(surface, lit, light, spot, height * 0.026, 0.3);
  const slim = 0.9 + 0.2 * random();
  for (let tier = 0; tier < tiers; tier++) {
    const up = tier / (tiers - 1);
    const base = foot - height * (0.1 + 0.74 * up);
    const top = base - height * (0.26 - 0.07 * up);
    const half = height * 0.6 * (0.47 - 0.36 * up) * slim;
    const chance = random();
    const outline = firTier(x, base, top, half, chance);
    const side = Math.sign(light.towards[0] || 1);
    const shade = context.createLinearGradient(x - side * half, base, x + side * half * 0.8, top);
    shade.addColorStop(0, css(lit(colours[0], 0.12)));
    shade.addColorStop(0.55, css(lit(colours[1], 0.45)));
    shade.addColorStop(1, css(lit(colours[2], 0.85)));
    context.fillStyle = shade;
    trace(context, outline);
    context.fill();
    drawNeedles(context, x, base, top, half, random, (facing) =>
      css(lit(mixRgb(colours[1], colours[2], facing), facing), 0.55),
    );
    if (snow > 0) drawSnow(context, lit, x, base, top, half, outline, snow, chance, side);
  }
}

type Outline = readonly (readonly [number, number])[];

/** A tier's outline: up one side, down the other, and a scalloped hem. */
function firTier(x: number, base: number, top: number, half: number, chance: number): Outline {
  const outline: [number, number][] = [[x, top]];
  const hems = 7;
  for (let hem = 0; hem <= hems * 2; hem++) {
    const across = 1 - hem / hems;
    const droop = (1 - across * across) * half * 0.2;
    const tip = hem % 2 === 0 ? 0.06 : 0.2 + 0.06 * Math.sin(hem * 3 + chance * 20);
    outline.push([x + across * half, base + droop * 0.6 - (hem % 2 === 0 ? 0 : half * tip)]);
  }
  return outline;
}

function trace(context: Surface['context'], outline: Outline): void {
  context.beginPath();
  for (const [x, y] of outline) context.lineTo(x, y);
  context.closePath();
}

function drawNeedles(
  context: Surface['context'],
  x: number,
  base: number,
  top: number,
  half: number,
  random: Random,
  colour: (facing: number) => string,
): void {
  context.lineWidth = Math.max(0.6, half * 0.035);
  context.lineCap = 'round';
  for (let needle = 0; needle < 26; needle++) {
    const down = random() ** 0.6;
    const across = (random() * 2 - 1) * down * 0.85;
    const nx = x + across * half;
    const ny = top + (base - top) * down;
    const length = half * 0.16;
    context.strokeStyle = colour(clamp(0.35 + 0.4 * (1 - down) + 0.25 * random()));
    context.beginPath();
    context.moveTo(nx, ny);
    context.lineTo(nx + across * length, ny + length);
    context.stroke();
  }
}

function drawSnow(
  context: Surface['context'],
  lit: Lit,
  x: number,
  base: number,
  top: number,
  half: number,
  outline: Outline,
  snow: number,
  chance: number,
  side: number,
): void {
  context.save();
  trace(context, outline);
  context.clip();
  const shade = context.createLinearGradient(x - side * half, 0, x + side * half, 0);
  shade.addColorStop(0, css(lit(snowDark, 0.25)));
  shade.addColorStop(1, css(lit(snowLight, 0.75)));
  context.fillStyle = shade;
  context.beginPath();
  context.moveTo(x - half * 1.2, top - 2);
  context.lineTo(x + half * 1.2, top - 2);
  const line = top + (base - top) * (0.42 + 0.28 * snow);
  const drips = 9;
  for (let drip = 0; drip <= drips; drip++) {
    const across = 1.2 - (2.4 * drip) / drips;
    const low =
      line +
      (base - top) *
        (0.2 * Math.abs(across) + (drip % 2 === 0 ? 0.14 : -0.05) * (0.7 + 0.6 * Math.sin(drip * 4 + chance * 30)));
    context.quadraticCurveTo(x + (across + 0.13) * half, low + half * 0.1, x + across * half, low);
  }
  context.closePath();
  context.fill();
  context.restore();
}

const palmBark = [fromHex('#A9794E'), fromHex('#6B4630')] as const;

function drawPalm(surface: Surface, lit: Lit, light: Light, { colours }: TreeColours, spot: Spot): void {
  const { context } = surface;
  const { foot, height, random, x } = spot;
  const lean = (random() - 0.5) * height * 0.35;
  const crown = { x: x + lean, y: foot - height * 0.68 };
  const rings = 14;
  for (let ring = 0; ring < rings; ring++) {
    const from = ring / rings;
    const to = (ring + 1.25) / rings;
    context.strokeStyle = css(lit(ring % 2 === 0 ? palmBark[0] : mixRgb(palmBark[0], palmBark[1], 0.5), 0.5));
    context.lineWidth = height * (0.045 - 0.02 * from);
    context.lineCap = 'butt';
    context.beginPath();
    context.moveTo(x + lean * from * from, foot - height * 0.68 * from);
    context.lineTo(x + lean * to * to, foot - height * 0.68 * to);
    context.stroke();
  }
  const fronds = Array.from({ length: 11 }, (_, index) => ({
    turn: -2.95 + index * 0.54 + (random() - 0.5) * 0.2,
    chance: random(),
  }));
  for (const { chance, turn } of fronds.toSorted(
    (a, b) => Math.abs(b.turn + Math.PI / 2) - Math.abs(a.turn + Math.PI / 2),
  )) {
    const length = height * (0.36 + 0.08 * chance);
    const facing = clamp(0.45 - 0.4 * Math.sin(turn) + 0.2 * (chance - 0.5) + 0.15 * light.towards[0] * Math.cos(turn));
    context.fillStyle = css(
      lit(mixRgb(mixRgb(colours[0], colours[1], facing), colours[2], clamp(facing - 0.55)), facing),
    );
    drawFrond(context, crown.x, crown.y, turn, length);
  }
}

function drawFrond(context: Surface['context'], x: number, y: number, turn: number, length: number): void {
  const point = (t: number): [number, number] => [
    x + Math.cos(turn) * length * t,
    y + Math.sin(turn) * length * t * 0.72 + t * t * length * 0.55,
  ];
  const steps = 12;
  context.beginPath();
  context.moveTo(x, y);
  for (let step = 1; step <= steps; step++) {
    const [px, py] = point(step / steps);
    const [qx, qy] = point((step - 0.5) / steps);
    context.lineTo(qx, qy - length * 0.03);
    context.lineTo(px, py - length * 0.012);
  }
  for (let step = steps; step > 0; step--) {
    const wide = length * 0.13 * Math.sin(Math.PI * (step / steps) ** 0.7 * 0.96) + length * 0.01;
    const [px, py] = point(step / steps);
    const [qx, qy] = point((step - 0.6) / steps);
    context.lineTo(px, py + wide);
    context.lineTo(qx, qy + wide * 0.35);
  }
  context.fill();
}
