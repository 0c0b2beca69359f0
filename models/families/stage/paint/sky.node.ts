/** Skies: strokes along stops, sun or moon with its halo, stars, and clouds that drift. */
import { alongStops, css, mixRgb, type Rgb } from '../colour.ts';
import { isAtHome, type View } from '../camera.ts';
import type { Light } from '../light.ts';
import { clamp, fractalNoise, mix, smoothStep, unitAt } from '../noise.ts';
import { randomFrom, type Random } from '../random.ts';
import { createSurface, fillSmoothly, type Surface } from '../surface.node.ts';
import { paintCloud } from './clouds.node.ts';
import { paintStrokes } from './strokes.node.ts';
import type { Easel } from './layer.node.ts';

/** A painted sky. Lengths are in frame heights from the frame's middle. */
export interface Sky {
  readonly backdrop: Surface;
  readonly clouds: Surface | null;
  readonly left: number;
  readonly top: number;
  readonly perUnit: number;
  readonly stars: number;
  /** Discs that stars do not shine through. */
  readonly spared: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
}

/** What a sky shows beside its light. */
export interface SkyPlan {
  readonly seed: number;
  /** How full of clouds, 0 to 1. */
  readonly clouds: number;
  /** Veils of high cloud, 0 to 1. */
  readonly veils: number;
}

/** Room beyond the frame, for pans, tilts and rolls. */
const margin = 0.18;
/** Where the horizon lies in a painted sky. */
const skyHorizon = -0.05;
/** How much of the camera's travel the sky and its clouds follow; clouds also drift, a second. */
const follow = { sky: 0.012, clouds: 0.016, drift: 0.012 } as const;

/** Paints a sky. */
export function paintSky(easel: Easel, light: Light, plan: SkyPlan): Sky {
  const left = -easel.aspect / 2 - margin;
  const top = -0.5 - margin;
  const perUnit = easel.height;
  const backdrop = createSurface(-2 * left * perUnit, (0.62 + margin) * perUnit);
  const colourAt = (px: number, py: number): Rgb => skyColour(light, plan, left + px / perUnit, top + py / perUnit);
  fillSmoothly(backdrop, 8, colourAt);
  paintStrokes(
    backdrop,
    { size: 0.05 * perUnit, aspect: 2.4, angle: -0.08, spread: 0.35, jitter: 0.018, seed: plan.seed + 3, passes: 2 },
    colourAt,
  );
  const random = randomFrom(plan.seed * 31 + 5);
  paintStars(backdrop, light, random);
  paintDisc(backdrop, light, left, top, perUnit);
  const { disc, stars } = light;
  const spared = disc ? [{ x: disc.x, y: disc.y + skyHorizon, radius: disc.radius * 1.2 }] : [];
  const clouds = plan.clouds > 0 ? paintClouds(easel, light, plan, random) : null;
  return { backdrop, clouds, left, top, perUnit, stars, spared };
}

function skyColour(light: Light, plan: SkyPlan, x: number, y: number): Rgb {
  const wave = 0.06 * (fractalNoise(x * 1.7 + plan.seed, y * 3.2, plan.seed, 3) - 0.5) * 2;
  let colour = alongStops(light.sky, clamp((y - skyHorizon + 0.62) / 0.64 + wave) ** 0.9);
  const { disc } = light;
  if (disc) {
    const away = Math.hypot(x - disc.x, (y - skyHorizon - disc.y) * 1.15);
    const glow = light.halo * (0.55 * Math.exp(-away * away * 7) + 0.45 * Math.exp(-away * 5.5)) * 0.75;
    const screen = (index: 0 | 1 | 2): number => 1 - (1 - colour[index]) * (1 - disc.colour[index] * glow);
    colour = [screen(0), screen(1), screen(2)];
  }
  if (plan.veils === 0) return colour;
  const veil = smoothStep(0.52, 0.75, fractalNoise(x * 1.4 + y * 1.2 + plan.seed * 7, y * 7, plan.seed + 5, 4));
  return mixRgb(colour, mixRgb(light.sky.at(-1)!, [1, 1, 1], 0.35), 0.55 * veil * plan.veils);
}

/** Paints stars over a backdrop, as many as the light says. */
export function paintStars({ context, height, width }: Surface, light: Light, random: Random): void {
  const count = Math.round(170 * light.stars);
  for (let star = 0; star < count; star++) {
    const bright = random() ** 2.2;
    const x = random() * width;
    const y = random() * random() * height * 0.8;
    const tint = random();
    const colour: Rgb = tint < 0.3 ? [1, 0.86, 0.7] : tint < 0.5 ? [0.75, 0.86, 1] : [1, 1, 1];
    const radius = (0.0011 + 0.0022 * bright) * height;
    context.fillStyle = css(colour, (0.35 + 0.65 * bright) * light.stars);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    if (bright < 0.5) continue;
    const glow = context.createRadialGradient(x, y, 0, x, y, radius * 5);
    glow.addColorStop(0, css(colour, 0.3 * bright));
    glow.addColorStop(1, css(colour, 0));
    context.fillStyle = glow;
    context.fillRect(x - radius * 5, y - radius * 5, radius * 10, radius * 10);
  }
}

function paintDisc({ context }: Surface, light: Light, left: number, top: number, perUnit: number): void {
  const { disc } = light;
  if (!disc) return;
  const x = (disc.x - left) * perUnit;
  const y = (disc.y + skyHorizon - top) * perUnit;
  const radius = disc.radius * perUnit;
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = css(disc.colour);
  context.fill();
  if (light.isMoon) {
    context.clip();
    context.fillStyle = 'rgba(196,199,226,0.75)';
    for (const [dx, dy, size] of craters) {
      context.beginPath();
      context.ellipse(x + dx * radius, y + dy * radius, size * radius, size * radius * 0.86, 0.4, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.restore();
}

const craters: readonly (readonly [number, number, number])[] = [
  [-0.35, -0.25, 0.3],
  [0.3, 0.18, 0.24],
  [-0.15, 0.5, 0.2],
  [0.42, -0.42, 0.15],
  [0.05, -0.05, 0.1],
  [-0.6, 0.25, 0.12],
];

/** Clouds as puffs, the near ones large; the strip repeats, so that it may drift for any length. */
function paintClouds(easel: Easel, light: Light, plan: SkyPlan, random: Random): Surface {
  const unit = easel.height;
  const strip = createSurface((easel.aspect + 1.4) * unit, 0.6 * unit);
  const count = Math.round(mix(2, 7, plan.clouds));
  const clouds = Array.from({ length: count }, (_, index) => ({
    x: ((index + 0.2 + 0.6 * random()) / count) * strip.width,
    far: random(),
  })).toSorted((a, b) => b.far - a.far);
  for (const { x, far } of clouds) {
    const cloud = paintCloud(light, far, random, unit);
    const y = Math.max(cloud.height, strip.height * mix(0.55, 0.96, far));
    for (const shift of [-strip.width, 0, strip.width])
      strip.context.drawImage(cloud.canvas, x + shift - cloud.width / 2, y - cloud.height);
  }
  return strip;
}

const twinkling = 34;

/** Stars that come and go over the painted ones; none over a moon or a planet. */
function drawTwinkles({ context, height, width }: Surface, view: View, sky: Sky, seconds: number): void {
  for (let star = 0; star < twinkling; star++) {
    const shine = Math.sin((0.9 + 1.4 * unitAt(star, 1, 71)) * seconds + 6.28 * unitAt(star, 2, 71));
    const u = (unitAt(star, 3, 71) - 0.5) * (width / height) * 1.1;
    const v = -0.5 + 0.5 * unitAt(star, 4, 71) ** 1.4;
    if (shine < 0 || sky.spared.some(({ radius, x, y }) => Math.hypot(u - x, v - y) < radius)) continue;
    const x = width / 2 + (u - view.x * follow.sky) * height;
    const y = height / 2 + (v + view.horizon - skyHorizon) * height;
    const reach = (0.003 + 0.006 * unitAt(star, 5, 71)) * height * shine;
    context.fillStyle = css([1, 0.97, 0.9], 0.9 * shine);
    context.beginPath();
    for (let point = 0; point < 8; point++) {
      const far = point % 2 === 0 ? reach : reach * 0.22;
      context.lineTo(x + Math.cos((point * Math.PI) / 4) * far, y + Math.sin((point * Math.PI) / 4) * far);
    }
    context.fill();
  }
}

/** Draws a sky as the view sees it. */
export function drawSky(frame: Surface, view: View, sky: Sky, seconds: number): void {
  const { context, height, width } = frame;
  const place = isAtHome(view) ? Math.round : (value: number) => value;
  const y = place(height / 2 + (sky.top + view.horizon - skyHorizon - (view.y - 0.95) * follow.sky) * height);
  const scale = height / sky.perUnit;
  context.drawImage(
    sky.backdrop.canvas,
    place(width / 2 + (sky.left - view.x * follow.sky) * height),
    y,
    sky.backdrop.width * scale,
    sky.backdrop.height * scale,
  );
  if (sky.stars > 0) drawTwinkles(frame, view, sky, seconds);
  if (!sky.clouds) return;
  const strip = sky.clouds.width * scale;
  const start = width / 2 + (sky.left - view.x * follow.clouds - follow.drift * seconds) * height;
  for (let x = (((start % strip) + strip) % strip) - strip; x < width; x += strip)
    context.drawImage(sky.clouds.canvas, x, y - 0.06 * height, strip, sky.clouds.height * scale);
}
