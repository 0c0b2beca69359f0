/** The proof of one container: cuts that change nothing are not heard. */
import { expect } from 'vitest';
import { decodedWhole, farthest, roughest, soundBench, type SoundBench } from './soundBench.node.ts';
import { writeContainer, type SoundContainer } from './soundContainers.node.ts';

/** Its own second difference is 0.009 at full scale. */
const tone = 'sine=997:r=48000,volume=4';
/** Frames at the end of a file that are left out: encoders fade there. */
const tailFrames = 15;

/** Throws where a piece is off by a sample, or where anything is off by more than rounding. */
export async function proveCuts(folder: string, container: SoundContainer, seconds: number): Promise<void> {
  const path = writeContainer(folder, tone, seconds, container);
  const bench = await soundBench(folder, path);
  const frames = seconds * 30 - tailFrames;
  bench.place(bench.items[0]!, 0, frames, 0);
  const uncut = await bench.mix();
  bench.clear();
  placePieces(bench, frames);
  const cut = await bench.mix();
  expect(uncut.left.length).toBe(frames * 1600);
  expect(farthest(cut.left, uncut.left).by).toBeLessThan(1e-4);
  expect(farthest(cut.right, uncut.right).by).toBeLessThan(1e-4);
  // the first tenth holds the encoder's start
  expect(roughest(cut.left.subarray(4800))).toBeLessThan(0.02);
  const { facts } = await bench.media.mediaFacts(bench.document.id, bench.items[0]!.id);
  const whole = decodedWhole(path, facts.originSeconds, container).left.subarray(0, uncut.left.length);
  expect(farthest(uncut.left, whole).by).toBeLessThan(1e-4);
  expect([...uncut.notices, ...cut.notices]).toEqual([]);
}

/** Pieces of 7 to 35 frames, none of them a whole number of any codec's packets. */
function placePieces(bench: SoundBench, frames: number): void {
  for (let start = 0, piece = 0; start < frames; piece++) {
    const length = Math.min(frames - start, 7 + ((piece * 13) % 29));
    bench.place(bench.items[0]!, start, length, start);
    start += length;
  }
}
