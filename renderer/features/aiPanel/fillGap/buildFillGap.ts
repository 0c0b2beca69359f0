import type { FillGapRequest } from '../../../../core/actions/fillGap/schema.ts';
import { frameOfClip } from '../../../services/placeGeneration.ts';
import type { BuildContext } from '../build.ts';
import type { Goal } from '../goal.ts';

/** From the last frame before the gap to the first one after it, unless other pictures were chosen. */
export function buildFillGap(
  { document, draft, common }: BuildContext,
  gap: Extract<Goal, { kind: 'gap' }>,
): FillGapRequest {
  const { tracks } = document.sequences[document.activeSequenceId]!;
  const clips = tracks.find((track) => track.id === gap.trackId)?.clips ?? [];
  const before = clips.find((clip) => clip.startTicks + clip.durationTicks === gap.startTicks);
  const after = clips.find((clip) => clip.startTicks === gap.startTicks + gap.durationTicks);
  return {
    action: 'fillGap',
    ...common,
    durationTicks: gap.durationTicks,
    firstFrame: draft.firstFrame ?? (before ? frameOfClip(document, before, before.durationTicks - 1) : null),
    lastFrame: draft.lastFrame ?? (after ? frameOfClip(document, after, 0) : null),
    references: [...draft.settings.generate.references],
  };
}
