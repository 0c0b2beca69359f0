import { describe, expect, it } from 'vitest';
import { defaultLayout } from '../services/preferences.ts';
import { draggedSize, limits, normalTimelineHeight, panelSizes } from './panelSizes.ts';

describe('panel sizes', () => {
  it("are the mock's at 1440 x 900", () => {
    expect(panelSizes(defaultLayout, { width: 1440, height: 900 }, false)).toMatchObject({
      binWidth: 344,
      binFolded: false,
      inspectorWidth: 336,
      inspectorFloats: false,
      timelineHeight: 368,
    });
  });

  it('the timeline takes at most 44 % until it is dragged, and 70 % then', () => {
    expect(normalTimelineHeight(640)).toBe(282);
    const dragged = panelSizes({ ...defaultLayout, timelineHeight: 5000 }, { width: 1440, height: 900 }, false);
    expect(dragged.timelineHeight).toBe(Math.round((900 - 64) * 0.7));
  });

  it('the bin folds below 1280 unless it was opened, and the inspector floats where the viewer has no room', () => {
    expect(panelSizes(defaultLayout, { width: 1279, height: 800 }, false).binFolded).toBe(true);
    expect(panelSizes(defaultLayout, { width: 1279, height: 800 }, true).binFolded).toBe(false);
    expect(panelSizes(defaultLayout, { width: 799, height: 600 }, false).inspectorFloats).toBe(true);
    const small = panelSizes({ ...defaultLayout, inspectorWidth: 420 }, { width: 1024, height: 640 }, false);
    expect(small.inspectorFloats).toBe(false);
    expect(1024 - limits.railWidth - small.inspectorWidth).toBeGreaterThanOrEqual(limits.viewerMin);
  });

  it('leaves the viewer its 480 px: the bin gives way first', () => {
    const sizes = panelSizes(
      { ...defaultLayout, binWidth: 480, inspectorWidth: 420 },
      { width: 1280, height: 800 },
      false,
    );
    expect(1280 - sizes.binWidth - sizes.inspectorWidth).toBeGreaterThanOrEqual(480);
  });

  it('dragging under half of the smallest size closes', () => {
    expect(draggedSize(119, 240, 480)).toBe('close');
    expect(draggedSize(121, 240, 480)).toBe(240);
    expect(draggedSize(900, 240, 480)).toBe(480);
  });
});
