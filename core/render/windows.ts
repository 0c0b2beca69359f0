/**
 * Every clip that is ever seen, with the stretch it is seen in (crossfade handles included), its geometry and how its
 * opacity moves. `pictureAt` reads one tick of it, the exporter's graph the whole: one set of rules for both.
 */
import type { Clip, PositionKey, ProjectDocument, Sequence, Track, Transition } from '../document/schema.ts';
import { endTicks, type TickRange, type Ticks } from '../time/ticks.ts';
import { playedSource, type PlayedSource } from './playedSource.ts';
import { positionAt, type Position } from './positionPath.ts';
import { referenceTicksAt } from './sourceTime.ts';

/** A factor that goes in a straight line from one value to the other, and keeps them before and after. */
export interface Ramp {
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
  readonly from: 0 | 1;
  readonly to: 0 | 1;
}

export interface Geometry {
  readonly centreX: number;
  readonly centreY: number;
  readonly rotationDegrees: number;
  readonly width: number;
  readonly height: number;
}

export interface ClipWindow extends TickRange {
  readonly clip: Clip;
  readonly trackId: string;
  /** null: a title, a solid or nothing yet. */
  readonly source: PlayedSource | null;
  /** Where it is; for a window with a path, at its first key. */
  readonly geometry: Geometry;
  /** Where the picture goes, by the reference's time; null: it stays. At least two keys. */
  readonly path: readonly PositionKey[] | null;
  /** Constant part of the opacity; the ramps multiply it. */
  readonly opacity: number;
  readonly ramps: readonly Ramp[];
  /** True when, at full opacity, nothing below it shows. */
  readonly covers: boolean;
}

/** A ramp's value at a tick, constant before its start and after its end. */
export function rampValue(ramp: Ramp, atTicks: Ticks): number {
  const share = Math.min(1, Math.max(0, (atTicks - ramp.startTicks) / ramp.durationTicks));
  return ramp.from + (ramp.to - ramp.from) * share;
}

interface Known {
  readonly media: ProjectDocument['media'];
  readonly takes: ProjectDocument['takes'];
  readonly windows: readonly ClipWindow[];
}

/** The preview asks for every frame: windows of a frozen (immer's) sequence are kept as long as it is. */
const known = new WeakMap<Sequence, Known>();

/** Windows in drawing order, back to front. */
export function pictureWindows(document: ProjectDocument, sequence: Sequence): readonly ClipWindow[] {
  const before = known.get(sequence);
  if (before?.media === document.media && before.takes === document.takes) return before.windows;
  const windows = sequence.tracks
    .filter((track) => track.kind === 'video' && !track.hidden)
    .flatMap((track) => trackWindows(document, sequence, track));
  if (Object.isFrozen(sequence)) known.set(sequence, { media: document.media, takes: document.takes, windows });
  return windows;
}

function trackWindows(document: ProjectDocument, sequence: Sequence, track: Track): ClipWindow[] {
  const shown = track.clips
    .filter((clip) => clip.enabled)
    .map((clip) => ({ clip, source: playedSource(document, clip) }));
  const coverOf = new Map(shown.map(({ clip, source }) => [clip.id, covers(clip, source, sequence)]));
  const faded = shown.map(({ clip, source }): ClipWindow | null => {
    if (source && !source.hasPicture) return null;
    if (!source && clip.reference.kind === 'media') return null;
    const { range, ramps } = edges(track, clip, (next) => coverOf.get(next.id) === true && next.opacity === 1);
    return {
      ...range,
      clip,
      trackId: track.id,
      source,
      geometry: geometryOf(clip, source, sequence),
      path: pathOf(clip, source),
      opacity: clip.opacity,
      ramps,
      covers: coverOf.get(clip.id) === true,
    };
  });
  return faded.filter((window) => window !== null);
}

export interface Crossfades {
  readonly before: TickRange | null;
  readonly after: TickRange | null;
}

/** The crossfades at a clip's edges; only between enabled clips that abut. */
export function crossfadesOf(track: Track, clip: Clip): Crossfades {
  if (track.transitions.length === 0) return { before: null, after: null };
  const range = (transition: Transition | undefined): TickRange | null => {
    if (!transition) return null;
    const from = track.clips.find((other) => other.id === transition.fromClipId);
    const to = track.clips.find((other) => other.id === transition.toClipId);
    if (!from?.enabled || !to?.enabled || endTicks(from) !== to.startTicks) return null;
    return {
      startTicks: to.startTicks - Math.floor(transition.durationTicks / 2),
      durationTicks: transition.durationTicks,
    };
  };
  return {
    before: range(track.transitions.find((transition) => transition.toClipId === clip.id)),
    after: range(track.transitions.find((transition) => transition.fromClipId === clip.id)),
  };
}

/**
 * A crossfade takes the place of the clip's own fade at that edge. The incoming picture comes up over the outgoing one,
 * which stays whole below it; where the incoming one leaves it visible (another shape, a title, half transparent)
 * it goes out in the second half, so that nothing pops at the end.
 */
function edges(
  track: Track,
  clip: Clip,
  hidesWhatIsBelow: (next: Clip) => boolean,
): { range: TickRange; ramps: Ramp[] } {
  const { before, after } = crossfadesOf(track, clip);
  const ramps: Ramp[] = [];
  if (before) ramps.push({ ...before, from: 0, to: 1 });
  else if (clip.fadeInTicks > 0)
    ramps.push({ startTicks: clip.startTicks, durationTicks: clip.fadeInTicks, from: 0, to: 1 });
  if (after) {
    const next = track.clips.find((other) => other.startTicks === endTicks(clip));
    const half = Math.floor(after.durationTicks / 2);
    if (!next || !hidesWhatIsBelow(next))
      ramps.push({ startTicks: after.startTicks + half, durationTicks: after.durationTicks - half, from: 1, to: 0 });
  } else if (clip.fadeOutTicks > 0) {
    ramps.push({ startTicks: endTicks(clip) - clip.fadeOutTicks, durationTicks: clip.fadeOutTicks, from: 1, to: 0 });
  }
  const startTicks = before ? Math.min(clip.startTicks, before.startTicks) : clip.startTicks;
  const end = after ? Math.max(endTicks(clip), endTicks(after)) : endTicks(clip);
  return { range: { startTicks, durationTicks: end - startTicks }, ramps };
}

/** Titles and colours have no time of a source. */
function keysOf({ positionKeys = [] }: Clip, source: PlayedSource | null): readonly PositionKey[] {
  return source ? positionKeys : [];
}

function pathOf(clip: Clip, source: PlayedSource | null): readonly PositionKey[] | null {
  const keys = keysOf(clip, source);
  return keys.length > 1 ? keys : null;
}

/** Where a window's picture is at a tick of the sequence. */
export function geometryAt({ clip, path, geometry }: ClipWindow, atTicks: Ticks, sequence: Sequence): Geometry {
  if (!path) return geometry;
  const { x, y } = positionAt(path, referenceTicksAt(clip, atTicks, sequence.rate));
  return { ...geometry, centreX: sequence.width / 2 + x, centreY: sequence.height / 2 + y };
}

function geometryOf(
  clip: Clip,
  source: PlayedSource | null,
  sequence: Sequence,
  position: Position = keysOf(clip, source)[0] ?? clip.transform,
): Geometry {
  const width = source?.width ?? sequence.width;
  const height = source?.height ?? sequence.height;
  const fit = Math.min(sequence.width / width, sequence.height / height) * clip.transform.scale;
  return {
    centreX: sequence.width / 2 + position.x,
    centreY: sequence.height / 2 + position.y,
    rotationDegrees: clip.transform.rotationDegrees,
    width: width * fit,
    height: height * fit,
  };
}

/** Opaque and over the whole frame, before opacity. Half a pixel short still counts: both backends round to pixels. */
function covers(clip: Clip, source: PlayedSource | null, sequence: Sequence): boolean {
  if (source ? !source.hasPicture || source.hasAlpha : clip.reference.kind !== 'solid') return false;
  const { left, top, right, bottom } = clip.crop;
  if (clip.transform.rotationDegrees % 360 !== 0 || left + top + right + bottom > 0) return false;
  // a path lies between its keys
  return (pathOf(clip, source) ?? [undefined]).every((position) => {
    const { centreX, centreY, width, height } = geometryOf(clip, source, sequence, position);
    return (
      centreX - width / 2 <= 0.5 &&
      centreY - height / 2 <= 0.5 &&
      centreX + width / 2 >= sequence.width - 0.5 &&
      centreY + height / 2 >= sequence.height - 0.5
    );
  });
}
