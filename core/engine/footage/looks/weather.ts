/** Looks of weather. */
import { add, call, multiply, subtract, variable, type Expression } from '../../../ffmpeg/expression.ts';
import { filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { contrasted, eachOf, hex, mixed, saturated, smoothStep, unit, type ColourChange } from './colourMath.ts';
import type { LookDrawing } from './drawing.ts';
import { skyOf } from './light.ts';
import type { LookStage } from './stage.ts';
import { aroundGrey, cloudNoise, fieldPlate, rainPlate, rainSlant, snowPlate } from './textures.ts';

/** Three depths of streaks under a grey sky; the ground is wet, and drops burst on it. */
export const rain: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'rain', (colour) => mixed(colour, overcast(colour), strength));
  const wet = stage.scene ? wetGround(stage, graded, strength) : graded;
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
  const drops = layers.map(({ plate, speed }) =>
    stage.drifting(plate, { right: (speed * rainSlant * height) / width, down: speed }),
  );
  return stage.blend(misty(stage, wet, 0.2 * strength, 'rainMist'), together(stage, drops), 'screen', 0.85 * strength);
};

const overcast: ColourChange = (colour) => {
  const [r, g, b] = eachOf(saturated(colour, 0.62), (value) => 0.03 + contrasted(value, 1.05, 0.5) * 0.74);
  return [r * 0.95, g * 0.995, b * 1.05 + 0.012];
};

/** Ground that is darker and mirrors what stands above the horizon, drawn out downwards, and drops that burst on it. */
function wetGround(stage: LookStage, graded: Stream, strength: number): Stream {
  const [dry, forWet, forMirror] = stage.copies(graded, 3);
  const axis = (stage.scene?.horizon ?? 0.4) + 0.04;
  const mirror = stage.chain(
    forMirror!,
    filter('vflip'),
    // turned about the horizon instead of the picture's middle
    filter('scroll', { vpos: Math.min(1, Math.max(0, (2 - 2 * axis) % 1)) }),
    filter('gblur', { sigma: Math.max(0.5, stage.px(3)), sigmaV: Math.max(1, stage.px(26)), steps: 2 }),
  );
  const dark = { r: darkened, g: darkened, b: darkened };
  const shining = stage.blend(stage.chain(forWet!, filter('lutrgb', dark)), mirror, 'screen', 0.42);
  const bursts = stage.jumping(
    snowPlate('rainBursts', stage.textureSize, { radius: 1.3, count: 900, seed: 104, strength: 0.5 }),
  );
  const bursting = stage.blend(shining, stage.asRgb(bursts), 'screen', 0.5);
  const mask = stage.curve(stage.map('ground'), multiply(variable('val'), 0.9 * strength));
  return stage.merge(dry!, bursting, stage.asRgb(mask));
}

const darkened = multiply(variable('val'), 0.62);

/** Falling snow in three depths, in flat cold light, and snow that lies. */
export const snow: LookDrawing = (stage, source, strength) => {
  const [forColour, forSnow] = stage.copies(source, 2);
  const cold = stage.recolour(stage.rgb(forColour!), 'snow', (colour) => mixed(colour, coldLight(colour), strength));
  const graded = snowLaid(stage, cold, forSnow!, strength);
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
  const flakes = layers.map(({ plate, down, right }) => stage.drifting(plate, { right, down }));
  const air = misty(stage, graded, 0.22 * strength, 'snowMist');
  return stage.blend(air, together(stage, flakes), 'screen', 0.95 * strength);
};

const coldLight: ColourChange = (colour) => {
  const [r, g, b] = eachOf(saturated(colour, 0.7), (value) => 0.05 + contrasted(value, 0.98, 0.5) * 0.88);
  return [r * 0.96, g * 1.0, b * 1.06 + 0.01];
};

/** Snow on the ground and along the upper edges of things. `source`: the footage, in yuv. */
export function snowLaid(stage: LookStage, graded: Stream, source: Stream, amount: number): Stream {
  const reach = Math.max(1, Math.round(stage.px(4)));
  const { height } = stage.frames.size;
  const [forEdge, forSnow, forShape] = stage.copies(stage.luma(stage.steady(source, 3)), stage.scene ? 3 : 2);
  const [here, above] = stage.copies(stage.blur(forEdge!, 1.4), 2);
  const lowered = stage.chain(
    above!,
    filter('scroll', { vpos: 1 - reach / height }),
    filter('fillborders', { left: 0, right: 0, top: reach, bottom: 0, mode: 'smear' }),
  );
  // an upper edge: what lies above is brighter, as the sky over a roof
  const edges = stage.combine(here!, lowered, 8, (x, y) => clipped(subtract(subtract(y, x), 0.035), 6));
  const land = landOf(stage, edges);
  const laid = forShape ? onGround(stage, land, forShape) : land;
  const snowy = stage.tinted(forSnow!, (value) => {
    const light = 0.62 + 0.4 * unit(value * 1.1);
    return [light * 0.965, light * 0.985, unit(light * 1.01)];
  });
  const soft = stage.curve(stage.blur(laid, 1.2), call('clip', multiply(variable('val'), amount), 0, 255));
  return stage.merge(graded, snowy, stage.asRgb(soft));
}

/** Layers of what falls, over each other while they are grey: three planes cost three times as much. */
function together(stage: LookStage, layers: readonly Stream[]): Stream {
  const [first, ...others] = layers;
  return stage.asRgb(others.reduce((all, layer) => stage.blend(all, layer, 'screen'), first!));
}

/** Nothing lies on the sky. */
function landOf(stage: LookStage, mask: Stream): Stream {
  const sky = skyOf(stage);
  return sky ? stage.combine(mask, sky, 8, (x, y) => multiply(x, clipped(subtract(0.7, y), 3))) : mask;
}

/** What lies on the ground too: more where it is lighter than around, as on grass and stones. */
function onGround(stage: LookStage, edges: Stream, luma: Stream): Stream {
  const [here, around] = stage.copies(luma, 2);
  const tufts = stage.combine(here!, stage.blur(around!, 12), 8, (x, y) => add(0.62, multiply(subtract(x, y), 3)));
  const ground = stage.combine(tufts, stage.map('ground'), 8, (x, y) => multiply(x, y));
  return stage.blend(edges, ground, 'lighten');
}

function clipped(value: Expression, gain: number): Expression {
  return call('clip', multiply(value, gain), 0, 1);
}

/** Drifting fog that swallows what is far. */
export const fog: LookDrawing = (stage, source, strength) => {
  const graded = stage.recolour(stage.rgb(source), 'fog', (colour) =>
    mixed(colour, mixed(saturated(colour, 0.7), hex('#c9cdd0'), 0.14), strength),
  );
  return misty(stage, graded, 0.9 * strength, 'fogMist');
};

/** Grey air in drifting banks: thicker with distance, or with height where nobody looked at the scene. */
function misty(stage: LookStage, rgb: Stream, amount: number, name: string): Stream {
  const size = stage.textureSize;
  const banks = stage.drifting(
    aroundGrey(`${name}Banks`, size, () => cloudNoise(size, 300, 4, 121), 0.62),
    {
      right: 0.02,
      down: 0,
    },
  );
  const depth = stage.scene
    ? stage.blur(stage.map('far'), 3)
    : stage.still(
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
