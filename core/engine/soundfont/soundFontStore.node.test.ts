import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicSoundBank } from 'spessasynth_core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SoundFontStatus } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { fileInDeb } from './debFile.node.ts';
import { knownSoundFont, type KnownSoundFont } from './knownSoundFont.ts';
import { tinyDeb } from './testing/tinyDeb.ts';
import { createSoundFontStore, type SoundFontStoreOptions } from './soundFontStore.node.ts';

let folder: string;
let server: Server | null = null;
let statuses: SoundFontStatus[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-font-'));
  statuses = [];
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** One saw wave, 890 bytes, written by the library; it says when it was made. */
const made = Buffer.from(BasicSoundBank.getSampleSoundBankFile());
const font = (): Buffer => Buffer.from(made);
const store = (changes: Partial<SoundFontStoreOptions> = {}) =>
  createSoundFontStore({
    home: join(folder, 'home'),
    bundled: join(folder, 'bundled'),
    known: knownSoundFont,
    environment: {},
    systemFolders: [join(folder, 'system')],
    onChange: (status) => statuses.push(status),
    ...changes,
  });

async function put(place: string, name: string, bytes: Uint8Array = font()): Promise<string> {
  await mkdir(join(folder, place), { recursive: true });
  await writeFile(join(folder, place, name), bytes);
  return join(folder, place, name);
}

const failure = async (work: Promise<unknown>): Promise<FailureError['failure']> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FailureError)) throw new Error(`no failure but ${String(error)}`);
  return error.failure;
};

async function wholeOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** Serves the package; answers what knows it. */
async function serve(
  listener: RequestListener,
  archive: Uint8Array,
  changes: Partial<KnownSoundFont> = {},
): Promise<KnownSoundFont> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...knownSoundFont,
    urls: [`http://127.0.0.1:${port}/font.deb`],
    archive: { sizeBytes: archive.length, sha256: sha256(archive), path: tinyDeb.path },
    fileName: 'font.sf2',
    sizeBytes: tinyDeb.fontBytes,
    sha256: tinyDeb.fontSha256,
    ...changes,
  };
}

test('without any, nothing is found and nothing is wrong', async () => {
  expect(await store().find()).toEqual({ font: null, problem: null });
  expect(await store().status()).toMatchObject({
    font: null,
    downloading: null,
    known: { licence: 'MIT', downloadBytes: 34_150_714 },
  });
});

test('the named one comes before the chosen, that before what came with the app, that before the system’s', async () => {
  await put('system', 'zebra.sf2');
  await put('system', 'FluidR3_GM.sf2');
  expect((await store().find()).font).toMatchObject({
    origin: 'system',
    fileName: 'FluidR3_GM.sf2',
    sha256: sha256(font()),
  });
  await put('bundled', 'b.sf3');
  expect((await store().find()).font).toMatchObject({ origin: 'bundled' });
  await store().install(await put('elsewhere', 'mine.sf2'));
  expect((await store().find()).font).toMatchObject({ origin: 'chosen', fileName: 'mine.sf2' });
  const named = await put('named', 'n.sf2');
  expect((await store({ environment: { FRAMEWRIGHT_SOUNDFONT: named } }).find()).font).toMatchObject({
    origin: 'environment',
    path: named,
  });
});

test('another choice takes the place of the first; removed, the next in line plays', async () => {
  const fonts = store();
  await fonts.install(await put('a', 'one.sf2'));
  await fonts.install(await put('a', 'two.sf2'));
  expect((await readdir(join(folder, 'home/soundfonts'))).filter((name) => name.endsWith('.sf2'))).toEqual(['two.sf2']);
  expect(await fonts.remove()).toMatchObject({ font: null, problem: null });
  expect(statuses.at(-1)).toMatchObject({ font: null });
});

test('a broken file is refused by name and reason, and what was there stays', async () => {
  const fonts = store();
  await fonts.install(await put('a', 'good.sf2'));
  expect(await failure(fonts.install(await put('a', 'cut.sf2', font().subarray(0, 300))))).toMatchObject({
    code: 'damaged',
    message: 'The SoundFont cut.sf2 cannot be used: it is cut short: 300 of 890 bytes.',
  });
  expect(await failure(fonts.install(await put('a', 'song.sf2', Buffer.from('MThd'))))).toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('it is no SoundFont') as string,
  });
  expect(await failure(fonts.install(await put('a', 'song.mid')))).toMatchObject({ code: 'unsupported' });
  expect(await failure(fonts.install(join(folder, 'nowhere.sf2')))).toMatchObject({ code: 'notFound' });
  expect((await fonts.find()).font).toMatchObject({ fileName: 'good.sf2' });
});

test('one that breaks after it was installed is said, and not used', async () => {
  const fonts = store();
  await fonts.install(await put('a', 'good.sf2'));
  expect((await fonts.find()).font).not.toBeNull();
  await writeFile(join(folder, 'home/soundfonts/good.sf2'), font().subarray(0, 500));
  expect(await fonts.find()).toEqual({
    font: null,
    problem: expect.stringMatching(/good\.sf2 cannot be used: it is cut short/) as string,
  });
});

test('the known one is fetched, taken out of its package and checked; a second asking joins the first', async () => {
  const archive = tinyDeb.bytes();
  let asked = 0;
  const known = await serve((_request, response) => {
    asked += 1;
    response.end(archive);
  }, archive);
  const fonts = store({ known });
  const [status] = await Promise.all([fonts.download(), fonts.download()]);
  expect(status).toMatchObject({
    downloading: null,
    font: { name: 'MuseScore General Lite', licence: 'MIT', origin: 'chosen', sha256: tinyDeb.fontSha256 },
  });
  expect(asked).toBe(1);
  expect(statuses.some(({ downloading }) => downloading !== null)).toBe(true);
  expect((await readdir(join(folder, 'home/soundfonts'))).toSorted()).toEqual(['checked.json', 'font.sf2']);
});

test('the first address that answers is enough', async () => {
  const archive = tinyDeb.bytes();
  const known = await serve(
    (request, response) => (request.url === '/gone' ? response.writeHead(410).end() : response.end(archive)),
    archive,
  );
  const [url = ''] = known.urls;
  expect((await store({ known: { ...known, urls: [new URL('/gone', url).href, url] } }).download()).font).toMatchObject(
    { sha256: tinyDeb.fontSha256 },
  );
});

test('a package with another file in it is refused', async () => {
  const archive = tinyDeb.bytes();
  const known = await serve((_request, response) => response.end(archive), archive, { sha256: '0'.repeat(64) });
  expect(await failure(store({ known }).download())).toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('wrong sha256') as string,
  });
  await expect(wholeOf(fileInDeb(await put('a', 'f.deb', archive), 'usr/other.sf2'))).rejects.toThrow(
    'usr/other.sf2 is not in the package',
  );
  await expect(wholeOf(fileInDeb(await put('a', 'g.deb', Buffer.from('zip')), 'x'))).rejects.toThrow(
    'no Debian package',
  );
});

test('what an archive sends is held to its hash; nothing is left of what is not the known file', async () => {
  const archive = Buffer.from('not the package at all');
  const known = await serve((_request, response) => response.end('something else entirely'), archive);
  expect(await failure(store({ known }).download())).toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/wrong sha256|larger than it should be/) as string,
  });
  const refusing = await serve((_request, response) => response.writeHead(404).end(), archive);
  expect(await failure(store({ known: refusing }).download())).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('it answered 404') as string,
  });
  expect((await readdir(join(folder, 'home/soundfonts'))).filter((name) => name !== 'checked.json')).toEqual([]);
});

test('a download is told as it goes, and can be stopped', async () => {
  const archive = Buffer.alloc(1000);
  const known = await serve((_request, response) => void response.write(archive.subarray(0, 600)), archive);
  const fonts = store({ known });
  const work = failure(fonts.download());
  await expect.poll(async () => (await fonts.status()).downloading).toBeCloseTo(0.8 * 0.6);
  fonts.cancelDownload();
  expect(await work).toMatchObject({ code: 'cancelled' });
  expect(await fonts.status()).toMatchObject({ downloading: null, font: null });
  expect((await readdir(join(folder, 'home/soundfonts'))).filter((name) => name !== 'checked.json')).toEqual([]);
});
