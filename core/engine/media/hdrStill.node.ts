/**
 * Still pictures in PQ or HLG: AVIF with its colours in an 'nclx' box (ISO/IEC 14496-12, 12.1.5), PNG with a cICP chunk
 * (PNG, 3rd edition, 11.3.2.6). sharp takes their signal for sRGB.
 */
import { open } from 'node:fs/promises';
import type { SourceColour } from '../../ffmpeg/sourceColour.ts';

/** What an HDR still says of its colours, in ffmpeg's names. */
export type StillColour = Pick<SourceColour, 'matrix' | 'primaries' | 'transfer' | 'range'>;

/** Where both are found, if anywhere: before the picture. */
const headBytes = 256 * 1024;

/** Code points of ITU-T H.273. */
const transfers: Readonly<Record<number, string>> = { 16: 'smpte2084', 18: 'arib-std-b67' };
const primariesByCode: Readonly<Record<number, string>> = { 1: 'bt709', 9: 'bt2020', 11: 'smpte431', 12: 'smpte432' };
const matrices: Readonly<Record<number, string>> = {
  0: 'gbr',
  1: 'bt709',
  5: 'bt470bg',
  6: 'smpte170m',
  9: 'bt2020nc',
};

/** null for a picture that is not PQ or HLG, and for other formats than PNG and AVIF ('heif' to sharp). */
export async function hdrColourOf(path: string, format: string): Promise<StillColour | null> {
  if (format !== 'png' && format !== 'heif') return null;
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    return format === 'png' ? colourOfPng(head) : colourOfAvif(head);
  } finally {
    await file.close();
  }
}

function colourOfPng(head: Buffer): StillColour | null {
  for (let at = 8; at + 16 <= head.length; at += 12 + head.readUInt32BE(at)) {
    const kind = head.toString('latin1', at + 4, at + 8);
    if (kind === 'IDAT') return null;
    if (kind !== 'cICP') continue;
    const [primaries, transfer, , isFull] = head.subarray(at + 8, at + 12);
    return named({ primaries: primaries!, transfer: transfer!, matrix: 0, isFull: isFull === 1 });
  }
  return null;
}

function colourOfAvif(head: Buffer): StillColour | null {
  const at = head.indexOf('colrnclx', 0, 'latin1') + 8;
  if (at < 8 || at + 7 > head.length) return null;
  const [primaries, transfer, matrix] = [0, 2, 4].map((offset) => head.readUInt16BE(at + offset)) as [
    number,
    number,
    number,
  ];
  return named({ primaries, transfer, matrix, isFull: (head[at + 6]! & 0x80) !== 0 });
}

interface Codes {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly isFull: boolean;
}

function named({ primaries, transfer, matrix, isFull }: Codes): StillColour | null {
  const name = transfers[transfer];
  if (name === undefined) return null;
  return {
    transfer: name,
    primaries: primariesByCode[primaries] ?? '',
    matrix: matrices[matrix] ?? '',
    range: isFull ? 'pc' : 'tv',
  };
}
