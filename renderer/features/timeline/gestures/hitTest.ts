/**
 * What lies under a point of the lanes, by geometry alone: clips too small for a box of their own are hit all the same.
 */
import { firstClipEndingAfter } from '../../../../core/document/query.ts';
import type { Clip, Track, Transition } from '../../../../core/document/schema.ts';
import { laneAt, type LaneBox } from '../view/laneLayout.ts';
import { pxFromTicks, ticksAtX, xAtTicks } from '../view/scale.ts';
import { gapAtTicks, type Gap } from '../view/visible.ts';
import type { ClipEdge, Pointer, World } from './gesture.ts';
import { endOf } from './limits.ts';

export type Hit =
  | {
      readonly kind: 'clip';
      readonly clip: Clip;
      readonly track: Track;
      readonly part: 'body' | ClipEdge | 'fadeIn' | 'fadeOut';
    }
  | {
      readonly kind: 'transition';
      readonly transition: Transition;
      readonly track: Track;
      readonly cutTicks: number;
      readonly part: 'body' | ClipEdge;
    }
  | { readonly kind: 'gap'; readonly gap: Gap; readonly track: Track }
  | { readonly kind: 'lane'; readonly track: Track }
  | { readonly kind: 'outside' };

/** Width of an edge's grip: 8 px, but never more than a quarter of the clip. */
export const gripPx = 8;
/** Distance of a transition's box from the top of its lane, px. */
export const transitionTopPx = 18;

/** Finds the clip, edge, handle, transition or gap under the pointer. */
export function hitTest(world: World, pointer: Pointer): Hit {
  const lane = laneAt(world.lanes, pointer.yPx);
  if (lane === null) return { kind: 'outside' };
  const ticks = ticksAtX(pointer.xPx, world.scale);
  const transition = transitionAt(world, lane, pointer);
  if (transition !== null) return transition;
  const index = firstClipEndingAfter(lane.track.clips, ticks);
  const clip = lane.track.clips[index];
  if (clip !== undefined && clip.startTicks <= ticks)
    return { kind: 'clip', clip, track: lane.track, part: partOf(world, lane, clip, pointer) };
  // just past an end the hand still means that edge
  const before = lane.track.clips[index - 1];
  if (before !== undefined && pointer.xPx - xAtTicks(endOf(before), world.scale) <= 3)
    return { kind: 'clip', clip: before, track: lane.track, part: 'out' };
  if (clip !== undefined && xAtTicks(clip.startTicks, world.scale) - pointer.xPx <= 3)
    return { kind: 'clip', clip, track: lane.track, part: 'in' };
  const gap = gapAtTicks(lane.track, ticks);
  return gap === null ? { kind: 'lane', track: lane.track } : { kind: 'gap', gap, track: lane.track };
}

function partOf(world: World, lane: LaneBox, clip: Clip, pointer: Pointer): 'body' | ClipEdge | 'fadeIn' | 'fadeOut' {
  const widthPx = pxFromTicks(clip.durationTicks, world.scale.pixelsPerSecond);
  const fromStart = pointer.xPx - xAtTicks(clip.startTicks, world.scale);
  const yInClip = pointer.yPx - lane.topPx - 2;
  if (hasFadeGrips(world, clip, lane, widthPx) && yInClip >= 16 && yInClip <= 28) {
    const fadeIn = pxFromTicks(clip.fadeInTicks, world.scale.pixelsPerSecond);
    const fadeOut = widthPx - pxFromTicks(clip.fadeOutTicks, world.scale.pixelsPerSecond);
    // a fade of no length has its grip a little inside, so that the edge can be had as well
    if (Math.abs(fromStart - Math.max(fadeIn, gripPx + 6)) <= 6) return 'fadeIn';
    if (Math.abs(fromStart - Math.min(fadeOut, widthPx - gripPx - 6)) <= 6) return 'fadeOut';
  }
  const grip = Math.min(gripPx, widthPx / 4);
  if (fromStart <= grip) return 'in';
  if (widthPx - fromStart <= grip) return 'out';
  return 'body';
}

/** Fades are offered on selected clips that have the room. */
export function hasFadeGrips(world: World, clip: Clip, lane: LaneBox, widthPx: number): boolean {
  return widthPx >= 56 && lane.heightPx >= 44 && world.selection.clipIds.includes(clip.id);
}

function transitionAt(world: World, lane: LaneBox, pointer: Pointer): Extract<Hit, { kind: 'transition' }> | null {
  const { clips, transitions } = lane.track;
  if (transitions.length === 0 || pointer.yPx - lane.topPx < transitionTopPx) return null;
  // a crossfade is no longer than its shorter clip: only the cuts beside the pointer can reach it
  const index = firstClipEndingAfter(clips, ticksAtX(pointer.xPx, world.scale));
  for (const to of clips.slice(Math.max(0, index - 1), index + 2)) {
    const transition = transitions.find((item) => item.toClipId === to.id);
    if (transition === undefined) continue;
    const left = xAtTicks(to.startTicks - transition.durationTicks / 2, world.scale);
    const right = xAtTicks(to.startTicks + transition.durationTicks / 2, world.scale);
    if (pointer.xPx < left - 2 || pointer.xPx > right + 2) continue;
    const grip = Math.min(6, (right - left) / 4);
    const part = pointer.xPx <= left + grip ? 'in' : pointer.xPx >= right - grip ? 'out' : 'body';
    return { kind: 'transition', transition, track: lane.track, cutTicks: to.startTicks, part };
  }
  return null;
}
