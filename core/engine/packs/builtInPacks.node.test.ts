/** The packs that ship with Framewright are what their manifests say, and carry the licence texts they owe. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPackStore, footageFamily, type PackStore } from './packStore.node.ts';

const builtInPacks = join(import.meta.dirname, '../../../models/packs');
const mit = 'Permission is hereby granted, free of charge';
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

test.each([
  ['select', 'U-2-Net-Apache-2.0.txt', ['Xuebin Qin', 'Apache License', 'unchanged']],
  ['people', 'MediaPipe-Apache-2.0.txt', ['Google', 'Apache License', 'converted']],
  [
    'things',
    'NanoDet-Apache-2.0.txt',
    ['Copyright 2020-2021 RangiLyu', 'Apache License', 'Vladimir Mandic', 'converted'],
  ],
  ['between', 'RIFE-MIT.txt', ['Megvii Inc.', '(c) 2021 hzwer', '(c) 2021 HolyWu', mit]],
  ['upscale', 'waifu2x-MIT.txt', ['(C) 2015 nagadomi', '(c) 2019 nihui', mit]],
  ['denoise', 'DeepFilterNet-MIT.txt', ['(c) 2021 Hendrik Schröter', mit]],
  ['denoise', 'DeepFilterNet-Apache-2.0.txt', ['Apache License']],
  ['speech', 'Silero-VAD-MIT.txt', ['Copyright (c) 2020-present Silero Team', mit]],
])('the graphs in %s have the licence of their authors beside them: %s', async (folder, file, holders) => {
  const { manifest, folder: pack } = await packs.firstWith('footage');
  expect(manifest.files.map(({ path }) => path)).toContain(`${folder}/${file}`);
  const text = await readFile(join(pack, folder, file), 'utf8');
  for (const words of holders) expect(text).toContain(words);
});

test('every graph of the footage pack has a use of its own and a licence text in its folder', async () => {
  const pack = await packs.firstWith('footage');
  const paths = pack.manifest.files.map(({ path }) => path);
  const graphs = Object.values(footageFamily(pack).graphs);
  expect(paths.filter((path) => path.endsWith('.onnx'))).toEqual(graphs.toSorted());
  for (const graph of graphs)
    expect(
      paths.filter((path) => path.startsWith(graph.replace(/[^/]+$/, '')) && path.endsWith('.txt')),
      graph,
    ).not.toEqual([]);
});
