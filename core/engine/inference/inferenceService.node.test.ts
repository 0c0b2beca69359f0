import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkInference } from './forkInference.node.ts';
import { ChildDied, createInferenceService, type InferenceService } from './inferenceService.node.ts';
import type { RunProgress, VideoRun } from './protocol.ts';
import { writeOnnxModel } from './onnxModel.ts';
import { bundleChild } from './testing/bundleChild.node.ts';
import { fakeVideoFamily } from '../../actions/testing/fakeVideoFamily.ts';

let scratchFolder = '';
let service: InferenceService;

beforeAll(async () => {
  scratchFolder = await mkdtemp(join(tmpdir(), 'fw-inference-'));
  service = createInferenceService({
    spawn: forkInference(await bundleChild('core/engine/inference/testing/fakeInferenceProcess.node.ts')),
  });
});
afterAll(async () => {
  await service.close();
  await rm(scratchFolder, { recursive: true, force: true });
});

const videoRun = (prompt: string, steps = 5): VideoRun => ({
  family: 'video',
  pack: { id: 'fake', folder: scratchFolder },
  manifest: fakeVideoFamily,
  prompt,
  frameCount: 3,
  seed: 1,
  steps,
  guidance: null,
  controlScale: null,
  known: null,
  mask: null,
  references: [],
  edit: null,
  about: null,
});
const settings = (): { provider: 'cpu'; threads: number; scratchFolder: string } => ({
  provider: 'cpu',
  threads: 2,
  scratchFolder,
});
const run = (
  prompt: string,
  signal: AbortSignal = new AbortController().signal,
  onProgress: (progress: RunProgress) => void = () => undefined,
  steps = 5,
) => service.run(videoRun(prompt, steps), settings(), { signal, onProgress });

function residentBytes(pid: number): Promise<number> {
  return readFile(`/proc/${pid}/statm`, 'utf8').then((text) => Number(text.split(' ')[1]) * 4096);
}

describe('inference in a killable child', () => {
  test('a run gives its frames as a file, its steps as progress, its looks as pictures', async () => {
    const steps: RunProgress[] = [];
    const { result, times } = await run('a ball', undefined, (progress) => steps.push(progress), 60);
    expect(result).toMatchObject({
      family: 'video',
      frames: { frameCount: 3, width: 64, height: 36 },
      rewrittenPrompt: 'red: a ball',
    });
    if (result.family !== 'video') throw new Error('not video');
    expect((await readFile(result.frames.path)).length).toBe(3 * 64 * 36 * 3);
    expect(
      steps
        .filter((progress) => progress.stage === 'denoise' && progress.previewPath === null)
        .map((progress) => progress.step),
    ).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    const preview = steps.findLast((progress) => progress.previewPath !== null)?.previewPath ?? '';
    expect(await sharp(preview).metadata()).toMatchObject({ format: 'jpeg', width: 32, height: 18 });
    expect(times.stepSeconds).toBeGreaterThan(0.3);
  });

  test('upscaled frames are four times as wide and high, and the upscaling is part of the progress', async () => {
    // each pixel sixteen times
    const weights = Float32Array.from({ length: 48 * 3 }, (_, i) => (Math.floor(i / 3) % 3 === i % 3 ? 1 : 0));
    const graph = writeOnnxModel({
      inputs: [{ name: 'frame', dims: [1, 3, 36, 64] }],
      outputs: [{ name: 'picture', dims: [1, 3, 144, 256] }],
      weights: [{ name: 'kernel', dims: [48, 3, 1, 1], data: weights }],
      nodes: [
        { op: 'Conv', inputs: ['frame', 'kernel'], outputs: ['parts'] },
        {
          op: 'DepthToSpace',
          inputs: ['parts'],
          outputs: ['picture'],
          attributes: { blocksize: { kind: 'int', value: 4 } },
        },
      ],
    });
    await writeFile(join(scratchFolder, 'upscaler.onnx'), graph);
    const steps: RunProgress[] = [];
    const able = { ...fakeVideoFamily, graphs: { ...fakeVideoFamily.graphs, upscaler: 'upscaler.onnx' } };
    const { result } = await service.run({ ...videoRun('a ball'), manifest: able, upscale: true }, settings(), {
      signal: new AbortController().signal,
      onProgress: (progress) => steps.push(progress),
    });
    expect(result).toMatchObject({ family: 'video', frames: { frameCount: 3, width: 256, height: 144 } });
    if (result.family !== 'video') throw new Error('not video');
    const data = await readFile(result.frames.path);
    expect(data.length).toBe(3 * 256 * 144 * 3);
    expect([...data.subarray(0, 3), ...data.subarray(-3)]).toEqual([220, 30, 40, 220, 30, 40]);
    const shown = steps.filter(({ previewPath }) => previewPath === null).map(({ fraction }) => fraction);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(steps.filter(({ stage, step }) => stage === 'upscale' && step !== null).map(({ step }) => step)).toEqual([
      1, 2, 3,
    ]);
    expect(shown.at(-1)).toBe(1);
  });

  test('the child stays warm between runs', async () => {
    await run('first');
    const before = service.childPids();
    await run('second');
    expect(service.childPids()).toEqual(before);
    expect(before.length).toBe(1);
  });

  test('a blocked run is cancelled and its memory is returned', async () => {
    const controller = new AbortController();
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const outcome = run('block', controller.signal, () => started()).catch((error: unknown) => error);
    await running;
    const pid = service.childPids()[0] ?? 0;
    if (process.platform === 'linux') expect(await residentBytes(pid)).toBeGreaterThan(200 * 1024 ** 2);
    // deaf for half a minute: a child that were asked and not killed would answer (how fast: e2e/bench)
    controller.abort();
    expect(await outcome).toMatchObject({ failure: { code: 'cancelled' } });
    expect(service.childPids()).toEqual([]);
    if (process.platform === 'linux') expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  test('a run that listens ends between two steps, and the next run works', async () => {
    const controller = new AbortController();
    const stopping = run('slow', controller.signal, () => controller.abort());
    await expect(stopping).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect((await run('after')).result).toHaveProperty('rewrittenPrompt', 'red: after');
  });

  test('a child that dies costs its run, not the service', async () => {
    await expect(run('crash')).rejects.toBeInstanceOf(ChildDied);
    expect((await run('after')).result).toHaveProperty('rewrittenPrompt', 'red: after');
  });

  test('out of memory and a wrong graph are told apart', async () => {
    await expect(run('oom')).rejects.toMatchObject({ failure: { code: 'outOfMemory' } });
    await expect(run('wrong')).rejects.toMatchObject({ failure: { code: 'inferenceFailed' } });
  });

  test('an idle child ends by itself', async () => {
    const short = createInferenceService({
      spawn: forkInference(await bundleChild('core/engine/inference/testing/fakeInferenceProcess.node.ts')),
      idleMs: 100,
    });
    await short.run(videoRun('once'), settings(), {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(short.childPids().length).toBe(1);
    await expect.poll(() => short.childPids().length).toBe(0);
    await short.close();
  });
});
