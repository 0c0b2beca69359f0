/** The part of a clip that a canvas covers: all of a short one, of a long one only what the drawn window holds. */
import { pxFromTicks } from '../view/scale.ts';
import type { DrawnWindow } from '../view/visible.ts';

export interface DrawnPart {
  readonly fromFraction: number;
  readonly toFraction: number;
  /** CSS px at the window's zoom: of the covered part, and of the whole clip. */
  readonly widthPx: number;
  readonly clipWidthPx: number;
}

export function drawnPart(clip: { readonly startTicks: number; readonly durationTicks: number }, window: DrawnWindow): DrawnPart {
  const clipWidthPx = pxFromTicks(clip.durationTicks, window.pixelsPerSecond);
  const from = Math.max(0, window.fromTicks - clip.startTicks) / clip.durationTicks;
  const to = Math.min(clip.durationTicks, window.toTicks - clip.startTicks) / clip.durationTicks;
  const toFraction = Math.max(from, to);
  return { fromFraction: from, toFraction, widthPx: Math.max(1, (toFraction - from) * clipWidthPx), clipWidthPx };
}
