/** A Whisper model of random weights in CTranslate2's format, small enough for a test. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomFrom } from '../../../footage/randomFrom.ts';

/** A tensor as it is written. */
export interface WrittenTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** CTranslate2's number of the type: 0 float32, 1 int8, 4 float16. */
  readonly type: number;
  readonly bytes: Buffer;
}

const width = 64;
const textLength = 64;
/** The words that it can say beside its special tokens. */
const texts = ['Ġone', 'Ġtwo', 'Ġthree', 'Ġfour', '.', ','];
const special = ['endoftext', 'startoftranscript', 'translate', 'transcribe', 'startoflm', 'startofprev', 'nospeech'];

/** Tokens of an English model: fewer than those of one that knows several languages. */
export const tinyTokens: readonly string[] = [
  ...texts,
  ...[...special, 'notimestamps'].map((name) => `<|${name}|>`),
  ...Array.from({ length: 1501 }, (_, i) => `<|${(i / 50).toFixed(2)}|>`),
];

/** One layer each way, 64 wide. */
export function tinyWhisper(seed = 1): WrittenTensor[] {
  const random = randomFrom(seed);
  const floats = (name: string, dims: readonly number[], value: () => number): WrittenTensor => {
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, value);
    return { name, dims, type: 0, bytes: Buffer.from(data.buffer) };
  };
  const weight = (name: string, ...dims: readonly number[]) =>
    floats(name, dims, () => (random() - 0.5) * 2 * (dims.at(-1)! * (dims.length === 3 ? dims[1]! : 1)) ** -0.5);
  const linear = (name: string, rows: number, columns: number) => [
    weight(`${name}/weight`, rows, columns),
    floats(`${name}/bias`, [rows], () => 0),
  ];
  const norm = (name: string) => [floats(`${name}/gamma`, [width], () => 1), floats(`${name}/beta`, [width], () => 0)];
  const block = (name: string) => [
    ...norm(`${name}/self_attention/layer_norm`),
    ...linear(`${name}/self_attention/linear_0`, 3 * width, width),
    ...linear(`${name}/self_attention/linear_1`, width, width),
    ...norm(`${name}/ffn/layer_norm`),
    ...linear(`${name}/ffn/linear_0`, 4 * width, width),
    ...linear(`${name}/ffn/linear_1`, width, 4 * width),
  ];
  return [
    weight('encoder/conv1/weight', width, 80, 3),
    floats('encoder/conv1/bias', [width], () => 0),
    weight('encoder/conv2/weight', width, width, 3),
    floats('encoder/conv2/bias', [width], () => 0),
    weight('encoder/position_encodings/encodings', 1500, width),
    ...block('encoder/layer_0'),
    ...norm('encoder/layer_norm'),
    weight('decoder/embeddings/weight', tinyTokens.length, width),
    weight('decoder/position_encodings/encodings', textLength, width),
    ...block('decoder/layer_0'),
    ...norm('decoder/layer_0/attention/layer_norm'),
    ...linear('decoder/layer_0/attention/linear_0', width, width),
    ...linear('decoder/layer_0/attention/linear_1', 2 * width, width),
    ...linear('decoder/layer_0/attention/linear_2', width, width),
    ...norm('decoder/layer_norm'),
  ];
}

/** The bytes of a model file, binary version 6. */
export function modelBytes(tensors: readonly WrittenTensor[], spec = 'WhisperSpec'): Buffer {
  const whole = (value: number, bytes: 1 | 2 | 4) => {
    const made = Buffer.alloc(bytes);
    made.writeUIntLE(value, 0, bytes);
    return made;
  };
  const text = (value: string) => Buffer.concat([whole(Buffer.byteLength(value) + 1, 2), Buffer.from(`${value}\0`)]);
  return Buffer.concat([
    ...[whole(6, 4), text(spec), whole(3, 4), whole(tensors.length, 4)],
    ...tensors.flatMap(({ name, dims, type, bytes }) => [
      ...[text(name), whole(dims.length, 1), ...dims.map((dim) => whole(dim, 4))],
      ...[whole(type, 1), whole(bytes.length, 4), bytes],
    ]),
    ...[whole(1, 4), text('decoder/projection/weight'), text('decoder/embeddings/weight')],
  ]);
}

/** A folder as packages hold it. */
export async function writeWhisperFolder(
  folder: string,
  files: Readonly<Record<string, string | Buffer>> = {},
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const all = {
    'model.bin': modelBytes(tinyWhisper()),
    'vocabulary.txt': `${tinyTokens.join('\n')}\n`,
    'config.json': JSON.stringify({ alignment_heads: [[0, 0]], suppress_ids: [], suppress_ids_begin: [] }),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) await writeFile(join(folder, name), content);
  return folder;
}
