/** The packs that ship with Framewright are what their manifests say, and carry the licence texts they owe. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPackStore, footageFamily, type PackStore } from './packStore.node.ts';

const builtInPacks = join(import.meta.dirname, '../../../models/packs');
let home: string;
let packs: PackStore;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fw-packs-'));
  packs = createPackStore({ home, builtInPacks, userPacks: join(home, 'packs') });
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('every file has the hash its manifest says', async () => {
  const names = (await readdir(builtInPacks)).toSorted();
  expect((await packs.list()).map(({ id, problem }) => [id, problem])).toEqual(names.map((id) => [id, null]));
  for (const id of names) expect(await packs.verify(id), id).toEqual({ ok: true, problems: [] });
});

test('the footage pack has the speech graph, with the licence of its authors among its files', async () => {
  const pack = await packs.firstWith('footage');
  expect(footageFamily(pack).graphs.speech).toBe('speech/silero_vad_16k.onnx');
  expect(pack.manifest.files.map(({ path }) => path)).toContain('speech/Silero-VAD-MIT.txt');
  const text = await readFile(join(pack.folder, 'speech/Silero-VAD-MIT.txt'), 'utf8');
  expect(text).toContain('Copyright (c) 2020-present Silero Team');
  expect(text).toContain('Permission is hereby granted, free of charge');
});
