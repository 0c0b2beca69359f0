import { describe, expect, it } from 'vitest';
import type { Frames, MaskFrames, PipelineContext } from '../pipeline.ts';
import type { VideoRequest, VideoResult } from './contract.ts';
import { estimateVideo, runVideoPipeline } from './pipeline.ts';
import { plainPlanner, type VideoPlanner } from './planner.ts';
import type { VideoFamily } from '../pack.ts';
import { fakeWorld, longFamily, tinyFamily, type FakeWorld } from './testing.ts';

const area = 32 * 16;
const request: VideoRequest = { prompt: 'a red cat', frameCount: 9, seed: 1, known: null, mask: null, references: [] };

function ramp(frameCount: number): Frames {
  return {
    data: Uint8Array.from({ length: frameCount * area * 3 }, (_, i) => (i * 11) % 251),
    frameCount,
    width: 32,
    height: 16,
  };
}

function box(frameCount: number): MaskFrames {
  const inside = (i: number): boolean => i % 32 > 7 && i % 32 < 24 && Math.floor(i / 32) % 16 > 3;
  return {
    data: Uint8Array.from({ length: frameCount * area }, (_, i) => (inside(i) ? 255 : 0)),
    frameCount,
    width: 32,
    height: 16,
  };
}

function run(
  asked: VideoRequest,
  family: VideoFamily,
  context: PipelineContext = fakeWorld().context,
): Promise<VideoResult> {
  return runVideoPipeline(asked, family, context, plainPlanner);
}

describe('the video pipeline', () => {
  it('makes exactly as many frames as requested', async () => {
    for (const frameCount of [1, 2, 9, 10, 23]) {
      const { frames } = await run({ ...request, frameCount }, tinyFamily, fakeWorld().context);
      expect(frames.frameCount).toBe(frameCount);
      expect(frames.data.length).toBe(frameCount * area * 3);
    }
  });

  it('decodes what the transformer ends at', async () => {
    const { frames } = await run(request, tinyFamily, fakeWorld(0.1).context);
    // 0.1 * std 2 + mean 0.5 = 0.7 -> (0.7 + 1) * 127.5
    expect(frames.data.every((v) => v === Math.round(1.7 * 127.5))).toBe(true);
  });

  it('keeps known pixels byte for byte, in one window and in several', async () => {
    for (const frameCount of [9, 23]) {
      const known = ramp(frameCount);
      const mask = box(frameCount);
      const { frames } = await run({ ...request, frameCount, known, mask }, tinyFamily, fakeWorld().context);
      let changed = 0;
      mask.data.forEach((m, p) => {
        for (let c = 0; c < 3; c += 1) if (m === 0 && frames.data[p * 3 + c] !== known.data[p * 3 + c]) changed += 1;
      });
      expect(changed).toBe(0);
      expect(frames.data).not.toEqual(known.data);
    }
  });

  it('does nothing where nothing is to be made', async () => {
    const world = fakeWorld();
    const known = ramp(5);
    const { frames } = await run(
      { ...request, frameCount: 5, known, mask: { ...box(5), data: new Uint8Array(5 * area) } },
      tinyFamily,
      world.context,
    );
    expect(frames.data).toEqual(known.data);
    expect(world.runs.has('transformer')).toBe(false);
  });

  it('runs twice a step with guidance, once without', async () => {
    const plain = fakeWorld();
    await run(request, tinyFamily, plain.context);
    expect(plain.runs.get('transformer')).toHaveLength(3);
    const guided = fakeWorld();
    await run({ ...request, guidance: 2, steps: 4 }, tinyFamily, guided.context);
    expect(guided.runs.get('transformer')).toHaveLength(8);
  });

  it('guides only while there is much noise, where the pack says so', async () => {
    const world = fakeWorld();
    const early = { ...tinyFamily, scheduler: { ...tinyFamily.scheduler, guidanceMinSigma: 0.6 } };
    await run({ ...request, guidance: 2, steps: 4 }, early, world.context); // sigmas 1, .75, .5, .25
    expect(world.runs.get('transformer')).toHaveLength(6);
    expect(estimateVideo({ frameCount: 9, guidance: 2, steps: 4 }, early).runCount).toBe(6);
  });

  it('hands the caches on in order', async () => {
    const world = fakeWorld();
    await run(request, tinyFamily, world.context);
    const decodes = world.runs.get('decoderStep')!.slice(-2);
    expect(decodes.map((feeds) => feeds['cache_0']!.data[0])).toEqual([1, 2]);
  });

  it('adds a latent in front for each reference and drops it again', async () => {
    const world = fakeWorld();
    const picture: Frames = { data: new Uint8Array(7 * 5 * 3).fill(9), frameCount: 1, width: 7, height: 5 };
    const { frames } = await run({ ...request, references: [picture] }, tinyFamily, world.context);
    expect(world.runs.get('transformer')![0]!['hidden_states']!.dims).toEqual([1, 16, 4, 2, 4]);
    expect(frames.frameCount).toBe(9);
  });

  it('reports progress that only grows and ends at 1, with previews', async () => {
    const world = fakeWorld();
    await run({ ...request, frameCount: 17 }, tinyFamily, world.context);
    const fractions = world.reports.map((report) => report.fraction);
    expect(fractions.every((f, i) => i === 0 || f >= fractions[i - 1]! - 1e-9)).toBe(true);
    expect(fractions.at(-1)).toBe(1);
    expect(world.reports.some((report) => report.preview?.width === 32)).toBe(true);
  });

  it('stops when cancelled', async () => {
    const world = fakeWorld();
    world.cancelAfter = 3;
    await expect(run(request, tinyFamily, world.context)).rejects.toThrow('cancelled');
  });

  it('conditions on what the planner makes of the words, and passes its reading on', async () => {
    const world = fakeWorld();
    const reading = { text: 'red cat', used: ['red', 'cat'], guessed: [], unused: ['zeppelin'] };
    const planner: VideoPlanner = {
      read: async () => reading,
      plan: async (asked, context) => ({ ...(await plainPlanner.plan(asked, context)), reading }),
    };
    const asked = { ...request, prompt: 'a red zeppelin cat' };
    const result = await runVideoPipeline(asked, tinyFamily, world.context, planner);
    expect(result.reading).toEqual(reading);
    expect([...world.runs.get('text')![0]!['input_ids']!.data].map(Number)).toEqual([4, 3, 1, 0, 0, 0]);
  });

  it('gives the words to the text encoder as they are without a planner of its own', async () => {
    const { reading } = await run({ ...request, prompt: '  the red\n cat ' }, tinyFamily);
    expect(reading).toEqual({ text: 'the red cat', used: ['the', 'red', 'cat'], guessed: [], unused: [] });
  });

  it('refuses frames of another size, naming both sizes', async () => {
    const wrong = { ...ramp(9), width: 16 };
    await expect(run({ ...request, known: wrong }, tinyFamily, fakeWorld().context)).rejects.toThrow(/16x16.*32x16/);
  });

  it('estimates more work for more frames, steps and guidance', () => {
    const base = estimateVideo({ frameCount: 9 }, tinyFamily).gigaFlop;
    expect(estimateVideo({ frameCount: 33 }, tinyFamily).gigaFlop).toBeGreaterThan(base);
    expect(estimateVideo({ frameCount: 9, guidance: 3 }, tinyFamily).gigaFlop).toBeGreaterThan(base);
    expect(estimateVideo({ frameCount: 9, steps: 8 }, tinyFamily).gigaFlop).toBeGreaterThan(base);
  });
});

/** Requests of eight latents for a model of five: windows of latents 0..4 and 3..7. */
describe('a request longer than a window', () => {
  const frameCount = 29;
  const long: VideoRequest = { ...request, frameCount };
  /** f32[channels, T, 2, 4] of a run's input: channel c of latent t. */
  const latent = (world: FakeWorld, run: number, name: string, c: number, t: number): number[] => {
    const { data, dims } = world.runs.get('transformer')![run]![name]!;
    return [...(data as Float32Array).slice((c * dims[2]! + t) * 8, (c * dims[2]! + t + 1) * 8)];
  };

  it('runs the transformer on each window in each step, on slices of one sequence', async () => {
    const world = fakeWorld();
    await run({ ...long, known: ramp(frameCount) }, longFamily, world.context);
    const runs = world.runs.get('transformer')!;
    expect(runs).toHaveLength(2 * 3);
    expect(
      runs.every((feeds) => feeds['hidden_states']!.dims[2] === 5 && feeds['control_hidden_states']!.dims[2] === 5),
    ).toBe(true);
    expect(runs.map((feeds) => Math.round(feeds['timestep']!.data[0] as number))).toEqual([
      1000, 1000, 667, 667, 333, 333,
    ]);
    for (const first of [0, 2, 4]) {
      expect(latent(world, first, 'hidden_states', 7, 3)).toEqual(latent(world, first + 1, 'hidden_states', 7, 0));
      expect(latent(world, first, 'hidden_states', 7, 4)).toEqual(latent(world, first + 1, 'hidden_states', 7, 1));
      expect(latent(world, first, 'control_hidden_states', 17, 3)).toEqual(
        latent(world, first + 1, 'control_hidden_states', 17, 0),
      );
    }
    expect(latent(world, 0, 'control_hidden_states', 17, 2)).not.toEqual(
      latent(world, 0, 'control_hidden_states', 17, 3),
    );
  });

  it('averages what windows say where they overlap, each counting least at its ends', async () => {
    const world = fakeWorld(0, false, { goalOf: (run) => (run % 2 === 0 ? 0 : 0.2) });
    const { frames } = await run(long, longFamily, world.context);
    // goal * std 2 + mean 0.5, as bytes; of each latent its last frame
    const goals = Array.from({ length: 8 }, (_, t) => (frames.data[4 * t * area * 3]! / 127.5 - 1.5) / 2);
    // within what the filter over time moves beside the borders
    [0, 0, 0].forEach((goal, t) => expect(Math.abs(goals[t]! - goal)).toBeLessThan(0.01));
    [0.2, 0.2, 0.2].forEach((goal, t) => expect(Math.abs(goals[5 + t]! - goal)).toBeLessThan(0.01));
    expect(goals[3]!).toBeGreaterThan(0.005);
    expect(goals[3]!).toBeLessThan(0.055);
    expect(goals[4]!).toBeGreaterThan(0.145);
    expect(goals[4]!).toBeLessThan(0.195);
  });

  it('is decoded in one stream', async () => {
    const world = fakeWorld();
    await run(long, longFamily, world.context);
    const decodes = world.runs.get('decoderStep')!.map((feeds) => feeds['cache_0']!.data[0]);
    expect(decodes).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('gives the same bytes for the same seed, others for others', async () => {
    const drawn = async (seed: number): Promise<number[]> => {
      const world = fakeWorld();
      await run({ ...long, seed }, longFamily, world.context);
      return [...latent(world, 0, 'hidden_states', 2, 1), ...latent(world, 1, 'hidden_states', 2, 4)];
    };
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(await drawn(2)).not.toEqual(await drawn(1));
  });

  it('puts the references in front of every window, as one', async () => {
    const world = fakeWorld();
    const picture: Frames = { data: new Uint8Array(7 * 5 * 3).fill(9), frameCount: 1, width: 7, height: 5 };
    const { frames } = await run({ ...long, references: [picture] }, longFamily, world.context);
    expect(world.runs.get('transformer')!.map((feeds) => feeds['hidden_states']!.dims[2])).toEqual([6, 6, 6, 6, 6, 6]);
    for (const first of [0, 2, 4])
      expect(latent(world, first, 'hidden_states', 3, 0)).toEqual(latent(world, first + 1, 'hidden_states', 3, 0));
    expect(latent(world, 0, 'control_hidden_states', 3, 0)).toEqual(latent(world, 1, 'control_hidden_states', 3, 0));
    expect(frames.data.every((v) => v === Math.round(1.7 * 127.5))).toBe(true);
  });

  it('runs no window that has nothing to make, and keeps its frames', async () => {
    const count = 45; // twelve latents: windows 0..4, 3..7, 6..10, 7..11
    const known = ramp(count);
    for (const [madeFrames, windows, decoded] of [
      [[0, 1], 1, 5],
      [[44], 1, 5],
      [[36], 2, 6],
      [[0, 44], 2, 12],
    ] as const) {
      const world = fakeWorld();
      const mask = box(count);
      mask.data.forEach(
        (_, i) => (madeFrames as readonly number[]).includes(Math.floor(i / area)) || (mask.data[i] = 0),
      );
      const { frames } = await run({ ...request, frameCount: count, known, mask }, longFamily, world.context);
      expect(world.runs.get('transformer')).toHaveLength(3 * windows);
      expect(world.runs.get('decoderStep')!.filter((feeds) => feeds['cache_0']).length).toBe(decoded - 1);
      mask.data.forEach((m, p) => {
        if (m === 0 && [0, 1, 2].some((c) => frames.data[p * 3 + c] !== known.data[p * 3 + c]))
          throw new Error(`pixel ${p} has changed`);
      });
      expect(frames.data).not.toEqual(known.data);
    }
  });

  it('decodes known latents, not noise, between windows', async () => {
    const world = fakeWorld();
    const known = { ...ramp(45), data: new Uint8Array(45 * area * 3).fill(255) };
    const mask = box(45);
    mask.data.forEach((_, i) => Math.floor(i / area) === 0 || Math.floor(i / area) === 44 || (mask.data[i] = 0));
    await run({ ...request, frameCount: 45, known, mask }, longFamily, world.context);
    // latent 5, of no window that ran: white, denormalised
    expect(world.runs.get('decoderStep')![4]!['latent']!.data[0]).toBeCloseTo(1);
  });

  it('keeps known frames byte for byte, and makes the rest', async () => {
    const known = ramp(frameCount);
    const mask: MaskFrames = {
      data: Uint8Array.from({ length: frameCount * area }, (_, i) => (i < 9 * area ? 0 : 255)),
      frameCount,
      width: 32,
      height: 16,
    };
    const { frames } = await run({ ...long, known, mask }, longFamily, fakeWorld().context);
    expect(frames.data.subarray(0, 9 * area * 3)).toEqual(known.data.subarray(0, 9 * area * 3));
    expect(frames.data.at(-1)).toBe(Math.round(1.7 * 127.5));
  });

  it('shows the transformer known latents unchanged but for the noise of the step', async () => {
    const world = fakeWorld();
    const known = { ...ramp(frameCount), data: new Uint8Array(frameCount * area * 3).fill(255) };
    const mask: MaskFrames = {
      data: Uint8Array.from({ length: frameCount * area }, (_, i) => (i < 9 * area ? 0 : 255)),
      frameCount,
      width: 32,
      height: 16,
    };
    await run({ ...long, known, mask }, longFamily, world.context);
    // White is (1 - mean 0.5) / std 2 in the first three channels. The noise is what a request of the same seed begins
    // with where nothing is known.
    const free = fakeWorld();
    await run(long, longFamily, free.context);
    const noise = free.runs.get('transformer')![0]!['hidden_states']!.data[0] as number;
    const first = world.runs.get('transformer')![0]!;
    const sigma = (first['timestep']!.data[0] as number) / 1000;
    expect(first['hidden_states']!.data[0]).toBeCloseTo((1 - sigma) * 0.25 + sigma * noise, 5);
  });

  it('begins new frames as the known ones beside them plus noise, and as pure noise where none are known', async () => {
    const known = { ...ramp(frameCount), data: new Uint8Array(frameCount * area * 3).fill(255) };
    const after = (first: number): MaskFrames => ({
      data: Uint8Array.from({ length: frameCount * area }, (_, i) => (i < first * area ? 0 : 255)),
      frameCount,
      width: 32,
      height: 16,
    });
    const sigmasOf = async (mask: MaskFrames | null): Promise<number[]> => {
      const world = fakeWorld();
      await run({ ...long, known: mask && known, mask }, longFamily, world.context);
      return world.runs.get('transformer')!.map((feeds) => feeds['timestep']!.data[0] as number);
    };
    expect(Math.max(...(await sigmasOf(null)))).toBe(1000);
    expect(Math.max(...(await sigmasOf(after(9))))).toBeLessThan(900);
    // a latent with known and new frames is a new one
    expect(Math.max(...(await sigmasOf(after(7))))).toBeLessThan(900);
    expect(Math.max(...(await sigmasOf(box(frameCount))))).toBe(1000);
  });

  it('reports its step and its progress more than once per step', async () => {
    const world = fakeWorld();
    await run(long, longFamily, world.context);
    const steps = world.reports.filter((report) => report.stage === 'denoise');
    expect(steps.map((report) => report.step)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(steps.every((report) => report.stepCount === 3)).toBe(true);
    expect(steps.map((report) => Math.round(((report.fraction - 0.08) / 0.72) * 6))).toEqual([1, 2, 3, 4, 5, 6]);
    const fractions = world.reports.map((report) => report.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(steps.filter((report) => report.preview)).toHaveLength(2);
  });

  it('stops before the next run or decode when cancelled', async () => {
    const whole = fakeWorld();
    await run(long, longFamily, whole.context);
    const encodes = 4;
    for (const [allowed, runs, decodes] of [
      [encodes + 3, 3, 0],
      [encodes + 6 + 2, 6, 1],
    ] as const) {
      const world = fakeWorld();
      world.cancelAfter = allowed;
      await expect(run(long, longFamily, world.context)).rejects.toThrow('cancelled');
      expect(world.runs.get('transformer')).toHaveLength(runs);
      expect(world.runs.get('decoderStep') ?? []).toHaveLength(decodes);
    }
  });

  it('is estimated by its windows', () => {
    const { windowCount, runCount, gigaFlop } = estimateVideo({ frameCount }, longFamily);
    expect([windowCount, runCount]).toEqual([2, 6]);
    // 29 frames are eight latents, denoised as ten
    const eight = estimateVideo({ frameCount }, { ...longFamily, maxFrames: 29 });
    expect(eight.windowCount).toBe(1);
    expect(gigaFlop).toBeGreaterThan(eight.gigaFlop);
    expect(gigaFlop).toBeLessThan(eight.gigaFlop * 1.25);
  });
});
