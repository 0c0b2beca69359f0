/** The editor's state as gestures see it, and what their effects do to it. The one place where the two meet. */
import { assertNever } from '../../../../core/time/assertNever.ts';
import type { CommandName, CommandParams } from '../../../../core/commands/commands.ts';
import { activeSequence } from '../../../../core/document/query.ts';
import type { Sequence, Track } from '../../../../core/document/schema.ts';
import { useEditor } from '../../../services/store.ts';
import type { Effect, World } from '../gestures/gesture.ts';
import { extendFromEdge } from '../generate/extension.ts';
import { lanesHeightPx, layoutLanes, type LaneBox } from './laneLayout.ts';
import { useTimelineView } from './timelineView.ts';

const layouts = new WeakMap<Sequence, readonly LaneBox[]>();
const boxes = new WeakMap<Track, LaneBox>();

/**
 * The same object for a lane while its track and place are the same: only the lanes that a change touches are drawn.
 */
export function lanesOf(sequence: Sequence): readonly LaneBox[] {
  const known = layouts.get(sequence);
  if (known !== undefined) return known;
  const lanes = layoutLanes(sequence).map((lane) => {
    const before = boxes.get(lane.track);
    if (
      before !== undefined &&
      before.topPx === lane.topPx &&
      before.label === lane.label &&
      before.lastVideo === lane.lastVideo
    )
      return before;
    boxes.set(lane.track, lane);
    return lane;
  });
  layouts.set(sequence, lanes);
  return lanes;
}

/** null on the start screen. */
export function currentWorld(): World | null {
  const state = useEditor.getState();
  if (state.document === null) return null;
  const sequence = activeSequence(state.document);
  return {
    document: state.document,
    sequence,
    lanes: lanesOf(sequence),
    scale: { pixelsPerSecond: state.pixelsPerSecond, scrollTicks: state.scrollTicks },
    selection: state.selection,
    tool: state.tool,
    snapping: state.snapping,
    linkedSelection: state.linkedSelection,
    playheadTicks: state.playheadTicks,
  };
}

/** Applies the effects of a gesture to the editor's state. */
export function performEffects(effects: readonly Effect[]): void {
  // an edge pulled out and what is made beyond it are undone together
  if (effects.some((effect) => effect.kind === 'extend'))
    useEditor.getState().asOneStep('addClips', () => performEach(effects));
  else performEach(effects);
}

function performEach(effects: readonly Effect[]): void {
  for (const effect of effects) {
    const state = useEditor.getState();
    switch (effect.kind) {
      case 'run':
        state.run(effect.command.name, effect.command.params as CommandParams[CommandName]);
        break;
      case 'session':
        state.setSession(effect.patch);
        break;
      case 'focus':
        useTimelineView.setState({ focusedClipId: effect.clipId });
        break;
      case 'extend':
        extendFromEdge(effect.offer);
        break;
      case 'scrollLanes':
        scrollLanesBy(effect.byPx);
        break;
      default:
        assertNever(effect);
    }
  }
}

/** Scrolls the lanes vertically by px, within their height. */
export function scrollLanesBy(byPx: number): void {
  const state = useEditor.getState();
  if (state.document === null) return;
  const { laneScrollPx, heightPx } = useTimelineView.getState();
  const most = Math.max(0, lanesHeightPx(lanesOf(activeSequence(state.document))) - heightPx);
  const next = Math.max(0, Math.min(most, laneScrollPx + byPx));
  if (next !== laneScrollPx) useTimelineView.setState({ laneScrollPx: next });
}
