/**
 * What an AVI's index lists and its body lacks: ffmpeg passes over chunks that are not where they should be, and AVI
 * gives no chunk a time, so that all behind a lost one come early.
 */
import type { FileBytes } from './fileBytes.node.ts';

/** A chunk that the index lists, where the body has something else. */
export interface LostChunk {
  /** Number of the stream, as in the chunk's name. */
  readonly stream: number;
  /** Place in the stream: 0 = its beginning, 1 = its end. */
  readonly share: number;
}

/** What an index says of its file. */
export interface AviIndex {
  /** In file order. */
  readonly lost: readonly LostChunk[];
  /** Some chunks of sound are empty: they stand for a late start, and headers count them. */
  readonly hasEmptySound: boolean;
}

interface Chunk {
  readonly name: string;
  /** Of the chunk's own header. */
  readonly at: number;
  readonly bytes: number;
}

/** Chunks looked at: of more, an even choice. */
const mostChunks = 100_000;
/** Of all parts together: two million chunks, or a file is made to fill the memory. */
const mostIndexBytes = 32 * 1024 * 1024;
/** Parts of an OpenDML index: one a gigabyte or less, of each stream. */
const mostIndexParts = 16_384;
const mostLost = 1000;
/** Read at once: several chunks of usual size. */
const windowBytes = 32 * 1024;

/** Holds the index against the body; null where the file has no index to go by. */
export async function readAviIndex(file: FileBytes): Promise<AviIndex | null> {
  const parts = await partsOf(file);
  const chunks = (await openDmlChunks(file, parts)) ?? (await oldChunks(file, parts));
  if (!chunks || chunks.length === 0) return null;
  return { lost: await lostChunks(file, chunks), hasEmptySound: chunks.some(isEmptySound) };
}

const isEmptySound = ({ name, bytes }: Chunk): boolean => bytes === 0 && name.endsWith('wb');

/** Those that the body lacks, of all chunks or an even choice. */
async function lostChunks(file: FileBytes, chunks: readonly Chunk[]): Promise<LostChunk[]> {
  const counts = new Map<string, number>();
  const places = new Uint32Array(chunks.length);
  chunks.forEach(({ name }, index) => {
    const stream = name.slice(0, 2);
    const place = counts.get(stream) ?? 0;
    counts.set(stream, place + 1);
    places[index] = place;
  });
  const stride = Math.ceil(chunks.length / mostChunks);
  const window = createWindow(file);
  const lost: LostChunk[] = [];
  for (let index = 0; index < chunks.length && lost.length < mostLost; index += stride) {
    const { name, at, bytes } = chunks[index]!;
    // hundreds of thousands of small chunks lie in a few thousand windows: only a new one is waited for
    const head = window.has(at) ? window.head(at) : await window.move(at, chunks[index + stride]?.at ?? at);
    const isThere =
      head.length === headBytes && head.toString('latin1', 0, 4) === name && head.readUInt32LE(4) === bytes;
    if (isThere) continue;
    const stream = name.slice(0, 2);
    lost.push({ stream: Number.parseInt(stream, 10), share: places[index]! / counts.get(stream)! });
  }
  return lost;
}

/** Name and length of a chunk. */
const headBytes = 8;

/** Heads of chunks in rising order, read out of larger pieces where several lie in one. */
function createWindow(file: FileBytes) {
  let from = 0;
  let bytes: Buffer = Buffer.alloc(0);
  const has = (at: number): boolean => at >= from && at + headBytes <= from + bytes.length;
  const head = (at: number): Buffer => bytes.subarray(at - from, at - from + headBytes);
  return {
    has,
    head,
    async move(at: number, nextAt: number): Promise<Buffer> {
      bytes = await file.read(at, nextAt - at < windowBytes ? windowBytes : headBytes);
      from = at;
      return head(at);
    },
  };
}

interface Parts {
  /** Place of the word 'movi' of the first part. */
  readonly movi: number | null;
  readonly index: Chunk | null;
  /** The list of headers. */
  readonly headers: Buffer;
}

const mostHeaderBytes = 1024 * 1024;
const mostParts = 64;

async function partsOf(file: FileBytes): Promise<Parts> {
  let movi: number | null = null;
  let index: Chunk | null = null;
  let headers: Buffer = Buffer.alloc(0);
  let at = 12;
  for (let part = 0; part < mostParts; part++) {
    const head = await file.read(at, 12);
    if (head.length < 12) break;
    const name = head.toString('latin1', 0, 4);
    const bytes = head.readUInt32LE(4);
    const list = name === 'LIST' ? head.toString('latin1', 8, 12) : '';
    if (list === 'hdrl') headers = await file.read(at + 12, Math.min(bytes, mostHeaderBytes));
    if (list === 'movi') movi ??= at + 8;
    if (name === 'idx1') index = { name, at, bytes };
    if (name === 'RIFF' || index) break;
    at += 8 + bytes + (bytes % 2);
  }
  return { movi, index, headers };
}

/** 'idx1': name, flags, place and length of each chunk; places count from 'movi', in some files from the beginning. */
async function oldChunks(file: FileBytes, { movi, index }: Parts): Promise<Chunk[] | null> {
  if (movi === null || index === null || index.bytes > mostIndexBytes) return null;
  const entries = await file.read(index.at + 8, index.bytes);
  const chunks: Chunk[] = [];
  for (let at = 0; at + 16 <= entries.length; at += 16) {
    const name = entries.toString('latin1', at, at + 4);
    if (/^\d\d(?:d[bc]|wb)$/.test(name))
      chunks.push({ name, at: entries.readUInt32LE(at + 8), bytes: entries.readUInt32LE(at + 12) });
  }
  for (const base of [movi, 0]) {
    const moved = chunks.map((chunk) => ({ ...chunk, at: chunk.at + base }));
    if (await someAreThere(file, moved)) return moved;
  }
  return null;
}

/** An index whose first and last chunks are all elsewhere is of another convention. */
async function someAreThere(file: FileBytes, chunks: readonly Chunk[]): Promise<boolean> {
  for (const { name, at } of [...chunks.slice(0, 4), ...chunks.slice(-4)])
    if ((await file.read(at, 4)).toString('latin1') === name) return true;
  return false;
}

/** OpenDML AVI 1.02: an 'indx' of each stream lists the places of its 'ix##', which list those of its chunks' data. */
async function openDmlChunks(file: FileBytes, { headers }: Parts): Promise<Chunk[] | null> {
  const chunks: Chunk[] = [];
  let partsLeft = mostIndexParts;
  let bytesLeft = mostIndexBytes;
  for (let at = headers.indexOf('indx', 0, 'latin1'); at >= 0; at = headers.indexOf('indx', at + 4, 'latin1')) {
    if (at + 32 > headers.length || headers[at + 11] !== 0) continue;
    const count = Math.min(headers.readUInt32LE(at + 12), 4096);
    for (let entry = at + 32; entry < at + 32 + count * 16 && entry + 16 <= headers.length; entry += 16) {
      const part = await file.read(
        Number(headers.readBigUInt64LE(entry)),
        Math.min(headers.readUInt32LE(entry + 8), mostIndexBytes),
      );
      partsLeft -= 1;
      bytesLeft -= part.length;
      if (partsLeft < 0 || bytesLeft < 0) return null;
      for (const chunk of chunksOfPart(part)) chunks.push(chunk);
    }
  }
  if (!(await someAreThere(file, chunks))) return null;
  return chunks.sort((a, b) => a.at - b.at);
}

const keyBit = 0x80000000;

function chunksOfPart(part: Buffer): Chunk[] {
  // two numbers an entry, of chunks
  if (part.length < 32 || part.readUInt16LE(8) !== 2 || part[11] !== 1) return [];
  const name = part.toString('latin1', 16, 20);
  const base = Number(part.readBigUInt64LE(20));
  const count = Math.min(part.readUInt32LE(12), Math.floor((part.length - 32) / 8));
  return Array.from({ length: count }, (_, index) => {
    const entry = 32 + index * 8;
    return {
      name,
      at: base + part.readUInt32LE(entry) - 8,
      bytes: part.readUInt32LE(entry + 4) % keyBit,
    };
  });
}
