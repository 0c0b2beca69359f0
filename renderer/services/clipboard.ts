/**
 * Cut, copy, paste and delete. The clipboard holds clips of this window; it survives changing the project only for
 * clips that need no file.
 */
import { newId } from '../../core/document/create.ts';
import { sequenceDuration, withLinkedIds } from '../../core/document/query.ts';
import type { Clip, Track } from '../../core/document/schema.ts';
import { snapToFrame, type Ticks } from '../../core/time/ticks.ts';
import { selectedPlaces, sequenceOf } from './selectors.ts';
import { emptySelection, useEditor } from './store.ts';

interface CopiedClip {
  readonly clip: Clip;
  readonly trackId: string;
  readonly kind: Track['kind'];
  readonly role: Track['role'];
}

let copied: readonly CopiedClip[] = [];

/** Whether clips have been copied. */
export function hasClipboard(): boolean {
  return copied.length > 0;
}

/** Linked clips go along where the selection is linked. */
function chosenPlaces() {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (!sequence) return [];
  const ids = state.linkedSelection ? withLinkedIds(sequence, state.selection.clipIds) : state.selection.clipIds;
  return selectedPlaces({ ...state, selection: { ...state.selection, clipIds: ids } });
}

function chosenClipIds(): string[] {
  return chosenPlaces().map((place) => place.clip.id);
}

/** Copies the selected clips; without any, the clipboard stays as it is. */
export function copySelection(): void {
  const places = chosenPlaces();
  if (places.length > 0)
    copied = places.map(({ clip, track }) => ({ clip, trackId: track.id, kind: track.kind, role: track.role }));
}

/** Copies the selected clips and removes them, leaving gaps. */
export function cutSelection(): void {
  copySelection();
  const sequence = sequenceOf(useEditor.getState());
  if (sequence)
    useEditor.getState().run('removeClips', { sequenceId: sequence.id, clipIds: chosenClipIds(), ripple: false });
}

/**
 * Clips with new ids, links kept among themselves, their earliest start at `atTicks`. Those whose kind of track is gone
 * are left out.
 */
export function placeCopies(
  sources: readonly CopiedClip[],
  tracks: readonly Track[],
  atTicks: Ticks,
): { trackId: string; clip: Clip }[] {
  const origin = Math.min(...sources.map(({ clip }) => clip.startTicks));
  const links = new Map<string, string>();
  return sources.flatMap((source) => {
    const open = tracks.filter((track) => !track.locked && track.kind === source.kind);
    const track =
      open.find((one) => one.id === source.trackId) ?? open.find((one) => one.role === source.role) ?? open[0];
    if (!track) return [];
    const link = source.clip.linkId;
    if (link !== null && !links.has(link)) links.set(link, newId());
    const clip: Clip = {
      ...structuredClone(source.clip),
      id: newId(),
      linkId: link === null ? null : links.get(link)!,
      startTicks: atTicks + source.clip.startTicks - origin,
    };
    return [{ trackId: track.id, clip }];
  });
}

/**
 * Puts copies at a tick, selects them, and moves the playhead to their end so that pasting again goes on from there.
 */
function paste(sources: readonly CopiedClip[], atTicks: Ticks, movePlayhead: boolean): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (!sequence || sources.length === 0) return;
  const clips = placeCopies(sources, sequence.tracks, atTicks);
  if (clips.length === 0 || !state.run('addClips', { sequenceId: sequence.id, clips, mode: 'overwrite' })) return;
  state.setSession({ selection: { ...emptySelection, clipIds: clips.map(({ clip }) => clip.id) } });
  if (movePlayhead)
    state.setSession({ playheadTicks: Math.max(...clips.map(({ clip }) => clip.startTicks + clip.durationTicks)) });
}

/** Pastes the copied clips at the frame under the playhead. */
export function pasteAtPlayhead(): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (sequence) paste(copied, snapToFrame(state.playheadTicks, sequence.rate), true);
}

/** Copies straight after the selection, or at the end of the timeline where that would cover something. */
export function duplicateSelection(): void {
  const places = chosenPlaces();
  const sequence = sequenceOf(useEditor.getState());
  if (!sequence || places.length === 0) return;
  const from = Math.min(...places.map(({ clip }) => clip.startTicks));
  const to = Math.max(...places.map(({ clip }) => clip.startTicks + clip.durationTicks));
  const covered = places.some(({ track }) =>
    track.clips.some((clip) => clip.startTicks < to + (to - from) && clip.startTicks + clip.durationTicks > to),
  );
  paste(
    places.map(({ clip, track }) => ({ clip, trackId: track.id, kind: track.kind, role: track.role })),
    covered ? sequenceDuration(sequence) : to,
    false,
  );
}

/** Whatever is selected: clips, a transition, a marker, items of the bin. */
export function deleteSelection(): void {
  const { selection, run } = useEditor.getState();
  const sequence = sequenceOf(useEditor.getState());
  if (!sequence) return;
  const sequenceId = sequence.id;
  if (selection.clipIds.length > 0) run('removeClips', { sequenceId, clipIds: chosenClipIds(), ripple: false });
  else if (selection.transitionId) run('removeTransition', { sequenceId, transitionId: selection.transitionId });
  else if (selection.markerId) run('removeMarker', { sequenceId, markerId: selection.markerId });
  else if (selection.gap)
    run('closeGap', { sequenceId, trackId: selection.gap.trackId, atTicks: selection.gap.startTicks });
  else if (selection.mediaIds.length > 0) run('removeMedia', { mediaIds: selection.mediaIds });
}

/** Removes the selected clips or gap and closes the space. */
export function rippleDeleteSelection(): void {
  const { selection, run } = useEditor.getState();
  const sequence = sequenceOf(useEditor.getState());
  if (!sequence) return;
  if (selection.clipIds.length > 0)
    run('removeClips', { sequenceId: sequence.id, clipIds: chosenClipIds(), ripple: true });
  else if (selection.gap)
    run('closeGap', { sequenceId: sequence.id, trackId: selection.gap.trackId, atTicks: selection.gap.startTicks });
}
