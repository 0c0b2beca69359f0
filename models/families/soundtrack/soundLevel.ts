/** Levels of stretches of sound. */
import { blockSamples, type SoundSource } from './soundStore.ts';

/** Root mean square over both channels, with each sample divided by `shape` wherever that is not near zero. */
export function levelBetween(
  source: SoundSource,
  from: number,
  to: number,
  shape: ((sample: number) => number) | null,
): number {
  let energy = 0;
  let count = 0;
  for (let at = from; at < to; at += blockSamples) {
    const left = new Float32Array(Math.min(blockSamples, to - at));
    const right = new Float32Array(left.length);
    source.read(at, left, right);
    for (let i = 0; i < left.length; i++) {
      const lies = shape ? shape(at + i) : 1;
      if (lies < 0.05) continue;
      energy += (left[i]! * left[i]! + right[i]! * right[i]!) / (lies * lies);
      count += 2;
    }
  }
  return count === 0 ? 0 : Math.sqrt(energy / count);
}
