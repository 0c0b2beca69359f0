/** A long cut of many clips on seven tracks, with filmstrips and waves: what panning and zooming are measured on. */
import { createClip, createProject } from '../../../../core/document/create.ts';
import { activeSequence } from '../../../../core/document/query.ts';
import type { ProjectDocument } from '../../../../core/document/schema.ts';
import { ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { EditorState } from '../../../services/editor.ts';
import { cutAssets, cutMedia } from './cutMedia.ts';

const sources = 8;

/** `clipCount` clips of 2 to 6 s, spread over the tracks; always the same. */
export function longDocument(clipCount: number): ProjectDocument {
  const project = createProject('Long cut');
  const sequence = activeSequence(project);
  const items = Array.from({ length: sources }, (_, index) =>
    (['video', 'audio'] as const).map((kind) => cutMedia(`${kind}${index}`, kind, `${kind}${index}.mp4`)),
  ).flat();
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
    mediaAssets: cutAssets(Object.keys(document.media)),
  };
}
