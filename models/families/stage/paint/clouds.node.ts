/** One cloud: puffs lit by their own roundness, then painted over with strokes that leave a soft edge. */
import { mixRgb, type Rgb } from '../colour.ts';
import type { Light } from '../light.ts';
import { clamp, mix, smoothStep, valueNoise } from '../noise.ts';
import type { Random } from '../random.ts';
import { createSurface, type Surface } from '../surface.node.ts';
import { paintStrokes } from './strokes.node.ts';

/** Rows of the small picture that a cloud is modelled on. */
const rows = 96;

interface Puff {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly chance: number;
}

/** Paints a cloud; `far`, 0 to 1, makes it small and hazy. `unit` is the frame's height in pixels. */
export function paintCloud(light: Light, far: number, random: Random, unit: number): Surface {
  const size = mix(0.4, 0.56, random()) * mix(1.15, 0.4, far) * unit;
  const cloud = createSurface(size * 1.7, size * 0.75);
  const scale = rows / cloud.height;
  const columns = Math.ceil(cloud.width * scale);
  const floor = rows * 0.93;
  const model = { colour: new Float32Array(3 * columns * rows), cover: new Float32Array(columns * rows) };
  const shades = shadesOf(light, far);
  for (const puff of puffsOf(columns, floor, size * scale, random)) addPuff(model, columns, floor, puff, light, shades);
  const at = (x: number, y: number): number =>
    Math.min(rows - 1, Math.max(0, Math.floor(y * scale))) * columns +
    Math.min(columns - 1, Math.max(0, Math.floor(x * scale)));
  const colourAt = (x: number, y: number): Rgb | null => {
    const index = at(x, y);
    if (model.cover[index]! < 0.45) return null;
    return [model.colour[index * 3]!, model.colour[index * 3 + 1]!, model.colour[index * 3 + 2]!];
  };
  drawModel(cloud, model, columns);
  const brush = { aspect: 1.7, angle: -0.15, spread: 0.9, jitter: 0.02, seed: Math.floor(random() * 1e6), passes: 2 };
  paintStrokes(cloud, { ...brush, size: 0.03 * size + 0.008 * unit }, colourAt);
  fadeFoot(cloud, size * 0.05);
  return cloud;
}

interface Shades {
  readonly top: Rgb;
  readonly middle: Rgb;
  readonly bottom: Rgb;
  readonly haze: Rgb;
  readonly hazy: number;
}

function shadesOf(light: Light, far: number): Shades {
  const bright = mixRgb(mixRgb(light.sky.at(-1)!, [1, 1, 1], light.isMoon ? 0.12 : 0.7), light.key, 0.25);
  const top: Rgb = light.isMoon ? mixRgb(bright, light.sky[1]!, 0.55) : bright;
  // by day the underside takes the light of the ground; dusk and night keep their own colours
  const isDay = light.stars === 0 && light.sky[0]![2] > light.sky[0]![0] * 1.8 && light.sky[0]![2] > 0.7;
  const under = mixRgb(light.sky[1]!, light.shadow, 0.3);
  const bottom = isDay ? mixRgb(under, [0.93, 0.95, 1], 0.62) : under;
  return { top, middle: mixRgb(top, bottom, 0.45), bottom, haze: light.sky[2] ?? light.sky[0]!, hazy: far * 0.3 };
}

function puffsOf(columns: number, floor: number, size: number, random: Random): Puff[] {
  return Array.from({ length: 26 + Math.round(random() * 10) }, () => {
    const across = random() * 2 - 1;
    const arch = (1 - across * across) ** 0.8;
    return {
      x: columns / 2 + across * size * 0.62,
      y: floor - random() * arch * size * 0.42,
      radius: (0.11 + 0.14 * arch * (0.5 + random() * 0.5)) * size,
      chance: random(),
    };
  }).toSorted((a, b) => a.y + a.chance * size * 0.16 - b.y - b.chance * size * 0.16);
}

interface Model {
  readonly colour: Float32Array;
  readonly cover: Float32Array;
}

function addPuff(model: Model, columns: number, floor: number, puff: Puff, light: Light, shades: Shades): void {
  const { chance, radius } = puff;
  for (let y = Math.max(0, Math.floor(puff.y - radius)); y < Math.min(rows, puff.y + radius); y++)
    for (let x = Math.max(0, Math.floor(puff.x - radius)); x < Math.min(columns, puff.x + radius); x++) {
      const dx = (x - puff.x) / radius;
      const dy = (y - puff.y) / radius;
      const reach = 1 + 0.32 * (valueNoise(dx * 3 + chance * 50, dy * 3, 7) - 0.5);
      const cover =
        smoothStep(reach, reach * 0.72, Math.hypot(dx, dy)) *
        0.96 *
        smoothStep(floor + radius * 0.1, floor - radius * 0.2, y);
      if (cover <= 0) continue;
      const facing = 0.42 + 0.5 * (dx * light.towards[0] - dy * Math.max(0.35, light.towards[1]));
      const lit = clamp(0.65 * clamp(facing) + 0.42 * clamp((floor - y) / (rows * 0.62)));
      const shade =
        lit > 0.5 ? mixRgb(shades.middle, shades.top, (lit - 0.5) * 2) : mixRgb(shades.bottom, shades.middle, lit * 2);
      const colour = mixRgb(shade, shades.haze, shades.hazy);
      const index = y * columns + x;
      for (let channel = 0; channel < 3; channel++)
        model.colour[index * 3 + channel] = mix(
          model.cover[index]! > 0 ? model.colour[index * 3 + channel]! : colour[channel]!,
          colour[channel]!,
          cover,
        );
      model.cover[index] = cover + model.cover[index]! * (1 - cover);
    }
}

function drawModel(cloud: Surface, model: Model, columns: number): void {
  const small = createSurface(columns, rows);
  const image = small.context.createImageData(columns, rows);
  for (let index = 0; index < columns * rows; index++) {
    for (let channel = 0; channel < 3; channel++)
      image.data[index * 4 + channel] = 255 * clamp(model.colour[index * 3 + channel]!) + 0.5;
    image.data[index * 4 + 3] = 255 * clamp(model.cover[index]!) + 0.5;
  }
  small.context.putImageData(image, 0, 0);
  cloud.context.drawImage(small.canvas, 0, 0, cloud.width, cloud.height);
}

function fadeFoot({ context, height, width }: Surface, reach: number): void {
  const fade = context.createLinearGradient(0, height - reach, 0, height);
  fade.addColorStop(0, 'rgba(0,0,0,0)');
  fade.addColorStop(1, 'rgba(0,0,0,1)');
  context.globalCompositeOperation = 'destination-out';
  context.fillStyle = fade;
  context.fillRect(0, height - reach, width, reach + 2);
  context.globalCompositeOperation = 'source-over';
}
