import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { secondsFromTicks, ticksFromSeconds, type Ticks } from '../../../../core/time/ticks.ts';
import { Player } from './player.ts';

/** Answers of the audio device, oldest first. */
const starts: ((zero: number | null) => void)[] = [];
vi.mock('./soundPlayer.ts', () => ({
  SoundPlayer: class {
    readonly context = { currentTime: 0 };
    readonly trouble = 'noDevice';
    start = () => new Promise<number | null>((resolve) => starts.push(resolve));
    stop(): void {}
  },
}));

let frames: FrameRequestCallback[];
let ticks: Ticks[];

beforeEach(() => {
  starts.length = 0;
  frames = [];
  ticks = [];
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => frames.push(draw));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const player = () =>
  new Player({
    picturesAt: () => [],
    soundFrom: () => [],
    urlOf: () => null,
    soundUrlOf: () => null,
    renderedAt: () => null,
    endTicks: () => ticksFromSeconds(60),
    words: {} as never,
    present: () => undefined,
    onTick: (now) => ticks.push(now),
    onStop: () => undefined,
    onWork: () => undefined,
  });

/** One display refresh after `ms`. */
async function refresh(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (const draw of frames.splice(0)) draw(performance.now());
}

it('plays on without sound, by the computer’s clock, when the audio device does not start', async () => {
  const playing = player();
  void playing.play(ticksFromSeconds(3), 1);
  await refresh(2000);
  expect(ticks).toEqual([]);
  starts[0]!(null);
  await refresh(0);
  await refresh(500);
  expect(secondsFromTicks(ticks.at(-1)!)).toBeCloseTo(3.5, 3);
  expect(playing.soundTrouble).toBe('noDevice');
});

it('a start that was overtaken by another does not draw', async () => {
  const playing = player();
  void playing.play(0, 1);
  void playing.play(ticksFromSeconds(5), 1);
  starts[0]!(0);
  await refresh(20);
  expect(frames).toEqual([]);
  expect(ticks).toEqual([]);
});
