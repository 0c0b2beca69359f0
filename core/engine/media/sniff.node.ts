/** What a file's first bytes tell, before any decoder sees it. */
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import type { InputFormat } from '../../ffmpeg/input.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { beginsAsSvg } from './svgRoot.ts';

const headBytes = 4096;
/** Long comments compress well. */
const compressedHeadBytes = 65_536;

/** A regular file's size and beginning. */
export interface SniffedFile {
  readonly sizeBytes: number;
  /** First bytes, up to 4096; of a compressed SVG drawing as they are uncompressed. */
  readonly head: Buffer;
}

/** Throws FailureError: 'notFound', 'notReadable', 'empty', 'notMedia' (a folder). */
export async function sniff(path: string): Promise<SniffedFile> {
  const name = basename(path);
  if (path === '' || path.includes('\0')) throw new FailureError('notFound', sentence('file.withoutName'), path);
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw new FailureError('notFound', sentence('media.missing', { name, path }), path);
    throw unreadable(path, error);
  });
  if (info.isDirectory()) throw new FailureError('notMedia', sentence('media.folder', { name }), path);
  if (!info.isFile()) throw new FailureError('notMedia', sentence('media.device', { name }), path);
  if (info.size === 0) throw new FailureError('empty', sentence('media.empty', { name }), path);
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    return { sizeBytes: info.size, head: compressedSvgHead(head) ?? head };
  } finally {
    await file.close();
  }
}

/** RFC 1952: the mark of gzip, and deflate as the only method. */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** The beginning of a drawing that is compressed as a whole (svgz); null for everything else. */
function compressedSvgHead(head: Buffer): Buffer | null {
  if (!isGzip(head)) return null;
  try {
    const begun = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, compressedHeadBytes);
    return isSvg(begun) ? begun : null;
  } catch {
    return null; // other data with the same mark
  }
}

function unreadable(path: string, error: NodeJS.ErrnoException): FailureError {
  const denied = error.code === 'EACCES' || error.code === 'EPERM';
  const reason = denied ? sentence('fileReason.noPermission') : error.message;
  return new FailureError('notReadable', sentence('file.unreadable', { name: basename(path), reason }), path);
}

/** Why a file is refused by its first bytes, where ffmpeg would mistake it for something else; null = probe it. */
export function refusalByHead(head: Buffer): { code: 'notMedia' | 'unsupported' | 'damaged'; reason: Sentence } | null {
  if (head.every((byte) => byte === 0)) return { code: 'damaged', reason: sentence('mediaReason.zeros') };
  if (isHeif(head)) return { code: 'unsupported', reason: sentence('mediaReason.heic') };
  if (head.subarray(0, 5).toString('latin1') === '%PDF-')
    return { code: 'notMedia', reason: sentence('mediaReason.pdf') };
  if (head.subarray(0, 2).toString('latin1') === 'PK') return { code: 'notMedia', reason: sentence('mediaReason.zip') };
  const kind = subtitleKind(head);
  if (kind) return { code: 'unsupported', reason: sentence('mediaReason.subtitlesOf', { kind }) };
  if (isText(head) && !isSvg(head) && !isTextPicture(head))
    return { code: 'notMedia', reason: sentence('mediaReason.text') };
  return null;
}

/**
 * The format of pictures that ffmpeg would otherwise take for one of a numbered sequence, going by the file's name.
 * Stills of these formats are read by sharp: only animations get this far.
 */
export function formatByHead(head: Buffer): InputFormat | undefined {
  if (/^GIF8[79]a/.test(head.subarray(0, 6).toString('latin1'))) return 'gif';
  if (head.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n') return 'apng';
  if (head.subarray(0, 3).toString('latin1') === 'P7\n') return 'pam_pipe';
  return undefined;
}

/** ISO/IEC 23008-12: the brands of HEVC-coded stills. AVIF (brand avif) is decoded and therefore not among them. */
function isHeif(head: Buffer): boolean {
  if (head.subarray(4, 8).toString('latin1') !== 'ftyp') return false;
  return (
    ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'].includes(head.subarray(8, 12).toString('latin1')) &&
    !head.subarray(8, 64).toString('latin1').includes('avif')
  );
}

/** Pictures written as text: plain PNM, XBM, XPM. */
function isTextPicture(head: Buffer): boolean {
  return /^(P[1-3]\s+(#[^\n]*\n\s*)*\d+\s+\d+\s|#define \w+_width \d|\/\* XPM \*\/)/.test(textOf(head));
}

/** True when the first bytes are those of an SVG drawing. */
export function isSvg(head: Buffer): boolean {
  return beginsAsSvg(textOf(head));
}

function textOf(head: Buffer): string {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  const swapped = head[0] === 0xfe && head[1] === 0xff && head.length % 2 === 0;
  const text = swapped ? Buffer.from(head).swap16().toString('utf16le') : head.toString(utf16 ? 'utf16le' : 'utf8');
  return text.replace(/^\ufeff/, '');
}

function subtitleKind(head: Buffer): string | null {
  const text = textOf(head);
  if (/^WEBVTT(\s|$)/.test(text)) return 'WebVTT';
  if (/^\s*\[Script Info\]/i.test(text)) return 'SSA/ASS';
  if (/^\s*\d+\s*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.:]\d{1,3}\s*-->/.test(text)) return 'SubRip';
  if (isText(head) && /\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d{1,2}:\d{2}:\d{2}/.test(text)) return 'SubRip';
  return null;
}

/** No control characters but tabs and line ends, in UTF-8 or UTF-16. Playlists, scripts and notes are all text. */
function isText(head: Buffer): boolean {
  const text = textOf(head);
  if (text.trim() === '') return false;
  // a cut at 4096 bytes can break one character
  const strange = [...text.slice(0, -2)].filter((character) =>
    character < ' ' ? !/[\t\r\n\f]/.test(character) : character === '\ufffd',
  ).length;
  return strange === 0;
}
