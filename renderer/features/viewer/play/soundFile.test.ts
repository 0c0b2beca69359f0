import type { AudioSample } from 'mediabunny';
import { expect, it } from 'vitest';
import { decodeForwards, type OpenSound } from './soundFile.ts';

/** A sound whose samples last a second; `open` counts the iterators that nobody has ended. */
function countingSound(): { sound: OpenSound; open: () => number } {
  let open = 0;
  async function* samples(): AsyncGenerator<AudioSample, void, unknown> {
    open += 1;
    try {
      for (let timestamp = 0; ; timestamp += 1) yield silentSecond(timestamp);
    } finally {
      open -= 1;
    }
  }
  return { sound: { rateHz: 48_000, sink: { samples } } as unknown as OpenSound, open: () => open };
}

function silentSecond(timestamp: number): AudioSample {
  const sample = { timestamp, numberOfFrames: 48_000, sampleRate: 48_000, numberOfChannels: 2 };
  return { ...sample, copyTo: () => undefined, close: () => undefined } as unknown as AudioSample;
}

it('a sound that is closed while it seeks opens no samples that would stay open', async () => {
  const { sound, open } = countingSound();
  const decoded = decodeForwards(sound);
  await decoded.ensure(0, 1000);
  expect(open()).toBe(1);
  const far = decoded.ensure(480_000, 481_000);
  decoded.close();
  await far;
  expect(open()).toBe(0);
});
