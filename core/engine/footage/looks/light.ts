/** Looks of the light of other times of day: the sky is found and gets its own colours, lamps are lit. */
import { add, call, multiply, subtract, variable, type Expression } from '../../../ffmpeg/expression.ts';
import { filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import {
  contrasted,
  eachOf,
  hex,
  lumaOf,
  mixed,
  ramp,
  saturated,
  smoothStep,
  unit,
  type ColourChange,
  type Rgb,
} from './colourMath.ts';
import type { LookDrawing } from './drawing.ts';
import { haloed, vignetted } from './parts.ts';
import { gradientPlate } from './plate.ts';
import type { LookStage } from './stage.ts';

/** The last light of a day: violet shade, amber light, and a sky from violet to orange. */
export const dusk: LookDrawing = (stage, source, strength) => {
  const [forLand, forSky] = hasSky(stage) ? stage.copies(source, 2) : [source];
  const land = stage.recolour(stage.rgb(forLand!), 'dusk', (colour) => mixed(colour, duskLight(colour), strength));
  const graded = forSky
    ? underSky(stage, land, forSky, strength, { name: 'duskSky', stops: duskSky, clouds: 1 })
    : land;
  const lit = haloed(stage, graded, {
    from: 0.66,
    sigma: 16,
    colour: [1, 0.55, 0.22],
    amount: 0.5 * strength,
  });
  return vignetted(stage, lit, 0.3 * strength);
};

/** From the zenith to the horizon. */
const duskSky = [
  { at: 0, colour: hex('#34345f') },
  { at: 0.35, colour: hex('#6d4a7c') },
  { at: 0.68, colour: hex('#c46a62') },
  { at: 0.88, colour: hex('#ee9d58') },
  { at: 1, colour: hex('#ffcf86') },
];

const duskLight: ColourChange = (colour) => {
  const grey = lumaOf(colour);
  const lowered = eachOf(saturated(colour, 0.9), (value) => contrasted(value, 1.12, 0.55) * 0.72);
  const shade: Rgb = [grey * 0.36 + 0.05, grey * 0.28 + 0.035, grey * 0.5 + 0.11];
  const light: Rgb = [Math.min(1, grey * 1.08), grey * 0.66, grey * 0.36];
  return mixed(lowered, mixed(shade, light, smoothStep(0.3, 0.86, grey)), 0.58);
};

/** Night: blue and dim under a dark sky; what is small and bright shines on, warm, as lamps and windows do. */
export const night: LookDrawing = (stage, source, strength) => {
  const [forLand, forLamps, forSky] = stage.copies(source, hasSky(stage) ? 3 : 2);
  const land = stage.recolour(stage.rgb(forLand!), 'night', (colour) => mixed(colour, nightLight(colour), strength));
  const graded = forSky
    ? underSky(stage, land, forSky, strength, { name: 'nightSky', stops: nightSky, clouds: 0.5 })
    : land;
  const light = stage.softly(forLamps!, (small, rgb) => lamps(small, rgb, 0.9 * strength));
  const lit = stage.blend(graded, light, 'screen');
  return vignetted(stage, lit, 0.45 * strength);
};

const nightSky = [
  { at: 0, colour: hex('#050914') },
  { at: 0.6, colour: hex('#0b1426') },
  { at: 1, colour: hex('#1c2a45') },
];

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

/** Warm light from what is much brighter than its surroundings, except the sky. */
function lamps(stage: LookStage, rgb: Stream, amount: number): Stream {
  const [forColour, forLight] = stage.copies(rgb, 2);
  const [here, around] = stage.copies(stage.green(forLight!), 2);
  const small = stage.combine(here!, stage.blur(around!, 14), 8, (x, y) =>
    // bright, and small in dark surroundings: the edge of a white wall is neither
    multiply(clipped(subtract(x, 0.64), 4.3), clipped(subtract(0.47, y), 7)),
  );
  const dark = skyOf(stage);
  const found = dark ? stage.combine(small, dark, 8, (x, y) => multiply(x, clipped(subtract(0.5, y), 4))) : small;
  const colours = stage.chain(
    forColour!,
    filter('lutrgb', { r: brightened(1.05), g: brightened(0.8), b: brightened(0.5) }),
  );
  const shining = stage.blend(colours, stage.asRgb(found), 'multiply');
  const [core, near, far] = stage.copies(shining, 3);
  const glow = stage.blend(
    brighter(stage, stage.blur(near!, 5), 2.2),
    brighter(stage, stage.blur(far!, 22), 3.5),
    'screen',
  );
  return brighter(stage, stage.blend(core!, glow, 'screen'), amount);
}

function brightened(factor: number): Expression {
  return call('clip', multiply(variable('val'), factor), 0, 255);
}

function brighter(stage: LookStage, rgb: Stream, factor: number): Stream {
  const value = brightened(factor);
  return stage.chain(rgb, filter('lutrgb', { r: value, g: value, b: value }));
}

/** A sky's colours, and how much its clouds stand out. */
interface NewSky {
  readonly name: string;
  readonly stops: Parameters<typeof ramp>[0];
  readonly clouds: number;
}

/** The sky that was found gets new colours, under the same clouds; elsewhere nothing changes. */
function underSky(stage: LookStage, land: Stream, source: Stream, strength: number, sky: NewSky): Stream {
  const horizon = stage.scene?.horizon ?? 1;
  const colours = stage.stillInColour(gradientPlate(sky.name, (down) => ramp(sky.stops, unit(down / horizon))));
  const [here, around] = stage.copies(stage.luma(source), 2);
  const clouds = stage.combine(here!, stage.blur(around!, 60), 8, (x, y) =>
    add(128 / 255, multiply(subtract(x, y), sky.clouds)),
  );
  const clouded = stage.blend(colours, stage.asRgb(clouds), 'grainmerge');
  return stage.merge(land, clouded, stage.asRgb(stage.curve(stage.map('sky'), multiply(variable('val'), strength))));
}

/** Where the sky is; null where there is none or nobody looked. */
export function skyOf(stage: LookStage): Stream | null {
  return hasSky(stage) ? stage.map('sky') : null;
}

function hasSky({ scene }: LookStage): boolean {
  return scene?.hasSky === true;
}

function clipped(value: Expression, gain: number): Expression {
  return call('clip', multiply(value, gain), 0, 1);
}
