/**
 * The ground in true perspective, painted once a clip in screen space and wider than the frame. A sideways move of the
 * camera moves each row by its depth: a shear, so one drawImage shows it exactly.
 */
import { alongStops, css, fromHex, mixRgb, scaleRgb, type Rgb } from '../colour.ts';
import { groundDistance, homeView, isAtHome, type View } from '../camera.ts';
import { hazeAt, litLand, type Light } from '../light.ts';
import { clamp, smoothStep, valueNoise } from '../noise.ts';
import { randomFrom } from '../random.ts';
import { createSurface, fillSmoothly, type Surface } from '../surface.node.ts';
import type { Easel } from './layer.node.ts';

/** Colour of the ground at world x and z. `footprint` is the depth of a pixel there, in people's heights. */
export type GroundColour = (x: number, z: number, footprint: number) => Rgb;

/** A painted ground. */
export interface Ground {
  readonly surface: Surface;
  /** Frame height of its first row, in frame heights from the middle. */
  readonly top: number;
  readonly perUnit: number;
}

/** How the strokes on a ground look. */
export interface GroundBrush {
  readonly count: number;
  /** Length over thickness. */
  readonly aspect: number;
  readonly jitter: number;
  readonly seed: number;
}

/** Paints a ground. */
export function paintGround(easel: Easel, colour: GroundColour, brush: GroundBrush): Ground {
  const perUnit = easel.height;
  const top = homeView.horizon + 1 / perUnit;
  // what a shear of `travel` may bring into the frame's lowest row
  const width = easel.aspect + 2 * easel.travel * ((0.5 - homeView.horizon) / homeView.y) + 0.1;
  const surface = createSurface(width * perUnit, (0.5 - top + 0.1) * perUnit);
  const at = (px: number, py: number): { x: number; z: number } => {
    const y = top + py / perUnit;
    const z = groundDistance(homeView, y);
    return { x: homeView.x + ((px - surface.width / 2) / perUnit) * (z / homeView.focal), z };
  };
  const footprint = (z: number): number => (z * z) / (homeView.focal * homeView.y * perUnit);
  const colourAt = (px: number, py: number): Rgb => {
    const { x, z } = at(px, Math.max(0.5, py));
    return colour(x, z, footprint(z) * 3);
  };
  fillSmoothly(surface, 3, colourAt);
  const random = randomFrom(brush.seed);
  const { context } = surface;
  for (let stroke = 0; stroke < brush.count; stroke++) {
    const near = random() ** 1.6;
    const y = near * surface.height;
    const x = random() * surface.width;
    const thick = (0.0009 + 0.0056 * near) * perUnit;
    context.fillStyle = css(scaleRgb(colourAt(x, y), 1 + brush.jitter * (random() - 0.5) * 2), 0.7);
    context.beginPath();
    context.ellipse(x, y, thick * brush.aspect, thick, (random() - 0.5) * 0.15, 0, 2 * Math.PI);
    context.fill();
  }
  fadeHorizon(surface, 0.02 * perUnit);
  return { surface, top, perUnit };
}

/** The far edge melts into what stands there. */
function fadeHorizon({ context, width }: Surface, reach: number): void {
  const fade = context.createLinearGradient(0, 0, 0, reach);
  fade.addColorStop(0, 'rgba(0,0,0,1)');
  fade.addColorStop(1, 'rgba(0,0,0,0)');
  context.globalCompositeOperation = 'destination-out';
  context.fillStyle = fade;
  context.fillRect(0, 0, width, reach);
  context.globalCompositeOperation = 'source-over';
}

/** Draws the ground's rows that lie between two depths (nearest last), as the view sees it. */
export function drawGround(frame: Surface, view: View, ground: Ground, far = Infinity, near = 0): void {
  const { context, height, width } = frame;
  const scale = height / ground.perUnit;
  const rowOf = (z: number): number =>
    clamp(
      Math.round((homeView.horizon + (homeView.focal * homeView.y) / z - ground.top) * ground.perUnit),
      0,
      ground.surface.height,
    );
  const from = far === Infinity ? 0 : rowOf(far);
  // two rows more than it needs, under what comes next: a camera that rolls would show the seam
  const to = near === 0 ? ground.surface.height : Math.min(ground.surface.height, rowOf(near) + 2);
  if (to <= from) return;
  const shear = -(view.x - homeView.x) / homeView.y;
  const stretch = view.focal / homeView.focal;
  context.save();
  const place = isAtHome(view) ? Math.round : (value: number) => value;
  // what lies left of the middle and above the horizon is whole pixels too, where scale is 1
  const left = (-ground.surface.width / 2) * scale;
  const top = (ground.top - homeView.horizon) * height;
  context.translate(place(width / 2 + left) - left, place(height / 2 + view.horizon * height + top) - top);
  context.transform(stretch, 0, shear * stretch, stretch, 0, 0);
  context.drawImage(
    ground.surface.canvas,
    0,
    from,
    ground.surface.width,
    to - from,
    left,
    top + from * scale,
    ground.surface.width * scale,
    (to - from) * scale,
  );
  context.restore();
}

/** Patches of colour as on grass, sand or snow, and a path where `path` says. */
export interface Patches {
  readonly colours: readonly Rgb[];
  readonly seed: number;
  readonly path?: {
    readonly colours: readonly Rgb[];
    readonly middleAt: (z: number) => number;
    readonly halfWidth: number;
  };
  /** How strongly fine strokes show, 0 to 1. */
  readonly detail?: number;
  readonly scale?: number;
}

/** The colour of patchy ground: three octaves of noise, softly drawn to four tones, each fading before it aliases. */
export function patchyGround(light: Light, patches: Patches): GroundColour {
  const { colours, detail = 0.5, path, scale = 1, seed } = patches;
  const octave = (x: number, z: number, frequency: number, footprint: number, salt: number): number => {
    const blur = frequency * footprint;
    if (blur > 0.9) return 0.5;
    const value = valueNoise(x * frequency, z * frequency, seed + salt);
    return blur < 0.3 ? value : value + (0.5 - value) * ((blur - 0.3) / 0.6);
  };
  return (x, z, footprint) => {
    const base = 0.55 * scale;
    const wx = x + 0.5 * (valueNoise(x * 0.8, z * 0.8, seed) - 0.5);
    const wz = 1.4 * (z + 0.5 * (valueNoise(x * 0.8 + 9, z * 0.8, seed) - 0.5));
    const coarse =
      0.5 * octave(wx, wz, base, footprint, 0) +
      0.28 * octave(wx, wz, base * 2.4, footprint, 1) +
      0.22 * octave(wx, wz, base * 6, footprint, 2);
    const fine = octave(x, z, 10, footprint, 5) - 0.5;
    let lit = clamp((coarse - 0.5) * 1.9 + 0.5 + fine * detail * 0.5);
    lit += 0.45 * (Math.floor(lit * 4) / 4 + 0.125 - lit);
    let colour = alongStops(colours, lit);
    if (path) {
      const off = Math.abs(x - path.middleAt(z) + 0.24 * (valueNoise(x * 3, z * 3, seed) - 0.5));
      const cover = smoothStep(path.halfWidth, path.halfWidth * 0.72, off);
      if (cover > 0) colour = mixRgb(colour, alongStops(path.colours, clamp(coarse * 0.8 + 0.15 + fine * 0.6)), cover);
    }
    return litLand(light, colour, 0.6 * (0.55 + 0.5 * lit), hazeAt(light, z) * 0.95);
  };
}

/** Boards or tiles of a floor, with a round rug where `rug` says. */
export interface Floor {
  readonly colours: readonly [Rgb, Rgb];
  readonly pattern: 'boards' | 'tiles';
  readonly seed: number;
  readonly rug: {
    readonly x: number;
    readonly z: number;
    readonly radius: number;
    readonly rings: readonly Rgb[];
  } | null;
}

/** The colour of a floor. */
export function floorGround(light: Light, { colours, pattern, rug, seed }: Floor): GroundColour {
  return (x, z, footprint) => {
    const blur = clamp(footprint * 4);
    let colour: Rgb;
    if (pattern === 'tiles') {
      const odd = (Math.floor(x / 0.55) + Math.floor(z / 0.55)) & 1;
      colour = mixRgb(colours[odd === 0 ? 0 : 1], mixRgb(colours[0], colours[1], 0.5), blur);
    } else {
      const board = Math.floor(x / 0.42);
      const grain = valueNoise(x * 14 + board * 31, z * 1.6, seed);
      const seam = smoothStep(0.02, 0, Math.abs(x / 0.42 - Math.round(x / 0.42)) * 0.42) * (1 - blur);
      colour = mixRgb(colours[0], colours[1], clamp(0.25 + 0.5 * valueNoise(board, 3, seed) + 0.3 * (grain - 0.5)));
      colour = scaleRgb(colour, 1 - 0.4 * seam);
    }
    if (rug) {
      const away = Math.hypot(x - rug.x, (z - rug.z) * 1.15) / rug.radius;
      if (away < 1) colour = rug.rings[Math.min(rug.rings.length - 1, Math.floor(away * rug.rings.length))]!;
    }
    return litLand(light, colour, 0.5, hazeAt(light, z) * 0.6);
  };
}

const asphalt = [fromHex('#4C5060'), fromHex('#686C7C')] as const;
const pavement = [fromHex('#A99C90'), fromHex('#C9BCAA')] as const;
const kerb = fromHex('#DAD0BE');
const dash = fromHex('#F2E6B8');

/** A street across the picture: pavement, kerb, road with a dashed line, kerb, pavement. */
export function streetGround(light: Light, seed: number): GroundColour {
  return (x, z, footprint) => {
    const grain = valueNoise(x * 6, z * 9, seed) * (1 - clamp(footprint * 5));
    let colour = mixRgb(asphalt[0], asphalt[1], 0.4 + 0.4 * grain);
    const isKerb = (z > 2.78 && z < 2.92) || (z > 7.2 && z < 7.5);
    if (z <= 2.78 || z >= 7.5) {
      const seam = Math.min(Math.abs(x / 0.6 - Math.round(x / 0.6)), Math.abs(z / 0.6 - Math.round(z / 0.6)));
      colour = scaleRgb(
        mixRgb(pavement[0], pavement[1], 0.5 + 0.5 * (grain - 0.3)),
        seam < 0.03 && footprint < 0.05 ? 0.86 : 1,
      );
    } else if (isKerb) colour = kerb;
    else if (Math.abs(z - 4.7) < 0.09 && x - Math.floor(x / 1.5) * 1.5 < 0.85) colour = dash;
    return litLand(light, colour, 0.5, hazeAt(light, z) * 0.95);
  };
}
