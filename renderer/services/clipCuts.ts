/** Cuts inside of clips: where they come on the timeline, and splitting there in one step. */
import type { SeenCut } from '../../core/contract/seen.ts';
import { endTicks, type Ticks } from '../../core/time/ticks.ts';
import { clipTicksAt } from '../../core/render/sourceTime.ts';
import type { Clip, Sequence } from '../../core/document/schema.ts';
import { playheadClipIds } from './clipEdits.ts';
import type { EditorState } from './editor.ts';
import { selectedPlaces, sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

/** A clip that can be looked through, and the file that it shows. */
export interface FilmClip {
  readonly clip: Clip;
  readonly mediaId: string;
}

/** Clips with a picture of a file: the selected ones, else those under the playhead. */
export function filmClips(state: EditorState): FilmClip[] {
  const sequence = sequenceOf(state);
  if (!sequence) return [];
  const ids = new Set(
    selectedPlaces(state).length > 0 ? selectedPlaces(state).map(({ clip }) => clip.id) : playheadClipIds(state),
  );
  return allFilmClips(state).filter(({ clip }) => ids.has(clip.id));
}

/** All clips of the sequence that show a film of the bin, on tracks that are not locked. */
export function allFilmClips(state: EditorState): FilmClip[] {
  const tracks = (sequenceOf(state)?.tracks ?? []).filter(({ kind, locked }) => kind === 'video' && !locked);
  return tracks.flatMap(({ clips }) =>
    clips.flatMap((clip) => {
      const { reference, generation } = clip;
      if (reference.kind !== 'media' || generation?.activeTakeId) return [];
      return state.document?.media[reference.mediaId]?.kind === 'video' ? [{ clip, mediaId: reference.mediaId }] : [];
    }),
  );
}

/** Where a clip's cuts come in the sequence, on its frames, in order; those at its edges are none. */
export function cutTicksIn(clip: Clip, cuts: readonly SeenCut[], sequence: Sequence): Ticks[] {
  const all = cuts.map(({ ticks }) => {
    const at = clipTicksAt(clip, ticks, sequence.rate);
    // backwards the frame before a cut comes after the frame behind it
    return clip.reversed ? clipTicksAt(clip, ticks - 1, sequence.rate) : at;
  });
  const inside = all.filter((at) => at > clip.startTicks && at < endTicks(clip));
  return [...new Set(inside)].toSorted((a, b) => a - b);
}

/** Splits clips, with what is linked to them. One step of the history. */
export function splitAt(places: readonly { readonly clip: Clip; readonly ticks: readonly Ticks[] }[]): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  state.asOneStep('splitClips', () => {
    // the left part keeps the clip's id: from the end on
    for (const { clip, ticks } of places)
      for (const atTicks of ticks.toReversed())
        useEditor.getState().run('splitClips', { sequenceId: sequence.id, clipIds: [clip.id], atTicks });
  });
}
