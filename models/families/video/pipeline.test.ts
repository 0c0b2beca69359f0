import { describe, expect, it } from 'vitest';
import type { Frames, MaskFrames } from '../pipeline.ts';
import type { VideoRequest } from './contract.ts';
import { estimateVideo, runVideoPipeline } from './pipeline.ts';
import { fakeWorld, tinyFamily } from './testing.ts';

const area = 32 * 16;
const request: VideoRequest = { prompt: 'a red cat', frameCount: 9, seed: 1, known: null, mask: null, references: [] };

function ramp(frameCount: number): Frames {
  return { data: Uint8Array.from({ length: frameCount * area * 3 }, (_, i) => (i * 11) % 251), frameCount, width: 32, height: 16 };
}

function box(frameCount: number): MaskFrames {
  const inside = (i: number): boolean => i % 32 > 7 && i % 32 < 24 && Math.floor(i / 32) % 16 > 3;
  return { data: Uint8Array.from({ length: frameCount * area }, (_, i) => (inside(i) ? 255 : 0)), frameCount, width: 32, height: 16 };
}

describe('the video pipeline', () => {
  it('makes as many frames as asked, any number', async () => {
    for (const frameCount of [1, 2, 9, 10, 23]) {
      const { frames } = await runVideoPipeline({ ...request, frameCount }, tinyFamily, fakeWorld().context);
      expect(frames.frameCount).toBe(frameCount);
      expect(frames.data.length).toBe(frameCount * area * 3);
    }
  });

  it('decodes what the transformer ends at', async () => {
    const { frames } = await runVideoPipeline(request, tinyFamily, fakeWorld(0.1).context);
    // 0.1 * std 2 + mean 0.5 = 0.7 -> (0.7 + 1) * 127.5
    expect(frames.data.every((v) => v === Math.round(1.7 * 127.5))).toBe(true);
  });

  it('keeps known pixels byte for byte, in one window and in several', async () => {
    for (const frameCount of [9, 23]) {
      const known = ramp(frameCount);
      const mask = box(frameCount);
      const { frames } = await runVideoPipeline({ ...request, frameCount, known, mask }, tinyFamily, fakeWorld().context);
      let changed = 0;
      mask.data.forEach((m, p) => {
        for (let c = 0; c < 3; c += 1) if (m === 0 && frames.data[p * 3 + c] !== known.data[p * 3 + c]) changed += 1;
      });
      expect(changed).toBe(0);
      expect(frames.data).not.toEqual(known.data);
    }
  });

  it('continues later windows from the frames made before', async () => {
    const world = fakeWorld();
    await runVideoPipeline({ ...request, frameCount: 13 }, tinyFamily, world.context);
    const second = world.runs.get('transformer')!.at(-1)!;
    const control = second['control_hidden_states']!;
    expect(control.dims[2]).toBe(2);
    // The mask's first latent is 0 where the overlap is known (frame floor(.5 * 5 / 2) = 1 is new: overlap 1 of 5).
    const inactive = control.data[0] as number;
    expect(inactive).not.toBeCloseTo(-0.25);
  });

  it('does nothing where nothing is to be made', async () => {
    const world = fakeWorld();
    const known = ramp(5);
    const { frames } = await runVideoPipeline({ ...request, frameCount: 5, known, mask: { ...box(5), data: new Uint8Array(5 * area) } }, tinyFamily, world.context);
    expect(frames.data).toEqual(known.data);
    expect(world.runs.has('transformer')).toBe(false);
  });

  it('runs twice a step with guidance, once without', async () => {
    const plain = fakeWorld();
    await runVideoPipeline(request, tinyFamily, plain.context);
    expect(plain.runs.get('transformer')).toHaveLength(3);
    const guided = fakeWorld();
    await runVideoPipeline({ ...request, guidance: 2, steps: 4 }, tinyFamily, guided.context);
    expect(guided.runs.get('transformer')).toHaveLength(8);
  });

  it('guides only while there is much noise, where the pack says so', async () => {
    const world = fakeWorld();
    const early = { ...tinyFamily, scheduler: { ...tinyFamily.scheduler, guidanceMinSigma: 0.6 } };
    await runVideoPipeline({ ...request, guidance: 2, steps: 4 }, early, world.context); // sigmas 1, .75, .5, .25
    expect(world.runs.get('transformer')).toHaveLength(6);
    expect(estimateVideo({ frameCount: 9, guidance: 2, steps: 4 }, early).runCount).toBe(6);
  });

  it('hands the caches on in order', async () => {
    const world = fakeWorld();
    await runVideoPipeline(request, tinyFamily, world.context);
    const decodes = world.runs.get('decoderStep')!.slice(-2);
    expect(decodes.map((feeds) => feeds['cache_0']!.data[0])).toEqual([1, 2]);
  });

  it('adds a latent in front for each reference and drops it again', async () => {
    const world = fakeWorld();
    const picture: Frames = { data: new Uint8Array(7 * 5 * 3).fill(9), frameCount: 1, width: 7, height: 5 };
    const { frames } = await runVideoPipeline({ ...request, references: [picture] }, tinyFamily, world.context);
    expect(world.runs.get('transformer')![0]!['hidden_states']!.dims).toEqual([1, 16, 4, 2, 4]);
    expect(frames.frameCount).toBe(9);
  });

  it('reports progress that only grows and ends at 1, with previews', async () => {
    const world = fakeWorld();
    await runVideoPipeline({ ...request, frameCount: 17 }, tinyFamily, world.context);
    const fractions = world.reports.map((report) => report.fraction);
    expect(fractions.every((f, i) => i === 0 || f >= fractions[i - 1]! - 1e-9)).toBe(true);
    expect(fractions.at(-1)).toBe(1);
    expect(world.reports.some((report) => report.preview?.width === 32)).toBe(true);
  });

  it('stops when cancelled', async () => {
    const world = fakeWorld();
    world.cancelAfter = 3;
    await expect(runVideoPipeline(request, tinyFamily, world.context)).rejects.toThrow('cancelled');
  });

  it('reports what it made of the prompt', async () => {
    const result = await runVideoPipeline({ ...request, prompt: 'a red zeppelin cat' }, tinyFamily, fakeWorld().context);
    expect(result.unknownWords).toEqual(['zeppelin']);
    expect(result.rewrittenPrompt).toBe('red cat');
  });

  it('refuses frames of another size, naming both sizes', async () => {
    const wrong = { ...ramp(9), width: 16 };
    await expect(runVideoPipeline({ ...request, known: wrong }, tinyFamily, fakeWorld().context)).rejects.toThrow(/16x16.*32x16/);
  });

  it('estimates more work for more frames, steps and guidance', () => {
    const base = estimateVideo({ frameCount: 9 }, tinyFamily).gigaFlop;
    expect(estimateVideo({ frameCount: 33 }, tinyFamily).gigaFlop).toBeGreaterThan(base);
    expect(estimateVideo({ frameCount: 9, guidance: 3 }, tinyFamily).gigaFlop).toBeGreaterThan(base);
    expect(estimateVideo({ frameCount: 9, steps: 8 }, tinyFamily).gigaFlop).toBeGreaterThan(base);
  });
});
