/** Edits of clips that need no pointer: what menus, keys and the palette do to the selection or at the playhead. */
import type { CommandParams } from '../../core/commands/commands.ts';
import { createClip, defaultStillTicks, defaultTitle } from '../../core/document/create.ts';
import { abuttingCuts, clipsAtTick, clipsInRange, withLinkedIds } from '../../core/document/query.ts';
import { heldTransitions, maxTransitionTicks } from '../../core/document/sources.ts';
import type { Clip, Sequence, Track } from '../../core/document/schema.ts';
import {
  snapToFrame,
  ticksAtFrame,
  frameAtTicks,
  ticksPerFrame,
  ticksPerSecond,
  type Rate,
  type Ticks,
} from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import type { EditorState } from './editor.ts';
import { words } from './noticeWords.ts';
import { selectedPlaces, sequenceOf } from './selectors.ts';
import { emptySelection, useEditor } from './store.ts';

const { getState } = useEditor;

/** Selected clips under the playhead or, without any, every clip under it on unlocked tracks. */
export function playheadClipIds(state: EditorState): string[] {
  const sequence = sequenceOf(state);
  if (!sequence) return [];
  const under = clipsAtTick(sequence, state.playheadTicks).filter(({ track }) => !track.locked);
  const selected = new Set(state.selection.clipIds);
  const chosen = under.filter(({ clip }) => selected.has(clip.id));
  return (chosen.length > 0 ? chosen : under).map(({ clip }) => clip.id);
}

/** Splits the selected clips under the playhead, or every unlocked clip there when none of them is selected. */
export function split(): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  state.run('splitClips', {
    sequenceId: sequence.id,
    clipIds: playheadClipIds(state),
    atTicks: snapToFrame(state.playheadTicks, sequence.rate),
  });
}

/** Trims the selected clip under the playhead, else the topmost picture there. */
export function trimToPlayhead(edge: 'in' | 'out'): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  const under = clipsAtTick(sequence, state.playheadTicks).filter(({ track }) => !track.locked);
  const selected = under.filter(({ clip }) => state.selection.clipIds.includes(clip.id));
  const target = selected[0] ?? under.findLast(({ track }) => track.kind === 'video') ?? under[0];
  if (!target) return;
  state.run('trimClip', {
    sequenceId: sequence.id,
    clipId: target.clip.id,
    edge,
    toTicks: snapToFrame(state.playheadTicks, sequence.rate),
    ripple: false,
    linked: state.linkedSelection,
  });
}

/** Moves the selection by frames. */
export function nudge(frames: number): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  const ids = state.linkedSelection ? withLinkedIds(sequence, state.selection.clipIds) : state.selection.clipIds;
  const places = selectedPlaces({ ...state, selection: { ...state.selection, clipIds: ids } });
  if (places.length === 0) return;
  const earliest = Math.min(...places.map(({ clip }) => clip.startTicks));
  const delta = Math.max(-earliest, snapByFrames(earliest, frames, sequence.rate) - earliest);
  if (delta === 0) return;
  state.run('moveClips', {
    sequenceId: sequence.id,
    moves: places.map(({ clip, track }) => ({
      clipId: clip.id,
      trackId: track.id,
      startTicks: clip.startTicks + delta,
    })),
    mode: 'overwrite',
  });
}

/** Frames away from a tick, on frame boundaries: exact where the rate does not divide. */
export function snapByFrames(ticks: number, frames: number, rate: Rate): number {
  return Math.max(0, ticksAtFrame(Math.max(0, frameAtTicks(snapToFrame(ticks, rate), rate) + frames), rate));
}

/** Disables the selected clips when all are enabled, otherwise enables them all. */
export function toggleEnabled(): void {
  const state = getState();
  const sequence = sequenceOf(state);
  const places = selectedPlaces(state);
  if (sequence && places.length > 0)
    state.run('setClipProperties', {
      sequenceId: sequence.id,
      clipIds: places.map(({ clip }) => clip.id),
      properties: { enabled: !places.every(({ clip }) => clip.enabled) },
    });
}

function changeSpeed(change: (clip: { speed: Rate; reversed: boolean }) => { speed: Rate; reversed: boolean }): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  for (const { clip } of selectedPlaces(state)) {
    if (clip.reference.kind !== 'media' && clip.reference.kind !== 'generated') continue;
    state.run('setClipSpeed', { sequenceId: sequence.id, clipId: clip.id, ...change(clip), ripple: true });
  }
}

/** Sets the speed of the selected clips and keeps their direction. */
export function setSpeed(speed: Rate): void {
  changeSpeed((clip) => ({ speed, reversed: clip.reversed }));
}

/** Reverses the playback direction of each selected clip. */
export function toggleReversed(): void {
  changeSpeed((clip) => ({ speed: clip.speed, reversed: !clip.reversed }));
}

interface OpenCut {
  readonly track: Track;
  readonly left: Clip;
  readonly right: Clip;
  readonly atTicks: Ticks;
}

/** Cuts of unlocked tracks that have no transition. */
function openCuts(sequence: Sequence): OpenCut[] {
  return sequence.tracks
    .filter((track) => !track.locked)
    .flatMap((track) =>
      abuttingCuts(track)
        .filter((cut) => cut.transition === null)
        .map((cut) => ({ ...cut, track })),
    );
}

/**
 * Crossfade at the cut nearest the playhead, picture and linked sound in one step; cuts of selected clips go first,
 * locked tracks are passed over.
 */
export function addCrossfade(): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  const selected = new Set(state.selection.clipIds);
  const cuts = openCuts(sequence);
  const away = ({ atTicks }: OpenCut) => Math.abs(atTicks - state.playheadTicks);
  const rank = ({ left, right, track }: OpenCut) =>
    (selected.has(left.id) || selected.has(right.id) ? 0 : 2) + (track.kind === 'video' ? 0 : 1);
  const nearest = cuts.toSorted(
    (a, b) => (selected.size > 0 ? rank(a) - rank(b) : 0) || away(a) - away(b) || rank(a) - rank(b),
  )[0];
  if (!nearest) return state.notify('info', words('shell:noCut'));
  const together = state.linkedSelection ? cuts.filter((cut) => cut === nearest || isLinked(cut, nearest)) : [nearest];
  state.asOneStep('addTransition', () => {
    for (const { left, right } of together)
      crossfade({
        sequenceId: sequence.id,
        fromClipId: left.id,
        toClipId: right.id,
        durationTicks: Math.min(snapToFrame(ticksPerSecond, sequence.rate), maxTransitionTicks(left, right)),
      });
  });
}

/** The same cut on another track: sound that was cut with its picture. */
function isLinked(cut: OpenCut, other: OpenCut): boolean {
  const linked = (a: Clip, b: Clip) => a.linkId !== null && a.linkId === b.linkId;
  return cut.atTicks === other.atTicks && linked(cut.left, other.left) && linked(cut.right, other.right);
}

/** Adds a crossfade, and says so where the clips have nothing beyond the cut: there a frame stands still. */
export function crossfade(params: CommandParams['addTransition']): void {
  if (!getState().run('addTransition', params)) return;
  const { document, notify } = getState();
  const sequence = document?.sequences[params.sequenceId];
  const held =
    document &&
    sequence &&
    heldTransitions(document, sequence).some(
      ({ transition }) => transition.fromClipId === params.fromClipId && transition.toClipId === params.toClipId,
    );
  if (held) notify('info', words('commands:heldCrossfade'));
}

const isFree = (track: Track, startTicks: number, durationTicks: number) =>
  !track.locked && clipsInRange(track, { startTicks, durationTicks }).length === 0;

/** A title over what is there: on the first titles or overlay track that is free, else on a new one. */
export function addTitle(): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (!sequence) return;
  const startTicks = snapToFrame(state.playheadTicks, sequence.rate);
  const durationTicks = Math.max(ticksPerFrame(sequence.rate), snapToFrame(defaultStillTicks, sequence.rate));
  const clip = createClip(
    i18n.t('commands:title'),
    { ...defaultTitle, text: i18n.t('commands:title') },
    startTicks,
    durationTicks,
  );
  const added = state.asOneStep('addClips', () => {
    const track = freeTitleTrack(sequence, startTicks, durationTicks);
    return (
      track !== null &&
      state.run('addClips', { sequenceId: sequence.id, clips: [{ trackId: track.id, clip }], mode: 'overwrite' })
    );
  });
  if (added) state.setSession({ selection: { ...emptySelection, clipIds: [clip.id] }, sidePanel: 'inspect' });
}

function freeTitleTrack(sequence: Sequence, startTicks: number, durationTicks: number): Track | null {
  const video = sequence.tracks.filter((track) => track.kind === 'video');
  const free = video.find((track) => track.role === 'titles' && isFree(track, startTicks, durationTicks));
  if (free) return free;
  const state = getState();
  const known = new Set(sequence.tracks.map((track) => track.id));
  if (
    !state.run('addTrack', {
      sequenceId: sequence.id,
      kind: 'video',
      role: 'titles',
      name: i18n.t('actions:timeline.addTitleTrack'),
      index: null,
    })
  )
    return null;
  return sequenceOf(getState())?.tracks.find((track) => !known.has(track.id)) ?? null;
}
