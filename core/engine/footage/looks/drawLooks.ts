/** Looks over a source, one after the other. */
import type { LookId } from '../../../actions/restyle/looks.ts';
import { multiply, variable } from '../../../ffmpeg/expression.ts';
import type { Stream } from '../../../ffmpeg/filterGraph.ts';
import type { LookDrawing } from './drawing.ts';
import { lookDrawings } from './lookDrawings.ts';
import { drawLearned } from './reference/drawLearned.ts';
import { learnLook, type Lesson } from './reference/learnedLook.ts';
import type { LookStage } from './stage.ts';

/** What is drawn over a source. */
export interface LooksDrawn {
  /** In the order in which they are drawn. */
  readonly looks: readonly LookId[];
  /** Drawn after them; null = none. */
  readonly learned?: Lesson | null;
  /** 0..1, of each. */
  readonly strength: number;
  /** Faces and hands stay nearly as they are, where the scene shows them. */
  readonly keepFaces?: boolean;
}

/** How much of the source a kept face is. */
const keptShare = 0.85;

/** `source`: frames in yuv420p, bt709, limited range. Answers gbrp, full range, of the same size and count. */
export function drawLooks(
  stage: LookStage,
  source: Stream,
  { looks, learned, strength, keepFaces }: LooksDrawn,
): Stream {
  const drawings = [...looks.map((look) => lookDrawings[look]), ...(learned ? [drawLearned(learnLook(learned))] : [])];
  if (strength === 0 || drawings.length === 0) return stage.rgb(source);
  if (!keepFaces || !stage.scene?.hasSkin) return drawn(stage, source, drawings, strength);
  const [under, used] = stage.copies(source, 2);
  const faces = stage.curve(stage.blur(stage.map('skin'), 3), multiply(variable('val'), keptShare));
  return stage.merge(drawn(stage, used!, drawings, strength), stage.rgb(under!), stage.asRgb(faces));
}

function drawn(stage: LookStage, source: Stream, drawings: readonly LookDrawing[], strength: number): Stream {
  const [first, ...others] = drawings;
  return others.reduce((below, draw) => draw(stage, asVideo(stage, below), strength), first!(stage, source, strength));
}

/** From gbrp to what most encoders take: yuv420p, bt709, limited range. */
export function asVideo(stage: LookStage, rgb: Stream): Stream {
  return stage.video(rgb);
}
