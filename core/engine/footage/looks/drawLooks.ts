/** Looks over a source, one after the other. */
import type { LookId } from '../../../actions/restyle/looks.ts';
import { exactScaling, format, markedBt709 } from '../../../ffmpeg/colour.ts';
import { filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { lookDrawings } from './lookDrawings.ts';
import type { LookStage } from './stage.ts';

/**
 * `source`: frames in yuv420p, bt709, limited range. Answers gbrp, full range, of the same size and count. `looks`: in
 * the order in which they are drawn; `strength`: 0..1, of each.
 */
export function drawLooks(stage: LookStage, source: Stream, looks: readonly LookId[], strength: number): Stream {
  const [first, ...others] = looks;
  if (first === undefined || strength === 0) return stage.rgb(source);
  return others.reduce(
    (below, look) => lookDrawings[look](stage, asVideo(stage, below), strength),
    lookDrawings[first](stage, source, strength),
  );
}

/** From gbrp to what most encoders take: yuv420p, bt709, limited range. */
export function asVideo(stage: LookStage, rgb: Stream): Stream {
  const convert = filter('scale', { in_range: 'pc', out_color_matrix: 'bt709', out_range: 'tv', flags: exactScaling });
  return stage.chain(rgb, convert, format('yuv420p'), filter('setsar', { sar: 1 }), markedBt709);
}
