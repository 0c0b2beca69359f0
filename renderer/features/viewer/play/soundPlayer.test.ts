import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OutputReport } from './soundMessages.ts';
import { SoundPlayer, stalledMs } from './soundPlayer.ts';

const clock = { currentTime: 0, resume: () => Promise.resolve() };
let output: { onmessage?: (event: { data: OutputReport }) => void; postMessage(): void };

/** What the player uses of Web Audio, without a device: the test moves the clock. */
class ContextStandIn {
  readonly audioWorklet = { addModule: () => Promise.resolve() };
  get currentTime(): number {
    return clock.currentTime;
  }
  resume = () => clock.resume();
  createChannelSplitter = () => ({ connect: () => undefined });
  createAnalyser = () => ({ fftSize: 0 });
}

beforeEach(() => {
  vi.useFakeTimers();
  clock.currentTime = 0;
  clock.resume = () => Promise.resolve();
  output = { postMessage: () => undefined };
  vi.stubGlobal('AudioContext', ContextStandIn);
  vi.stubGlobal(
    'AudioWorkletNode',
    class {
      readonly port = output;
      connect(): void {}
    },
  );
  vi.stubGlobal(
    'Worker',
    class {
      postMessage(): void {}
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Waits out `ms` with the audio clock running or standing still. */
async function pass(ms: number, runs: boolean): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    if (runs) clock.currentTime += 0.1;
    await vi.advanceTimersByTimeAsync(100);
  }
}

const start = (player: SoundPlayer) => {
  let answer: number | null | 'waits' = 'waits';
  void player.start([], 0, () => null).then((zero) => (answer = zero));
  return () => answer;
};

it.each([
  ['never lets itself be resumed', () => new Promise<void>(() => undefined)],
  ['says that it runs', () => Promise.resolve()],
])('gives up on a device that %s and whose clock stands still', async (_name, resume) => {
  const player = new SoundPlayer();
  clock.resume = resume;
  const answer = start(player);
  await pass(stalledMs - 100, false);
  expect(answer()).toBe('waits');
  await pass(100, false);
  expect(answer()).toBeNull();
  expect(player.trouble).toBe('noDevice');
});

it('waits for slow decoding as long as the clock runs', async () => {
  const player = new SoundPlayer();
  const answer = start(player);
  await pass(5 * stalledMs, true);
  expect(answer()).toBe('waits');
  output.onmessage!({ data: { kind: 'began', run: 2, atSeconds: 10.5 } });
  await pass(100, true);
  expect(answer()).toBe(10.5);
  expect(player.trouble).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

it('tries the device again with the next start', async () => {
  const player = new SoundPlayer();
  start(player);
  await pass(stalledMs, false);
  const answer = start(player);
  await pass(100, true);
  output.onmessage!({ data: { kind: 'began', run: 5, atSeconds: 0.1 } });
  await pass(100, true);
  expect(answer()).toBe(0.1);
  expect(player.trouble).toBeNull();
});
