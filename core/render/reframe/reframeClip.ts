/** A clip in a frame of another shape: made as large as the frame, and moved so that its subject stays in it. Pure. */
import type { Seen } from '../../contract/seen.ts';
import { mostPositionKeys, type Clip, type PositionKey } from '../../document/schema.ts';
import { ticksPerSecond, type Ticks } from '../../time/ticks.ts';
import type { Size } from '../place.ts';
import { scaleTicks } from '../sourceTime.ts';
import { fewestPoints, smoothPath } from './smoothPath.ts';
import { wishesOf, type Axis } from './subjects.ts';

/** What a reframed clip gets, and how much of it shows something that was followed. */
export interface Reframed {
  readonly transform: Clip['transform'];
  readonly positionKeys: PositionKey[];
  /** Share of the clip's time, 0..1; 1 where nothing had to be left out. */
  readonly followed: number;
}

/** How far the subject may be from the frame's middle, as a share of the frame. */
const zoneShare = 0.14;
/** Least deviation that keeps a key, as a share of the picture. */
const keyAccuracy = 0.006;
/** A path is known this far beyond the clip's edges, so that they can be pulled out. */
const handleTicks = ticksPerSecond;
/** A dissolve's path goes from one shot's place to the other's in this time. */
const dissolveTicks = Math.round(0.8 * ticksPerSecond);

interface Shot {
  readonly startTicks: Ticks;
  readonly endTicks: Ticks;
  /** How the next shot comes. */
  readonly leave: 'cut' | 'dissolve';
}

/**
 * `seen`: null where nothing is known; the middle is shown then. `source`: its size as shown. Times of `seen` are those
 * of the clip's reference.
 */
export function reframeClip(clip: Clip, source: Size, frame: Size, seen: Seen | null): Reframed {
  const cover = Math.max(frame.width / source.width, frame.height / source.height);
  const fit = Math.min(frame.width / source.width, frame.height / source.height);
  const size = { width: source.width * cover, height: source.height * cover };
  // upwards, so that it covers, and short enough to be read
  const scale = Math.ceil((cover / fit) * 1e4 - 1e-6) / 1e4;
  const transform = { x: 0, y: 0, scale, rotationDegrees: 0 };
  const shown = { x: frame.width / size.width, y: frame.height / size.height };
  const axis: Axis = shown.x < shown.y ? { along: 'x', shown: shown.x } : { along: 'y', shown: shown.y };
  if (axis.shown > 0.995) return { transform, positionKeys: [], followed: 1 };
  if (!seen) return { transform, positionKeys: [], followed: 0 };
  const whole = axis.along === 'x' ? size.width : size.height;
  const range = sourceRange(clip);
  const { points, followed } = pathOf(seen, range, axis);
  const keys = points.map(({ at, value, ease }): PositionKey => {
    const offset = Math.round((0.5 - value) * whole * 10) / 10;
    return { sourceTicks: at, x: axis.along === 'x' ? offset : 0, y: axis.along === 'y' ? offset : 0, ease };
  });
  const [first] = keys;
  const moves = keys.some(({ x, y }) => x !== first!.x || y !== first!.y);
  const at = first ? { x: first.x, y: first.y } : { x: 0, y: 0 };
  return { transform: { ...transform, ...at }, positionKeys: moves ? keys : [], followed };
}

function sourceRange(clip: Clip): { startTicks: Ticks; endTicks: Ticks } {
  const endsAt = clip.sourceInTicks + scaleTicks(clip.durationTicks, clip.speed);
  return { startTicks: clip.sourceInTicks, endTicks: Math.max(clip.sourceInTicks + 1, endsAt) };
}

function pathOf(seen: Seen, range: { startTicks: Ticks; endTicks: Ticks }, axis: Axis) {
  const [from, to] = [Math.max(0, range.startTicks - handleTicks), range.endTicks + handleTicks];
  const shots = shotsOf(seen, from, to);
  const points: { at: Ticks; value: number; ease: PositionKey['ease'] }[] = [];
  let followedTicks = 0;
  for (const accuracy of [1, 3, 10, 30]) {
    points.length = 0;
    followedTicks = 0;
    for (const [index, shot] of shots.entries()) {
      const { path, isFollowed } = shotPath(seen, shot, axis, accuracy * keyAccuracy);
      const inClip = Math.min(shot.endTicks, range.endTicks) - Math.max(shot.startTicks, range.startTicks);
      if (isFollowed) followedTicks += Math.max(0, inClip);
      const isLast = index === shots.length - 1;
      const ease = (i: number) => (i === path.length - 1 && !isLast && shot.leave === 'cut' ? 'hold' : 'smooth');
      points.push(...path.map(({ at, value }, i) => ({ at, value, ease: ease(i) }) as const));
    }
    if (points.length <= mostPositionKeys) break;
  }
  const followed = followedTicks / (range.endTicks - range.startTicks);
  return { points: points.slice(0, mostPositionKeys), followed: Math.min(1, followed) };
}

/** Shots that a stretch of the source touches, cut to it. */
function shotsOf({ cuts }: Seen, from: Ticks, to: Ticks): Shot[] {
  const inside = cuts.filter(({ ticks }) => ticks > from && ticks < to);
  return [...inside, null].map((cut, i) => {
    const before = inside[i - 1];
    const gone = (kind: 'cut' | 'dissolve' | undefined) => (kind === 'dissolve' ? dissolveTicks / 2 : 0);
    return {
      startTicks: before ? before.ticks + gone(before.kind) : from,
      endTicks: (cut?.ticks ?? to) - gone(cut?.kind),
      leave: cut?.kind ?? 'cut',
    };
  });
}

function shotPath(seen: Seen, { startTicks, endTicks: end }: Shot, axis: Axis, accuracy: number) {
  const looks = seen.looks.filter(({ ticks }) => ticks >= startTicks && ticks < end);
  const wishes = wishesOf(looks, axis);
  const known = wishes.flatMap(({ ticks, middle }) => (middle === null ? [] : [{ at: ticks, value: middle }]));
  const within = (value: number) => Math.min(1 - axis.shown / 2, Math.max(axis.shown / 2, value));
  // nothing to follow, or a glimpse: the middle
  if (known.length === 0 || (wishes.length > 3 && known.length < 0.25 * wishes.length))
    return { path: [{ at: startTicks, value: 0.5 }], isFollowed: false };
  const filled = wishes.map(({ ticks }) => valueAt(known, ticks));
  const apart = looks.length > 1 ? (looks[1]!.ticks - looks[0]!.ticks) / ticksPerSecond : 0.5;
  const path = smoothPath(filled, zoneShare * axis.shown, apart).map(within);
  const points = path.map((value, i) => ({ at: wishes[i]!.ticks, value }));
  const kept = fewestPoints(points, accuracy);
  const [first, last] = [kept[0]!, kept.at(-1)!];
  const isStill = kept.every(({ value }) => Math.abs(value - first.value) < accuracy);
  const whole = isStill ? [first] : kept;
  // a shot has its place from its first frame on, whenever it was first looked at
  const from = first.at === startTicks ? [] : [{ at: startTicks, value: first.value }];
  const all = isStill && from.length > 0 ? from : [...from, ...whole];
  return { path: all.filter(({ at }) => at <= last.at || at === startTicks), isFollowed: true };
}

/** On the straight line between two known places; the first and the last go on. */
function valueAt(known: readonly { at: Ticks; value: number }[], ticks: Ticks): number {
  const next = known.findIndex(({ at }) => at >= ticks);
  if (next <= 0) return (next === 0 ? known[0] : known.at(-1))!.value;
  const [a, b] = [known[next - 1]!, known[next]!];
  return a.value + ((b.value - a.value) * (ticks - a.at)) / (b.at - a.at);
}
