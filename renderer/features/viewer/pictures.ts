/**
 * What the viewer is to show at a tick: the cut, one file of the bin, or two takes of a clip against each other. Pure.
 */
import { findClip } from '../../../core/document/query.ts';
import { pictureAt, soundSegments } from '../../../core/render/picture.ts';
import type { PictureAtTick, SoundSegment } from '../../../core/render/layers.ts';
import type { MediaItem, ProjectDocument } from '../../../core/document/schema.ts';
import { containsTick, endTicks, type Ticks, type TickRange } from '../../../core/time/ticks.ts';
import type { SessionState } from '../../services/editor.ts';
import { matchingGains } from '../../services/cleanSpeech.ts';
import type { HeardSegment } from './play/soundMessages.ts';

/** The document as if another take were active on a clip; the document itself when there is no such clip. */
export function withActiveTake(document: ProjectDocument, clipId: string, takeId: string | null): ProjectDocument {
  const sequence = document.sequences[document.activeSequenceId]!;
  const tracks = sequence.tracks.map((track) => {
    if (!track.clips.some((clip) => clip.id === clipId)) return track;
    return {
      ...track,
      clips: track.clips.map((clip) =>
        clip.id === clipId && clip.generation
          ? { ...clip, generation: { ...clip.generation, activeTakeId: takeId } }
          : clip,
      ),
    };
  });
  return { ...document, sequences: { ...document.sequences, [sequence.id]: { ...sequence, tracks } } };
}

/** Two pictures while takes are compared and their clip is on; any other shot is one picture, whatever is compared. */
export function picturesToShow(
  document: ProjectDocument,
  compare: SessionState['compare'],
  ticks: Ticks,
): PictureAtTick[] {
  const clip = compare && findClip(document, compare.clipId)?.clip;
  if (!compare || !clip || isSound(document, compare.clipId) || !containsTick(clip, ticks))
    return [pictureAt(document, document.activeSequenceId, ticks)];
  return [compare.a, compare.b].map((takeId) =>
    pictureAt(withActiveTake(document, compare.clipId, takeId), document.activeSequenceId, ticks),
  );
}

/** A source from the bin, at its own size. */
export function pictureOfMedia(item: MediaItem, ticks: Ticks): PictureAtTick {
  const width = item.video?.width ?? 1280;
  const height = item.video?.height ?? 720;
  if (!item.video) return { width, height, layers: [] };
  return {
    width,
    height,
    layers: [
      {
        kind: 'picture',
        clipId: `source:${item.id}`,
        trackId: '',
        source: { kind: 'media', id: item.id },
        sourceTicks: Math.min(ticks, Math.max(0, item.durationTicks - 1)),
        patches: [],
        opacity: 1,
        centreX: width / 2,
        centreY: height / 2,
        rotationDegrees: 0,
        width,
        height,
        crop: { left: 0, top: 0, right: 0, bottom: 0 },
      },
    ],
  };
}

/** The sound of a source as one segment from tick 0; empty without sound. */
export function soundOfMedia(item: MediaItem): SoundSegment[] {
  if (!item.audio || item.durationTicks <= 0) return [];
  return [
    {
      clipId: `source:${item.id}`,
      trackId: '',
      source: { kind: 'media', id: item.id },
      startTicks: 0,
      durationTicks: item.durationTicks,
      sourceInTicks: 0,
      speed: { num: 1, den: 1 },
      reversed: false,
      gain: [{ atTicks: 0, value: 1 }],
    },
  ];
}

/** While two takes of a sound are compared both are there, each on its side; a cleaned one and its source as loud. */
export function soundToPlay(
  document: ProjectDocument,
  compare: SessionState['compare'],
  range: TickRange,
): HeardSegment[] {
  const of = (shown: ProjectDocument): SoundSegment[] =>
    soundSegments(shown, document.activeSequenceId, range).filter((segment) => endTicks(segment) > range.startTicks);
  const segments = of(document);
  if (!compare || !isSound(document, compare.clipId)) return segments;
  const gains = matchingGains(document.takes, compare);
  const sides = (['a', 'b'] as const).flatMap((side) =>
    of(withActiveTake(document, compare.clipId, compare[side]))
      .filter(({ clipId }) => clipId === compare.clipId)
      .map((segment) => ({ ...segment, side, gain: turnedDown(segment.gain, gains[side]) })),
  );
  return [...segments.filter(({ clipId }) => clipId !== compare.clipId), ...sides];
}

function turnedDown(gain: SoundSegment['gain'], db: number): SoundSegment['gain'] {
  return db === 0 ? gain : gain.map((point) => ({ ...point, value: point.value * 10 ** (db / 20) }));
}

/** Whether a clip is heard, not seen: its takes are compared by ear. */
export function isSound(document: ProjectDocument, clipId: string): boolean {
  return findClip(document, clipId)?.track.kind === 'audio';
}

/** A point of the sequence (px) as a fraction of a layer's own picture, crop ignored. */
export function fractionInLayer(
  layer: { centreX: number; centreY: number; rotationDegrees: number; width: number; height: number },
  x: number,
  y: number,
): { x: number; y: number } {
  const angle = (-layer.rotationDegrees * Math.PI) / 180;
  const dx = x - layer.centreX;
  const dy = y - layer.centreY;
  return {
    x: (dx * Math.cos(angle) - dy * Math.sin(angle)) / layer.width + 0.5,
    y: (dx * Math.sin(angle) + dy * Math.cos(angle)) / layer.height + 0.5,
  };
}

/** The picture of a rendered file, which fills the frame. */
export function pictureOfRender(size: { width: number; height: number }, sourceTicks: Ticks): PictureAtTick {
  const { width, height } = size;
  const layer = {
    kind: 'picture',
    clipId: 'rendered',
    trackId: '',
    source: { kind: 'take', id: 'rendered' },
    sourceTicks,
    patches: [],
    opacity: 1,
    centreX: width / 2,
    centreY: height / 2,
    rotationDegrees: 0,
    width,
    height,
    crop: { left: 0, top: 0, right: 0, bottom: 0 },
  } as const;
  return { width, height, layers: [layer] };
}
