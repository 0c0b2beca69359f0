/** WAV bytes (RIFF, WAVE_FORMAT_IEEE_FLOAT) of stereo sound: 32-bit floats lose nothing before the final encode. */
import type { Sound } from '../../../models/families/pipeline.ts';

const headerBytes = 44;
const bytesPerFrame = 8;

export function writeFloatWav(sound: Sound): Uint8Array {
  const count = Math.min(sound.left.length, sound.right.length);
  const buffer = new ArrayBuffer(headerBytes + count * bytesPerFrame);
  const view = new DataView(buffer);
  const tag = (at: number, name: string): void => {
    for (let i = 0; i < 4; i++) view.setUint8(at + i, name.charCodeAt(i));
  };
  tag(0, 'RIFF');
  view.setUint32(4, buffer.byteLength - 8, true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, sound.sampleRateHz, true);
  view.setUint32(28, sound.sampleRateHz * bytesPerFrame, true);
  view.setUint16(32, bytesPerFrame, true);
  view.setUint16(34, 32, true);
  tag(36, 'data');
  view.setUint32(40, count * bytesPerFrame, true);
  const samples = new Float32Array(buffer, headerBytes, count * 2);
  for (let i = 0; i < count; i++) {
    samples[2 * i] = sound.left[i] ?? 0;
    samples[2 * i + 1] = sound.right[i] ?? 0;
  }
  return new Uint8Array(buffer);
}
