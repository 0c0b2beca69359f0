import { expect, it } from 'vitest';
import { parseWaveHeader } from './waveHeader.node.ts';

/** A header as ffmpeg writes it with room for 64-bit sizes: EBU Tech 3306. */
function header(kind: 'RIFF' | 'RF64', dataBytes: bigint): Buffer {
  const head = Buffer.alloc(12 + 36 + 24 + 8);
  head.write(kind, 0, 'latin1');
  head.writeUInt32LE(kind === 'RIFF' ? Number(dataBytes) + 72 : 0xffffffff, 4);
  head.write('WAVE', 8, 'latin1');
  head.write(kind === 'RIFF' ? 'JUNK' : 'ds64', 12, 'latin1');
  head.writeUInt32LE(28, 16);
  head.writeBigUInt64LE(dataBytes + 72n, 20);
  head.writeBigUInt64LE(dataBytes, 28);
  head.write('fmt ', 48, 'latin1');
  head.writeUInt32LE(16, 52);
  head.writeUInt16LE(3, 56);
  head.writeUInt16LE(2, 58);
  head.writeUInt32LE(48000, 60);
  head.writeUInt16LE(8, 68);
  head.writeUInt16LE(32, 70);
  head.write('data', 72, 'latin1');
  head.writeUInt32LE(kind === 'RIFF' ? Number(dataBytes) : 0xffffffff, 76);
  return head;
}

it('reads length and format, above 4 GB as well', () => {
  const long = 8n * 48000n * 36_000n;
  const sound = { channels: 2, sampleRateHz: 48000, bitsPerSample: 32 };
  expect(parseWaveHeader(header('RIFF', 800n), 880)).toEqual({ ...sound, sampleCount: 100 });
  expect(parseWaveHeader(header('RF64', long), Number(long) + 80)).toEqual({ ...sound, sampleCount: 48000 * 36_000 });
});

it('refuses a file that is shorter than it says, and other kinds of files', () => {
  expect(parseWaveHeader(header('RIFF', 800n), 879)).toBeNull();
  expect(parseWaveHeader(header('RF64', 8_000_000_000n), 1_000_000)).toBeNull();
  expect(parseWaveHeader(header('RIFF', 801n), 2000)).toBeNull();
  expect(parseWaveHeader(header('RIFF', 800n).subarray(0, 70), 880)).toBeNull();
  expect(parseWaveHeader(Buffer.from('ID3 and so on and on'), 2000)).toBeNull();
});
