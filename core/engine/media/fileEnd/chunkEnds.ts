/** Files of chunks that announce their lengths: whether the last of them is there to its end. */
import type { FileBytes } from './fileBytes.node.ts';

/** Programs miscount their headers by a few bytes: less is missing than a millisecond of sound. */
const slackBytes = 64;
/** Written by programs that cannot go back and fill in a length: 0, and the largest numbers there are. */
const leastPlaceholder = 0x7ffff000;
const headBytes = 4096;

function isUnknown(bytes: number): boolean {
  return bytes <= 0 || (bytes >= leastPlaceholder && bytes <= 0x7fffffff) || bytes >= 0xfffff000;
}

/** RIFF (AVI, WAV), also of several parts as in OpenDML, and RF64 (EBU Tech 3306). */
export async function riffIsCut(file: FileBytes): Promise<boolean> {
  for (let at = 0; ;) {
    const head = await file.read(at, headBytes);
    const kind = head.toString('latin1', 0, 4);
    if (head.length < 12 || (kind !== 'RIFF' && kind !== 'RF64')) return false;
    if (head.toString('latin1', 8, 12) === 'WAVE') return waveIsCut(head, file.sizeBytes);
    const bytes = head.readUInt32LE(4);
    if (isUnknown(bytes)) return false;
    if (at + 8 + bytes > file.sizeBytes + slackBytes) return true;
    at += 8 + bytes + (bytes % 2);
  }
}

/** The chunk of samples decides: sizes of the whole are often wrong. */
function waveIsCut(head: Buffer, sizeBytes: number): boolean {
  let longBytes: number | null = null;
  for (let at = 12; at + 8 <= head.length;) {
    const name = head.toString('latin1', at, at + 4);
    const bytes = head.readUInt32LE(at + 4);
    if (name === 'ds64' && at + 24 <= head.length) longBytes = Number(head.readBigUInt64LE(at + 16));
    if (name === 'data') {
      const dataBytes = longBytes !== null && bytes === 0xffffffff ? longBytes : bytes;
      if (longBytes === null && isUnknown(bytes)) return false;
      return at + 8 + dataBytes > sizeBytes + slackBytes;
    }
    at += 8 + bytes + (bytes % 2);
  }
  return false;
}

/** AIFF and AIFC: one FORM around all. */
export async function aiffIsCut(file: FileBytes): Promise<boolean> {
  const head = await file.read(0, 12);
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'FORM') return false;
  const bytes = head.readUInt32BE(4);
  return !isUnknown(bytes) && 8 + bytes > file.sizeBytes + slackBytes;
}

/** Sun's AU: where the samples begin, and their length. */
export async function auIsCut(file: FileBytes): Promise<boolean> {
  const head = await file.read(0, 12);
  if (head.length < 12 || head.toString('latin1', 0, 4) !== '.snd') return false;
  const bytes = head.readUInt32BE(8);
  return !isUnknown(bytes) && head.readUInt32BE(4) + bytes > file.sizeBytes + slackBytes;
}

/** Sony's Wave64: lengths of 64 bits, which count their own header of 24 bytes. */
export async function wave64IsCut(file: FileBytes): Promise<boolean> {
  const head = await file.read(0, 24);
  if (head.length < 24 || head.toString('latin1', 0, 4) !== 'riff') return false;
  const bytes = Number(head.readBigUInt64LE(16));
  // larger than any disk: not filled in
  return bytes > 24 && bytes < 2 ** 60 && bytes > file.sizeBytes + slackBytes;
}

const fileProperties = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');
const broadcastFlag = 1;

/** ASF (WMA, WMV): the file's size as its properties have it, which a live recording leaves open. */
export async function asfIsCut(file: FileBytes): Promise<boolean> {
  const head = await file.read(0, 65536);
  const at = head.indexOf(fileProperties);
  if (at < 0 || at + 92 > head.length) return false;
  const bytes = Number(head.readBigUInt64LE(at + 40));
  const isLive = (head.readUInt32LE(at + 88) & broadcastFlag) !== 0;
  return !isLive && bytes < 2 ** 60 && bytes > file.sizeBytes;
}

/** FLV: each tag is followed by its length, the last one too. */
export async function flvIsCut(file: FileBytes): Promise<boolean> {
  const end = file.sizeBytes - 4;
  const last = await file.read(end, 4);
  if (last.length < 4) return true;
  const tagBytes = last.readUInt32BE(0);
  // some programs leave out the header's eleven bytes
  for (const bytes of [tagBytes, tagBytes + 11]) {
    const header = bytes >= 11 && bytes <= end ? await file.read(end - bytes, 4) : Buffer.alloc(0);
    if (header.length === 4 && [8, 9, 18].includes(header[0]! & 0x1f) && header.readUIntBE(1, 3) + 11 === bytes)
      return false;
  }
  return true;
}
