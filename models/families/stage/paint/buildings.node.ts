/** Streets of houses and skylines of towers, with windows that light up at dusk. */
import { css, fromHex, mixRgb, scaleRgb, type Rgb } from '../colour.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { randomFrom, type Random } from '../random.ts';
import { emptyLayer, type Easel, type Layer } from './layer.node.ts';
import type { Surface } from '../surface.node.ts';

/** A row of buildings at one depth. */
export interface Buildings {
  readonly z: number;
  readonly heights: readonly [number, number];
  readonly widths: readonly [number, number];
  readonly walls: readonly Rgb[];
  readonly roofs: 'gabled' | 'flat';
  readonly seed: number;
}

const glow = [fromHex('#F0A24E'), fromHex('#FFC768'), fromHex('#FFD98E')] as const;
const glass = fromHex('#7FA6C4');
const roofColours = ['#8C4A3C', '#6B4A5A', '#54606E', '#9A5B3A'].map(fromHex);

/** Paints the row. Windows glow where the light has stars, or little key light. */
export function paintBuildings(easel: Easel, light: Light, row: Buildings): Layer {
  const layer = emptyLayer(easel, row.z, row.heights[1] * 1.35);
  const random = randomFrom(row.seed * 51 + 7);
  const haze = hazeAt(light, row.z);
  const isDark = light.stars > 0 || light.figureExposure > 1.3;
  let x = -0.5;
  while (x < -2 * layer.left + 1) {
    const width = row.widths[0] + (row.widths[1] - row.widths[0]) * random();
    const height = row.heights[0] + (row.heights[1] - row.heights[0]) * random();
    const wall = row.walls[Math.floor(random() * row.walls.length)]!;
    const place = {
      x: x * layer.perUnit,
      foot: layer.top * layer.perUnit,
      width: width * layer.perUnit,
      height: height * layer.perUnit,
    };
    drawBuilding(layer.surface, light, row, haze, isDark, wall, place, random);
    x += width + (row.roofs === 'flat' ? 0.02 : 0);
  }
  return layer;
}

interface Place {
  readonly x: number;
  readonly foot: number;
  readonly width: number;
  readonly height: number;
}

function drawBuilding(
  surface: Surface,
  light: Light,
  row: Buildings,
  haze: number,
  isDark: boolean,
  wall: Rgb,
  place: Place,
  random: Random,
): void {
  const { context } = surface;
  const { foot, height, width, x } = place;
  const side = Math.sign(light.towards[0] || 1);
  const shade = context.createLinearGradient(x, 0, x + width, 0);
  shade.addColorStop(side > 0 ? 0 : 1, css(litLand(light, scaleRgb(wall, 0.82), 0.25, haze)));
  shade.addColorStop(side > 0 ? 1 : 0, css(litLand(light, wall, 0.6, haze)));
  context.fillStyle = shade;
  context.fillRect(x, foot - height, width + 0.6, height);
  const roof = roofColours[Math.floor(random() * roofColours.length)]!;
  if (row.roofs === 'gabled')
    drawGable(
      context,
      place,
      css(litLand(light, roof, 0.5, haze)),
      css(litLand(light, scaleRgb(roof, 0.75), 0.3, haze)),
    );
  else {
    context.fillStyle = css(litLand(light, scaleRgb(wall, 0.7), 0.3, haze));
    context.fillRect(x, foot - height, width, height * 0.015);
  }
  drawWindows(context, light, row, haze, isDark, place, random);
}

function drawGable(context: Surface['context'], { foot, height, width, x }: Place, face: string, edge: string): void {
  const eaves = foot - height;
  const rise = Math.min(width * 0.55, height * 0.3);
  context.fillStyle = face;
  context.beginPath();
  context.moveTo(x - width * 0.05, eaves + 1);
  context.lineTo(x + width * 0.18, eaves - rise);
  context.lineTo(x + width * 0.82, eaves - rise);
  context.lineTo(x + width * 1.05, eaves + 1);
  context.fill();
  context.fillStyle = edge;
  context.fillRect(x - width * 0.05, eaves - rise * 0.05, width * 1.1, rise * 0.1);
  context.fillRect(x + width * 0.66, eaves - rise * 1.35, width * 0.1, rise * 0.75);
}

function drawWindows(
  context: Surface['context'],
  light: Light,
  row: Buildings,
  haze: number,
  isDark: boolean,
  place: Place,
  random: Random,
): void {
  const { foot, height, width, x } = place;
  const isTower = row.roofs === 'flat';
  const columns = isTower ? 4 : Math.max(2, Math.round(width / (height * 0.26)));
  const rows = isTower ? Math.max(4, Math.round(height / (width * 0.42))) : 3;
  const cellWidth = width / (columns + 0.4);
  const cellHeight = (height * 0.9) / rows;
  for (let line = 0; line < rows; line++)
    for (let column = 0; column < columns; column++) {
      const left = x + cellWidth * (column + 0.42);
      const top = foot - height * 0.96 + cellHeight * (line + 0.18);
      const size = { width: cellWidth * 0.56, height: cellHeight * (isTower ? 0.5 : 0.56) };
      const isDoor = !isTower && line === rows - 1 && column === Math.floor(columns / 2);
      const isLit = isDark && random() < (isTower ? 0.4 : 0.6);
      if (!isTower) {
        context.fillStyle = css(litLand(light, [0.93, 0.9, 0.84], 0.6, haze));
        context.fillRect(
          left - size.width * 0.1,
          top - size.height * 0.1,
          size.width * 1.2,
          isDoor ? foot - top + size.height * 0.1 : size.height * 1.2,
        );
      }
      const warm = glow[Math.floor(random() * glow.length)]!;
      context.fillStyle = isDoor
        ? css(litLand(light, [0.42, 0.26, 0.2], 0.5, haze))
        : isLit
          ? css(mixRgb(warm, light.haze, haze * 0.6))
          : css(litLand(light, glass, 0.55, haze));
      context.fillRect(left, top, size.width, isDoor ? foot - top : size.height);
      if (isTower || isDoor) continue;
      context.fillStyle = css(litLand(light, [0.93, 0.9, 0.84], 0.5, haze));
      context.fillRect(left + size.width * 0.46, top, size.width * 0.08, size.height);
      context.fillRect(left, top + size.height * 0.46, size.width, size.height * 0.08);
    }
}
