/** What dragging in the overview does to scroll and zoom. */
import { ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';
import { clampZoom, ticksFromPx, type TimeScale } from './scale.ts';

export type OverviewGrip = 'port' | 'in' | 'out' | 'jump';

/** What the map's width stands for: the cut, or what is on screen where that is more. */
export function overviewSpanTicks(durationTicks: Ticks, scale: TimeScale, widthPx: number): Ticks {
  const seen = scale.scrollTicks + ticksFromPx(widthPx, scale.pixelsPerSecond);
  return Math.max(durationTicks, seen, ticksPerSecond);
}

/** `jump` puts the middle of the window under the pointer and then drags it. All px from the map's left edge. */
export function overviewDrag(
  grip: OverviewGrip,
  start: TimeScale,
  spanTicks: Ticks,
  widthPx: number,
  downPx: number,
): (xPx: number) => TimeScale {
  const ticksAt = (px: number) => (px / widthPx) * spanTicks;
  const seenTicks = ticksFromPx(widthPx, start.pixelsPerSecond);
  const from = grip === 'jump' ? ticksAt(downPx) - seenTicks / 2 : start.scrollTicks;
  return (xPx) => {
    const by = ticksAt(xPx - downPx);
    if (grip === 'port' || grip === 'jump')
      return { pixelsPerSecond: start.pixelsPerSecond, scrollTicks: Math.max(0, Math.round(from + by)) };
    const left = grip === 'in' ? Math.max(0, start.scrollTicks + by) : start.scrollTicks;
    const right = start.scrollTicks + seenTicks + (grip === 'out' ? by : 0);
    const pixelsPerSecond = clampZoom(widthPx / Math.max(0.01, (right - left) / ticksPerSecond));
    return {
      pixelsPerSecond,
      scrollTicks: Math.max(0, Math.round(grip === 'in' ? right - ticksFromPx(widthPx, pixelsPerSecond) : left)),
    };
  };
}
