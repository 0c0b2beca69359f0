/**
 * A sequence as OpenTimelineIO. Everything OTIO has a schema for uses it: tracks, clips, gaps, dissolves, markers,
 * media,
 * constant speed, takes as alternative media references. The rest (transforms, fades, requests, takes' records) lies in
 * `metadata.framewright`, where our own import finds it and other programs carry it along.
 */
import type { Rate } from '../../time/ticks.ts';
import {
  documentVersion,
  type Clip,
  type Marker,
  type MediaItem,
  type ProjectDocument,
  type Sequence,
  type Take,
  type Track,
} from '../schema.ts';
import { transitionRange } from '../sources.ts';
import { rationalTime, timeRange, urlFromPath, type Json } from './otioTime.ts';

/**
 * Text of an .otio file. Throws when the sequence does not exist. Take files are named relative to the project's
 * folder, or under `projectFolder`.
 */
export function exportOtio(document: ProjectDocument, sequenceId: string, projectFolder: string | null = null): string {
  const sequence = document.sequences[sequenceId];
  if (!sequence) throw new Error(`The project has no sequence '${sequenceId}'.`);
  const timeline: Json = {
    OTIO_SCHEMA: 'Timeline.1',
    name: sequence.name,
    global_start_time: rationalTime(0, sequence.rate),
    metadata: {
      framewright: {
        version: documentVersion,
        project: document.name,
        width: sequence.width,
        height: sequence.height,
        rate: sequence.rate,
        inTicks: sequence.inTicks,
        outTicks: sequence.outTicks,
      },
    },
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      name: 'tracks',
      source_range: null,
      effects: [],
      enabled: true,
      metadata: {},
      markers: sequence.markers.map((marker) => exportMarker(marker, sequence.rate)),
      children: sequence.tracks.map((track) => exportTrack(document, sequence, track, projectFolder)),
    },
  };
  return `${JSON.stringify(timeline, null, 2)}\n`;
}

/** Clips of a sequence that show a masked edit: other programs show their footage without it. */
export function patchedClips(document: ProjectDocument, sequenceId: string): Clip[] {
  const tracks = document.sequences[sequenceId]?.tracks ?? [];
  return tracks.flatMap((track) =>
    track.clips.filter(({ generation }) => Boolean(document.takes[generation?.activeTakeId ?? '']?.patch)),
  );
}

function exportTrack(document: ProjectDocument, sequence: Sequence, track: Track, projectFolder: string | null): Json {
  const children: Json[] = [];
  let at = 0;
  for (const clip of track.clips) {
    if (clip.startTicks > at) {
      children.push({
        OTIO_SCHEMA: 'Gap.1',
        name: '',
        source_range: timeRange(0, clip.startTicks - at, sequence.rate),
        effects: [],
        markers: [],
        enabled: true,
        metadata: {},
      });
    }
    const transition = track.transitions.find((candidate) => candidate.toClipId === clip.id);
    const range = transition ? transitionRange(track, transition) : null;
    if (transition && range) {
      children.push({
        OTIO_SCHEMA: 'Transition.1',
        name: 'Crossfade',
        transition_type: 'SMPTE_Dissolve',
        in_offset: rationalTime(range.cutTicks - range.startTicks, sequence.rate),
        out_offset: rationalTime(range.endTicks - range.cutTicks, sequence.rate),
        parameters: {},
        metadata: {},
      });
    }
    children.push(exportClip(document, clip, sequence.rate, projectFolder));
    at = clip.startTicks + clip.durationTicks;
  }
  const { role, muted, solo, hidden, locked, gainDb } = track;
  return {
    OTIO_SCHEMA: 'Track.1',
    name: track.name,
    kind: track.kind === 'video' ? 'Video' : 'Audio',
    source_range: null,
    effects: [],
    markers: [],
    enabled: track.kind === 'video' ? !hidden : !muted,
    metadata: { framewright: { role, muted, solo, hidden, locked, gainDb } },
    children,
  };
}

function exportClip(document: ProjectDocument, clip: Clip, rate: Rate, projectFolder: string | null): Json {
  const scalar = (clip.speed.num / clip.speed.den) * (clip.reversed ? -1 : 1);
  const effects =
    scalar === 1
      ? []
      : [
          {
            OTIO_SCHEMA: 'LinearTimeWarp.1',
            name: '',
            effect_name: 'LinearTimeWarp',
            time_scalar: scalar,
            metadata: {},
          },
        ];
  const { id: _, startTicks: __, durationTicks: ___, sourceInTicks: ____, generation, ...rest } = clip;
  const takes = (generation?.takeIds ?? []).flatMap((takeId) => document.takes[takeId] ?? []);
  const references: Record<string, Json> = { DEFAULT_MEDIA: exportReference(document, clip) };
  for (const take of takes) references[`take-${take.id}`] = exportTake(take, projectFolder);
  const active = takes.find((take) => take.id === generation?.activeTakeId);
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: clip.name,
    source_range: timeRange(clip.sourceInTicks, clip.durationTicks, rate),
    effects,
    markers: [],
    enabled: clip.enabled,
    media_references: references,
    // a patch is not a whole picture: other programs show the source under it, our own import finds it in `generation`
    active_media_reference_key: active && !active.patch ? `take-${active.id}` : 'DEFAULT_MEDIA',
    metadata: { framewright: { clip: rest, ...(generation ? { generation } : {}) } },
  };
}

function exportReference(document: ProjectDocument, clip: Clip): Json {
  const reference = clip.reference;
  switch (reference.kind) {
    case 'media': {
      const media = document.media[reference.mediaId];
      if (!media) return missing(clip.name);
      return external(media.name, urlFromPath(media.path), availableRange(media), { media });
    }
    case 'title':
      return generator('framewright.title', reference);
    case 'solid':
      return generator('framewright.solid', reference);
    case 'generated':
      return generator('framewright.generated', clip.generation?.request ?? {});
  }
}

/** A take's media: its file, with the record that its recipe is found by. */
function exportTake(take: Take, projectFolder: string | null): Json {
  const path = `${projectFolder === null ? '' : `${projectFolder.replace(/[\\/]$/, '')}/`}takes/${take.file}`;
  const rate = take.rate ?? { num: 48000, den: 1 };
  const range = take.durationTicks > 0 ? timeRange(take.sourceStartTicks, take.durationTicks, rate) : null;
  return external(take.prompt || take.id, urlFromPath(path), range, { take });
}

function availableRange(media: MediaItem): Json | null {
  const rate = media.video?.rate ?? (media.audio ? { num: media.audio.sampleRateHz, den: 1 } : null);
  return rate && media.durationTicks > 0 ? timeRange(0, media.durationTicks, rate) : null;
}

function external(name: string, url: string, range: Json | null, framewright: Json): Json {
  return {
    OTIO_SCHEMA: 'ExternalReference.1',
    name,
    target_url: url,
    available_range: range,
    available_image_bounds: null,
    metadata: { framewright },
  };
}

function generator(kind: string, parameters: object): Json {
  return {
    OTIO_SCHEMA: 'GeneratorReference.1',
    name: kind,
    generator_kind: kind,
    parameters,
    available_range: null,
    available_image_bounds: null,
    metadata: {},
  };
}

function missing(name: string): Json {
  return { OTIO_SCHEMA: 'MissingReference.1', name, available_range: null, available_image_bounds: null, metadata: {} };
}

function exportMarker(marker: Marker, rate: Rate): Json {
  return {
    OTIO_SCHEMA: 'Marker.2',
    name: marker.name,
    color: marker.kind === 'hit' ? 'RED' : 'GREEN',
    comment: '',
    marked_range: timeRange(marker.ticks, 0, rate),
    metadata: { framewright: { kind: marker.kind } },
  };
}
