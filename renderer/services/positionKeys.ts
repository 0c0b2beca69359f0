/** Position keys of a clip at the playhead: read, set, taken away, gone to. Times of keys are those of the source. */
import type { ClipPlace } from '../../core/document/query.ts';
import type { Clip, PositionKey } from '../../core/document/schema.ts';
import { clipTicksAt, referenceTicksAt } from '../../core/render/sourceTime.ts';
import { positionAt, type Position } from '../../core/render/positionPath.ts';
import { endTicks, ticksPerFrame, type Ticks } from '../../core/time/ticks.ts';

/** Source time of the frame at the playhead, or of the clip's nearest one. */
export function keyTicksAt({ clip, sequence }: ClipPlace, playheadTicks: Ticks): Ticks {
  const last = endTicks(clip) - ticksPerFrame(sequence.rate);
  const inside = Math.max(clip.startTicks, Math.min(last, playheadTicks));
  return Math.max(0, referenceTicksAt(clip, inside, sequence.rate));
}

/** Where a clip's picture is at a time of its source. */
export function positionOf({ positionKeys = [], transform }: Clip, sourceTicks: Ticks): Position {
  return positionKeys.length === 0 ? transform : positionAt(positionKeys, sourceTicks);
}

/** The key within half a frame of a time; null where there is none. */
export function keyAt(keys: readonly PositionKey[], sourceTicks: Ticks, frameTicks: Ticks): PositionKey | null {
  return keys.find((key) => Math.abs(key.sourceTicks - sourceTicks) < frameTicks / 2) ?? null;
}

/** The keys with one more, or with another place for the one that is there. */
export function withKey(
  keys: readonly PositionKey[],
  sourceTicks: Ticks,
  { x, y }: Position,
  frameTicks: Ticks,
): PositionKey[] {
  const there = keyAt(keys, sourceTicks, frameTicks);
  const key: PositionKey = { sourceTicks, ease: 'smooth', ...there, x, y };
  return [...keys.filter((each) => each !== there), key].toSorted((a, b) => a.sourceTicks - b.sourceTicks);
}

/** Sequence time of the next key before or after the playhead inside of the clip; null where there is none. */
export function neighbourKey({ clip, sequence }: ClipPlace, playheadTicks: Ticks, step: -1 | 1): Ticks | null {
  const frame = ticksPerFrame(sequence.rate);
  const places = (clip.positionKeys ?? [])
    .map(({ sourceTicks }) => clipTicksAt(clip, sourceTicks, sequence.rate))
    .filter((at) => at >= clip.startTicks && at < endTicks(clip))
    .filter((at) => (step > 0 ? at > playheadTicks + frame / 2 : at < playheadTicks - frame / 2));
  if (places.length === 0) return null;
  return step > 0 ? Math.min(...places) : Math.max(...places);
}
