/** Streams of packets without a length for the whole: whether the file ends in the middle of one. */
import type { FileBytes } from './fileBytes.node.ts';

/** Of all streams of a broadcast at least one has begun a packet in so much, bytes. */
const tailBytes = 1024 * 1024;

const syncByte = 0x47;
/** A packet's distance to the next, and what comes before its sync byte: plain, of Blu-ray, with parity. */
const transportShapes = [
  { bytes: 188, before: 0 },
  { bytes: 192, before: 4 },
  { bytes: 204, before: 0 },
] as const;
/** So many sync bytes in their places are no accident. */
const provingSyncs = 6;

/**
 * A transport stream (ISO/IEC 13818-1): its last packet is not whole, or a block of sound whose length is announced is
 * not. One that ends exactly between such blocks carries nothing that tells.
 */
export async function transportIsCut(file: FileBytes): Promise<boolean> {
  const tail = await file.read(Math.max(0, file.sizeBytes - tailBytes), tailBytes);
  for (const shape of transportShapes) {
    const last = lastSync(tail, shape.bytes);
    if (last === null) continue;
    const end = last - shape.before + shape.bytes;
    return end !== tail.length || hasOpenBlock(tail, last, shape.bytes);
  }
  return false;
}

/** Place of the last sync byte that has others before it at the right distances. */
function lastSync(tail: Buffer, distance: number): number | null {
  for (let at = tail.length - 1; at > tail.length - 1 - distance && at >= distance * provingSyncs; at--) {
    let found = 0;
    while (found < provingSyncs && tail[at - found * distance] === syncByte) found++;
    if (found === provingSyncs) return at;
  }
  return null;
}

/** Walks through the packets up to the last sync byte, and counts what each stream's block still lacks. */
function hasOpenBlock(tail: Buffer, last: number, distance: number): boolean {
  const missing = new Map<number, number>();
  for (let at = last % distance; at + 188 <= tail.length; at += distance) {
    const pid = tail.readUInt16BE(at + 1) & 0x1fff;
    const control = (tail[at + 3]! >> 4) & 3;
    const from = at + 4 + (control & 2 ? 1 + tail[at + 4]! : 0);
    if (tail[at] !== syncByte || !(control & 1) || from >= at + 188) continue;
    const payload = tail.subarray(from, at + 188);
    const begins = (tail[at + 1]! & 0x40) !== 0;
    const isBlock = begins && payload.length >= 6 && payload.readUIntBE(0, 3) === 1;
    if (isBlock) missing.set(pid, payload.readUInt16BE(4) === 0 ? 0 : payload.readUInt16BE(4) + 6 - payload.length);
    else if (missing.has(pid)) missing.set(pid, missing.get(pid)! - payload.length);
  }
  return [...missing.values()].some((bytes) => bytes > 0);
}

const packStart = Buffer.from('000001ba', 'hex');
const startPrefix = 1;
/** Packs that follow each other by their lengths are no accident. */
const provingPackets = 4;

/** A program stream (ISO/IEC 11172-1 and 13818-1): its last packet is not whole. */
export async function programIsCut(file: FileBytes): Promise<boolean> {
  const tail = await file.read(Math.max(0, file.sizeBytes - tailBytes), tailBytes);
  for (let at = tail.indexOf(packStart); at >= 0; at = tail.indexOf(packStart, at + 4)) {
    const end = walkPackets(tail, at);
    if (end !== null) return end > tail.length;
  }
  return false;
}

/** Where the last packet ends, which may be beyond the file; null where packets do not follow each other. */
function walkPackets(tail: Buffer, start: number): number | null {
  let packets = 0;
  let at = start;
  for (; at + 6 <= tail.length; packets++) {
    if (tail.readUIntBE(at, 3) !== startPrefix) return packets >= provingPackets && isPadding(tail, at) ? at : null;
    const id = tail[at + 3]!;
    if (id === 0xb9) at += 4;
    else if (id === 0xba) at += packHeaderBytes(tail, at);
    else if (id >= 0xbb) at += 6 + tail.readUInt16BE(at + 4);
    else return null;
  }
  // a few bytes are left: the start of a packet, or what fills up the last block of a disc
  if (at < tail.length && !isPadding(tail, at)) at = tail.length + 1;
  return packets >= provingPackets ? at : null;
}

function packHeaderBytes(tail: Buffer, at: number): number {
  const isMpeg2 = (tail[at + 4]! & 0xc0) === 0x40;
  return isMpeg2 ? 14 + ((tail[at + 13] ?? 0) & 7) : 12;
}

function isPadding(tail: Buffer, at: number): boolean {
  return tail.subarray(at).every((byte) => byte === 0 || byte === 0xff);
}

const pageHeaderBytes = 27;
const endOfStream = 4;

/** Ogg (RFC 3533): its last page is not whole, or the last page of a stream is not marked as its end. */
export async function oggIsCut(file: FileBytes): Promise<boolean> {
  const tail = await file.read(Math.max(0, file.sizeBytes - tailBytes), tailBytes);
  const ended = new Map<number, boolean>();
  let at = tail.indexOf('OggS');
  while (at >= 0) {
    const end = pageEnd(tail, at);
    if (end === null || end > tail.length) return true;
    ended.set(tail.readUInt32LE(at + 14), (tail[at + 5]! & endOfStream) !== 0);
    const next = tail.indexOf('OggS', end);
    if (next < 0) break;
    at = next;
  }
  return [...ended.values()].includes(false);
}

/** null where the page's header is not whole. */
function pageEnd(tail: Buffer, at: number): number | null {
  const segments = tail[at + 26];
  if (segments === undefined || at + pageHeaderBytes + segments > tail.length) return null;
  const lengths = tail.subarray(at + pageHeaderBytes, at + pageHeaderBytes + segments);
  return at + pageHeaderBytes + segments + lengths.reduce((sum, bytes) => sum + bytes, 0);
}
