import {
  ArrowLeftRight,
  BetweenVerticalStart,
  Bookmark,
  Brackets,
  FoldHorizontal,
  Hand,
  Link,
  Magnet,
  MousePointer2,
  Plus,
  RectangleVertical,
  Replace,
  Scissors,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { newId } from '../../core/document/create.ts';
import { sequenceDuration } from '../../core/document/query.ts';
import type { Track } from '../../core/document/schema.ts';
import { secondsFromTicks, snapToFrame } from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import { setPreferences } from '../services/preferences.ts';
import { canEdit, sequenceOf } from '../services/selectors.ts';
import { markAtPlayhead, setShownInOut, shown } from '../services/shown.ts';
import { canPlaceSource, placeLoadedSource } from '../services/placeSource.ts';
import { useEditor } from '../services/store.ts';
import { visibleSeconds, zoomAround } from '../services/timelineView.ts';
import type { Tool } from '../services/editor.ts';
import { defineActions, type ActionDescriptor } from './action.ts';

const { getState, setState } = useEditor;

const tool = (icon: ActionDescriptor['icon'], id: Tool, key: string): ActionDescriptor => ({
  icon,
  shortcuts: [key],
  checked: (state) => state.tool === id,
  run: () => setState({ tool: id }),
});

function addTrack(kind: Track['kind'], role: Track['role'], name: string): void {
  const state = getState();
  const sequence = sequenceOf(state);
  if (sequence) state.run('addTrack', { sequenceId: sequence.id, kind, role, name, index: null });
}

/** Actions of the Timeline menu: tools, markers, in and out points, tracks and zoom. */
export const timelineActions = defineActions({
  'timeline.toolSelect': tool(MousePointer2, 'select', 'v'),
  'timeline.toolBlade': tool(Scissors, 'blade', 'b'),
  'timeline.toolRipple': tool(FoldHorizontal, 'ripple', 'y'),
  'timeline.toolHand': tool(Hand, 'hand', 'h'),
  'timeline.reframe': {
    icon: RectangleVertical,
    hidden: ({ document }) => document?.aiEnabled === false,
    enabled: (state) => canEdit(state) && sequenceOf(state) !== null,
    run: () => getState().setSession({ dialog: 'reframe' }),
  },
  'timeline.snapping': {
    icon: Magnet,
    shortcuts: ['s'],
    checked: (state) => state.snapping,
    run: () => {
      setState((state) => ({ snapping: !state.snapping }));
      setPreferences({ snapping: getState().snapping });
    },
  },
  'timeline.linkedSelection': {
    icon: Link,
    shortcuts: ['Shift+k'],
    checked: (state) => state.linkedSelection,
    run: () => {
      setState((state) => ({ linkedSelection: !state.linkedSelection }));
      setPreferences({ linkedSelection: getState().linkedSelection });
    },
  },
  'timeline.marker': {
    icon: Bookmark,
    shortcuts: ['m'],
    enabled: canEdit,
    run: () => {
      const state = getState();
      const sequence = sequenceOf(state);
      if (!sequence) return;
      const name = i18n.t('commands:markerName', { number: sequence.markers.length + 1 });
      state.run('addMarker', {
        sequenceId: sequence.id,
        marker: { id: newId(), ticks: snapToFrame(state.playheadTicks, sequence.rate), name, kind: 'marker' },
      });
    },
  },
  'timeline.removeMarker': {
    enabled: (state) => canEdit(state) && state.selection.markerId !== null,
    run: () => {
      const state = getState();
      const sequence = sequenceOf(state);
      if (sequence && state.selection.markerId)
        state.run('removeMarker', { sequenceId: sequence.id, markerId: state.selection.markerId });
    },
  },
  'timeline.setIn': { icon: Brackets, shortcuts: ['i'], enabled: canEdit, run: () => markAtPlayhead('in') },
  'timeline.setOut': { icon: Brackets, shortcuts: ['o'], enabled: canEdit, run: () => markAtPlayhead('out') },
  'timeline.clearInOut': {
    shortcuts: ['Alt+x'],
    enabled: (state) => canEdit(state) && (shown(state).inTicks !== null || shown(state).outTicks !== null),
    run: () => setShownInOut(null, null),
  },
  'timeline.insert': {
    icon: BetweenVerticalStart,
    shortcuts: [','],
    enabled: canPlaceSource,
    run: () => placeLoadedSource('insert'),
  },
  'timeline.overwrite': {
    icon: Replace,
    shortcuts: ['.'],
    enabled: canPlaceSource,
    run: () => placeLoadedSource('overwrite'),
  },
  'timeline.zoomIn': {
    icon: ZoomIn,
    shortcuts: ['=', 'Shift++'],
    enabled: (state) => state.document !== null,
    run: () => zoomAround(1.4),
  },
  'timeline.zoomOut': {
    icon: ZoomOut,
    shortcuts: ['-'],
    enabled: (state) => state.document !== null,
    run: () => zoomAround(1 / 1.4),
  },
  'timeline.fit': {
    icon: ArrowLeftRight,
    shortcuts: ['Shift+z'],
    enabled: (state) => state.document !== null,
    run: () => {
      const sequence = sequenceOf(getState());
      if (!sequence) return;
      const seconds = Math.max(1, secondsFromTicks(sequenceDuration(sequence)));
      const widthPx = visibleSeconds(getState()) * getState().pixelsPerSecond;
      setState({ pixelsPerSecond: Math.max(0.02, (widthPx * 0.97) / seconds), scrollTicks: 0 });
    },
  },
  'timeline.addVideoTrack': {
    icon: Plus,
    enabled: canEdit,
    run: () => addTrack('video', 'overlay', i18n.t('commands:trackNames.overlay')),
  },
  'timeline.addTitleTrack': {
    icon: Plus,
    enabled: canEdit,
    run: () => addTrack('video', 'titles', i18n.t('commands:trackNames.titles')),
  },
  'timeline.addAudioTrack': {
    icon: Plus,
    enabled: canEdit,
    run: () => addTrack('audio', 'speech', i18n.t('commands:trackNames.speech')),
  },
  'timeline.addMusicTrack': {
    icon: Plus,
    enabled: canEdit,
    run: () => addTrack('audio', 'music', i18n.t('commands:trackNames.music')),
  },
});
