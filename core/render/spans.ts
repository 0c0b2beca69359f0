/**
 * A stretch of frames cut into spans in which the same layers are seen, and into chunks that one ffmpeg run can hold.
 * All in frames of the sequence.
 */
import type { Sequence } from '../document/schema.ts';
import { endTicks, frameAtTicks, ticksAtFrame, type Rate, type TickRange, type Ticks } from '../time/ticks.ts';
import { sampleToleranceTicks } from './sourceTime.ts';
import { rampValue, type ClipWindow, type Ramp } from './windows.ts';

export interface FrameRange {
  readonly startFrame: number;
  readonly frameCount: number;
}

/** A window in frames: shown at startFrame .. endFrame - 1. */
export interface ShownWindow {
  readonly window: ClipWindow;
  readonly startFrame: number;
  readonly endFrame: number;
}

export interface Span {
  readonly startFrame: number;
  readonly endFrame: number;
  /** Back to front; what is wholly hidden or wholly transparent is left out. */
  readonly shown: readonly ShownWindow[];
}

/** Frames that a range of ticks touches: a frame belongs to it when it begins inside of it. At least one. */
export function framesOf(range: TickRange, rate: Rate): FrameRange {
  const startFrame = firstFrameFrom(range.startTicks, rate);
  return { startFrame, frameCount: Math.max(1, firstFrameFrom(endTicks(range), rate) - startFrame) };
}

/** The first frame that begins at or after `ticks`. */
export function firstFrameFrom(ticks: Ticks, rate: Rate): number {
  const frame = frameAtTicks(ticks, rate);
  return ticksAtFrame(frame, rate) >= ticks - sampleToleranceTicks / 2 ? frame : frame + 1;
}

/** Windows in frames of the output; those that are shorter than a frame are left out. */
export function shownWindows(windows: readonly ClipWindow[], rate: Rate): ShownWindow[] {
  return windows
    .map((window) => ({
      window,
      startFrame: firstFrameFrom(window.startTicks, rate),
      endFrame: firstFrameFrom(endTicks(window), rate),
    }))
    .filter((each) => each.endFrame > each.startFrame);
}

/** Spans of a range without holes: a span with nothing to show is black. */
export function spansOf(shown: readonly ShownWindow[], range: FrameRange, sequence: Sequence): Span[] {
  const end = range.startFrame + range.frameCount;
  const inside = shown.filter((each) => each.startFrame < end && each.endFrame > range.startFrame);
  const cuts = new Set([range.startFrame, end]);
  const add = (frame: number) => {
    if (frame > range.startFrame && frame < end) cuts.add(frame);
  };
  for (const each of inside) {
    add(each.startFrame);
    add(each.endFrame);
    for (const ramp of each.window.ramps) {
      add(firstFrameFrom(ramp.startTicks, sequence.rate));
      add(firstFrameFrom(ramp.startTicks + ramp.durationTicks, sequence.rate));
    }
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const spans = sorted.slice(1).map((endFrame, index): Span => {
    const startFrame = sorted[index]!;
    const all = inside.filter((each) => each.startFrame <= startFrame && each.endFrame >= endFrame);
    return { startFrame, endFrame, shown: visible(all, startFrame, endFrame, sequence.rate) };
  });
  return merged(spans);
}

/** Ramps that change something between two frames of the sequence; the others are 1 all the while. */
export function activeRamps(window: ClipWindow, startFrame: number, endFrame: number, rate: Rate): Ramp[] {
  return window.ramps.filter(
    (ramp) =>
      rampValue(ramp, ticksAtFrame(startFrame, rate)) < 1 || rampValue(ramp, ticksAtFrame(endFrame - 1, rate)) < 1,
  );
}

function visible(all: readonly ShownWindow[], startFrame: number, endFrame: number, rate: Rate): ShownWindow[] {
  const seen = all.filter(
    ({ window }) =>
      window.opacity > 0 &&
      isThing(window) &&
      !window.ramps.some(
        (ramp) =>
          rampValue(ramp, ticksAtFrame(startFrame, rate)) === 0 &&
          rampValue(ramp, ticksAtFrame(endFrame - 1, rate)) === 0,
      ),
  );
  const hider = seen.findLastIndex(
    ({ window }) =>
      window.covers && window.opacity === 1 && activeRamps(window, startFrame, endFrame, rate).length === 0,
  );
  return hider < 0 ? seen : seen.slice(hider);
}

/** What is not made yet is shown by the viewer only. */
function isThing(window: ClipWindow): boolean {
  return window.source !== null || window.clip.reference.kind === 'title' || window.clip.reference.kind === 'solid';
}

/** Neighbours that show the same with nothing moving are one span. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    const same =
      last &&
      last.shown.length === span.shown.length &&
      last.shown.every((each, index) => each === span.shown[index] && each.window.ramps.length === 0);
    if (last && same) result[result.length - 1] = { ...last, endFrame: span.endFrame };
    else result.push(span);
  }
  return result;
}

export interface ChunkLimits {
  /** Inputs one ffmpeg run may open; a path with many keys counts as several. */
  readonly mostWindows: number;
  /** Frames a run may hold where a clip runs backwards (they are all kept until the last is read). */
  readonly mostReversedFrames: number;
}

/**
 * Cuts a range so that each chunk opens few inputs; cuts fall where spans change, except inside long reversed
 * stretches.
 */
export function chunksOf(spans: readonly Span[], limits: ChunkLimits): FrameRange[] {
  const groups: Span[][] = [];
  for (const span of spans.flatMap((each) => cutReversed(each, limits.mostReversedFrames))) {
    const group = groups.at(-1);
    if (group && fitsInto(group, span, limits)) group.push(span);
    else groups.push([span]);
  }
  return groups.map((group) => ({
    startFrame: group[0]!.startFrame,
    frameCount: group.at(-1)!.endFrame - group[0]!.startFrame,
  }));
}

/** Keys whose expressions are as long as all else that is written of a window. */
const keysAWindow = 40;

function fitsInto(group: readonly Span[], span: Span, limits: ChunkLimits): boolean {
  const windows = new Set([...group, span].flatMap((each) => each.shown.map((shown) => shown.window)));
  const weight = [...windows].reduce((sum, { path }) => sum + 1 + Math.floor((path?.length ?? 0) / keysAWindow), 0);
  if (weight > limits.mostWindows) return false;
  return ![...windows].some(isReversed) || span.endFrame - group[0]!.startFrame <= limits.mostReversedFrames;
}

function isReversed(window: ClipWindow): boolean {
  return window.clip.reversed && window.source !== null && window.source.rate !== null;
}

function cutReversed(span: Span, mostFrames: number): Span[] {
  if (!span.shown.some((each) => isReversed(each.window)) || span.endFrame - span.startFrame <= mostFrames)
    return [span];
  const parts: Span[] = [];
  for (let startFrame = span.startFrame; startFrame < span.endFrame; startFrame += mostFrames) {
    parts.push({ ...span, startFrame, endFrame: Math.min(span.endFrame, startFrame + mostFrames) });
  }
  return parts;
}
