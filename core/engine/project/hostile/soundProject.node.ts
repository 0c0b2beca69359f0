/** A sound project with everything in it that a stranger could tamper with: media, takes, recipes, titles, masks. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleOf } from '../../../actions/testing/sampleRequests.ts';
import { sampleTake } from '../../../commands/testing/samples.ts';
import { contentKeyOf } from '../../../disk/contentKey.node.ts';
import { encodeLine } from '../../../disk/journal.node.ts';
import { makeProjectFolder } from '../../../disk/newProject.node.ts';
import { projectFolder } from '../../../disk/projectFolder.node.ts';
import { nodeFs } from '../../../disk/projectFs.node.ts';
import { adoptFile, writeRecipeFile, writeTakeRecord } from '../../../disk/takeFiles.node.ts';
import { createClip, createProject, defaultTitle } from '../../../document/create.ts';
import type { JournalEntry, Patch } from '../../../document/journal.ts';
import type { MediaItem, ProjectDocument, Track } from '../../../document/schema.ts';
import { ticksPerSecond } from '../../../time/ticks.ts';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';

const second = ticksPerSecond;

/** Media of the sound project, made once in `folder`. */
export async function makeFootage(folder: string): Promise<{ film: string; still: string; take: string }> {
  await mkdir(folder, { recursive: true });
  const [film, still, take] = ['film.mp4', 'still.png', 'take.mp4'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=10:d=1'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];
  ffmpeg(...picture, ...sound, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', film);
  ffmpeg(...picture, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', take);
  ffmpeg(...picture, '-frames:v', '1', still);
  return { film, still, take };
}

async function mediaItem(id: string, path: string, kind: 'video' | 'image'): Promise<MediaItem> {
  return {
    id,
    name: `${id}.mp4`,
    path,
    contentKey: await contentKeyOf(path),
    sizeBytes: 1000,
    kind,
    durationTicks: kind === 'image' ? 0 : second,
    video: { width: 64, height: 36, rate: { num: 10, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
    audio: kind === 'image' ? null : { sampleRateHz: 44100, channels: 1, codec: 'aac' },
    importedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Clips: 'film' and 'made' (its take active) in the picture, 'title' above both, 'tone' in the sound. */
export async function makeSoundProject(
  parent: string,
  footage: Awaited<ReturnType<typeof makeFootage>>,
): Promise<string> {
  const document = createProject('Film', { width: 64, height: 36, rate: { num: 10, den: 1 } });
  document.media = {
    film: await mediaItem('film', footage.film, 'video'),
    still: await mediaItem('still', footage.still, 'image'),
  };
  const sequence = document.sequences[document.activeSequenceId]!;
  const put = (role: Track['role'], id: string, reference: Parameters<typeof createClip>[1], startSeconds: number) => {
    const clip = { ...createClip(id, reference, startSeconds * second, second), id };
    sequence.tracks.find((track) => track.role === role)!.clips.push(clip);
    return clip;
  };
  put('picture', 'film', { kind: 'media', mediaId: 'film' }, 0);
  put('titles', 'title', { ...defaultTitle, text: 'Film', sizePx: 10 }, 0);
  put('speech', 'tone', { kind: 'media', mediaId: 'film' }, 0);
  put('picture', 'made', { kind: 'media', mediaId: 'still' }, 1).generation = {
    request: sampleOf('inpaint', {
      packId: 'fake',
      source: { kind: 'media', id: 'film', startTicks: 0, durationTicks: second },
      mask: { kind: 'box', x: 0.1, y: 0.1, width: 0.5, height: 0.5, featherPx: 2 },
    }),
    takeIds: ['made1'],
    activeTakeId: 'made1',
    failure: null,
  };
  const folder = await makeProjectFolder(nodeFs, parent, document);
  return addTake(folder, document, footage.take);
}

async function addTake(folder: string, document: ProjectDocument, path: string): Promise<string> {
  const place = projectFolder(folder);
  const copy = `${path}.copy`;
  await nodeFs.copyFile(path, copy);
  const { file } = await adoptFile(nodeFs, place, copy, 'mp4');
  const take = { ...sampleTake('made1', 1), file, packId: 'fake' };
  document.takes = { made1: take };
  await writeRecipeFile(nodeFs, place, {
    takeId: 'made1',
    prompt: 'a red ball',
    seed: 1,
    pack: { id: 'fake', version: '1' },
  });
  await writeTakeRecord(nodeFs, place, take, 'made');
  await writeFile(place.projectFile, JSON.stringify({ app: 'Framewright', seq: 0, writtenIn: folder, document }));
  await writeFile(place.journal, '');
  return folder;
}

/** One line of a journal, with its sum. */
export function journalLine(seq: number, patches: readonly Patch[], more: Partial<JournalEntry> = {}): string {
  const entry = { seq, kind: 'command' as const, label: 'x', patches, inverse: [], target: null, at: '', ...more };
  return encodeLine(entry);
}
