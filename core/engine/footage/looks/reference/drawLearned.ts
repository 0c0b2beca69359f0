/** Draws a look that was learned from a picture. */
import type { Stream } from '../../../../ffmpeg/filterGraph.ts';
import { mixed } from '../colourMath.ts';
import type { LookDrawing } from '../drawing.ts';
import { grained, vignetted } from '../parts.ts';
import type { LookStage } from '../stage.ts';
import type { LearnedLook } from './learnedLook.ts';

/** Radii of the two bands of local contrast, units. */
const fineRadius = 2.5;
const coarseRadius = 12;

/** The learned look as any other is drawn. */
export function drawLearned(look: LearnedLook): LookDrawing {
  return (stage, source, strength) => {
    const fine = contrastedLocally(stage, stage.rgb(source), fineRadius, (look.fine - 1) * strength);
    const textured = contrastedLocally(stage, fine, coarseRadius, (look.coarse - 1) * strength * 0.7);
    const graded = stage.recolour(textured, 'learned', (colour) => mixed(colour, look.change(colour), strength));
    const dark = look.vignette < 0.03 ? graded : vignetted(stage, graded, look.vignette * strength);
    return grained(stage, dark, look.grain < 0.01 ? 0 : look.grain * strength);
  };
}

/** More of what differs from the surroundings, or less of it for amounts below 0. */
function contrastedLocally(stage: LookStage, rgb: Stream, radius: number, amount: number): Stream {
  if (Math.abs(amount) < 0.03) return rgb;
  const [ground, around] = stage.copies(rgb, 2);
  const blurred = stage.box(around!, radius);
  if (amount < 0) return stage.mix(ground!, blurred, -amount);
  const [under, compared] = stage.copies(ground!, 2);
  return stage.blend(under!, stage.blend(compared!, blurred, 'grainextract'), 'grainmerge', amount);
}
