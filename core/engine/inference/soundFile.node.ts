/**
 * A stem as a WAV file (RIFF, WAVE_FORMAT_IEEE_FLOAT, 48 kHz stereo) that is written and read in blocks: its memory
 * does not grow with length.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { SoundSource, SoundStore } from '../../../models/families/soundtrack/soundStore.ts';

const headerBytes = 44;
const bytesPerFrame = 8;
const sampleRateHz = 48000;

function header(sampleCount: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(headerBytes));
  const tag = (at: number, name: string): void => {
    for (let i = 0; i < 4; i++) view.setUint8(at + i, name.charCodeAt(i));
  };
  tag(0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + sampleCount * bytesPerFrame, true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * bytesPerFrame, true);
  view.setUint16(32, bytesPerFrame, true);
  view.setUint16(34, 32, true);
  tag(36, 'data');
  view.setUint32(40, sampleCount * bytesPerFrame, true);
  return new Uint8Array(view.buffer);
}

export interface SoundFile extends SoundStore {
  readonly path: string;
  close(): void;
}

/** Creates the file. What was not written yet reads as silence. */
export function createSoundFile(path: string, sampleCount: number): SoundFile {
  const file = openSync(path, 'w+');
  writeSync(file, header(sampleCount));
  const place = (at: number): number => headerBytes + at * bytesPerFrame;
  return {
    path,
    sampleCount,
    write(at, left, right) {
      const count = Math.max(0, Math.min(left.length, sampleCount - at));
      const both = new Float32Array(2 * count);
      for (let i = 0; i < count; i++) {
        both[2 * i] = left[i]!;
        both[2 * i + 1] = right[i]!;
      }
      const bytes = new Uint8Array(both.buffer);
      for (let done = 0; done < bytes.length;)
        done += writeSync(file, bytes, done, bytes.length - done, place(at) + done);
    },
    read: (at, left, right) => readStereo(file, headerBytes, sampleCount, at, left, right),
    close: () => closeSync(file),
  };
}

/** Interleaved floats without a header; what the file does not hold is silence. */
export function openRawSound(path: string, sampleCount: number): SoundSource & { close(): void } {
  const file = openSync(path, 'r');
  return {
    sampleCount,
    read: (at, left, right) => readStereo(file, 0, sampleCount, at, left, right),
    close: () => closeSync(file),
  };
}

function readStereo(
  file: number,
  firstByte: number,
  sampleCount: number,
  at: number,
  left: Float32Array,
  right: Float32Array,
): void {
  left.fill(0);
  right.fill(0);
  const from = Math.max(0, at);
  const count = Math.max(0, Math.min(at + left.length, sampleCount) - from);
  const both = new Float32Array(2 * count);
  const bytes = new Uint8Array(both.buffer);
  for (let done = 0; done < bytes.length;) {
    const got = readSync(file, bytes, done, bytes.length - done, firstByte + from * bytesPerFrame + done);
    if (got === 0) break;
    done += got;
  }
  for (let i = 0; i < count; i++) {
    left[from - at + i] = both[2 * i]!;
    right[from - at + i] = both[2 * i + 1]!;
  }
}
