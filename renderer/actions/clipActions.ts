import { BetweenVerticalStart, Blend, Clapperboard, Eye, Link, Scissors, Spline, Type, Unlink } from 'lucide-react';
import { filmClips } from '../services/clipCuts.ts';
import type { EditorState } from '../services/editor.ts';
import {
  addCrossfade,
  addTitle,
  nudge,
  playheadClipIds,
  setSpeed,
  split,
  toggleEnabled,
  toggleReversed,
  trimToPlayhead,
} from '../services/clipEdits.ts';
import { start } from '../services/errors.ts';
import { cutToMorph, morphCut } from '../services/morphCut.ts';
import { aiShown, canEdit, selectedPlaces, sequenceOf } from '../services/selectors.ts';
import { useEditor } from '../services/store.ts';
import { defineActions } from './action.ts';

const { getState } = useEditor;

const some = (state: EditorState) => canEdit(state) && state.selection.clipIds.length > 0;
const underPlayhead = (state: EditorState) => canEdit(state) && playheadClipIds(state).length > 0;

function link(command: 'linkClips' | 'unlinkClips'): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (sequence) state.run(command, { sequenceId: sequence.id, clipIds: state.selection.clipIds });
}

const speed = (num: number, den: number) => ({
  enabled: some,
  checked: (state: EditorState) =>
    selectedPlaces(state)[0]?.clip.speed.num === num && selectedPlaces(state)[0]?.clip.speed.den === den,
  run: () => setSpeed({ num, den }),
});

/** Actions of the Clip menu, on the selection or the clips under the playhead. */
export const clipActions = defineActions({
  'clip.split': { icon: Scissors, shortcuts: ['$mod+b'], enabled: underPlayhead, run: split },
  'clip.splitAtCuts': {
    icon: Clapperboard,
    hidden: ({ document }) => document?.aiEnabled === false,
    enabled: (state) => canEdit(state) && filmClips(state).length > 0,
    run: () => getState().setSession({ dialog: 'cuts' }),
  },
  'clip.trimIn': { shortcuts: ['['], enabled: underPlayhead, run: () => trimToPlayhead('in') },
  'clip.trimOut': { shortcuts: [']'], enabled: underPlayhead, run: () => trimToPlayhead('out') },
  'clip.nudgeLeft': { shortcuts: ['Alt+ArrowLeft'], enabled: some, run: () => nudge(-1) },
  'clip.nudgeRight': { shortcuts: ['Alt+ArrowRight'], enabled: some, run: () => nudge(1) },
  'clip.nudgeLeftFar': { shortcuts: ['Alt+Shift+ArrowLeft'], enabled: some, run: () => nudge(-10) },
  'clip.nudgeRightFar': { shortcuts: ['Alt+Shift+ArrowRight'], enabled: some, run: () => nudge(10) },
  'clip.link': {
    icon: Link,
    shortcuts: ['$mod+l'],
    enabled: (state) => canEdit(state) && state.selection.clipIds.length > 1,
    run: () => link('linkClips'),
  },
  'clip.unlink': {
    icon: Unlink,
    shortcuts: ['$mod+Shift+l'],
    enabled: (state) => canEdit(state) && selectedPlaces(state).some(({ clip }) => clip.linkId !== null),
    run: () => link('unlinkClips'),
  },
  'clip.enable': {
    icon: Eye,
    shortcuts: ['Shift+e'],
    enabled: some,
    checked: (state) => selectedPlaces(state).every(({ clip }) => clip.enabled),
    run: toggleEnabled,
  },
  'clip.speed25': speed(1, 4),
  'clip.speed50': speed(1, 2),
  'clip.speed100': speed(1, 1),
  'clip.speed200': speed(2, 1),
  'clip.speed400': speed(4, 1),
  'clip.reverse': {
    enabled: some,
    checked: (state) => selectedPlaces(state).some(({ clip }) => clip.reversed),
    run: toggleReversed,
  },
  'clip.crossfade': { icon: Blend, shortcuts: ['$mod+t', 'Shift+d'], enabled: canEdit, run: addCrossfade },
  'clip.morphCut': {
    icon: Spline,
    hidden: (state) => !aiShown(state),
    enabled: (state) => canEdit(state) && cutToMorph(state) !== null,
    run: () => start(morphCut()),
  },
  'clip.title': { icon: Type, shortcuts: ['t'], enabled: canEdit, run: addTitle },
  'timeline.closeGap': {
    icon: BetweenVerticalStart,
    enabled: (state) => canEdit(state) && state.selection.gap !== null,
    run: () => {
      const state = getState();
      const sequence = sequenceOf(state);
      const gap = state.selection.gap;
      if (sequence && gap)
        state.run('closeGap', { sequenceId: sequence.id, trackId: gap.trackId, atTicks: gap.startTicks });
    },
  },
});
