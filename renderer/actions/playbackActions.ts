import { Film, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { allClips, clipEnd } from '../../core/document/query.ts';
import type { Sequence } from '../../core/document/schema.ts';
import { framesPerSecond, ticksAtFrame, frameAtTicks, type Rate, type Ticks } from '../../core/time/ticks.ts';
import { snapByFrames } from '../services/clipEdits.ts';
import { renderRange } from '../services/renderedRanges.ts';
import { sequenceOf } from '../services/selectors.ts';
import { setShownPlayhead, shown, type Shown } from '../services/shown.ts';
import { useEditor } from '../services/store.ts';
import type { EditorState } from '../services/editor.ts';
import { defineActions, type ActionDescriptor } from './action.ts';

const { getState, setState } = useEditor;
const enabled = (state: EditorState) => state.screen === 'editor' && state.document !== null;

/** Doubled by every press in the same direction. */
const fastest = 8;

function go(find: (now: Shown, sequence: Sequence) => Ticks | null | undefined): void {
  const state = getState();
  const sequence = sequenceOf(state);
  const to = sequence && find(shown(state), sequence);
  if (to !== null && to !== undefined) setShownPlayhead(Math.max(0, to), { playing: 0 });
}

const step = (frames: (rate: Rate) => number) => () =>
  go(({ playheadTicks, rate }) => snapByFrames(playheadTicks, frames(rate), rate));
const aSecond = (rate: Rate) => Math.round(framesPerSecond(rate));

/** Where anything begins or ends: the clips of the timeline, the points of a source. */
function cuts(now: Shown, sequence: Sequence): Ticks[] {
  const edges =
    getState().viewerMode === 'source'
      ? [now.inTicks ?? 0, now.outTicks ?? 0, now.endTicks]
      : allClips(sequence).flatMap((clip) => [clip.startTicks, clipEnd(clip)]);
  return [...new Set([0, ...edges])].sort((a, b) => a - b);
}

/** Markers are the timeline's. */
function markers(sequence: Sequence): Ticks[] {
  if (getState().viewerMode === 'source') return [];
  return sequence.markers.map((marker) => marker.ticks).sort((a, b) => a - b);
}

const move = (shortcuts: readonly string[], run: () => void, icon?: ActionDescriptor['icon']): ActionDescriptor => ({
  shortcuts,
  enabled,
  run,
  icon,
});

/** Actions of the Playback menu. */
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
    step((rate) => -aSecond(rate)),
  ),
  'playback.secondForward': move(['Shift+ArrowRight'], step(aSecond)),
  'playback.start': move(['Home'], () => go(() => 0), SkipBack),
  'playback.end': move(['End'], () => go(theEnd), SkipForward),
  'playback.previousCut': move(['ArrowUp'], () =>
    go((now, sequence) => cuts(now, sequence).findLast((cut) => cut < now.playheadTicks)),
  ),
  'playback.nextCut': move(['ArrowDown'], () =>
    go((now, sequence) => cuts(now, sequence).find((cut) => cut > now.playheadTicks)),
  ),
  'playback.previousMarker': move(['Shift+ArrowUp'], () =>
    go((now, sequence) => markers(sequence).findLast((ticks) => ticks < now.playheadTicks)),
  ),
  'playback.nextMarker': move(['Shift+ArrowDown'], () =>
    go((now, sequence) => markers(sequence).find((ticks) => ticks > now.playheadTicks)),
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

/** Behind the last frame of the timeline, where the next clip goes; on the last frame of a source. */
function theEnd({ endTicks, rate }: Shown): Ticks {
  if (getState().viewerMode !== 'source') return endTicks;
  return endTicks === 0 ? 0 : ticksAtFrame(frameAtTicks(endTicks - 1, rate), rate);
}
