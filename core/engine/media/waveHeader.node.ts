/** The header of a WAV or RF64 file, and whether the file is as long as it says. */
import { open } from 'node:fs/promises';

/** A WAV file's sound. */
export interface WaveHeader {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bitsPerSample: number;
  /** Samples of one channel. */
  readonly sampleCount: number;
}

/** Headers end long before this, bytes. */
const headBytes = 4096;

/** null for a file that is not there, is no WAV file, or is shorter than its header says. */
export async function readWaveHeader(path: string): Promise<WaveHeader | null> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return null;
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    const { size } = await file.stat();
    return parseWaveHeader(head.subarray(0, bytesRead), size);
  } finally {
    await file.close();
  }
}

/** As `readWaveHeader`, of a file's first bytes and its size. RF64: EBU Tech 3306. */
export function parseWaveHeader(head: Buffer, fileBytes: number): WaveHeader | null {
  const kind = head.toString('latin1', 0, 4);
  if (head.length < 12 || (kind !== 'RIFF' && kind !== 'RF64') || head.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let format: Omit<WaveHeader, 'sampleCount'> | null = null;
  let longDataBytes: number | null = null;
  for (let at = 12; at + 8 <= head.length;) {
    const name = head.toString('latin1', at, at + 4);
    const bytes = head.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'ds64' && body + 16 <= head.length) longDataBytes = Number(head.readBigUInt64LE(body + 8));
    if (name === 'fmt ' && body + 16 <= head.length)
      format = {
        channels: head.readUInt16LE(body + 2),
        sampleRateHz: head.readUInt32LE(body + 4),
        bitsPerSample: head.readUInt16LE(body + 14),
      };
    if (name === 'data') {
      const dataBytes = kind === 'RF64' ? (longDataBytes ?? -1) : bytes;
      const frameBytes = format ? (format.channels * format.bitsPerSample) / 8 : 0;
      if (!format || frameBytes <= 0 || dataBytes < 0 || dataBytes % frameBytes !== 0) return null;
      return body + dataBytes <= fileBytes ? { ...format, sampleCount: dataBytes / frameBytes } : null;
    }
    at = body + bytes + (bytes % 2);
  }
  return null;
}
