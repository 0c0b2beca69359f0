/** One track's clips, crossfades and the gap in question. Many tiny clips are only drawn on the canvas. */
import { memo, useMemo } from 'react';
import { clipsInRange } from '../../../../core/document/query.ts';
import { transitionRange } from '../../../../core/document/sources.ts';
import type { Clip, Track } from '../../../../core/document/schema.ts';
import type { Rate } from '../../../../core/time/ticks.ts';
import { aiShown } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { ClipView } from '../clip/ClipView.tsx';
import { clipRoom, jobsByClip } from '../view/clipLook.ts';
import type { LaneBox } from '../view/laneLayout.ts';
import { gapKey } from '../view/items.ts';
import { pxFromTicks } from '../view/scale.ts';
import { useTimelineView } from '../view/timelineView.ts';
import { atOf, gapAtTicks, type DrawnWindow, type Gap } from '../view/visible.ts';
import { GapView } from './GapView.tsx';
import { LaneCanvas } from './LaneCanvas.tsx';
import styles from './Lanes.module.css';
import { TransitionView } from './TransitionView.tsx';

/** With more clips too narrow for a name than this, a lane draws them on its canvas. */
const mostSmallElements = 24;

export interface LaneRowProps {
  readonly lane: LaneBox;
  readonly rate: Rate;
  readonly window: DrawnWindow;
  readonly selected: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  readonly hotEdge: { readonly clipId: string; readonly edge: 'in' | 'out' } | null;
}

/** One lane as a grid row: clips, crossfades and gaps. */
export const LaneRow = memo(function LaneRow({ lane, rate, window: drawn, selected, held, hotEdge }: LaneRowProps) {
  const { track } = lane;
  const trackName = `${lane.label} ${track.name}`;
  const focusedKey = useTimelineView((view) => view.focusedClipId);
  const shown = useMemo(
    () => clipsInRange(track, { startTicks: drawn.fromTicks, durationTicks: drawn.toTicks - drawn.fromTicks }),
    [track, drawn],
  );
  const tiny = useTinyClips(shown, drawn.pixelsPerSecond);
  const asElement = (clip: Clip) =>
    tiny === null || !tiny.has(clip.id) || selected.has(clip.id) || clip.id === focusedKey;
  return (
    <div role="row" aria-label={trackName} className={styles.row} style={{ top: lane.topPx, height: lane.heightPx }}>
      {/* a row must hold something, also where the lane is empty or only drawn */}
      <span role="rowheader" className={styles.header}>
        {trackName}
      </span>
      <LaneCanvas lane={lane} clips={shown} withoutElement={tiny} window={drawn} />
      {shown.filter(asElement).map((clip) => (
        <ClipView
          key={clip.id}
          clip={clip}
          kind={track.kind}
          role={track.role}
          trackName={trackName}
          laneHeightPx={lane.heightPx}
          rate={rate}
          originTicks={drawn.originTicks}
          pixelsPerSecond={drawn.pixelsPerSecond}
          selected={selected.has(clip.id)}
          focused={clip.id === focusedKey}
          held={held.has(clip.id)}
          dimmed={track.hidden || track.muted}
          hotEdge={hotEdge?.clipId === clip.id ? hotEdge.edge : null}
        />
      ))}
      <Transitions track={track} clips={shown} window={drawn} />
      <Gaps lane={lane} trackName={trackName} rate={rate} window={drawn} focusedKey={focusedKey} />
    </div>
  );
});

/** Ids of the clips that only the canvas draws; null while every clip has an element. */
function useTinyClips(shown: readonly Clip[], pixelsPerSecond: number): ReadonlySet<string> | null {
  const jobs = useEditor((state) => state.jobs);
  return useMemo(() => {
    const small = shown.filter((clip) => isSmall(clip, pixelsPerSecond));
    if (small.length <= mostSmallElements) return null;
    // a clip with buttons (Generate, Cancel) stays an element while it has the room
    const working = jobsByClip(jobs);
    const hasButtons = (clip: Clip) =>
      working.has(clip.id) && clipRoom(pxFromTicks(clip.durationTicks, pixelsPerSecond)) !== 'colour';
    return new Set(small.filter((clip) => !hasButtons(clip)).map((clip) => clip.id));
  }, [shown, pixelsPerSecond, jobs]);
}

/** The crossfades into the shown clips. */
function Transitions({
  track,
  clips,
  window: drawn,
}: {
  readonly track: Track;
  readonly clips: readonly Clip[];
  readonly window: DrawnWindow;
}) {
  const byToClip = useMemo(
    () => new Map(track.transitions.map((transition) => [transition.toClipId, transition])),
    [track.transitions],
  );
  return clips.map((clip) => {
    const transition = byToClip.get(clip.id);
    const range = transition === undefined ? null : transitionRange(track, transition);
    return transition === undefined || range === null ? null : (
      <TransitionView
        key={transition.id}
        id={transition.id}
        at={atOf(range.startTicks, drawn)}
        durationTicks={transition.durationTicks}
      />
    );
  });
}

interface GapsProps {
  readonly lane: LaneBox;
  readonly trackName: string;
  readonly rate: Rate;
  readonly window: DrawnWindow;
  readonly focusedKey: string | null;
}

/** At most three: the hovered one, the chosen one, the focused one. */
function Gaps({ lane, trackName, rate, window: drawn, focusedKey }: GapsProps) {
  const { track } = lane;
  const hovered = useTimelineView((view) =>
    view.gestureName === null && view.hoveredGap?.trackId === track.id ? view.hoveredGap.startTicks : null,
  );
  const chosen = useEditor((state) =>
    state.selection.gap?.trackId === track.id ? state.selection.gap.startTicks : null,
  );
  const ai = useEditor(aiShown);
  const focused = focusedKey?.startsWith(`gap:${track.id}:`) ? Number(focusedKey.split(':').at(-1)) : null;
  if (hovered === null && chosen === null && focused === null) return null;
  const gaps = new Map<number, Gap>();
  for (const startTicks of [hovered, chosen, focused]) {
    const gap = startTicks === null ? null : gapAtTicks(track, startTicks);
    if (gap !== null) gaps.set(gap.startTicks, gap);
  }
  const offer = ai && track.kind === 'video' && track.role !== 'titles' && !track.locked;
  return [...gaps.values()]
    .filter((gap) => offer || gap.startTicks === chosen || gap.startTicks === focused)
    .map((gap) => (
      <GapView
        key={gapKey(gap)}
        gap={gap}
        trackName={trackName}
        rate={rate}
        window={drawn}
        laneHeightPx={lane.heightPx}
        chosen={gap.startTicks === chosen}
        focused={gap.startTicks === focused}
        offer={offer}
      />
    ));
}

function isSmall(clip: Clip, pixelsPerSecond: number): boolean {
  const room = clipRoom(pxFromTicks(clip.durationTicks, pixelsPerSecond));
  return room === 'colour' || room === 'nameless';
}
