/** What a look is to the graph. */
import type { Stream } from '../../../ffmpeg/filterGraph.ts';
import type { LookStage } from './stage.ts';

/**
 * Draws a look. `source`: frames in yuv420p, bt709, limited range. `strength`: 0..1, 1 = the look alone. Answers gbrp,
 * full range.
 */
export type LookDrawing = (stage: LookStage, source: Stream, strength: number) => Stream;

/** A look whose strength is how much of the source it covers. */
export function covering(draw: (stage: LookStage, source: Stream) => Stream): LookDrawing {
  return (stage, source, strength) => {
    if (strength === 1) return draw(stage, source);
    const [under, used] = stage.copies(source, 2);
    return stage.mix(stage.rgb(under!), draw(stage, used!), strength);
  };
}
