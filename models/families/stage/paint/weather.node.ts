/** Rain, snow, leaves and sparks: drops on lattices at three depths, each a closed form of time. */
import { css, fromHex } from '../colour.ts';
import { project, type View } from '../camera.ts';
import type { Light } from '../light.ts';
import { unitAt } from '../noise.ts';
import type { WeatherName } from '../names.ts';
import type { Surface } from '../surface.node.ts';

interface Fall {
  /** Drops a depth, and their speed in frame heights a second, from far to near. */
  readonly counts: readonly [number, number, number];
  readonly speeds: readonly [number, number, number];
  /** Sideways drift, in frame heights a second. */
  readonly drift: number;
}

const falls: Partial<Record<WeatherName, Fall>> = {
  rain: { counts: [150, 90, 45], speeds: [1.3, 1.7, 2.2], drift: -0.22 },
  snowfall: { counts: [170, 90, 40], speeds: [0.13, 0.2, 0.3], drift: -0.03 },
  leaves: { counts: [18, 12, 7], speeds: [0.14, 0.2, 0.28], drift: -0.12 },
  sparks: { counts: [50, 34, 20], speeds: [-0.16, -0.24, -0.34], drift: 0.05 },
};

/** How much of the camera's travel each depth follows. */
const parallax = [0.2, 0.35, 0.6] as const;
const leafColours = ['#D9772B', '#E8B33A', '#B5462C', '#C9912F'].map(fromHex);
/** What falls starts above the frame and leaves below it, in frame heights. */
const room = 0.12;

/** Draws what falls; nothing in clear weather and fog. */
export function drawWeather(frame: Surface, view: View, weather: WeatherName, light: Light, seconds: number): void {
  const fall = falls[weather];
  if (!fall) return;
  for (const depth of [0, 1, 2] as const)
    for (let drop = 0; drop < fall.counts[depth]; drop++)
      drawDrop(frame, view, weather, light, fall, depth, drop, seconds);
}

const splashes = 90;

/** Rings where drops reach the ground, each in its own beat. */
export function drawSplashes(frame: Surface, view: View, light: Light, seconds: number): void {
  const { context, height, width } = frame;
  const bright = [0.7 + 0.3 * light.ambient[0], 0.7 + 0.3 * light.ambient[1], 0.74 + 0.26 * light.ambient[2]] as const;
  for (let splash = 0; splash < splashes; splash++) {
    const beat = seconds * (1.9 + 0.7 * unitAt(splash, 1, 31)) + unitAt(splash, 2, 31);
    const round = Math.floor(beat) & 1023;
    const age = (beat - Math.floor(beat)) * 2;
    if (age > 1) continue;
    const z = 2.4 + 6.5 * unitAt(splash, round, 32) ** 1.3;
    const across = ((unitAt(splash, round, 33) - 0.5) * 1.1 * (width / height) * z) / view.focal;
    const at = project(view, view.x + across, 0, z);
    const [x, y, unit] = [width / 2 + at.x * height, height / 2 + at.y * height, at.scale * height];
    context.strokeStyle = css(bright, 0.6 * (1 - age));
    context.lineWidth = Math.max(0.8, unit * 0.008);
    context.beginPath();
    context.ellipse(x, y, unit * (0.012 + 0.07 * age), unit * (0.004 + 0.02 * age), 0, 0, 2 * Math.PI);
    context.stroke();
    const up = unit * 0.22 * age * (1 - age);
    context.fillStyle = css(bright, 0.7 * (1 - age));
    disc(context, x - unit * 0.05 * age, y - up, unit * 0.007);
    disc(context, x + unit * 0.04 * age, y - up * 1.3, unit * 0.007);
  }
}

function drawDrop(
  frame: Surface,
  view: View,
  weather: WeatherName,
  light: Light,
  fall: Fall,
  depth: 0 | 1 | 2,
  drop: number,
  seconds: number,
): void {
  const { height, width } = frame;
  const span = 1 + 2 * room;
  const fallen = unitAt(drop, depth, 3) + (seconds * fall.speeds[depth] * (0.85 + 0.3 * unitAt(drop, depth, 4))) / span;
  const round = Math.floor(fallen);
  const y = (fallen - round) * span - room;
  const aspect = width / height;
  const across =
    unitAt(drop, depth, 9 + (round & 1023)) * (aspect + 0.4) +
    fall.drift * (y / Math.abs(fall.speeds[depth])) -
    view.x * parallax[depth];
  const x = (((across % (aspect + 0.4)) + aspect + 0.4) % (aspect + 0.4)) - 0.2;
  shapes[weather]?.(frame.context, {
    x: x * height,
    y: y * height,
    unit: height,
    depth,
    drop,
    seconds,
    light,
    drift: fall.drift / fall.speeds[depth],
  });
}

interface Drop {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly depth: 0 | 1 | 2;
  readonly drop: number;
  readonly seconds: number;
  readonly light: Light;
  readonly drift: number;
}

type Shape = (context: Surface['context'], drop: Drop) => void;

const disc: (context: Surface['context'], x: number, y: number, radius: number) => void = (context, x, y, radius) => {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
};

const shapes: Partial<Record<WeatherName, Shape>> = {
  rain: (context, { depth, drift, light, unit, x, y }) => {
    const length = [0.035, 0.055, 0.09][depth]! * unit;
    context.strokeStyle = css(
      [0.6 + 0.4 * light.ambient[0], 0.6 + 0.4 * light.ambient[1], 0.62 + 0.38 * light.ambient[2]],
      [0.32, 0.4, 0.46][depth]!,
    );
    context.lineWidth = ([1.1, 1.6, 2.4][depth]! * unit) / 720;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + drift * length, y + length);
    context.stroke();
  },
  snowfall: (context, { depth, drop, seconds, unit, x, y }) => {
    const sway = 0.012 * Math.sin(1.7 * seconds + drop) * unit;
    context.fillStyle = `rgba(246,249,255,${[0.65, 0.8, 0.92][depth]})`;
    disc(context, x + sway, y, ([1.5, 2.6, 4.6][depth]! * (0.7 + 0.6 * unitAt(drop, 5, depth)) * unit) / 720);
  },
  leaves: (context, { depth, drop, seconds, unit, x, y }) => {
    const size = ([5, 8, 13][depth]! * unit) / 720;
    context.save();
    context.translate(x + 0.03 * Math.sin(2.1 * seconds + drop) * unit, y);
    context.rotate(2.2 * seconds + drop);
    context.scale(1, 0.35 + 0.65 * Math.abs(Math.sin(3 * seconds + 2 * drop)));
    context.fillStyle = css(leafColours[drop % leafColours.length]!);
    context.beginPath();
    context.moveTo(-size, 0);
    context.quadraticCurveTo(0, -size * 0.8, size, 0);
    context.quadraticCurveTo(0, size * 0.8, -size, 0);
    context.fill();
    context.restore();
  },
  sparks: (context, { depth, drop, seconds, unit, x, y }) => {
    const glow = 0.5 + 0.5 * Math.sin(7 * seconds + 3 * drop);
    const size = ([1.6, 2.4, 3.6][depth]! * unit) / 720;
    context.fillStyle = `rgba(255,140,50,${(0.18 * glow).toFixed(3)})`;
    disc(context, x, y, size * 3.4);
    context.fillStyle = `rgba(255,214,120,${(0.55 + 0.45 * glow).toFixed(3)})`;
    disc(context, x, y, size);
  },
};
