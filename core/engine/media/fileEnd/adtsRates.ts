/** Sample rates of AAC in ADTS frames, each of which says its own: ffmpeg gives all frames the length of the first. */
import type { FileBytes } from './fileBytes.node.ts';

const ratesHz = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const samplesOfBlock = 1024;
const headerBytes = 7;
const blockBytes = 1024 * 1024;

/** What the frames of a file say. */
export interface AdtsRates {
  /** Different ones, in the order in which they come. */
  readonly ratesHz: readonly number[];
  /** Length of all frames, each at its own rate. */
  readonly seconds: number;
}

/** Reads every header of a file (ISO/IEC 13818-7, 6.2); what lies between frames is passed over. */
export async function readAdtsRates(file: FileBytes): Promise<AdtsRates> {
  const found = new Set<number>();
  let seconds = 0;
  for (let at = 0; at + headerBytes <= file.sizeBytes;) {
    const block = await file.read(at, blockBytes);
    // the file became shorter meanwhile
    if (block.length === 0) break;
    let within = 0;
    while (within + headerBytes <= block.length) {
      const frame = frameAt(block, within);
      if (frame) {
        found.add(frame.hz);
        seconds += frame.samples / frame.hz;
        within += frame.bytes;
      } else {
        const next = block.indexOf(0xff, within + 1);
        within = next < 0 ? block.length : next;
      }
    }
    at += Math.max(within, 1);
  }
  return { ratesHz: [...found], seconds };
}

function frameAt(bytes: Buffer, at: number): { bytes: number; hz: number; samples: number } | null {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return null;
  const hz = ratesHz[(bytes[at + 2]! >> 2) & 15];
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  if (hz === undefined || length < headerBytes) return null;
  return { bytes: length, hz, samples: samplesOfBlock * ((bytes[at + 6]! & 3) + 1) };
}
