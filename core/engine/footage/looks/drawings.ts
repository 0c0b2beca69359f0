/** Looks of pen and pencil, print and light. */
import { add, call, multiply, subtract, variable } from '../../../ffmpeg/expression.ts';
import { filter } from '../../../ffmpeg/filterGraph.ts';
import {
  hex,
  lumaOf,
  mixed,
  ramp,
  contrasted,
  smoothStep,
  eachOf,
  saturated,
  type ColourChange,
} from './colourMath.ts';
import { covering } from './drawing.ts';
import { fromLimited, inkLines, outlines } from './parts.ts';
import { gridPlate, hatchPlate, paperPlate } from './textures.ts';

/** Graphite: contours, and strokes that lie closer the darker a surface is. */
export const pencil = covering((stage, source) => {
  const calm = stage.steady(source, 2);
  const [forTone, forLines, forSoft] = stage.copies(stage.luma(calm), 3);
  const tone = stage.blur(forTone!, 1.2);
  const size = stage.textureSize;
  const strokes = [
    { plate: hatchPlate('hatch1', size, 0.9, 5.2, 41), dark: 0.72 },
    { plate: hatchPlate('hatch2', size, 0.75, 4.3, 42), dark: 0.45 },
    { plate: hatchPlate('hatch3', size, -0.7, 4.6, 43), dark: 0.26 },
  ];
  const tones = stage.copies(tone, strokes.length);
  const layers = strokes.map(({ plate, dark }, index) =>
    // paper where it is light, the strokes in full where it is much darker
    stage.combine(tones[index]!, stage.still(plate), 8, (x, y) =>
      subtract(1, multiply(subtract(1, y), call('clip', multiply(subtract(dark, fromLimited(x)), 2.4), 0, 0.78))),
    ),
  );
  const hatched = layers.slice(1).reduce((below, layer) => stage.blend(below, layer, 'multiply'), layers[0]!);
  const contours = stage.curve(
    outlines(stage, forLines!, 1.3, 26, 0.008),
    add(25, multiply(variable('val'), 230 / 255)),
  );
  const smudge = stage.curve(stage.blur(forSoft!, 3), call('clip', add(165, multiply(variable('val'), 0.5)), 0, 255));
  const drawn = stage.blend(stage.blend(hatched, contours, 'multiply'), smudge, 'multiply');
  const paper = stage.blendGrey(drawn, stage.still(paperPlate(size, 0.22)), 'softlight', 0.9);
  return stage.tinted(paper, (value) => mixed([0.17, 0.17, 0.19], [0.985, 0.98, 0.96], value));
});

/** Brush and ink: black surfaces, clean lines, white paper. */
export const ink = covering((stage, source) => {
  const calm = stage.luma(stage.steady(source, 4));
  const lines = inkLines(stage, calm, { sigma: 1.6, detail: 4, darkness: 0.4, hardness: 2 });
  const paper = stage.blendGrey(lines, stage.still(paperPlate(stage.textureSize, 0.12)), 'softlight', 0.8);
  return stage.tinted(paper, (value) => mixed([0.055, 0.055, 0.07], [0.99, 0.985, 0.965], value));
});

/** White lines on blue squared paper. */
export const blueprint = covering((stage, source) => {
  const calm = stage.steady(source, 2.2);
  const [forLines, forTone] = stage.copies(stage.luma(calm), 2);
  const lines = stage.curve(outlines(stage, forLines!, 1.5, 36, 0.006), inverted);
  const tone = stage.curve(stage.blur(forTone!, 2), multiply(call('max', subtract(variable('val'), 16), 0), 0.14));
  const grid = stage.curve(stage.still(gridPlate(stage.textureSize, 24)), multiply(variable('val'), 0.22));
  const drawn = stage.blend(stage.blend(tone, grid, 'screen'), lines, 'screen');
  const paper = stage.blendGrey(drawn, stage.still(paperPlate(stage.textureSize, 0.16)), 'softlight', 0.8);
  return stage.tinted(paper, (value) => ramp(cyanotype, value));
});

const cyanotype = [
  { at: 0, colour: hex('#123a75') },
  { at: 0.3, colour: hex('#1e58a8') },
  { at: 1, colour: hex('#f2f7ff') },
];

/** Contours as coloured tubes of light over a dark picture. */
export const neon = covering((stage, source) => {
  const [forDark, forTubes, forColour] = stage.copies(stage.steady(source, 4), 3);
  const dark = stage.curves(
    stage.rgb(stage.saturated(forDark!, 0.5)),
    (value, channel) => [0.03 + 0.124 * value, 0.012 + 0.094 * value, 0.066 + 0.172 * value][channel]!,
  );
  const [lines, crowd] = stage.copies(
    stage.chain(
      stage.rgb(stage.blur(forTubes!, 1.6)),
      filter('sobel', { scale: 0.6 }),
      filter('lutrgb', { r: strong, g: strong, b: strong }),
    ),
    2,
  );
  // where lines crowd, as in grass, only the strongest glow: all together would flood the picture with light
  const edges = stage.pairs(lines!, stage.blur(crowd!, 14), (x, y) => subtract(x, multiply(y, 0.9)));
  const vivid = stage.softly(forColour!, (small, rgb) => small.recolour(small.blur(rgb, 4), 'neonColour', glowing));
  const tubes = stage.blend(edges, vivid, 'multiply');
  const [core, forGlow] = stage.copies(tubes, 2);
  const glow = stage.softly(stage.video(forGlow!), (small, rgb) => {
    const [near, far] = small.copies(rgb, 2);
    const light = small.blend(small.blur(near!, 4), small.blur(far!, 14), 'screen');
    return small.chain(light, filter('lutrgb', { r: doubled, g: doubled, b: doubled }));
  });
  return stage.blend(stage.blend(dark, glow, 'screen'), core!, 'screen');
});

/** The light of a tube by the colour of what it outlines. */
const glowing: ColourChange = (colour) => {
  const full = eachOf(saturated(colour, 3.2), (value) => Math.max(0, Math.min(1, value)));
  const most = Math.max(...full, 0.001);
  const bright = eachOf(full, (value) => value / most);
  const grey = 1 - (most - Math.min(...full)) / most;
  // what has no colour glows in violet and cyan by its brightness
  return mixed(
    bright,
    mixed(hex('#ff2fd0'), hex('#22e6ff'), smoothStep(0.2, 0.8, lumaOf(colour))),
    smoothStep(0.45, 0.9, grey),
  );
};

/** Two inks: deep blue for the shadows, warm yellow for the light. */
export const duotone = covering((stage, source) =>
  stage.tinted(stage.luma(source), (value) => ramp(twoInks, contrasted((255 * value - 16) / 219, 1.15))),
);

const twoInks = [
  { at: 0, colour: hex('#141452') },
  { at: 0.45, colour: hex('#c2306e') },
  { at: 1, colour: hex('#ffe28a') },
];

const val = variable('val');
const inverted = subtract(255, val);
const strong = call('clip', multiply(subtract(val, 12), 1.9), 0, 255);
const doubled = call('clip', multiply(val, 2), 0, 255);
