/**
 * While playing, the lanes turn a page when the playhead runs out of them; a seek from elsewhere brings it into view.
 */
import { useEffect } from 'react';
import { useEditor } from '../../../services/store.ts';
import { xAtTicks } from './scale.ts';
import { useTimelineView } from './timelineView.ts';
import { ticksFromPx } from './scale.ts';

const airPx = 24;

/** Scrolls the lanes so that the playhead stays visible. */
export function useFollowPlayhead(): void {
  useEffect(
    () =>
      useEditor.subscribe((state, before) => {
        if (state.playheadTicks === before.playheadTicks) return;
        // a hand on the timeline decides itself what is seen
        const { widthPx, gestureName } = useTimelineView.getState();
        if (gestureName !== null) return;
        const x = xAtTicks(state.playheadTicks, state);
        if (x >= 0 && x <= widthPx - (state.playing > 0 ? airPx : 0)) return;
        const backwards = state.playheadTicks < before.playheadTicks;
        const lead = ticksFromPx(backwards ? widthPx - 2 * airPx : airPx, state.pixelsPerSecond);
        state.setSession({ scrollTicks: Math.max(0, state.playheadTicks - lead) });
      }),
    [],
  );
}
