/** The painter's picture of a figure. */
import type { VideoFamily } from '../../../families/pack.ts';
import type { PipelineContext } from '../../../families/pipeline.ts';
import { required } from '../../../families/video/latents.ts';
import type { Cast } from '../cast.ts';
import type { SaidFigure } from '../reading/said.ts';

/** Runs the painter for a figure: f32[4, side, side], premultiplied, 0..1. */
export async function paint(
  figure: SaidFigure,
  cast: Cast,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Float32Array> {
  const session = await context.pack.session(family.figures!.painter);
  const space = figure.wears.indexOf(' ');
  const hue = space > 0 && cast.clothColours.includes(figure.wears.slice(0, space)) ? figure.wears.slice(0, space) : '';
  const garment = hue ? figure.wears.slice(space + 1) : figure.wears;
  const who = [
    figure.entry,
    cast.colours.indexOf(figure.colour) + 1,
    cast.garments.indexOf(garment) + 1,
    Math.max(0, cast.clothColours.indexOf(hue)),
    Math.min(figure.tone, cast.toneCount),
  ];
  const outputs = await session.run({
    who: { type: 'int64', data: BigInt64Array.from(who, BigInt), dims: [1, who.length] },
  });
  return required(outputs, 'picture').data as Float32Array;
}
