import { describe, expect, it } from 'vitest';
import {
  PipelineCancelled,
  type Frames,
  type PipelineContext,
  type PipelineProgress,
  type Tensor,
} from '../pipeline.ts';
import { estimateVideo, upscaleShare } from './estimate.ts';
import { tinyFamily } from './testing.ts';
import { canUpscale, upscaleFrames } from './upscale.ts';

const family = { ...tinyFamily, graphs: { ...tinyFamily.graphs, upscaler: 'upscaler' } };
const { width, height } = family;

/** Every pixel sixteen times, a little brighter than white can be where it was white. */
function enlarge({ frame }: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const data = new Float32Array(3 * 16 * width * height);
  for (let c = 0; c < 3; c += 1) {
    for (let y = 0; y < 4 * height; y += 1) {
      for (let x = 0; x < 4 * width; x += 1)
        data[(c * 4 * height + y) * 4 * width + x] =
          1.1 * (frame!.data[(c * height + (y >> 2)) * width + (x >> 2)] as number);
    }
  }
  return { picture: { type: 'float32', data, dims: [1, 3, 4 * height, 4 * width] } };
}

function world(cancelAt = Infinity) {
  const reports: PipelineProgress[] = [];
  let runs = 0;
  const context: PipelineContext = {
    pack: {
      session: async (path) => ({
        inputNames: ['frame'],
        outputNames: ['picture'],
        run: async (feeds) => ((runs += 1), path === 'upscaler' ? enlarge(feeds) : {}),
      }),
      readText: async () => '',
      release: async () => undefined,
    },
    checkCancelled: () => {
      if (runs >= cancelAt) throw new PipelineCancelled('Cancelled.');
    },
    report: (progress) => reports.push(progress),
  };
  return { context, reports, runs: () => runs };
}

const frames = (frameCount: number): Frames => ({
  data: Uint8Array.from(
    { length: frameCount * width * height * 3 },
    (_, i) => (i * 7 + Math.floor(i / (width * height * 3)) * 50) % 256,
  ),
  frameCount,
  width,
  height,
});

async function taken(source: Frames, context: PipelineContext): Promise<Uint8Array[]> {
  const large: Uint8Array[] = [];
  await upscaleFrames(source, family, context, (frame, index) => {
    expect([index, frame.width, frame.height, frame.frameCount]).toEqual([large.length, 4 * width, 4 * height, 1]);
    large.push(frame.data.slice());
  });
  return large;
}

describe('upscaling', () => {
  it('gives each frame alone, in order, its bytes within 0..255', async () => {
    const source = frames(3);
    const large = await taken(source, world().context);
    expect(large.length).toBe(3);
    for (const [f, picture] of large.entries()) {
      for (const [x, y, c] of [
        [0, 0, 0],
        [13, 9, 1],
        [127, 63, 2],
      ] as const) {
        const was = source.data[((f * height + (y >> 2)) * width + (x >> 2)) * 3 + c]!;
        expect(picture[(y * 4 * width + x) * 3 + c]).toBeCloseTo(
          Math.min(255, Math.max(0, (was - 127.5) * 1.1 + 127.5)),
          -0.3,
        );
      }
    }
  });

  it('gives equal frames for equal frames: what stood still stands still', async () => {
    const still = frames(1);
    const source = { ...still, frameCount: 2, data: new Uint8Array([...still.data, ...still.data]) };
    const [first, second] = await taken(source, world().context);
    expect(second).toEqual(first);
  });

  it('is cancelled between two frames', async () => {
    const { context, runs } = world(2);
    await expect(taken(frames(9), context)).rejects.toBeInstanceOf(PipelineCancelled);
    expect(runs()).toBe(2);
  });

  it('reports each frame, and completion', async () => {
    const { context, reports } = world();
    await taken(frames(4), context);
    expect(reports.map(({ fraction }) => fraction)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(reports[2]).toMatchObject({ stage: 'upscale', step: 3, stepCount: 4 });
  });

  it('refuses frames of another size and a pack without the graph', async () => {
    await expect(
      upscaleFrames({ ...frames(1), width: width / 2, height: height * 2 }, family, world().context, () => undefined),
    ).rejects.toThrow(RangeError);
    expect(canUpscale(tinyFamily)).toBe(false);
    await expect(upscaleFrames(frames(1), tinyFamily, world().context, () => undefined)).rejects.toThrow('no upscaler');
  });

  it('counts in the estimate by the frame, and has its share of the progress', () => {
    const more = (frameCount: number): number =>
      estimateVideo({ frameCount, upscale: true }, family).gigaFlop - estimateVideo({ frameCount }, family).gigaFlop;
    expect(more(80)).toBeCloseTo(10 * more(8), 6);
    const share = upscaleShare({ frameCount: 8 }, family);
    expect(share).toBeCloseTo(more(8) / estimateVideo({ frameCount: 8, upscale: true }, family).gigaFlop, 6);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
  });
});
