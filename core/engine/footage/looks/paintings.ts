/** Looks of paint and of things made by hand. */
import { add, call, multiply, subtract, variable } from '../../../ffmpeg/expression.ts';
import { filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { between, contrasted, fromHsv, hsvOf, smoothStep, unit } from './colourMath.ts';
import { covering } from './drawing.ts';
import { outlines, painted } from './parts.ts';
import type { LookStage } from './stage.ts';
import { canvasPlate, cloudNoise, dotsPlate, aroundGrey, paperPlate } from './textures.ts';

/** Pale washes whose colour gathers at the edges, on rough paper. */
export const watercolour = covering((stage, source) => {
  const [forColour, forLuma, forEdges] = stage.copies(stage.steady(source, 2), 3);
  const colours = stage.rgb(stage.saturated(forColour!, 1.25));
  const washes = painted(stage, wavering(stage, colours, 4), stage.luma(forLuma!), 3.6);
  const pale = stage.curves(washes, (value, channel) => {
    const lifted = value ** 0.8;
    // thin paint lets the paper through
    return between(lifted, [0.985, 0.975, 0.95][channel]!, 0.1 + 0.22 * smoothStep(0.35, 1, lifted));
  });
  const [ground, soft] = stage.copies(pale, 2);
  // where a wash ends its pigment gathers: darker than the blurred surroundings, never lighter
  const pooled = stage.pairs(ground!, stage.blur(soft!, 2.6), (x, y) =>
    add(x, multiply(call('min', subtract(x, y), 0), 0.72)),
  );
  // a little over half of the lines' darkness
  const lines = stage.curve(
    outlines(stage, stage.luma(forEdges!), 1.6, 9, 0.02),
    add(192, multiply(variable('val'), 63 / 255)),
  );
  const drawn = stage.blend(pooled, stage.asRgb(lines), 'multiply');
  return stage.blend(drawn, stage.asRgb(stage.still(paperPlate(stage.textureSize, 0.2))), 'softlight', 0.9);
});

/** Thick strokes of paint on canvas, lit from the upper left. */
export const oil = covering((stage, source) => {
  const [forColour, forLuma] = stage.copies(stage.steady(source, 1.5), 2);
  const strokes = painted(stage, stage.rgb(stage.saturated(forColour!, 1.3)), stage.luma(forLuma!), 3);
  const [again, itsLuma] = stage.copies(strokes, 2);
  const second = painted(stage, again!, stage.green(itsLuma!), 2);
  const rich = stage.curves(second, (value) => contrasted(value, 1.12, 0.45));
  const [ground, relief] = stage.copies(rich, 2);
  const bumps = lit(stage, stage.green(relief!), 1.6);
  const raised = stage.blend(ground!, stage.asRgb(bumps), 'overlay', 0.9);
  const bristles = aroundGrey('bristles', stage.textureSize, () => bristleField(stage), 0.1);
  const brushed = stage.blend(raised, stage.asRgb(stage.still(bristles)), 'softlight', 0.8);
  return stage.blend(brushed, stage.asRgb(stage.still(canvasPlate(stage.textureSize, 0.1))), 'softlight', 0.7);
});

/** Flat colours, black outlines, and dots in the shade. */
export const comic = covering((stage, source) => {
  const [forColour, forLuma, forLines, forDots] = stage.copies(stage.steady(source, 2.2), 4);
  const flat = painted(stage, stage.rgb(forColour!), stage.luma(forLuma!), 3);
  const bold = stage.recolour(flat, 'comic', (colour) => {
    const { hue, saturation, value } = hsvOf(colour);
    return fromHsv(hue, unit(saturation ** 0.85 * 1.25), stepped(value, 5, 0.3) * 0.9 + 0.1 * value ** 0.6);
  });
  const dots = stage.still(dotsPlate(stage.textureSize, 6, Math.PI / 4));
  const shade = stage.combine(stage.luma(forDots!), dots, 8, (x, y) =>
    // a dot grows as the surface gets darker; light surfaces have none
    add(0.7, multiply(call('clip', add(0.5, multiply(subtract(add(x, multiply(y, 0.36)), 0.5), 9)), 0, 1), 0.3)),
  );
  const dotted = stage.blend(bold, stage.asRgb(shade), 'multiply');
  const lines = outlines(stage, stage.luma(forLines!), 1.8, 36, 0.011);
  return stage.blend(dotted, stage.asRgb(stage.blur(lines, 0.5)), 'multiply');
});

/** Smooth coloured matter with a soft gloss and dents. */
export const clay = covering((stage, source) => {
  const [forColour, forLuma] = stage.copies(stage.steady(source, 4), 2);
  const lumps = painted(stage, stage.rgb(stage.saturated(forColour!, 1.4)), stage.luma(forLuma!), 3.6);
  const soft = stage.blur(lumps, 1.5);
  const matter = stage.curves(soft, (value) => 0.08 + 0.88 * contrasted(value, 1.1, 0.5));
  const [ground, heights, shine] = stage.copies(matter, 3);
  // without contour lines: heights are smoothed beyond the borders of strokes, and a slope of a level or two is a step
  // of 8 bits on a wall
  const shape = stage.blur(stage.green(heights!), 5);
  const raised = stage.blend(ground!, stage.asRgb(lit(stage, shape, 4.5, 1.6)), 'overlay', 1);
  const gloss = stage.curve(
    lit(stage, stage.blur(stage.green(shine!), 7), 5),
    // a sheen, and never a white rim around what stands before a light wall
    call('clip', multiply(subtract(variable('val'), 140), 0.54), 0, 36),
  );
  const shiny = stage.blend(raised, stage.asRgb(gloss), 'screen');
  // broad dents; finer marks, such as fingerprints, look like contour lines of a damaged film
  const dents = aroundGrey('dents', stage.textureSize, () => cloudNoise(stage.textureSize, 34, 2, 81), 0.05);
  return stage.blend(shiny, stage.asRgb(stage.still(dents)), 'softlight', 0.8);
});

/** Side of a square of pixel art, units. */
const squareUnits = 8;

/** Squares of few colours. */
export const pixelArt = covering((stage, source) => {
  const { width, height } = stage.frames.size;
  const columns = Math.max(4, Math.round(width / stage.px(squareUnits)));
  const rows = Math.max(4, Math.round(height / stage.px(squareUnits)));
  const small = stage.chain(source, filter('scale', { w: columns, h: rows, flags: 'area' }));
  const rgb = stage.rgb(stage.chain(stage.steady(small, 2.2), filter('unsharp', { lx: 3, ly: 3, la: 0.8 })));
  const few = stage.recolour(rgb, 'pixelArt', (colour) => {
    const { hue, saturation, value } = hsvOf(colour);
    const shade = stepped(contrasted(value, 1.15), 6, 0.35);
    return fromHsv(hue, stepped(unit(saturation * 1.3), 4, 0.4), shade);
  });
  return stage.chain(few, filter('scale', { w: width, h: height, flags: 'neighbor' }));
});

/** A value in steps, with slopes between them (`slope`: share of a step) so that noise does not flip it. */
function stepped(value: number, count: number, slope: number): number {
  const at = unit(value) * count;
  const step = Math.min(count - 1, Math.floor(at));
  return (step + smoothStep(0.5 - slope, 0.5 + slope, at - step)) / count;
}

/**
 * The relief of a grey picture as light and shadow around middle grey. `least`: slopes up to this, in levels of 8 bits,
 * count as flat.
 */
export function lit(stage: LookStage, grey: Stream, gain: number, least = 0): Stream {
  const reach = Math.max(1, Math.round(stage.px(1)));
  const [here, there] = stage.copies(grey, 2);
  const { width, height } = stage.frames.size;
  const moved = stage.chain(
    there!,
    filter('scroll', { hpos: reach / width, vpos: reach / height }),
    // `scroll` brings in the opposite border, which would be a bright line
    filter('fillborders', { left: reach, top: reach, right: 0, bottom: 0, mode: 'smear' }),
  );
  return stage.combine(here!, moved, 8, (x, y) => {
    const slope = subtract(y, x);
    const flat = least / 255;
    const steep = least === 0 ? slope : subtract(slope, call('clip', slope, -flat, flat));
    return add(0.5, multiply(steep, gain));
  });
}

/** Moves the picture's edges by a field that stands still, as a hand would. `reach` in units. */
function wavering(stage: LookStage, rgb: Stream, reach: number): Stream {
  const amount = Math.min(120, stage.px(reach));
  const field = (seed: number) =>
    stage.asRgb(
      stage.curve(
        stage.still(
          aroundGrey(`waver${seed}`, stage.textureSize, () => cloudNoise(stage.textureSize, 26, 3, seed), 0.5),
        ),
        add(128, multiply(subtract(variable('val'), 128), amount / 64)),
      ),
    );
  return stage.graph.chain([rgb, field(61), field(62)], [filter('displace', { edge: 'smear' })]);
}

/** Marks of bristles: noise drawn out in sweeping directions. */
function bristleField(stage: LookStage): Float32Array {
  const { width, height } = stage.textureSize;
  const turn = cloudNoise(stage.textureSize, 120, 2, 71);
  const hairs = cloudNoise(stage.textureSize, 2.4, 2, 72);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const angle = turn[i]! * 5 + 0.7;
      const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
      let sum = 0;
      for (let step = -6; step <= 6; step++) {
        const px = (Math.round(x + dx * step * 1.3) + width) % width;
        const py = (Math.round(y + dy * step * 1.3) + height) % height;
        sum += hairs[py * width + px]!;
      }
      values[i] = sum / 5;
    }
  }
  return values;
}
