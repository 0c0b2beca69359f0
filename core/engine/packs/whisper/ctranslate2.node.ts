/**
 * The list of tensors in a CTranslate2 model file (binary version 6: `ModelReader` of CTranslate2), whose bytes may
 * come from a stranger: nothing is believed that does not fit the file. Little-endian throughout.
 */
import type { FileHandle } from 'node:fs/promises';
import type { onnxType } from '../../inference/onnxModel.ts';
import { BadModelFile, type FileTensor, type ModelListing } from './modelListing.ts';

/** CTranslate2's `DataType` by its number, with bytes of one value. */
const types = [
  { type: 'float32', bytes: 4 },
  { type: 'int8', bytes: 1 },
  { type: null, bytes: 2 },
  { type: null, bytes: 4 },
  { type: 'float16', bytes: 2 },
  { type: null, bytes: 2 },
] as const satisfies readonly { readonly type: keyof typeof onnxType | null; readonly bytes: number }[];

const mostTensors = 20_000;
const mostNameBytes = 512;
const mostRank = 4;

/** Lists what `file` of `sizeBytes` holds. Reads the heads of the tensors, not their values. Throws BadModelFile. */
export async function listModel(file: FileHandle, sizeBytes: number): Promise<ModelListing> {
  const reader = new Reader(file, sizeBytes);
  const version = await reader.whole(4);
  if (version !== 6) throw new BadModelFile(`binary version ${version}, where 6 is read`);
  const spec = await reader.text();
  await reader.whole(4); // the spec's revision
  const count = await reader.whole(4);
  if (count > mostTensors) throw new BadModelFile(`${count} tensors`);
  const tensors = new Map<string, FileTensor>();
  for (let i = 0; i < count; i++) {
    const name = await reader.text();
    const rank = await reader.whole(1);
    if (rank > mostRank) throw new BadModelFile(`a tensor of ${rank} dimensions`);
    const dims: number[] = [];
    for (let axis = 0; axis < rank; axis++) dims.push(await reader.whole(4));
    const kind = types[await reader.whole(1)];
    if (!kind) throw new BadModelFile('a tensor of an unknown type');
    const lengthBytes = await reader.whole(4);
    if (dims.reduce((product, dim) => product * dim, kind.bytes) !== lengthBytes)
      throw new BadModelFile('a tensor whose length is not that of its dimensions');
    tensors.set(name, { dims, type: kind.type, offsetBytes: reader.skip(lengthBytes), lengthBytes });
  }
  const aliases = await reader.whole(4);
  if (aliases > mostTensors) throw new BadModelFile(`${aliases} aliases`);
  for (let i = 0; i < aliases; i++) {
    const [alias, name] = [await reader.text(), await reader.text()];
    const tensor = tensors.get(name);
    if (tensor) tensors.set(alias, tensor);
  }
  return { spec, tensors };
}

/** Reads forward, a block at a time. */
class Reader {
  private readonly file: FileHandle;
  private readonly sizeBytes: number;
  private readonly block = Buffer.alloc(4096);
  private blockStart = 0;
  private blockLength = 0;
  private at = 0;

  constructor(file: FileHandle, sizeBytes: number) {
    this.file = file;
    this.sizeBytes = sizeBytes;
  }

  async whole(bytes: 1 | 2 | 4): Promise<number> {
    return (await this.take(bytes)).readUIntLE(0, bytes);
  }

  /** Its length with the zero at its end, then the text. */
  async text(): Promise<string> {
    const length = await this.whole(2);
    if (length < 1 || length > mostNameBytes) throw new BadModelFile(`a name of ${length} bytes`);
    return (await this.take(length)).toString('utf8', 0, length - 1);
  }

  /** Passes over values; returns where they begin. */
  skip(bytes: number): number {
    const from = this.at;
    this.at += bytes;
    if (this.at > this.sizeBytes) throw new BadModelFile('it ends within a tensor');
    return from;
  }

  private async take(bytes: number): Promise<Buffer> {
    const from = this.skip(bytes);
    if (from < this.blockStart || from + bytes > this.blockStart + this.blockLength) {
      const { bytesRead } = await this.file.read(this.block, 0, this.block.length, from);
      [this.blockStart, this.blockLength] = [from, bytesRead];
      if (bytesRead < bytes) throw new BadModelFile('it is shorter than its size says');
    }
    return this.block.subarray(from - this.blockStart, from - this.blockStart + bytes);
  }
}
