/** Looks of light and weather. */
import { add, multiply } from '../../../ffmpeg/expression.ts';
import { filter } from '../../../ffmpeg/filterGraph.ts';
import {
  contrasted,
  eachOf,
  fromHsv,
  hex,
  hsvOf,
  lumaOf,
  mixed,
  saturated,
  smoothStep,
  unit,
  type ColourChange,
  type Rgb,
} from './colourMath.ts';
import type { LookDrawing } from './drawing.ts';
import { haloed, vignetted } from './parts.ts';
import { aroundGrey, cloudNoise, fieldPlate, rainPlate, rainSlant, snowPlate } from './textures.ts';

/** The last light of a day: violet shade, amber light. */
export const dusk: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'dusk', (colour) => mixed(colour, duskLight(colour), strength));
  const lit = haloed(stage, graded, {
    from: 0.66,
    sigma: 16,
    colour: [1, 0.55, 0.22],
    amount: 0.6 * strength,
  });
  return vignetted(stage, lit, 0.35 * strength);
};

const duskLight: ColourChange = (colour) => {
  const grey = lumaOf(colour);
  const lowered = eachOf(saturated(colour, 0.9), (value) => contrasted(value, 1.12, 0.55) * 0.72);
  const shade: Rgb = [grey * 0.36 + 0.05, grey * 0.28 + 0.035, grey * 0.5 + 0.11];
  const light: Rgb = [Math.min(1, grey * 1.08), grey * 0.66, grey * 0.36];
  return mixed(lowered, mixed(shade, light, smoothStep(0.3, 0.86, grey)), 0.58);
};

/** Night: blue and dim, and only what was very bright shines on, warm, as lamps. */
export const night: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'night', (colour) => mixed(colour, nightLight(colour), strength));
  const lit = haloed(stage, graded, { from: 0.5, sigma: 18, colour: [1, 0.72, 0.38], amount: 0.85 * strength });
  return vignetted(stage, lit, 0.5 * strength);
};

const nightLight: ColourChange = (colour) => {
  const grey = lumaOf(colour);
  const dim = contrasted(grey, 1.25, 0.6) * 0.3;
  const blue: Rgb = [dim * 0.62 + 0.012, dim * 0.8 + 0.02, dim * 1.3 + 0.045];
  const own = eachOf(saturated(colour, 0.75), (value) => contrasted(value, 1.3, 0.6) * 0.3);
  const moonlit = mixed(blue, own, 0.34);
  // what was blown out shines on a little: lamps do, and white skies must not
  const lamp = 0.4 * smoothStep(0.95, 1, grey);
  return mixed(moonlit, [unit(colour[0]), colour[1] * 0.86, colour[2] * 0.62], lamp);
};

/** Three depths of streaks, under a grey sky. */
export const rain: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'rain', (colour) => mixed(colour, overcast(colour), strength));
  const size = stage.textureSize;
  const layers = [
    {
      plate: rainPlate('rainFar', size, { length: 18, width: 0.6, count: 2600, seed: 101, strength: 0.4 }),
      speed: 2.1,
    },
    {
      plate: rainPlate('rainMiddle', size, { length: 40, width: 0.9, count: 800, seed: 102, strength: 0.5 }),
      speed: 3.1,
    },
    {
      plate: rainPlate('rainNear', size, { length: 84, width: 1.5, count: 130, seed: 103, strength: 0.5 }),
      speed: 4.3,
    },
  ];
  const { width, height } = stage.frames.size;
  return layers.reduce(
    (ground, { plate, speed }) => {
      const falling = stage.drifting(plate, { right: (speed * rainSlant * height) / width, down: speed });
      return stage.blend(ground, stage.asRgb(falling), 'screen', 0.85 * strength);
    },
    misty(stage, graded, 0.16 * strength, 'rainMist'),
  );
};

const overcast: ColourChange = (colour) => {
  const [r, g, b] = eachOf(saturated(colour, 0.62), (value) => 0.03 + contrasted(value, 1.05, 0.5) * 0.74);
  return [r * 0.95, g * 0.995, b * 1.05 + 0.012];
};

/** Falling snow in three depths, in flat cold light. */
export const snow: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'snow', (colour) => mixed(colour, coldLight(colour), strength));
  const size = stage.textureSize;
  const layers = [
    {
      plate: snowPlate('snowFar', size, { radius: 1.5, count: 900, seed: 111, strength: 0.6 }),
      down: 0.13,
      right: 0.012,
    },
    {
      plate: snowPlate('snowMiddle', size, { radius: 3, count: 230, seed: 112, strength: 0.75 }),
      down: 0.21,
      right: -0.02,
    },
    {
      plate: snowPlate('snowNear', size, { radius: 6.5, count: 36, seed: 113, strength: 0.7 }),
      down: 0.36,
      right: 0.035,
    },
  ];
  return layers.reduce(
    (ground, { plate, down, right }) => {
      const falling = stage.drifting(plate, { right, down });
      return stage.blend(ground, stage.asRgb(falling), 'screen', 0.95 * strength);
    },
    misty(stage, graded, 0.2 * strength, 'snowMist'),
  );
};

const coldLight: ColourChange = (colour) => {
  const [r, g, b] = eachOf(saturated(colour, 0.7), (value) => 0.05 + contrasted(value, 0.98, 0.5) * 0.88);
  return [r * 0.96, g * 1.0, b * 1.06 + 0.01];
};

/** Drifting fog, thicker towards the top of the picture, where the distance mostly is. */
export const fog: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'fog', (colour) =>
    mixed(colour, mixed(saturated(colour, 0.7), hex('#c9cdd0'), 0.14), strength),
  );
  return misty(stage, graded, 0.86 * strength, 'fogMist');
};

/** Grey air over a picture: `amount` at the top, a third of it at the bottom, in drifting banks. */
function misty(stage: Parameters<LookDrawing>[0], rgb: Parameters<LookDrawing>[1], amount: number, name: string) {
  const size = stage.textureSize;
  const banks = stage.drifting(
    aroundGrey(`${name}Banks`, size, () => cloudNoise(size, 300, 4, 121), 0.62),
    {
      right: 0.02,
      down: 0,
    },
  );
  const depth = stage.still(
    fieldPlate(
      `${name}Depth`,
      { width: 32, height: 180, scale: 1 },
      (_x, y) => 0.3 + 0.7 * (1 - smoothStep(0.15, 1, y)),
    ),
  );
  const density = stage.combine(banks, depth, 8, (x, y) => multiply(multiply(y, add(0.62, multiply(x, 0.76))), amount));
  const [ground, air] = stage.copies(rgb, 2);
  const white = stage.chain(air!, filter('lutrgb', { r: 205, g: 210, b: 214 }));
  return stage.merge(ground!, white, stage.asRgb(density));
}

/** Greens turn to orange and red. */
export const autumn: LookDrawing = (stage, source, strength) =>
  stage.recolour(stage.rgb(source), 'autumn', (colour) => mixed(colour, autumnal(colour), strength));

const autumnal: ColourChange = (colour) => {
  const { hue, saturation, value } = hsvOf(colour);
  const leaf = leafShare(hue, saturation * value);
  // yellow-green leaves become yellow and orange, dark green ones red and brown
  const turned = 18 + 26 * smoothStep(55, 130, 190 - hue) * smoothStep(0.15, 0.7, value);
  const leaves = fromHsv(turned, unit(saturation * 1.15 + 0.1), unit(value * 1.12));
  const [r, g, b] = mixed(colour, leaves, leaf);
  return [unit(r * 1.03), g, b * 0.95];
};

/** How much a colour is that of leaves and grass, 0..1. `chroma`: its greatest value less its smallest. */
function leafShare(hue: number, chroma: number): number {
  return smoothStep(42, 66, hue) * (1 - smoothStep(140, 168, hue)) * smoothStep(0.06, 0.16, chroma);
}

/** Greens turn to frost, the light is low and blue. */
export const winter: LookDrawing = (stage, source, strength) =>
  stage.recolour(stage.rgb(source), 'winter', (colour) => mixed(colour, wintry(colour), strength));

const wintry: ColourChange = (colour) => {
  const { hue, saturation, value } = hsvOf(colour);
  const leaf = leafShare(hue, saturation * value);
  const frost = unit(0.36 + 0.66 * value);
  const frosted = mixed(colour, [frost * 0.95, frost * 0.985, frost], leaf * 0.88);
  const [r, g, b] = eachOf(saturated(frosted, 0.72), (each) => 0.03 + 0.97 * each);
  return [r * 0.95, g * 0.99, unit(b * 1.05 + 0.01)];
};
