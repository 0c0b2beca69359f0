import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sizeProblems } from './checkFiles.node.ts';
import { manifestFor, packContents, writePackFolder } from './testing/makePack.node.ts';

let folder: string;
let pack: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-check-'));
  pack = await writePackFolder(join(folder, 'pack'), manifestFor(packContents));
});
afterEach(() => rm(folder, { recursive: true }));

const problems = async () => (await sizeProblems(pack, manifestFor(packContents))).map(({ key }) => key);

it('files of the right size in the pack’s own folder are well', async () => {
  expect(await problems()).toEqual([]);
});

it('a link to a file outside the pack is a problem, even to one of the right size', async () => {
  await rename(join(pack, 'graph.onnx'), join(folder, 'graph.onnx'));
  await symlink(join(folder, 'graph.onnx'), join(pack, 'graph.onnx'));
  expect(await problems()).toEqual(['packProblem.linksOut']);
});

it('a folder beside the pack whose name begins like it is outside', async () => {
  await mkdir(join(folder, 'pack-2'));
  await rename(join(pack, 'graph.onnx'), join(folder, 'pack-2/graph.onnx'));
  await symlink('../pack-2/graph.onnx', join(pack, 'graph.onnx'));
  expect(await problems()).toEqual(['packProblem.linksOut']);
});

it('a link inside the pack, or to the pack’s folder itself, is well', async () => {
  await rename(join(pack, 'graph.onnx'), join(pack, 'weights.bin'));
  await symlink('weights.bin', join(pack, 'graph.onnx'));
  await symlink(pack, join(folder, 'link'));
  pack = join(folder, 'link');
  expect(await problems()).toEqual([]);
});

it('missing and cut files are told apart', async () => {
  await rm(join(pack, 'graph.onnx'));
  await writeFile(join(pack, 'tokenizer.json'), '{');
  expect(await problems()).toEqual(['packProblem.missing', 'packProblem.wrongSize']);
});
