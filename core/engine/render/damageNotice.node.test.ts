/** Damage is reported with its time where it gets into the film, and only there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sentence } from '../../contract/sentence.ts';
import { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { FactsStore } from '../media/factsStore.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { emptyDocument, mediaClip } from './testing/numberedVideo.node.ts';
import { recordedContext, renderAlone, type RenderAlone } from './testing/renderAlone.node.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';

let folder = '';
let alone: RenderAlone;
const { document, track } = emptyDocument();
const picture = track('picture');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-damage-notice-'));
  const path = join(folder, 'hole.mp4');
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=160x90:r=25:d=6',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '25',
    path,
  );
  const content = readFileSync(path);
  content.fill(0, content.length >> 1, (content.length >> 1) + 1500);
  writeFileSync(path, content);
  alone = renderAlone(document, join(folder, 'work'), join(import.meta.dirname, '../../../assets'));
  const { imported } = await alone.media.import(document.id, [path]);
  document.media[imported[0]!.id] = imported[0]!;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function noticesOf(startSeconds: number, lengthSeconds: number): Promise<readonly string[]> {
  const [item] = Object.values(document.media);
  picture.clips = [mediaClip(item!, 0, lengthSeconds, { sourceInTicks: ticksFromSeconds(startSeconds) })];
  const context = recordedContext();
  const sequence = document.sequences[document.activeSequenceId]!;
  const settings = {
    preset: 'h264-720p' as const,
    outputPath: join(folder, 'film.mp4'),
    sequenceId: sequence.id,
    range: null,
    width: sequence.width,
    height: sequence.height,
    crf: null,
  };
  await alone.render.runExport({ kind: 'export', projectId: document.id, settings }, context);
  return context.notices;
}

it('a film with the damage says where it is, once; a film without it says nothing', async () => {
  const notices = await noticesOf(0, 5.5);
  expect(
    notices.filter((text) => /^hole\.mp4 is damaged at [23]\.\d s|^hole\.mp4 is damaged at \d+ places/.test(text)),
  ).toHaveLength(1);
  expect(await noticesOf(0, 1)).toEqual([]);
  // kept with the file's facts: told again without another look
  const [item] = Object.values(document.media);
  const { facts } = await alone.media.mediaFacts(document.id, item!.id);
  expect(facts.damage[0]!.what.key).toBe('media.damagedPicture');
  expect(await noticesOf(1.5, 3)).toEqual(expect.arrayContaining([expect.stringContaining('hole.mp4 is damaged at')]));
});

it('the damage of a file is not told of another with the same content key', async () => {
  const store = new FactsStore(new CacheFolder(join(folder, 'cache')));
  const paths = ['one.avi', 'two.avi'].map((name) => join(folder, name)) as [string, string];
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=1', '-c:v', 'rawvideo', paths[0]);
  const bytes = readFileSync(paths[0]);
  expect(bytes.length).toBeGreaterThan(1.2 * 1024 * 1024);
  // no sample of the content key covers it
  bytes[70_000]! ^= 1;
  writeFileSync(paths[1], bytes);
  const [one, two] = [await store.of(paths[0]), await store.of(paths[1])];
  expect(one.contentKey).toBe(two.contentKey);
  const what = sentence('media.damagedPicture', { name: 'one.avi', seconds: '1.0' });
  const damage = [...one.facts.damage, { seconds: 1, what }];
  await store.addDamage(paths[0], damage);
  const later = new FactsStore(new CacheFolder(join(folder, 'cache')));
  expect((await later.of(paths[0])).facts.damage).toEqual(damage);
  expect((await later.of(paths[1])).facts.damage).toEqual(two.facts.damage);
});
