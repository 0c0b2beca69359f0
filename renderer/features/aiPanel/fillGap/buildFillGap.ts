import type { FillGapRequest } from '../../../../core/actions/fillGap/schema.ts';
import { frameOfClip } from '../../../services/placeGeneration.ts';
import type { BuildContext } from '../build.ts';
import type { ProjectDocument } from '../../../../core/document/schema.ts';
import type { Draft } from '../../../services/aiDraft.ts';
import type { Goal } from '../goal.ts';

/** From the last frame before the gap to the first one after it, unless other pictures were chosen. */
export function buildFillGap(
  { document, draft, common }: BuildContext,
  gap: Extract<Goal, { kind: 'gap' }>,
): FillGapRequest {
  return {
    action: 'fillGap',
    ...common,
    durationTicks: gap.durationTicks,
    ...gapPictures(document, draft, gap),
    references: [...draft.settings.generate.references],
  };
}

/** What the clips beside a gap show there, unless other pictures were chosen. */
export function gapPictures(
  document: ProjectDocument,
  draft: Pick<Draft, 'firstFrame' | 'lastFrame'>,
  gap: Extract<Goal, { kind: 'gap' }>,
): Pick<FillGapRequest, 'firstFrame' | 'lastFrame'> {
  const { tracks } = document.sequences[document.activeSequenceId]!;
  const clips = tracks.find((track) => track.id === gap.trackId)?.clips ?? [];
  const before = clips.find((clip) => clip.startTicks + clip.durationTicks === gap.startTicks);
  const after = clips.find((clip) => clip.startTicks === gap.startTicks + gap.durationTicks);
  return {
    firstFrame: draft.firstFrame ?? (before ? frameOfClip(document, before, before.durationTicks - 1) : null),
    lastFrame: draft.lastFrame ?? (after ? frameOfClip(document, after, 0) : null),
  };
}
