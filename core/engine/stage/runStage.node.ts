/** Draws a scene in the inference child: frames go from Skia straight into the encoder. */
import { writeFile } from 'node:fs/promises';
import { engageFrom } from '../../../models/families/stage/figures/engage.node.ts';
import { placeOf } from '../../../models/families/stage/places/places.ts';
import { prepareStage, type Stage } from '../../../models/families/stage/stage.node.ts';
import { filter, type FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import { format, markedBt709 } from '../../ffmpeg/colour.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { encodeFrames } from '../footage/makeFilm.node.ts';
import type { FootageContext } from '../footage/footageContext.ts';
import { openFigures } from './openFigures.node.ts';
import type { StageResult, StageRun } from './stageRun.ts';

/** Throws FailureError as `openFigures` and `encodeFrames`. */
export async function runStage(run: StageRun, context: FootageContext): Promise<StageResult> {
  context.report({ fraction: 0, stage: 'prepare' });
  const { scene, size } = run;
  const props = placeOf(scene.place).props?.(scene.seed) ?? [];
  const wanted = [...scene.figures, ...props.map(({ name }) => ({ name, tone: 0, wears: '' }))];
  const figures = await openFigures(run.figuresFolder, wanted);
  const stage = prepareStage(
    scene,
    size,
    engageFrom(figures.entries, (drawing) => figures.svgOf(drawing)),
  );
  if (run.output.format === 'image2') {
    await writeFile(run.output.path, stage.draw(scene.duration / 2).canvas.toBuffer('image/png'));
    return { task: 'stage' };
  }
  const encoded = await encodeFrames(framesOf(stage, run, context), {
    pixelFormat: 'rgba',
    size,
    rate: run.rate,
    bytes: size.width * size.height * 4,
    picture: toTakeColours,
    output: run.output,
  });
  requireFrames(encoded, run.frameCount);
  return { task: 'stage' };
}

async function* framesOf(stage: Stage, run: StageRun, context: FootageContext): AsyncGenerator<Uint8Array> {
  for (let frame = 0; frame < run.frameCount; frame++) {
    context.checkCancelled();
    // the surface is drawn on again before ffmpeg has taken the bytes: a copy crosses
    yield new Uint8Array(stage.draw((frame * run.rate.den) / run.rate.num).canvas.data());
    context.report({
      fraction: 0.1 + (0.9 * (frame + 1)) / run.frameCount,
      stage: 'compose',
      step: frame + 1,
      stepCount: run.frameCount,
    });
    await new Promise(setImmediate);
  }
}

function toTakeColours(graph: FilterGraph, frames: Stream): Stream {
  return graph.chain(
    [frames],
    [
      filter('scale', { flags: 'bicubic', in_range: 'pc', out_color_matrix: 'bt709', out_range: 'tv' }),
      format('yuv420p'),
      filter('setsar', { sar: 1 }),
      markedBt709,
    ],
  );
}
