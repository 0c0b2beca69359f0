/**
 * Stores a stem's samples during generation: in memory, or in a file that the caller opens if the stem is long.
 * Everything in this family writes in order and reads in blocks, so memory does not grow with length.
 */
import type { Sound } from '../pipeline.ts';

/** Stereo sound at 48 kHz, read in blocks. */
export interface SoundSource {
  readonly sampleCount: number;
  /** Fills both channels from sample `at`; zeros outside the sound. */
  read(at: number, left: Float32Array, right: Float32Array): void;
}

/** Stereo sound at 48 kHz, written and read in blocks. */
export interface SoundStore extends SoundSource {
  /** Writes both channels from sample `at`; samples past the end are dropped. */
  write(at: number, left: Float32Array, right: Float32Array): void;
}

/** Samples processed at once wherever a stem is read or written. */
export const blockSamples = 48000;

/** A store in memory. */
export class MemorySound implements SoundStore, Sound {
  readonly sampleRateHz = 48000;
  readonly sampleCount: number;
  readonly left: Float32Array;
  readonly right: Float32Array;

  constructor(sampleCount: number) {
    this.sampleCount = sampleCount;
    this.left = new Float32Array(sampleCount);
    this.right = new Float32Array(sampleCount);
  }

  write(at: number, left: Float32Array, right: Float32Array): void {
    const count = Math.min(left.length, this.sampleCount - at);
    if (count <= 0) return;
    this.left.set(left.subarray(0, count), at);
    this.right.set(right.subarray(0, count), at);
  }

  read(at: number, left: Float32Array, right: Float32Array): void {
    for (const [to, from] of [
      [left, this.left],
      [right, this.right],
    ] as const) {
      to.fill(0);
      const start = Math.max(0, at);
      to.set(from.subarray(start, Math.max(start, at + to.length)), start - at);
    }
  }
}

/** A store whose writes add to the samples already there. */
export function addingTo(store: SoundStore): SoundStore {
  return {
    sampleCount: store.sampleCount,
    read: (at, left, right) => store.read(at, left, right),
    write(at, left, right) {
      const there = [new Float32Array(left.length), new Float32Array(right.length)] as const;
      store.read(at, there[0], there[1]);
      for (const [side, own] of [left, right].entries())
        for (let i = 0; i < own.length; i++) there[side]![i] = there[side]![i]! + own[i]!;
      store.write(at, there[0], there[1]);
    },
  };
}

/** The whole stem in memory; not copied if it is in memory already. */
export function wholeSound(store: SoundStore): Sound {
  if (store instanceof MemorySound) return store;
  const whole = new MemorySound(store.sampleCount);
  store.read(0, whole.left, whole.right);
  return whole;
}

/** A store over a sound in memory; writes change the sound. */
export function storeOf(sound: Sound): MemorySound {
  const store = new MemorySound(sound.left.length);
  store.write(0, sound.left, sound.right);
  return store;
}

/** The sum of all stems, in memory. */
export function sumStems(stems: Readonly<Record<string, SoundStore>>): Sound {
  const stores = Object.values(stems);
  const sum = new MemorySound(stores[0]?.sampleCount ?? 0);
  for (const { left, right } of stores.map(wholeSound)) {
    for (let i = 0; i < sum.sampleCount; i++) {
      sum.left[i] = sum.left[i]! + left[i]!;
      sum.right[i] = sum.right[i]! + right[i]!;
    }
  }
  return sum;
}
