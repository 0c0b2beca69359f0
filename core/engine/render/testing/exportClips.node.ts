/** Exports clips of test films, and answers what is seen in the result. */
import { join } from 'node:path';
import type { MediaItem, ProjectDocument, Track } from '../../../document/schema.ts';
import { ticksAtFrame, type Rate } from '../../../time/ticks.ts';
import { createClip } from '../../../document/create.ts';
import { countedFrames } from './countedVideo.node.ts';
import { emptyDocument } from './numberedVideo.node.ts';
import { recordedContext, renderAlone } from './renderAlone.node.ts';

const assets = join(import.meta.dirname, '../../../../assets');

/** A stretch of a film, in frames of the sequence. */
export interface TestClip {
  readonly path: string;
  /** First frame and how many, on the sequence's grid. */
  readonly from: number;
  readonly count: number;
  readonly speed?: Rate;
  readonly reversed?: boolean;
}

/** The numbers of the frames of a film in which the clips stand one after the other, and what was noticed. */
export async function exportedFrames(
  folder: string,
  rate: Rate,
  clips: readonly TestClip[],
): Promise<{ frames: number[]; notices: readonly string[]; path: string }> {
  const { document, track } = emptyDocument(rate, { width: 64, height: 64 });
  const alone = renderAlone(document, join(folder, document.id), assets);
  const paths = [...new Set(clips.map(({ path }) => path))];
  const { imported, refused } = await alone.media.import(document.id, paths);
  if (refused.length > 0) throw new Error(refused.map(({ message }) => message).join('\n'));
  for (const item of imported) document.media[item.id] = item;
  layDown(track('picture'), clips, new Map(paths.map((path, index) => [path, imported[index]!])), rate);
  const path = join(folder, `${document.id}.mov`);
  const context = recordedContext();
  await alone.render.runExport(
    { kind: 'export', projectId: document.id, settings: settingsOf(document, path) },
    context,
  );
  return { frames: countedFrames(path), notices: context.notices, path };
}

function layDown(track: Track, clips: readonly TestClip[], items: ReadonlyMap<string, MediaItem>, rate: Rate): void {
  let at = 0;
  for (const { path, from, count, speed, reversed } of clips) {
    const item = items.get(path)!;
    const startTicks = ticksAtFrame(at, rate);
    track.clips.push({
      ...createClip(
        item.name,
        { kind: 'media', mediaId: item.id },
        startTicks,
        ticksAtFrame(at + count, rate) - startTicks,
      ),
      sourceInTicks: ticksAtFrame(from, rate),
      ...(speed ? { speed } : {}),
      ...(reversed ? { reversed } : {}),
    });
    at += count;
  }
}

function settingsOf(document: ProjectDocument, outputPath: string) {
  const sequenceId = document.activeSequenceId;
  return { preset: 'prores-422', outputPath, sequenceId, range: null, width: 64, height: 64, crf: null } as const;
}
