/**
 * Keeps the names of clips that start left of the visible part in sight: one inset per lane, set without React when the
 * lanes come to rest.
 */
import { useEffect, type RefObject } from 'react';
import { clipAtTick } from '../../../../core/document/query.ts';
import { useEditor } from '../../../services/store.ts';
import type { LaneBox } from './laneLayout.ts';
import { onLiveFrame } from './liveScale.ts';
import { xAtTicks } from './scale.ts';

const restMs = 80;

/** Keeps the names of clips that start left of the visible part in sight. */
export function useStickyNames(layer: RefObject<HTMLElement | null>, lanes: readonly LaneBox[]): void {
  useEffect(() => {
    let inset: HTMLElement[] = [];
    const apply = () => {
      const state = useEditor.getState();
      const now: HTMLElement[] = [];
      for (const lane of lanes) {
        const clip = clipAtTick(lane.track, state.scrollTicks);
        const element =
          clip === null
            ? null
            : (layer.current?.querySelector<HTMLElement>(`[data-clip="${CSS.escape(clip.id)}"]`) ?? null);
        if (clip === null || element === null) continue;
        element.style.setProperty('--stick', `${Math.max(0, Math.round(-xAtTicks(clip.startTicks, state)))}px`);
        now.push(element);
      }
      for (const element of inset) if (!now.includes(element)) element.style.removeProperty('--stick');
      inset = now;
    };
    // each inset repaints its clip, so not in every frame of a pan
    let timer: ReturnType<typeof setTimeout> | undefined;
    const atRest = () => {
      clearTimeout(timer);
      timer = setTimeout(apply, restMs);
    };
    atRest();
    const stop = onLiveFrame(atRest);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [layer, lanes]);
}
