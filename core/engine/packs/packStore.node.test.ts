import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sentence } from '../../contract/sentence.ts';
import { createPackStore, type PackStore } from './packStore.node.ts';
import { manifestFor, packContents, writePackFolder, writeZip } from './testing/makePack.node.ts';

let folder = '';
let store: PackStore;
const paths = () => ({ home: folder, builtInPacks: join(folder, 'builtIn'), userPacks: join(folder, 'packs') });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-packs-'));
  store = createPackStore(paths());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const zipEntries = (manifest: unknown, prefix = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ 'manifest.json': JSON.stringify(manifest), ...packContents }).map(([path, text]) => [
      prefix + path,
      text,
    ]),
  );
const refusal = (path: string): Promise<string> =>
  store.add(path).then(
    () => 'installed',
    (error: Error) => error.message,
  );
const nothingLeft = async (): Promise<void> =>
  expect(existsSync(paths().userPacks) ? await readdir(paths().userPacks) : []).toEqual([]);

describe('packs', () => {
  test('a folder is installed, listed, verified, and removed', async () => {
    const source = await writePackFolder(join(folder, 'source'), manifestFor(packContents), {
      ...packContents,
      'CARD.md': '# Card',
      'stray.exe': 'x',
    });
    expect(await store.add(source)).toMatchObject({
      id: 'fake',
      builtIn: false,
      problem: null,
      card: '# Card',
      families: ['video', 'soundtrack'],
    });
    expect((await store.list()).map((pack) => pack.id)).toEqual(['fake']);
    expect(existsSync(join(paths().userPacks, 'fake/stray.exe'))).toBe(false);
    expect(await store.verify('fake')).toEqual({ ok: true, problems: [] });
    expect((await store.load('fake', 'video')).folder).toBe(join(paths().userPacks, 'fake'));
    await store.remove('fake');
    expect(await store.list()).toEqual([]);
  });

  test.each(['', 'fake-1.0.0/'])("a .zip is installed, its own folder '%s' left away", async (prefix) => {
    await store.add(await writeZip(join(folder, 'pack.zip'), zipEntries(manifestFor(packContents), prefix)));
    expect(await store.verify('fake')).toEqual({ ok: true, problems: [] });
  });

  test('a newer version takes the place of the older, the same one is refused', async () => {
    await store.add(await writePackFolder(join(folder, 'one'), manifestFor(packContents)));
    expect(await refusal(join(folder, 'one'))).toBe('The pack Fake pack 1.0.0 is already installed.');
    await store.add(await writePackFolder(join(folder, 'two'), manifestFor(packContents, { version: '1.1.0' })));
    expect((await store.list()).map((pack) => pack.version)).toEqual(['1.1.0']);
    expect(await readdir(paths().userPacks)).toEqual(['fake']);
  });

  test('a manifest that is too large or not a file is not read, neither dropped in nor installed', async () => {
    const reason = 'its manifest.json is not a file of at most 4 MB';
    const source = await writePackFolder(join(folder, 'source'), manifestFor(packContents));
    await truncate(join(source, 'manifest.json'), 5 * 1024 ** 2);
    expect(await refusal(source)).toContain(reason);
    await nothingLeft();
    await writePackFolder(join(paths().userPacks, 'large'), manifestFor(packContents));
    await truncate(join(paths().userPacks, 'large/manifest.json'), 5 * 1024 ** 2);
    expect((await store.list()).map(({ problem }) => problem?.text)).toEqual([expect.stringContaining(reason)]);
  });

  test('a card that leads out of the pack is not shown', async () => {
    const pack = await writePackFolder(join(paths().userPacks, 'fake'), manifestFor(packContents));
    await writeFile(join(folder, 'private.txt'), 'private');
    await symlink(join(folder, 'private.txt'), join(pack, 'CARD.md'));
    expect((await store.list()).map(({ card }) => card)).toEqual(['']);
  });

  test('killed while a newer version takes the place of the older, the older is back at the next start', async () => {
    await store.add(await writePackFolder(join(folder, 'one'), manifestFor(packContents)));
    const installed = join(paths().userPacks, 'fake');
    await rename(installed, `${installed}.old-0a1b2c3d`);
    expect((await createPackStore(paths()).list()).map(({ id, problem }) => [id, problem])).toEqual([['fake', null]]);
    expect(await readdir(paths().userPacks)).toEqual(['fake']);
  });

  test('killed before the older version was removed, the newer one stays and the older goes', async () => {
    await store.add(await writePackFolder(join(folder, 'one'), manifestFor(packContents)));
    const newer = manifestFor(packContents, { version: '1.1.0' });
    await writePackFolder(join(paths().userPacks, 'fake.old-0a1b2c3d'), manifestFor(packContents));
    await store.add(await writePackFolder(join(folder, 'two'), newer));
    expect((await createPackStore(paths()).list()).map(({ version }) => version)).toEqual(['1.1.0']);
    expect(await readdir(paths().userPacks)).toEqual(['fake']);
  });

  test('a built-in pack cannot be replaced or removed', async () => {
    await writePackFolder(join(paths().builtInPacks, 'fake'), manifestFor(packContents));
    expect(await refusal(await writePackFolder(join(folder, 'one'), manifestFor(packContents)))).toMatch(
      /has the id 'fake' of the pack that comes with Framewright/,
    );
    await expect(store.remove('fake')).rejects.toThrow("The pack 'fake' comes with Framewright and cannot be removed.");
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    [
      'a wrong hash',
      { ...manifestFor(packContents), files: manifestFor({ ...packContents, 'graph.onnx': 'weightz' }).files },
      /graph\.onnx is damaged or was changed \(its sha256 is wrong\)/,
    ],
    [
      'a wrong size',
      { ...manifestFor(packContents), files: manifestFor({ ...packContents, 'graph.onnx': 'longer weights' }).files },
      /graph\.onnx has 7 bytes instead of 14/,
    ],
    [
      'more bytes than it says',
      { ...manifestFor(packContents), files: manifestFor({ ...packContents, 'graph.onnx': 'w' }).files },
      /graph\.onnx is larger than its manifest says/,
    ],
    [
      'a path outside itself',
      { ...manifestFor(packContents), files: [{ path: '../../evil', sha256: 'a'.repeat(64), sizeBytes: 1 }] },
      /names a path outside the pack: '\.\.\/\.\.\/evil'/,
    ],
    [
      'an absolute path',
      { ...manifestFor(packContents), files: [{ path: '/etc/passwd', sha256: 'a'.repeat(64), sizeBytes: 1 }] },
      /names a path outside the pack: '\/etc\/passwd'/,
    ],
    [
      'an unknown family',
      { ...manifestFor(packContents), families: [{ family: 'telepathy' }] },
      /asks for the family 'telepathy', which this version does not have/,
    ],
    ['a newer manifest', { ...manifestFor(packContents), manifestVersion: 9 }, /made for a newer Framewright/],
    ['a missing file', manifestFor({ ...packContents, 'more.onnx': 'm' }), /more\.onnx is missing/],
    [
      'a graph that is not among its files',
      manifestFor({ 'graph.onnx': 'weights' }),
      /uses tokenizer\.json, which is not among its files/,
    ],
    ['a manifest that says nothing', {}, /manifest\.json is wrong at 'manifestVersion'/],
  ];
  test.each(wrong)('refused with a sentence, nothing left behind: %s', async (_, manifest, words) => {
    expect(await refusal(await writePackFolder(join(folder, 'bad'), manifest))).toMatch(words);
    await nothingLeft();
    expect(await refusal(await writeZip(join(folder, 'bad.zip'), zipEntries(manifest)))).toMatch(words);
    await nothingLeft();
  });

  test('a .zip whose entries climb out of it is refused, and writes nothing there', async () => {
    const path = await writeZip(join(folder, 'evil.zip'), {
      ...zipEntries(manifestFor(packContents)),
      '../escaped.txt': 'x',
    });
    expect(await refusal(path)).toBe(
      "The pack evil.zip cannot be used: it names a path outside itself: '../escaped.txt'.",
    );
    await nothingLeft();
    expect(existsSync(join(folder, 'escaped.txt'))).toBe(false);
  });

  test('no zip, no manifest, nothing there: each its sentence', async () => {
    await writeFile(join(folder, 'text.zip'), 'this is no archive at all, only words');
    expect(await refusal(join(folder, 'text.zip'))).toMatch(/^text\.zip cannot be read as a \.zip: /);
    expect(await refusal(await writeZip(join(folder, 'empty.zip'), { 'readme.txt': 'x' }))).toBe(
      'empty.zip is not a pack: it has no manifest.json.',
    );
    expect(await refusal(join(folder, 'gone'))).toMatch(/gone does not exist\.$/);
  });

  test('a link out of the pack folder is refused', async () => {
    await writeFile(join(folder, 'secret'), 'weights');
    const source = await writePackFolder(join(folder, 'linked'), manifestFor(packContents), { 'tokenizer.json': '{}' });
    await symlink(join(folder, 'secret'), join(source, 'graph.onnx'));
    expect(await refusal(source)).toMatch(/graph\.onnx is a link to a place outside the pack/);
  });

  test('a file damaged after installing is found before it is run, and by verify', async () => {
    await store.add(await writePackFolder(join(folder, 'source'), manifestFor(packContents)));
    await store.load('fake', 'video');
    const graph = join(paths().userPacks, 'fake/graph.onnx');
    await writeFile(graph, 'weightz');
    await utimes(graph, 1, 1);
    await expect(store.load('fake', 'video')).rejects.toThrow(
      'The pack Fake pack cannot be used: graph.onnx is damaged or was changed (its sha256 is wrong).',
    );
    expect(await store.verify('fake')).toEqual({
      ok: false,
      problems: [sentence('packProblem.wrongHash', { path: 'graph.onnx' })],
    });
    await rm(graph);
    expect((await store.list())[0]?.problem).toEqual(sentence('packProblem.missing', { path: 'graph.onnx' }));
  });

  test('one family does not stand still for the damaged file of another', async () => {
    const contents = { ...packContents, 'sound.onnx': 'sound' };
    const manifest = manifestFor(contents);
    const families = manifest.families.map((family) =>
      family.family === 'soundtrack' ? { ...family, graphs: { ...family.graphs, decoder: 'sound.onnx' } } : family,
    );
    await store.add(await writePackFolder(join(folder, 'source'), { ...manifest, families }, contents));
    await writeFile(join(paths().userPacks, 'fake/sound.onnx'), 'noise');
    await store.load('fake', 'video');
    await expect(store.load('fake', 'soundtrack')).rejects.toThrow(/sound\.onnx is damaged/);
  });

  test('a pack that is not there is named with those that are', async () => {
    await store.add(await writePackFolder(join(folder, 'source'), manifestFor(packContents)));
    await expect(store.load('wan', 'video')).rejects.toThrow("The model pack 'wan' is not installed. Installed: fake.");
  });
});
