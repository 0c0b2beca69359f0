/**
 * What the viewer shows and plays: the sequence, or one file of the bin. Each has its own playhead, in and out points,
 * end and frame rate. Times in ticks of what is shown.
 */
import { sequenceDuration } from '../../core/document/query.ts';
import type { MediaItem } from '../../core/document/schema.ts';
import {
  frameAtTicks,
  snapToFrame,
  ticksAtFrame,
  ticksPerFrame,
  type Rate,
  type Ticks,
} from '../../core/time/ticks.ts';
import type { EditorState, SourceMarks } from './editor.ts';
import { sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

export interface Shown {
  readonly rate: Rate;
  readonly playheadTicks: Ticks;
  /** Where it ends; 0 when there is nothing. */
  readonly endTicks: Ticks;
  readonly inTicks: Ticks | null;
  readonly outTicks: Ticks | null;
}

/** Marks of a source that has not been opened before. */
export const freshSource: SourceMarks = { playheadTicks: 0, inTicks: null, outTicks: null };
const defaultRate: Rate = { num: 30, den: 1 };

/** The file in the source view; null while the timeline is shown, or nothing was opened. */
export function sourceItem(state: EditorState): MediaItem | null {
  return state.viewerMode === 'source' ? loadedSource(state) : null;
}

/** The file that was opened last, whether or not it is shown now: what insert and overwrite take. */
export function loadedSource(state: EditorState): MediaItem | null {
  return state.sourceMediaId === null ? null : (state.document?.media[state.sourceMediaId] ?? null);
}

/** Playhead, in and out points of the loaded source. */
export function sourceMarks(state: EditorState): SourceMarks {
  return (state.sourceMediaId === null ? undefined : state.sourceMarks[state.sourceMediaId]) ?? freshSource;
}

/** Rate, end, playhead, in and out points of the source or the sequence, depending on the viewer's mode. */
export function shown(state: EditorState): Shown {
  const sequence = sequenceOf(state);
  if (state.viewerMode === 'source') {
    const item = loadedSource(state);
    const rate = item?.video?.rate ?? sequence?.rate ?? defaultRate;
    return { rate, endTicks: item?.durationTicks ?? 0, ...sourceMarks(state) };
  }
  return {
    rate: sequence?.rate ?? defaultRate,
    playheadTicks: state.playheadTicks,
    endTicks: sequence ? sequenceDuration(sequence) : 0,
    inTicks: sequence?.inTicks ?? null,
    outTicks: sequence?.outTicks ?? null,
  };
}

/** Playhead of the source or the sequence, depending on the viewer's mode. */
export function shownPlayhead(state: EditorState): Ticks {
  return state.viewerMode === 'source' ? sourceMarks(state).playheadTicks : state.playheadTicks;
}

/** Where playing ends: the out point while looping, else the end of what is shown; 0 where nothing is. */
export function playsTo(state: EditorState): Ticks {
  const { outTicks, endTicks } = shown(state);
  return state.loop && outTicks !== null ? outTicks : endTicks;
}

/** Moves the playhead of what is shown. */
export function setShownPlayhead(ticks: Ticks, also: { playing?: number } = {}): void {
  const state = useEditor.getState();
  if (state.viewerMode !== 'source') return state.setSession({ playheadTicks: ticks, ...also });
  markSource({ playheadTicks: ticks }, also);
}

/**
 * Puts the playhead on the frame that is seen, once playing has stopped: what is done at the playhead then happens on
 * the frame that the timecode names. False when it stood there already.
 */
export function settleShownPlayhead(): boolean {
  const { playheadTicks, rate } = shown(useEditor.getState());
  const at = ticksAtFrame(frameAtTicks(playheadTicks, rate), rate);
  if (at === playheadTicks) return false;
  setShownPlayhead(at);
  return true;
}

function markSource(patch: Partial<SourceMarks>, also: { playing?: number } = {}): void {
  const state = useEditor.getState();
  const id = state.sourceMediaId;
  if (id === null) return;
  state.setSession({ sourceMarks: { ...state.sourceMarks, [id]: { ...sourceMarks(state), ...patch } }, ...also });
}

/** Sets the in and out points of the source or the sequence; null clears a point. */
export function setShownInOut(inTicks: Ticks | null, outTicks: Ticks | null): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (state.viewerMode === 'source') markSource({ inTicks, outTicks });
  else if (sequence) state.run('setInOut', { sequenceId: sequence.id, inTicks, outTicks });
}

/** Sets the in or out point at the playhead of what is shown; a point that would be crossed goes. */
export function markAtPlayhead(which: 'in' | 'out'): void {
  const now = shown(useEditor.getState());
  const at = snapToFrame(now.playheadTicks, now.rate);
  // the out point stands after the frame that is seen, so that I and O on one frame keep that frame
  const inTicks = which === 'in' ? at : now.inTicks;
  const outTicks = which === 'out' ? at + ticksPerFrame(now.rate) : now.outTicks;
  const crossed = inTicks !== null && outTicks !== null && outTicks <= inTicks;
  setShownInOut(crossed && which === 'out' ? null : inTicks, crossed && which === 'in' ? null : outTicks);
}

/** Opens a file of the bin in the source view, where it was left. */
export function openSource(mediaId: string): void {
  useEditor.getState().setSession({ viewerMode: 'source', sourceMediaId: mediaId, playing: 0 });
}
