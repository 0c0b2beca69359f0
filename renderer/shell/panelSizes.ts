/** How large the panels are drawn, after DESIGN-LANGUAGE 'Layout': extra room goes to the viewer. Lengths in px. */
import type { Layout } from '../services/preferences.ts';

/** Smallest, largest and default sizes of the panels, px. */
export const limits = {
  bin: { min: 240, max: 480, normal: 344 },
  inspector: { min: 280, max: 420, normal: 336 },
  viewerMin: 480,
  timelineMin: 200,
  railWidth: 40,
  /** Title bar and status bar. */
  chrome: 40 + 24,
} as const;

export interface PanelSizes {
  readonly binWidth: number;
  /** Folded to the 40 px rail: chosen by the user, or the window is narrower than 1280. */
  readonly binFolded: boolean;
  readonly inspectorWidth: number;
  /** Lies over the viewer instead of beside it: there is no room for both. */
  readonly inspectorFloats: boolean;
  readonly timelineHeight: number;
  readonly timelineMax: number;
}

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(max, value));

/** Default height of the timeline: at most 44 % of the window. */
export function normalTimelineHeight(windowHeight: number): number {
  return clamp(368, limits.timelineMin, Math.max(limits.timelineMin, Math.round(windowHeight * 0.44)));
}

/** Sizes of the panels in a window, px; the viewer gets what is left. */
export function panelSizes(layout: Layout, window: { width: number; height: number }, binPinned: boolean): PanelSizes {
  const inspectorFloats = window.width < limits.railWidth + limits.viewerMin + limits.inspector.min;
  const binFolded = window.width < 1280 && !binPinned;
  const besideRail = window.width - limits.railWidth - limits.viewerMin;
  const inspectorWidth = clamp(
    layout.inspectorWidth,
    limits.inspector.min,
    inspectorFloats ? limits.inspector.max : Math.min(limits.inspector.max, besideRail),
  );
  const besideBin = window.width - limits.viewerMin - (layout.inspectorOpen && !inspectorFloats ? inspectorWidth : 0);
  const binWidth = clamp(
    layout.binWidth,
    limits.bin.min,
    Math.max(limits.bin.min, Math.min(limits.bin.max, besideBin)),
  );
  const timelineMax = Math.max(limits.timelineMin, Math.round((window.height - limits.chrome) * 0.7));
  const wanted = layout.timelineHeight === 368 ? normalTimelineHeight(window.height) : layout.timelineHeight;
  return {
    binWidth,
    binFolded,
    inspectorWidth,
    inspectorFloats,
    timelineHeight: clamp(wanted, limits.timelineMin, timelineMax),
    timelineMax,
  };
}

/** What a divider dragged to `raw` means: a size within the limits, or 'close' under half of the smallest. */
export function draggedSize(raw: number, min: number, max: number): number | 'close' {
  return raw < min / 2 ? 'close' : clamp(raw, min, max);
}
