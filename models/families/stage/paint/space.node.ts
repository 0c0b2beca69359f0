/** Backdrops that are no sky: the stars with a nebula and planets, and the light under water. */
import { alongStops, css, fromHex, mixRgb, type Rgb } from '../colour.ts';
import type { Light } from '../light.ts';
import { clamp, fractalNoise, smoothStep, valueNoise } from '../noise.ts';
import { randomFrom } from '../random.ts';
import { createSurface, fillSmoothly, type Surface } from '../surface.node.ts';
import type { Easel } from './layer.node.ts';
import { paintStars, type Sky } from './sky.node.ts';
import { paintStrokes } from './strokes.node.ts';

const nebula = ['#0B0C30', '#1A1650', '#43297E', '#A0489A', '#F08A8A'].map(fromHex);
const depths = ['#C9FBEF', '#6FE0E0', '#27A6CB', '#1268A6', '#0D4486'].map(fromHex);
const margin = 0.18;

function emptyBackdrop(easel: Easel): { surface: Surface; left: number; top: number; perUnit: number } {
  const left = -easel.aspect / 2 - margin;
  const top = -0.5 - margin;
  return {
    surface: createSurface(-2 * left * easel.height, (1 + 2 * margin) * easel.height),
    left,
    top,
    perUnit: easel.height,
  };
}

/** Stars, a nebula and two planets over the whole frame. */
export function paintSpace(easel: Easel, light: Light, seed: number, hasPlanets = true): Sky {
  const { left, perUnit, surface, top } = emptyBackdrop(easel);
  const colourAt = (px: number, py: number): Rgb => {
    const x = left + px / perUnit;
    const y = top + py / perUnit;
    const band = Math.exp(-(((y + 0.35 * x + 0.1) * 2.6) ** 2));
    const cloud = fractalNoise(x * 2.4 + seed, y * 3 + 0.5 * x, seed, 5);
    return alongStops(nebula, clamp(0.08 + 0.95 * band * smoothStep(0.3, 0.75, cloud)));
  };
  fillSmoothly(surface, 8, colourAt);
  paintStrokes(
    surface,
    { size: 0.034 * perUnit, aspect: 2, angle: -0.35, spread: 0.6, jitter: 0.03, seed: seed + 3, passes: 2 },
    colourAt,
  );
  paintStars(surface, { ...light, stars: 1.6 }, randomFrom(seed * 31 + 5));
  if (hasPlanets) {
    paintPlanet(
      surface,
      light,
      (-0.52 - left) * perUnit,
      (-0.2 - top) * perUnit,
      0.17 * perUnit,
      ['#A8503E', '#E3935A', '#FBE0A8'].map(fromHex),
      true,
      seed,
    );
    paintPlanet(
      surface,
      light,
      (0.56 - left) * perUnit,
      (-0.33 - top) * perUnit,
      0.055 * perUnit,
      ['#5A6FA8', '#9FB4D9', '#E6ECF2'].map(fromHex),
      false,
      seed + 1,
    );
  }
  const spared = [
    { x: -0.52, y: -0.2, radius: 0.3 },
    { x: 0.56, y: -0.33, radius: 0.06 },
  ];
  return { backdrop: surface, clouds: null, left, top, perUnit, stars: 1, spared: hasPlanets ? spared : [] };
}

function paintPlanet(
  { context }: Surface,
  light: Light,
  x: number,
  y: number,
  radius: number,
  colours: readonly Rgb[],
  hasRing: boolean,
  seed: number,
): void {
  if (hasRing) paintRing(context, x, y, radius, colours[2]!, Math.PI, 2 * Math.PI);
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.clip();
  const bands = 26;
  for (let band = 0; band < bands; band++) {
    const at = y - radius + (2 * radius * band) / bands;
    context.fillStyle = css(alongStops(colours, valueNoise(band * 0.45, seed, seed)));
    context.beginPath();
    context.moveTo(x - radius, at);
    for (let step = 0; step <= 12; step++)
      context.lineTo(x - radius + (radius * step) / 6, at + Math.sin(step * 0.9 + band) * radius * 0.035);
    context.lineTo(x + radius, y + radius);
    context.lineTo(x - radius, y + radius);
    context.fill();
  }
  const [lx, ly] = light.towards;
  const shade = context.createRadialGradient(
    x + lx * radius * 0.5,
    y - ly * radius * 0.5,
    radius * 0.2,
    x,
    y,
    radius * 1.15,
  );
  shade.addColorStop(0, 'rgba(255,250,235,0.28)');
  shade.addColorStop(0.5, 'rgba(10,6,40,0.06)');
  shade.addColorStop(1, 'rgba(10,6,40,0.82)');
  context.fillStyle = shade;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.restore();
  if (hasRing) paintRing(context, x, y, radius, colours[2]!, 0, Math.PI);
}

function paintRing(
  context: Surface['context'],
  x: number,
  y: number,
  radius: number,
  colour: Rgb,
  from: number,
  to: number,
): void {
  for (let ring = 0; ring < 5; ring++) {
    context.strokeStyle = css(mixRgb(colour, [0.6, 0.45, 0.5], ring % 2 === 0 ? 0.1 : 0.6), 0.75);
    context.lineWidth = radius * 0.06;
    context.beginPath();
    context.ellipse(x, y, radius * (1.4 + ring * 0.085), radius * (0.36 + ring * 0.022), -0.28, from, to);
    context.stroke();
  }
}

/** Light that falls through water: bright above, deep blue below. */
export function paintDepths(easel: Easel, seed: number): Sky {
  const { left, perUnit, surface, top } = emptyBackdrop(easel);
  const colourAt = (px: number, py: number): Rgb => {
    const x = left + px / perUnit;
    const y = top + py / perUnit;
    const wave = 0.05 * (fractalNoise(x * 2 + seed, y * 3, seed, 3) - 0.5);
    return alongStops(depths, clamp((y + 0.62) * 0.95 + wave + 0.12 * Math.abs(x)));
  };
  fillSmoothly(surface, 8, colourAt);
  paintStrokes(
    surface,
    { size: 0.045 * perUnit, aspect: 2.6, angle: 0, spread: 0.4, jitter: 0.02, seed: seed + 3, passes: 2 },
    colourAt,
  );
  return { backdrop: surface, clouds: null, left, top, perUnit, stars: 0, spared: [] };
}

/** Rays of light that sway slowly, from above the frame. */
export function drawRays(frame: Surface, light: Light, strength: number, seconds: number): void {
  const { context, height, width } = frame;
  context.save();
  context.globalCompositeOperation = 'lighter';
  for (let ray = 0; ray < 7; ray++) {
    const x = width * (0.06 + 0.15 * ray + 0.03 * Math.sin(0.5 * seconds + ray * 1.7));
    const slant = width * (0.1 + 0.04 * Math.sin(0.37 * seconds + ray));
    const wide = width * (0.025 + 0.02 * ((ray * 7) % 3));
    const shine = strength * (0.055 + 0.035 * Math.sin(0.8 * seconds + ray * 2.3));
    const fade = context.createLinearGradient(0, 0, 0, height * 0.85);
    fade.addColorStop(0, css(light.key, shine));
    fade.addColorStop(1, css(light.key, 0));
    context.fillStyle = fade;
    context.beginPath();
    context.moveTo(x, -2);
    context.lineTo(x + wide, -2);
    context.lineTo(x + wide * 2.2 - slant, height * 0.85);
    context.lineTo(x - wide * 1.2 - slant, height * 0.85);
    context.fill();
  }
  context.restore();
}
