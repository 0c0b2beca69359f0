/** While an edge is in the hand the viewer shows the frame at it: the first of the clip, or its last. */
import { useEffect } from 'react';
import { clipEnd, findClipIn } from '../../../../core/document/query.ts';
import type { ProjectDocument, Sequence } from '../../../../core/document/schema.ts';
import { frameAtTicks, ticksAtFrame, type Ticks } from '../../../../core/time/ticks.ts';
import { useLookedAt } from '../../../services/livePreview.ts';
import type { Preview } from '../gestures/gesture.ts';
import { useTimelineView } from './timelineView.ts';

/** null while no edge was moved. `sequence`: as it will be once the hand lets go. */
export function edgeFrame(sequence: Sequence, preview: Pick<Preview, 'edge' | 'tip'>): Ticks | null {
  if (preview.edge === null || preview.tip === null) return null;
  const clip = findClipIn(sequence, preview.edge.clipId)?.clip;
  if (clip === undefined) return null;
  if (preview.edge.edge === 'in') return clip.startTicks;
  return ticksAtFrame(frameAtTicks(clipEnd(clip) - 1, sequence.rate), sequence.rate);
}

/** Shows the frame at the dragged edge in the viewer, and returns to the playhead afterwards. */
export function useLookAtEdge(shown: ProjectDocument): void {
  const preview = useTimelineView((view) => view.preview);
  useEffect(() => {
    const sequence = shown.sequences[shown.activeSequenceId];
    const ticks = sequence === undefined ? null : edgeFrame(sequence, preview);
    if (ticks === null && useLookedAt.getState().lookedAt === null) return;
    useLookedAt.setState({ lookedAt: ticks === null ? null : { document: shown, ticks } });
  }, [shown, preview]);
  useEffect(() => () => useLookedAt.setState({ lookedAt: null }), []);
}
