/**
 * What is to be heard in a range. Sound comes from audio tracks only (a shot's own sound stands there as a linked
 * clip). Where a source has nothing (before its start, after its end) there is silence, unlike the picture's held
 * frame.
 * Speed changes pitch with tempo, as tape does: the same on both sides.
 */
import type { Clip, ProjectDocument, Track } from '../document/schema.ts';
import { endTicks, intersectRanges, type TickRange, type Ticks } from '../time/ticks.ts';
import type { SoundSegment } from './layers.ts';
import { sequenceOf } from './pictureAt.ts';
import { scaleTicks } from './sourceTime.ts';
import { playedSource, type PlayedSource } from './playedSource.ts';
import { crossfadesOf } from './windows.ts';

/** Straight pieces that a crossfade's equal-power quarter sine is made of: within 0.5 % of it. */
const crossfadePieces = 8;
const silentDb = -96;

type GainPoint = SoundSegment['gain'][number];

/**
 * Segments by track, then by start. `atTicks` of the gain counts from the segment's start. Throws when there is no such
 * sequence.
 */
export function soundSegments(
  document: ProjectDocument,
  sequenceId: string,
  range: TickRange,
): readonly SoundSegment[] {
  const tracks = sequenceOf(document, sequenceId).tracks.filter((track) => track.kind === 'audio');
  const anySolo = tracks.some((track) => track.solo);
  return tracks
    .filter((track) => !track.muted && (!anySolo || track.solo))
    .flatMap((track) => track.clips.flatMap((clip) => segmentOf(document, track, clip, range) ?? []));
}

/** Gain (linear amplitude) at a tick counted from the segment's start. */
export function gainAt(segment: SoundSegment, atTicks: Ticks): number {
  return interpolate(segment.gain, atTicks);
}

function interpolate(points: readonly GainPoint[], atTicks: Ticks): number {
  const after = points.findIndex((point) => point.atTicks >= atTicks);
  if (after <= 0) return (after === 0 ? points[0] : points.at(-1))?.value ?? 0;
  const a = points[after - 1]!;
  const b = points[after]!;
  return a.value + ((b.value - a.value) * (atTicks - a.atTicks)) / (b.atTicks - a.atTicks);
}

function segmentOf(document: ProjectDocument, track: Track, clip: Clip, range: TickRange): SoundSegment | null {
  const source = playedSource(document, clip);
  if (!clip.enabled || !source?.hasSound) return null;
  const level = amplitude(clip.volumeDb) * amplitude(track.gainDb);
  if (level === 0) return null;
  const { before, after } = crossfadesOf(track, clip);
  const startTicks = before ? Math.min(clip.startTicks, before.startTicks) : clip.startTicks;
  const end = after ? Math.max(endTicks(clip), endTicks(after)) : endTicks(clip);
  const heard = intersectRanges({ startTicks, durationTicks: end - startTicks }, range);
  const filled = heard && intersectRanges(heard, materialRange(clip, source.durationTicks, source.offsetTicks));
  if (!filled) return null;
  const into = clip.reversed ? endTicks(clip) - endTicks(filled) : filled.startTicks - clip.startTicks;
  return {
    clipId: clip.id,
    trackId: track.id,
    source: source.file,
    ...chosenStream(source, clip),
    ...filled,
    sourceInTicks: Math.max(0, clip.sourceInTicks - source.offsetTicks + scaleTicks(into, clip.speed)),
    speed: clip.speed,
    reversed: clip.reversed,
    gain: gainCurve(clip, { before, after }, level, filled),
  };
}

/** A take has one sound, which was made for it: the choice is of the file's own. */
function chosenStream({ kind }: PlayedSource, { soundStream }: Clip): Pick<SoundSegment, 'streamIndex'> {
  return kind === 'media' && soundStream !== undefined ? { streamIndex: soundStream } : {};
}

function amplitude(db: number): number {
  return db <= silentDb ? 0 : 10 ** (db / 20);
}

/** Where on the sequence the source has material for this clip: may reach beyond the clip into its handles. */
function materialRange(clip: Clip, sourceDurationTicks: Ticks, offsetTicks: Ticks): TickRange {
  const inverse = { num: clip.speed.den, den: clip.speed.num };
  const headTicks = scaleTicks(clip.sourceInTicks - offsetTicks, inverse);
  const wholeTicks = scaleTicks(sourceDurationTicks, inverse);
  const startTicks = clip.reversed ? endTicks(clip) + headTicks - wholeTicks : clip.startTicks - headTicks;
  return { startTicks, durationTicks: wholeTicks };
}

/** Fades are straight lines in amplitude; a crossfade is equal-power and takes the place of the fade at its edge. */
function gainCurve(
  clip: Clip,
  edges: { before: TickRange | null; after: TickRange | null },
  level: number,
  filled: TickRange,
): GainPoint[] {
  const factors: GainPoint[][] = [];
  if (edges.before) factors.push(quarterSine(edges.before, false));
  else if (clip.fadeInTicks > 0)
    factors.push([
      { atTicks: clip.startTicks, value: 0 },
      { atTicks: clip.startTicks + clip.fadeInTicks, value: 1 },
    ]);
  if (edges.after) factors.push(quarterSine(edges.after, true));
  else if (clip.fadeOutTicks > 0)
    factors.push([
      { atTicks: endTicks(clip) - clip.fadeOutTicks, value: 1 },
      { atTicks: endTicks(clip), value: 0 },
    ]);
  const inside = factors
    .flat()
    .map((point) => point.atTicks)
    .filter((ticks) => ticks > filled.startTicks && ticks < endTicks(filled));
  const times = [...new Set([filled.startTicks, ...inside, endTicks(filled)])].sort((a, b) => a - b);
  return times.map((ticks) => ({
    atTicks: ticks - filled.startTicks,
    value: factors.reduce((value, points) => value * interpolate(points, ticks), level),
  }));
}

function quarterSine(range: TickRange, falling: boolean): GainPoint[] {
  return Array.from({ length: crossfadePieces + 1 }, (_, piece) => {
    const share = piece / crossfadePieces;
    return {
      atTicks: range.startTicks + Math.round(share * range.durationTicks),
      value: falling ? Math.cos((share * Math.PI) / 2) : Math.sin((share * Math.PI) / 2),
    };
  });
}
