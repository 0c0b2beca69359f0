/** A long cut of many clips on seven tracks, with filmstrips and waves: what panning and zooming are measured on. */
import { createClip, createProject } from '../../../../core/document/create.ts';
import { activeSequence } from '../../../../core/document/query.ts';
import type { MediaItem, ProjectDocument } from '../../../../core/document/schema.ts';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { EditorState } from '../../../services/editor.ts';
import { contentKeyOfName } from '../../../../core/document/names.ts';

const sources = 8;

function media(index: number, kind: 'video' | 'audio'): MediaItem {
  const id = `${kind}${index}`;
  return {
    id,
    name: `${id}.mp4`,
    path: `/${id}.mp4`,
    contentKey: contentKeyOfName(id),
    sizeBytes: 1,
    kind,
    durationTicks: ticksFromSeconds(60),
    video:
      kind === 'video'
        ? { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false }
        : null,
    audio: kind === 'audio' ? { sampleRateHz: 48000, channels: 2, codec: 'aac' } : null,
    importedAt: '2026-11-20T10:00:00.000Z',
  };
}

/** `clipCount` clips of 2 to 6 s, spread over the tracks; always the same. */
export function longDocument(clipCount: number): ProjectDocument {
  const project = createProject('Long cut');
  const sequence = activeSequence(project);
  const items = Array.from({ length: sources }, (_, index) => [media(index, 'video'), media(index, 'audio')]).flat();
  project.media = Object.fromEntries(items.map((item) => [item.id, item]));
  const ends = sequence.tracks.map(() => 0);
  for (let index = 0; index < clipCount; index += 1) {
    const row = index % sequence.tracks.length;
    const track = sequence.tracks[row]!;
    const seconds = 2 + ((index * 7) % 9) / 2;
    const mediaId = `${track.kind}${(index * 5) % sources}`;
    const clip = createClip(
      `clip ${index + 1}`,
      { kind: 'media', mediaId },
      ticksFromSeconds(ends[row]!),
      ticksFromSeconds(seconds),
    );
    track.clips.push({ ...clip, id: `c${index}`, sourceInTicks: ticksFromSeconds((index * 3) % 50) });
    ends[row]! += seconds + (index % 11 === 0 ? 1 : 0);
  }
  return project;
}

export function longCut(clipCount: number): Partial<EditorState> {
  const document = longDocument(clipCount);
  return {
    document,
    projectId: document.id,
    pixelsPerSecond: 32,
    mediaAssets: Object.fromEntries(
      Object.keys(document.media).map((mediaId) => [
        mediaId,
        {
          mediaId,
          originalUrl: '',
          originalPlayable: true,
          sounds: [],
          details: null,
          proxyUrl: null,
          peaksUrl: `${mediaId}.bin`,
          filmstripUrl: `${mediaId}.jpg`,
          posterUrl: null,
          proxyReason: null,
        },
      ]),
    ),
  };
}
