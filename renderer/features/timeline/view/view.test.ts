import { describe, expect, it } from 'vitest';
import { createClip, createSequence, englishNames } from '../../../../core/document/create.ts';
import { ticksFromSeconds, ticksPerSecond } from '../../../../core/time/ticks.ts';
import { autoScrollSpeed, autoScrollStep } from './autoScroll.ts';
import { laneAt, layoutLanes, lanesHeightPx } from './laneLayout.ts';
import { overviewDrag, overviewSpanTicks } from './overviewDrag.ts';
import { rulerSteps, rulerTicksBetween } from './rulerSteps.ts';
import { fitScale, sliderFromZoom, ticksAtX, xAtTicks, zoomAround, zoomFromSlider } from './scale.ts';
import { nearestSnapPoint, snapEdges, type SnapPoint } from './snapping.ts';
import { windowHolds } from './useDrawnWindow.ts';
import { drawnWindow, gapAtTicks } from './visible.ts';
import { decibelText, leftText, ordinalText, secondsText } from './words.ts';

const sequence = createSequence(
  { ...englishNames, sequence: 'Cut' },
  { width: 1280, height: 720, rate: { num: 30, den: 1 } },
);
const seconds = ticksFromSeconds;

describe('lanes', () => {
  it('show the front track on top, then the sound, in the heights of their roles', () => {
    const lanes = layoutLanes(sequence);
    expect(lanes.map((lane) => `${lane.label} ${lane.track.role} ${lane.topPx}+${lane.heightPx}`)).toEqual([
      'V3 titles 0+32',
      'V2 overlay 32+48',
      'V1 picture 80+64',
      'A1 speech 144+44',
      'A2 foley 188+44',
      'A3 ambience 232+44',
      'A4 music 276+44',
    ]);
    expect(lanesHeightPx(lanes)).toBe(320);
    expect(laneAt(lanes, 100)?.label).toBe('V1');
    expect(laneAt(lanes, 320)).toBeNull();
  });
});

describe('the scale', () => {
  it('keeps the tick under the pointer while zooming', () => {
    const before = { pixelsPerSecond: 32, scrollTicks: seconds(10) };
    const after = zoomAround(before, 400, 100);
    expect(ticksAtX(400, after)).toBeCloseTo(ticksAtX(400, before), -3);
  });

  it('does not scroll before zero when zooming out at the start', () => {
    expect(zoomAround({ pixelsPerSecond: 100, scrollTicks: seconds(1) }, 800, 10).scrollTicks).toBe(0);
  });

  it('fits the whole cut with a little air', () => {
    const scale = fitScale(seconds(120), 1200);
    expect(xAtTicks(seconds(120), scale)).toBeCloseTo(1176, 0);
  });

  it('the slider goes there and back', () => {
    expect(sliderFromZoom(zoomFromSlider(0.42))).toBeCloseTo(0.42, 6);
  });
});

describe('the ruler', () => {
  it('writes no timecode nearer than it can be read, at any zoom and rate', () => {
    for (const rate of [
      { num: 30, den: 1 },
      { num: 24000, den: 1001 },
      { num: 60, den: 1 },
    ]) {
      for (let zoom = 0.02; zoom < 2400; zoom *= 1.7) {
        const steps = rulerSteps(zoom, rate);
        const px = (steps.labelFrames * rate.den * zoom) / rate.num;
        if (steps.labelFrames < 86_400 * 24) expect(px).toBeGreaterThanOrEqual(96);
        expect(steps.labelFrames % steps.tickFrames).toBe(0);
      }
    }
  });

  it('at the mock’s 32 px a second: a timecode each 5 s, a tick each second', () => {
    expect(rulerSteps(32, { num: 30, den: 1 })).toEqual({ labelFrames: 150, tickFrames: 30 });
    const labelled = rulerTicksBetween(seconds(6), seconds(21), rulerSteps(32, { num: 30, den: 1 }), {
      num: 30,
      den: 1,
    }).filter((tick) => tick.labelled);
    expect(labelled.map((tick) => tick.ticks / ticksPerSecond)).toEqual([5, 10, 15, 20]);
  });
});

describe('the drawn window', () => {
  it('covers what is seen with room to pan, and holds until it is left', () => {
    const scale = { pixelsPerSecond: 32, scrollTicks: seconds(100) };
    const drawn = drawnWindow(scale, 1280);
    expect(windowHolds(drawn, scale, 1280)).toBe(true);
    expect(windowHolds(drawn, { ...scale, scrollTicks: seconds(105) }, 1280)).toBe(true);
    expect(windowHolds(drawn, { ...scale, scrollTicks: seconds(125) }, 1280)).toBe(false);
  });

  it('does not hold when the zoom went far', () => {
    const drawn = drawnWindow({ pixelsPerSecond: 32, scrollTicks: 0 }, 1280);
    expect(windowHolds(drawn, { pixelsPerSecond: 34, scrollTicks: 0 }, 1280)).toBe(true);
    expect(windowHolds(drawn, { pixelsPerSecond: 60, scrollTicks: 0 }, 1280)).toBe(false);
  });

  it('keeps positions small enough for 32-bit floats ten hours in', () => {
    const scale = { pixelsPerSecond: 2400, scrollTicks: seconds(36_000) };
    const drawn = drawnWindow(scale, 1280);
    expect(((drawn.toTicks - drawn.originTicks) / ticksPerSecond) * 2400).toBeLessThan(30_000);
    expect(drawn.originTicks).toBeLessThanOrEqual(drawn.fromTicks + seconds(1));
  });
});

describe('gaps', () => {
  it('end at a later clip; after the last one there is none', () => {
    const track = {
      ...sequence.tracks[0]!,
      clips: [createClip('a', { kind: 'solid', color: '#000' }, seconds(2), seconds(2))],
    };
    expect(gapAtTicks(track, seconds(1))).toEqual({ trackId: track.id, startTicks: 0, durationTicks: seconds(2) });
    expect(gapAtTicks(track, seconds(3))).toBeNull();
    expect(gapAtTicks(track, seconds(9))).toBeNull();
  });
});

describe('snap points', () => {
  const at = (value: number): SnapPoint => ({ ticks: value, kind: 'clip', name: '' });
  it('the nearest on either side is found', () => {
    const points = [at(0), at(100), at(200)];
    expect([-5, 40, 60, 150, 999].map((ticks) => nearestSnapPoint(points, ticks)?.ticks)).toEqual([
      0, 0, 100, 100, 200,
    ]);
  });
  it('of several edges the one nearest to a point decides, within reach', () => {
    expect(snapEdges([at(0), at(100)], [93, 196], 10)).toMatchObject({ shiftTicks: 7 });
    expect(snapEdges([at(0), at(100)], [50], 10).point).toBeNull();
  });
});

describe('the overview', () => {
  const scale = { pixelsPerSecond: 100, scrollTicks: 0 };
  it('stands for the cut, or for what is seen where that is more', () => {
    expect(overviewSpanTicks(seconds(100), scale, 1000)).toBe(seconds(100));
    expect(overviewSpanTicks(seconds(2), scale, 1000)).toBe(seconds(10));
  });
  it('dragging the window pans, dragging its end zooms', () => {
    expect(overviewDrag('port', scale, seconds(100), 1000, 50)(150).scrollTicks).toBe(seconds(10));
    expect(overviewDrag('out', scale, seconds(100), 1000, 100)(200)).toMatchObject({
      scrollTicks: 0,
      pixelsPerSecond: 50,
    });
    expect(overviewDrag('jump', scale, seconds(100), 1000, 500)(500).scrollTicks).toBe(seconds(45));
  });
});

describe('scrolling by itself', () => {
  it('only near the edges, faster the nearer', () => {
    expect(autoScrollSpeed(500, 1000)).toBe(0);
    expect(autoScrollSpeed(10, 1000)).toBeLessThan(0);
    expect(autoScrollSpeed(999, 1000)).toBeGreaterThan(autoScrollSpeed(980, 1000));
  });

  it('are slow enough to place an edge by eye: under half their width a second inside, under one far outside', () => {
    expect(autoScrollSpeed(1000, 1000)).toBeLessThan(500);
    expect(autoScrollSpeed(1400, 1000)).toBeLessThan(1000);
  });

  it('scroll by time, whatever the frame rate, and do not jump after a late frame', () => {
    expect(2 * autoScrollStep(1000, 1000, 8)).toBeCloseTo(autoScrollStep(1000, 1000, 16));
    expect(autoScrollStep(1000, 1000, 5000)).toBeLessThan(50);
  });
});

describe('words', () => {
  it('are short and exact', () => {
    expect([
      secondsText(seconds(2)),
      secondsText(seconds(1 / 30)),
      leftText(14),
      leftText(3671),
      decibelText(-9),
      decibelText(2.5),
    ]).toEqual(['2.0', '0.03', '0:14', '1:01:11', '−9 dB', '+2.5 dB']);
    expect([1, 2, 3, 11, 22].map((place) => ordinalText(place, 'en'))).toEqual(['1st', '2nd', '3rd', '11th', '22nd']);
  });
});
