import { Film, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { allClips, clipEnd, sequenceDuration } from '../../core/document/query.ts';
import type { Sequence } from '../../core/document/schema.ts';
import { framesPerSecond, ticksAtFrame, frameAtTicks, type Ticks } from '../../core/time/ticks.ts';
import { snapByFrames } from '../services/clipEdits.ts';
import { renderRange } from '../services/renderedRanges.ts';
import { sequenceOf } from '../services/selectors.ts';
import { useEditor } from '../services/store.ts';
import type { EditorState } from '../services/editor.ts';
import { defineActions, type ActionDescriptor } from './action.ts';

const { getState, setState } = useEditor;
const enabled = (state: EditorState) => state.screen === 'editor' && state.document !== null;

/** Doubled by every press in the same direction. */
const fastest = 8;

function go(find: (sequence: Sequence, at: Ticks) => Ticks | null | undefined): void {
  const state = getState();
  const sequence = sequenceOf(state);
  const to = sequence && find(sequence, state.playheadTicks);
  if (to !== null && to !== undefined) setState({ playheadTicks: Math.max(0, to), playing: 0 });
}

const step = (frames: (sequence: Sequence) => number) => () =>
  go((sequence, at) => snapByFrames(at, frames(sequence), sequence.rate));
const aSecond = (sequence: Sequence) => Math.round(framesPerSecond(sequence.rate));

/** Where anything begins or ends. */
function cuts(sequence: Sequence): Ticks[] {
  return [...new Set([0, ...allClips(sequence).flatMap((clip) => [clip.startTicks, clipEnd(clip)])])].sort(
    (a, b) => a - b,
  );
}

const move = (shortcuts: readonly string[], run: () => void, icon?: ActionDescriptor['icon']): ActionDescriptor => ({
  shortcuts,
  enabled,
  run,
  icon,
});

export const playbackActions = defineActions({
  'playback.playPause': {
    icon: Play,
    shortcuts: ['Space'],
    once: true,
    enabled,
    run: () => setState((state) => ({ playing: state.playing === 0 ? 1 : 0 })),
  },
  'playback.backwards': move(['j'], () =>
    setState(({ playing }) => ({ playing: playing < 0 ? Math.max(-fastest, playing * 2) : -1 })),
  ),
  'playback.stop': move(['k'], () => setState({ playing: 0 })),
  'playback.forwards': move(['l'], () =>
    setState(({ playing }) => ({ playing: playing > 0 ? Math.min(fastest, playing * 2) : 1 })),
  ),
  'playback.frameBack': move(
    ['ArrowLeft'],
    step(() => -1),
    StepBack,
  ),
  'playback.frameForward': move(
    ['ArrowRight'],
    step(() => 1),
    StepForward,
  ),
  'playback.secondBack': move(
    ['Shift+ArrowLeft'],
    step((sequence) => -aSecond(sequence)),
  ),
  'playback.secondForward': move(['Shift+ArrowRight'], step(aSecond)),
  'playback.start': move(['Home'], () => go(() => 0), SkipBack),
  'playback.end': move(['End'], () => go((sequence) => lastFrame(sequence)), SkipForward),
  'playback.previousCut': move(['ArrowUp'], () => go((sequence, at) => cuts(sequence).findLast((cut) => cut < at))),
  'playback.nextCut': move(['ArrowDown'], () => go((sequence, at) => cuts(sequence).find((cut) => cut > at))),
  'playback.previousMarker': move(['Shift+ArrowUp'], () =>
    go((sequence, at) =>
      sequence.markers
        .map((marker) => marker.ticks)
        .sort((a, b) => a - b)
        .findLast((ticks) => ticks < at),
    ),
  ),
  'playback.nextMarker': move(['Shift+ArrowDown'], () =>
    go((sequence, at) =>
      sequence.markers
        .map((marker) => marker.ticks)
        .sort((a, b) => a - b)
        .find((ticks) => ticks > at),
    ),
  ),
  'playback.renderRange': { icon: Film, shortcuts: ['Shift+Enter'], enabled, run: renderRange },
  'playback.loop': {
    icon: Repeat,
    shortcuts: ['Shift+l'],
    enabled,
    checked: (state) => state.loop,
    run: () => setState((state) => ({ loop: !state.loop })),
  },
});

/** Start of the last frame that shows something. */
function lastFrame(sequence: Sequence): Ticks {
  const end = sequenceDuration(sequence);
  return end === 0 ? 0 : ticksAtFrame(frameAtTicks(end - 1, sequence.rate), sequence.rate);
}
