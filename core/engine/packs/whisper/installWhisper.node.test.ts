/** A Whisper model that the user brings becomes a pack that runs; what only looks like one is refused. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPack } from '../../../../models/families/soundtrack/testing/openPack.node.ts';
import { createStepper, hear } from '../../../../models/families/words/graphs.ts';
import { installPack } from '../installPack.node.ts';
import { writeZip } from '../testing/makePack.node.ts';
import {
  modelBytes,
  tinyTokens,
  tinyWhisper,
  writeWhisperFolder,
  type WrittenTensor,
} from './testing/tinyWhisper.node.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'framewright-whisper-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let count = 0;
async function install(files: Readonly<Record<string, string | Buffer>> = {}) {
  const packs = join(root, `packs${++count}`);
  const manifest = await installPack(
    await writeWhisperFolder(join(root, `model${count}`), files),
    packs,
    () => undefined,
  );
  return { manifest, folder: join(packs, manifest.id) };
}

const shape = { layers: 1, heads: 1, headSize: 64 };
const silence = new Float32Array(80 * 3000);

async function logitsOf(folder: string, steps: readonly (readonly number[])[]): Promise<Float32Array> {
  const pack = openPack(folder);
  const stepper = createStepper(
    await pack.session('decoder.onnx'),
    await hear(await pack.session('encoder.onnx'), silence, 80),
    shape,
  );
  let logits = new Float32Array(0);
  for (const tokens of steps) logits = Float32Array.from((await stepper.step([tokens], [0])).logits[0]!);
  return logits;
}

const difference = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

test('the pack lists what it holds, knows its language and leaves nothing behind', async () => {
  const { manifest, folder } = await install();
  expect(manifest.families).toMatchObject([{ family: 'words', languages: ['en'], decoderLayers: 1, heads: 1 }]);
  expect(manifest.licence).toContain('unknown');
  expect((await readdir(folder)).toSorted()).toEqual(
    ['CARD.md', 'decoder.onnx', 'encoder.onnx', 'manifest.json', 'model.bin', 'tokens.json'].toSorted(),
  );
  expect(JSON.parse(await readFile(join(folder, 'tokens.json'), 'utf8'))).toEqual(tinyTokens);
  expect(await readdir(join(folder, '..'))).toEqual([manifest.id]);
});

test('its graphs run: a text token by token is a text at once, and beams keep their own pasts', async () => {
  const { folder } = await install();
  const atOnce = await logitsOf(folder, [[7, 1, 2, 3]]);
  expect(atOnce.length).toBe(tinyTokens.length);
  expect(difference(await logitsOf(folder, [[7], [1], [2, 3]]), atOnce)).toBeLessThan(1e-4);
  const pack = openPack(folder);
  const heard = await hear(await pack.session('encoder.onnx'), silence, 80);
  const stepper = createStepper(await pack.session('decoder.onnx'), heard, shape);
  await stepper.step([[7]], [0]);
  await stepper.step([[1], [4]], [0, 0]);
  const { logits, align } = await stepper.step([[2], [2]], [1, 0]);
  expect(difference(logits[1]!, await logitsOf(folder, [[7, 1, 2]]))).toBeLessThan(1e-4);
  expect(difference(logits[0]!, await logitsOf(folder, [[7, 4, 2]]))).toBeLessThan(1e-4);
  expect(align.dims).toEqual([1, 2, 1500]);
  expect(align.data.subarray(0, 1500).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 4);
});

/** Weights with one value a row, which 8 bits hold without loss. */
function inBytes(tensor: WrittenTensor): readonly WrittenTensor[] {
  if (!tensor.name.endsWith('ffn/linear_0/weight')) return [tensor];
  const [rows = 0, columns = 0] = tensor.dims;
  const values = Int8Array.from({ length: rows * columns }, (_, i) => ((i * 37) % 255) - 127);
  const scale = Float32Array.from({ length: rows }, (_, row) => 500 + row);
  return [
    { ...tensor, type: 1, bytes: Buffer.from(values.buffer) },
    { name: `${tensor.name}_scale`, dims: [rows], type: 0, bytes: Buffer.from(scale.buffer) },
  ];
}

function widened(tensor: WrittenTensor): WrittenTensor {
  if (!tensor.name.endsWith('ffn/linear_0/weight')) return tensor;
  const columns = tensor.dims[1]!;
  const floats = Float32Array.from(
    { length: tensor.bytes.length / 4 },
    (_, i) => (((i * 37) % 255) - 127) / (500 + Math.floor(i / columns)),
  );
  return { ...tensor, bytes: Buffer.from(floats.buffer) };
}

test('weights in 8 bits mean what their scales say', async () => {
  const packed = await install({ 'model.bin': modelBytes(tinyWhisper().flatMap(inBytes)) });
  const plain = await install({ 'model.bin': modelBytes(tinyWhisper().map(widened)) });
  expect(difference(await logitsOf(packed.folder, [[7, 1]]), await logitsOf(plain.folder, [[7, 1]]))).toBeLessThan(
    1e-4,
  );
});

test('a model in two packages is found by either, and the parts are put together', async () => {
  const whole = modelBytes(tinyWhisper());
  const folder = await writeWhisperFolder(join(root, 'parts'), {});
  await rm(join(folder, 'model.bin'));
  await writeFile(join(folder, 'model.bin.part1'), whole.subarray(0, 5000));
  await expect(installPack(folder, join(root, 'p1'), () => undefined)).rejects.toThrow('model.bin.part2');
  await writeFile(join(folder, 'model.bin.part2'), whole.subarray(5000));
  const manifest = await installPack(folder, join(root, 'p2'), () => undefined);
  expect(whole.equals(await readFile(join(root, 'p2', manifest.id, 'model.bin')))).toBe(true);
});

test.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
  ['another kind of model', { 'model.bin': modelBytes(tinyWhisper(), 'TransformerSpec') }, 'TransformerSpec'],
  ['an empty file', { 'model.bin': Buffer.alloc(0) }, 'shorter|ends'],
  ['a file that was cut off', { 'model.bin': modelBytes(tinyWhisper()).subarray(0, 9000) }, 'ends within a tensor'],
  ['random bytes', { 'model.bin': Buffer.from('PK\x03\x04 and so on, and so on') }, 'binary version'],
  [
    'a tensor that is missing',
    { 'model.bin': modelBytes(tinyWhisper().filter(({ name }) => !name.includes('linear_2/w'))) },
    'linear_2/weight',
  ],
  [
    'a tensor of another shape',
    {
      'model.bin': modelBytes(
        tinyWhisper().map((each) => (each.name.includes('conv2/weight') ? { ...each, dims: [64, 192] } : each)),
      ),
    },
    'conv2/weight',
  ],
  [
    'a length that lies',
    { 'model.bin': modelBytes(tinyWhisper().map((each, i) => (i === 3 ? { ...each, dims: [0xffffffff] } : each))) },
    'length',
  ],
  ['tokens of another model', { 'vocabulary.txt': 'a\nb\nc\n' }, 'tokens'],
  ['more tokens than it has', { 'vocabulary.txt': `${[...tinyTokens, 'x', 'y'].join('\n')}\n` }, 'tokens are named'],
  ['a configuration of another kind', { 'config.json': '{"alignment_heads": "all"}' }, 'config.json'],
])('%s is refused', async (_what, files, reason) => {
  const failure = await install(files).then(
    () => null,
    (error: Error) => error,
  );
  expect(failure?.message).toMatch(new RegExp(reason));
  expect(await readdir(join(root, `packs${count}`))).toEqual([]);
});

test('a .zip without a model is refused as a pack is', async () => {
  const zip = await writeZip(join(root, 'other.zip'), { 'readme.txt': 'nothing' });
  await expect(installPack(zip, join(root, 'p3'), () => undefined)).rejects.toThrow('manifest.json');
});

test('an archive whose content is damaged is refused by its name', async () => {
  const path = join(root, 'spoilt.whl');
  await writeZip(path, { 'model.bin': 'not deflated', 'vocabulary.txt': 'a' });
  const bytes = await readFile(path);
  // its list of files says that they are
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) bytes[at + 10] = 8;
  await writeFile(path, bytes);
  await expect(installPack(path, join(root, 'spoilt'), () => undefined)).rejects.toMatchObject({
    failure: { code: 'packInvalid', message: expect.stringContaining('spoilt.whl') },
  });
  expect(await readdir(join(root, 'spoilt'))).toEqual([]);
});
