/** Insert and overwrite: the marked part of the source view's file goes onto the timeline. */
import { defaultStillTicks } from '../../core/document/create.ts';
import type { PlacementMode } from '../../core/commands/commands.ts';
import type { EditorState } from './editor.ts';
import { offerMatch } from './matchSequence.ts';
import { words } from './noticeWords.ts';
import { clipsOfMedia, editTrack } from './placement.ts';
import { canEdit, sequenceOf } from './selectors.ts';
import { loadedSource, sourceMarks } from './shown.ts';
import { emptySelection, useEditor } from './store.ts';
import { placeSource } from './threePoint.ts';

/** Whether a source is loaded and the project can be edited. */
export function canPlaceSource(state: EditorState): boolean {
  return canEdit(state) && loadedSource(state) !== null;
}

/** The playhead of the timeline goes behind what was placed, so that the next shot follows it. */
export function placeLoadedSource(mode: PlacementMode): void {
  const state = useEditor.getState();
  const item = loadedSource(state);
  const sequence = sequenceOf(state);
  if (!item || !sequence) return;
  const { inTicks, outTicks } = sourceMarks(state);
  const durationTicks = item.kind === 'image' ? null : item.durationTicks;
  const placed = placeSource(
    { inTicks, outTicks, durationTicks, defaultTicks: defaultStillTicks },
    { ...sequence, playheadTicks: state.playheadTicks },
  );
  const clips = clipsOfMedia(
    item,
    placed.startTicks,
    sequence,
    editTrack(sequence, 'video'),
    editTrack(sequence, 'audio'),
    placed,
  );
  if (clips.length === 0) return state.notify('warning', words('commands:noTrackForSource', { name: item.name }));
  const offer = offerMatch(item);
  if (!state.run('addClips', { sequenceId: sequence.id, clips, mode })) return;
  offer();
  state.setSession({
    playheadTicks: placed.startTicks + placed.durationTicks,
    selection: { ...emptySelection, clipIds: clips.map(({ clip }) => clip.id) },
  });
}
