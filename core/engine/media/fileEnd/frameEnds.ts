/** Bare compressed sound: frames that each say their length, one after the other. */
import type { FileBytes } from './fileBytes.node.ts';

/** Length of a frame whose header begins at `at`, bytes; null where no header is. */
type FrameLength = (bytes: Buffer, at: number) => number | null;

const tailBytes = 65536;
const provingFrames = 4;
/** Fewer bytes than any header. */
const headerBytes = 7;

const mp3KbitsOfMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const mp3KbitsOfMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const mp3Hz = [44100, 48000, 32000];

/** ISO/IEC 11172-3 and 13818-3, layer III; free bit rates say no length. */
const mp3Frame: FrameLength = (bytes, at) => {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xe6) !== 0xe2) return null;
  const version = (bytes[at + 1]! >> 3) & 3;
  const kbits = (version === 3 ? mp3KbitsOfMpeg1 : mp3KbitsOfMpeg2)[bytes[at + 2]! >> 4];
  const hz = mp3Hz[(bytes[at + 2]! >> 2) & 3];
  if (version === 1 || !kbits || hz === undefined) return null;
  const padding = (bytes[at + 2]! >> 1) & 1;
  const rate = version === 3 ? hz : version === 2 ? hz / 2 : hz / 4;
  return Math.floor(((version === 3 ? 144 : 72) * kbits * 1000) / rate) + padding;
};

/** ADTS (ISO/IEC 13818-7). */
const adtsFrame: FrameLength = (bytes, at) => {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return null;
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return length >= headerBytes ? length : null;
};

const ac3Kbits = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];

/** AC-3 and E-AC-3 (ATSC A/52): the latter has its length in words of 16 bits. */
const ac3Frame: FrameLength = (bytes, at) => {
  if (bytes[at] !== 0x0b || bytes[at + 1] !== 0x77) return null;
  if (bytes[at + 5]! >> 3 > 10) return ((((bytes[at + 2]! & 7) << 8) | bytes[at + 3]!) + 1) * 2;
  const code = bytes[at + 4]! & 0x3f;
  const kbits = ac3Kbits[code >> 1];
  if (kbits === undefined) return null;
  switch (bytes[at + 4]! >> 6) {
    case 0:
      return kbits * 4;
    case 1:
      return 2 * (Math.floor((kbits * 320) / 147) + (code & 1));
    case 2:
      return kbits * 6;
    default:
      return null;
  }
};

/** MP3: its last frame is not whole, or its first (Xing, Info) counts more bytes than are there. */
export async function mp3IsCut(file: FileBytes): Promise<boolean> {
  return (await countsMore(file)) || (await lastFrameIsCut(file, mp3Frame));
}

/** AAC in ADTS frames. */
export function adtsIsCut(file: FileBytes): Promise<boolean> {
  return lastFrameIsCut(file, adtsFrame);
}

/** AC-3 and E-AC-3. */
export function ac3IsCut(file: FileBytes): Promise<boolean> {
  return lastFrameIsCut(file, ac3Frame);
}

/** What follows the last frame in a whole file: tags. */
const isTag = (rest: Buffer) => /^(TAG|APETAGEX|LYRICS|ID3)/.test(rest.toString('latin1', 0, 8));

async function lastFrameIsCut(file: FileBytes, lengthAt: FrameLength): Promise<boolean> {
  const tail = await file.read(Math.max(0, file.sizeBytes - tailBytes), tailBytes);
  let at = firstFrame(tail, lengthAt);
  while (at !== null && at < tail.length) {
    const rest = tail.subarray(at);
    if (rest.length < headerBytes) return rest[0] === 0xff || rest[0] === 0x0b;
    const length = lengthAt(tail, at);
    if (length !== null) at += length;
    else if (isTag(rest)) return false;
    else at = firstFrame(tail, lengthAt, at);
  }
  return at !== null && at > tail.length;
}

/** The first of several frames that follow each other; null where there are none. */
function firstFrame(tail: Buffer, lengthAt: FrameLength, from = 0): number | null {
  for (let start = from; start + headerBytes <= tail.length; start++) {
    let at = start;
    let frames = 0;
    for (; frames < provingFrames && at + headerBytes <= tail.length; frames++) {
      const length = lengthAt(tail, at);
      if (length === null) break;
      at += length;
    }
    if (frames === provingFrames || (frames > 0 && at >= tail.length && start > from)) return start;
  }
  return null;
}

/** Bytes of the tag that begins at `at`: ID3v1, ID3v2 and APEv2; null where none does. */
function tagLength(bytes: Buffer, at: number): number | null {
  if (bytes.toString('latin1', at, at + 3) === 'TAG') return 128;
  if (bytes.toString('latin1', at, at + 3) === 'ID3') return 10 + sevenBits(bytes, at + 6);
  if (bytes.toString('latin1', at, at + 8) !== 'APETAGEX' || at + 24 > bytes.length) return null;
  const isHeader = (bytes.readUInt32LE(at + 20) & 0x20000000) !== 0;
  return 32 + (isHeader ? bytes.readUInt32LE(at + 12) : 0);
}

/** A number of ID3v2: seven bits of each of four bytes. */
function sevenBits(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((sum, place) => sum * 128 + (bytes[at + place]! & 127), 0);
}

const blockBytes = 1024 * 1024;
const longestHeader = 64;

/**
 * Whether an MP3 file is nothing but frames and tags, of however many recordings. ffmpeg hands tags between frames to
 * the decoder, which complains of them.
 */
export async function mp3IsFramesAndTags(file: FileBytes): Promise<boolean> {
  for (let at = 0; at < file.sizeBytes;) {
    const block = await file.read(at, blockBytes);
    let within = 0;
    const isLast = at + block.length === file.sizeBytes;
    while (within < block.length && (isLast || within + longestHeader <= block.length)) {
      const length = tagLength(block, within) ?? mp3Frame(block, within);
      if (length === null) return false;
      within += length;
    }
    at += within;
  }
  return true;
}

/** Tags may have been taken off, and the file cut down, by this much: no frame of it is missing. */
const tagBytes = 256;

async function countsMore(file: FileBytes): Promise<boolean> {
  const tag = await file.read(0, 10);
  const isTagged = tag.length === 10 && tag.toString('latin1', 0, 3) === 'ID3';
  const start = isTagged ? 10 + sevenBits(tag, 6) : 0;
  const frame = await file.read(start, 64);
  const at = ['Xing', 'Info'].map((word) => frame.indexOf(word)).find((place) => place >= 0);
  if (at === undefined || frame.length < at + 16) return false;
  const flags = frame.readUInt32BE(at + 4);
  if (!(flags & 2)) return false;
  return start + frame.readUInt32BE(at + (flags & 1 ? 12 : 8)) > file.sizeBytes + tagBytes;
}
