/** What of a sequence has to be drawn, and where its holes are. */
import { firstClipEndingAfter } from '../../../../core/document/query.ts';
import type { Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks, ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';
import type { TimeScale } from './scale.ts';

export interface Gap {
  readonly trackId: string;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
}

/** The hole at a tick, when a later clip closes it: after the last clip there is no gap, only the end. */
export function gapAtTicks(track: Track, ticks: Ticks): Gap | null {
  const index = firstClipEndingAfter(track.clips, ticks);
  const next = track.clips[index];
  if (next === undefined || next.startTicks <= ticks) return null;
  const before = track.clips[index - 1];
  const startTicks = before === undefined ? 0 : before.startTicks + before.durationTicks;
  return { trackId: track.id, startTicks, durationTicks: next.startTicks - startTicks };
}

/**
 * What React draws: the visible time widened to steps of a quarter screen, so that panning only adds a few clips now
 * and then. `originTicks` moves rarely; positions on screen are counted from it, which keeps them small enough for
 * the compositor's 32-bit floats however long the film is.
 */
export interface DrawnWindow {
  readonly fromTicks: Ticks;
  readonly toTicks: Ticks;
  readonly originTicks: Ticks;
  readonly pixelsPerSecond: number;
}

/** The window to render for a scroll position and zoom, in steps so that small pans reuse it. */
export function drawnWindow(scale: TimeScale, widthPx: number): DrawnWindow {
  const stepPx = Math.max(256, Math.ceil(widthPx / 4 / 64) * 64);
  const stepTicks = Math.round((stepPx / scale.pixelsPerSecond) * ticksPerSecond);
  const index = Math.floor(scale.scrollTicks / stepTicks);
  const steps = Math.ceil(widthPx / stepPx);
  const originSteps = 48;
  return {
    fromTicks: Math.max(0, (index - 1) * stepTicks),
    toTicks: (index + steps + 2) * stepTicks,
    originTicks: Math.floor(index / originSteps) * originSteps * stepTicks,
    pixelsPerSecond: scale.pixelsPerSecond,
  };
}

/** Seconds from the drawn window's origin: what `--at` holds. */
export function atOf(ticks: Ticks, window: Pick<DrawnWindow, 'originTicks'>): number {
  return secondsFromTicks(ticks - window.originTicks);
}
