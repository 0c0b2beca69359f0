import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProject } from '../../document/create.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { lumaOf, numberedVideo, lumas } from '../render/testing/numberedVideo.node.ts';
import { recordedContext, renderAlone } from '../render/testing/renderAlone.node.ts';

let folder = '';
const assets = join(import.meta.dirname, '../../../assets');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-media-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function room() {
  const document = createProject('Test');
  return { document, ...renderAlone(document, join(folder, document.id), assets) };
}

it('bad files are refused one by one, each with its reason, and good ones beside them are imported', async () => {
  const { media, projectId } = room();
  const good = numberedVideo(folder, '30', 1);
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const cut = join(folder, 'cut.jpg');
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=640x480', '-frames:v', '1', cut);
  truncateSync(cut, Math.floor(statSync(cut).size / 2));
  mkdirSync(join(folder, 'a folder.mp4'));
  const { imported, refused } = await media.import(projectId, [
    good,
    file('empty.mp4', ''),
    file('notes.mp4', 'not a film at all\n'),
    join(folder, 'absent.mp4'),
    join(folder, 'a folder.mp4'),
    cut,
    file(
      'noise.mp4',
      new Uint8Array(5000).map((_, index) => (index * 7919) % 251),
    ),
    file('list.m3u8', '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n'),
  ]);
  expect(imported.map((item) => item.path)).toEqual([good]);
  expect(refused.map(({ path, code }) => [path.split('/').at(-1), code])).toEqual([
    ['empty.mp4', 'empty'],
    ['notes.mp4', 'notMedia'],
    ['absent.mp4', 'notFound'],
    ['a folder.mp4', 'notMedia'],
    ['cut.jpg', 'damaged'],
    ['noise.mp4', 'damaged'],
    ['list.m3u8', 'notMedia'],
  ]);
  for (const { path, message } of refused) expect(message).toContain(path.split('/').at(-1));
});

it('a proxy has the frames of its source, each in its place, and key frames close together', async () => {
  const { media, projectId, document } = room();
  const { imported } = await media.import(projectId, [numberedVideo(folder, '25', 2, ['-c:v', 'mpeg4', '-q:v', '2'])]);
  const item = imported[0]!;
  document.media[item.id] = item;
  const context = recordedContext();
  await media.runMediaCache({ kind: 'mediaCache', projectId, mediaId: item.id }, context);
  const [made] = await media.assets(projectId, [item.id]);
  expect(made).toMatchObject({
    originalPlayable: false,
    proxyReason: expect.stringContaining('mpeg4'),
    peaksUrl: null,
  });
  const proxy = await media.resolveFile(made!.proxyUrl!);
  expect(proxy).toMatchObject({ contentType: 'video/mp4' });
  const got = lumas(proxy!.path);
  expect(got.length).toBe(50);
  expect(got.flatMap((luma, frame) => (Math.abs(luma - lumaOf(frame)) > 3 ? [frame] : []))).toEqual([]);
  expect((await media.probe(proxy!.path)).details).toMatchObject({ video: { gopFrames: 12 } });
  expect([...context.fractions].sort((a, b) => a - b)).toEqual(context.fractions);
  for (const url of [made!.filmstripUrl!, made!.filmstripUrl!.replace('.jpg', '.json'), made!.posterUrl!])
    expect(existsSync((await media.resolveFile(url))!.path)).toBe(true);
});

it('a cancelled cache leaves no half file, and the next run makes what is missing', async () => {
  const { media, projectId, document } = room();
  const long = join(folder, 'long.avi');
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=20', '-c:v', 'mpeg4', '-q:v', '6', long);
  const { imported } = await media.import(projectId, [long]);
  document.media[imported[0]!.id] = imported[0]!;
  const controller = new AbortController();
  const context = recordedContext(controller.signal);
  const made: number[] = [];
  const run = media.runMediaCache(
    { kind: 'mediaCache', projectId, mediaId: imported[0]!.id },
    {
      ...context,
      // the second report of a stage comes from the middle of it
      report: ({ stage, fraction }) => stage === 'proxy' && made.push(fraction) > 1 && controller.abort(),
    },
  );
  await expect(run).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(made.at(-1)).toBeLessThan(0.9);
  const cache = join(folder, document.id, 'cache/media', imported[0]!.contentKey);
  expect(readdirSync(cache).toSorted()).toEqual(['facts.json', 'owner.json', 'poster.jpg']);
});

it('peaks follow the sound: 100 pairs a second, from the first sample on', async () => {
  const { media, projectId, document } = room();
  const sound = join(folder, 'burst.wav');
  ffmpeg('-f', 'lavfi', '-i', "aevalsrc='if(between(t,1,1.5),0.5*sin(440*2*PI*t),0)':s=44100:d=2", sound);
  const { imported } = await media.import(projectId, [sound]);
  document.media[imported[0]!.id] = imported[0]!;
  await media.runMediaCache({ kind: 'mediaCache', projectId, mediaId: imported[0]!.id }, recordedContext());
  const [made] = await media.assets(projectId, [imported[0]!.id]);
  const pairs = new Int8Array(readFileSync((await media.resolveFile(made!.peaksUrl!))!.path));
  expect(pairs.length).toBe(400);
  const loudest = (pair: number) => pairs[pair * 2 + 1]!;
  expect([50, 98, 102, 125, 148, 152, 180].map((pair) => loudest(pair) > 55)).toEqual([
    false,
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
});

it('a moved file is missing by name and found again by content; another file is refused in its place', async () => {
  const { media, projectId, document } = room();
  const path = join(folder, 'moving.mp4');
  copyFileSync(numberedVideo(folder, '30', 1), path);
  const { imported } = await media.import(projectId, [path]);
  const item = imported[0]!;
  document.media[item.id] = item;
  expect(await media.missing(projectId)).toEqual([]);
  renameSync(path, join(folder, 'moved.mp4'));
  expect(await media.missing(projectId)).toEqual([item.id]);
  await expect(media.relink(projectId, item.id, numberedVideo(folder, '24', 1), false)).rejects.toMatchObject({
    failure: { code: 'badRequest', message: expect.stringContaining('moving.mp4') },
  });
  expect(await media.relink(projectId, item.id, join(folder, 'moved.mp4'), false)).toMatchObject({
    id: item.id,
    path: join(folder, 'moved.mp4'),
    contentKey: item.contentKey,
  });
});

it('frames for inference are what the source shows at those times, at their size and rate', async () => {
  const { media } = room();
  const path = numberedVideo(folder, '30', 4);
  const { data, frameCount } = await media.readFrames({
    path,
    startTicks: ticksFromSeconds(1),
    frameCount: 10,
    fps: 12,
    width: 16,
    height: 8,
  });
  expect([data.length, frameCount]).toEqual([16 * 8 * 3 * 10, 10]);
  const grey = (frame: number) => ((lumaOf(frame) - 16) * 255) / 219;
  const wrong = Array.from({ length: 10 }, (_, index) =>
    Math.abs(data[index * 16 * 8 * 3]! - grey(Math.floor(30 + index * 2.5))),
  ).filter((error) => error > 2);
  expect(wrong).toEqual([]);
  // beyond the end the last frame is held
  const late = await media.readFrames({
    path,
    startTicks: ticksFromSeconds(3.9),
    frameCount: 6,
    fps: 10,
    width: 16,
    height: 8,
  });
  expect(late.frameCount).toBe(6);
});

it('what is see-through becomes white where it is asked for', async () => {
  const { media } = room();
  const path = join(folder, 'cut-out.png');
  // red in the middle; what is around it is see-through black
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'color=black:s=16x16',
    '-vf',
    "format=rgba,geq=r='if(between(X,4,11),255,0)':g=0:b=0:a='if(between(X,4,11),255,0)'",
    '-frames:v',
    '1',
    path,
  );
  const wanted = { path, startTicks: 0, frameCount: 1, fps: 1, width: 16, height: 16 };
  const { data } = await media.readFrames({ ...wanted, onWhite: true });
  expect([...data.slice(0, 3)]).toEqual([255, 255, 255]);
  expect(data[8 * 3]).toBeGreaterThan(240);
  expect(data[8 * 3 + 1]).toBeLessThan(15);
  expect((await media.readFrames(wanted)).data[0]).toBeLessThan(15);
});

it('addresses that were not given out name no file', async () => {
  const { media, projectId, document } = room();
  const { imported } = await media.import(projectId, [numberedVideo(folder, '30', 1)]);
  document.media[imported[0]!.id] = imported[0]!;
  const base = `/files/${projectId}/media/${imported[0]!.id}`;
  expect(await media.resolveFile(`${base}/original`)).toMatchObject({ path: imported[0]!.path });
  for (const url of [
    `${base}/facts.json`,
    `${base}/..%2f..%2fproject.json`,
    `/files/${projectId}/media/other/original`,
    `${base}/original/x`,
    '/etc/passwd',
  ])
    expect(await media.resolveFile(url)).toBeNull();
});
