/**
 * The real starter pack through onnxruntime: shapes, equal bytes for equal seeds, and pixels outside the mask
 * untouched.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as ort from '../../runtime/onnxRuntime.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { packManifestSchema, type VideoFamily } from '../../families/pack.ts';
import type { Frames, GraphSession, MaskFrames, PipelineContext, Tensor } from '../../families/pipeline.ts';
import type { VideoRequest, VideoResult } from '../../families/video/contract.ts';
import { runVideoPipeline } from '../../families/video/pipeline.ts';
import { plannerOf } from './planner.ts';
import { upscaleFrames } from '../../families/video/upscale.ts';
import { firstDifference } from '../../../core/time/testing/firstDifference.node.ts';

const pack = join(import.meta.dirname, '../../packs/starter');

async function openSession(path: string): Promise<GraphSession> {
  const session = await ort.InferenceSession.create(join(pack, path), {
    intraOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds) => {
      const inputs = Object.fromEntries(
        Object.entries(feeds).map(([name, t]) => [name, new ort.Tensor(t.type, t.data, [...t.dims])]),
      );
      const outputs = await session.run(inputs);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, t]) => [
          name,
          { type: 'float32', data: t.data as Float32Array, dims: t.dims } satisfies Tensor,
        ]),
      );
    },
  };
}

function run(asked: VideoRequest, family: VideoFamily, context: PipelineContext): Promise<VideoResult> {
  return runVideoPipeline(asked, family, context, plannerOf(family, context.pack.readText));
}

const sessions = new Map<string, Promise<GraphSession>>();
const context: PipelineContext = {
  pack: {
    session: (path) => {
      if (!sessions.has(path)) sessions.set(path, openSession(path));
      return sessions.get(path)!;
    },
    readText: (path) => readFile(join(pack, path), 'utf8'),
    release: async () => undefined,
  },
  checkCancelled: () => undefined,
  report: () => undefined,
};

describe.skipIf(!existsSync(join(pack, 'manifest.json')))('the starter pack', () => {
  let family: VideoFamily;
  let request: VideoRequest;

  beforeAll(async () => {
    const manifest = packManifestSchema.parse(JSON.parse(await readFile(join(pack, 'manifest.json'), 'utf8')));
    family = manifest.families.find((entry) => entry.family === 'video')!;
    const { width, height } = family;
    const known: Frames = {
      data: Uint8Array.from({ length: 5 * width * height * 3 }, (_, i) => (i * 31) % 256),
      frameCount: 5,
      width,
      height,
    };
    const inside = (p: number): boolean =>
      p % width > 90 && p % width < 170 && Math.floor(p / width) % height > 40 && Math.floor(p / width) % height < 120;
    const mask: MaskFrames = {
      data: Uint8Array.from({ length: 5 * width * height }, (_, p) => (inside(p) ? 255 : 0)),
      frameCount: 5,
      width,
      height,
    };
    request = { prompt: 'add a red balloon', frameCount: 5, seed: 7, steps: 2, known, mask, references: [] };
  });

  it('makes frames of the right size, the same bytes for the same seed', async () => {
    const plain: VideoRequest = {
      ...request,
      prompt: 'a penguin walks in the snow',
      steps: 1,
      known: null,
      mask: null,
    };
    const digest = async (seed: number): Promise<string> => {
      const { frames } = await run({ ...plain, seed }, family, context);
      expect([frames.frameCount, frames.width, frames.height]).toEqual([5, family.width, family.height]);
      return createHash('sha256').update(frames.data).digest('hex');
    };
    const first = await digest(3);
    expect(await digest(3)).toBe(first);
    expect(await digest(4)).not.toBe(first);
  });

  it('changes no pixel outside the mask, and some inside', async () => {
    const { frames } = await run(request, family, context);
    let outside = 0;
    let inside = 0;
    request.mask!.data.forEach((m, p) => {
      for (let c = 0; c < 3; c += 1) {
        const difference = Math.abs(frames.data[p * 3 + c]! - request.known!.data[p * 3 + c]!);
        if (m === 0) outside = Math.max(outside, difference);
        else inside = Math.max(inside, difference);
      }
    });
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(20);
  });

  it('takes a reference, and more frames than one window holds', async () => {
    const picture: Frames = { data: new Uint8Array(60 * 40 * 3).fill(120), frameCount: 1, width: 60, height: 40 };
    const { frames, reading } = await run(
      {
        prompt: 'it dances quixotically',
        frameCount: family.maxFrames + 4,
        seed: 1,
        steps: 1,
        guidance: 1,
        known: null,
        mask: null,
        references: [picture],
      },
      family,
      context,
    );
    expect(frames.frameCount).toBe(family.maxFrames + 4);
    expect(reading).toMatchObject({ used: ['dances'], unused: ['quixotically'] });
  });

  const graph = 'video/upscaler.onnx';
  it.skipIf(!existsSync(join(pack, graph)))(
    'makes a frame four times as wide and high: its own averages stay, an edge gets thinner, equal frames give equal bytes',
    async () => {
      const { width, height } = family;
      // a dark disc on a light ground, averaged over 4 x 4 points
      const inside = (x: number, y: number): boolean => Math.hypot(x - 128, y - 72) < 40;
      const shade = (x: number, y: number): number => {
        let dark = 0;
        for (let i = 0; i < 16; i += 1)
          dark += inside(x + ((i % 4) + 0.5) / 4, y + (Math.floor(i / 4) + 0.5) / 4) ? 1 : 0;
        return Math.round(220 - 160 * (dark / 16));
      };
      const one = Uint8Array.from({ length: width * height * 3 }, (_, i) =>
        shade(Math.floor(i / 3) % width, Math.floor(i / 3 / width)),
      );
      const large: Frames[] = [];
      const able: VideoFamily = { ...family, graphs: { ...family.graphs, upscaler: graph } };
      await upscaleFrames(
        { data: new Uint8Array([...one, ...one]), frameCount: 2, width, height },
        able,
        context,
        (frame) => void large.push({ ...frame, data: frame.data.slice() }),
      );
      expect(firstDifference(large[1]!.data, large[0]!.data)).toBe(-1);
      let ours = 0;
      let blocks = 0;
      let drift = 0;
      for (let y = 0; y < 4 * height; y += 1) {
        for (let x = 0; x < 4 * width; x += 1) {
          const true_ = inside((x + 0.5) / 4, (y + 0.5) / 4) ? 60 : 220;
          const made = large[0]!.data[(y * 4 * width + x) * 3]!;
          const was = one[((y >> 2) * width + (x >> 2)) * 3]!;
          ours += (made - true_) ** 2;
          blocks += (was - true_) ** 2;
          drift += made - was;
        }
      }
      expect(Math.abs(drift) / (16 * width * height)).toBeLessThan(1);
      expect(ours / blocks).toBeLessThan(0.7);
    },
  );
});
