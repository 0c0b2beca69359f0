import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkInference } from './forkInference.node.ts';
import { createInferenceService } from './inferenceService.node.ts';
import { judgeProviders } from './judgeProviders.ts';
import { createProviders } from './providers.node.ts';
import type { ProbeResult, VideoRun } from './protocol.ts';
import { bundleChild } from './testing/bundleChild.node.ts';
import { fakeVideoFamily } from '../../actions/testing/fakeVideoFamily.ts';
import { warmupGraph } from './warmupGraphs.ts';
import { sentence } from '../../contract/sentence.ts';
import { isLong } from '../../time/testing/longTests.node.ts';

const probe = (provider: ProbeResult['provider'], more: Partial<ProbeResult> = {}): ProbeResult => ({
  provider,
  maxError: 1e-6,
  halfPrecisionError: 1e-3,
  milliseconds: 10,
  gflops: 200,
  firstRunMilliseconds: 20,
  problem: null,
  ...more,
});

describe('choosing a provider', () => {
  test('the first in order that works and beats the CPU is used', () => {
    const { chosen, notice } = judgeProviders(
      [probe('cuda', { milliseconds: 1 }), probe('webgpu', { milliseconds: 0.5 }), probe('cpu')],
      null,
    );
    expect(chosen).toBe('cuda');
    expect(notice).toBeNull();
  });

  test('one that answers wrongly is refused with the number, and the next is used', () => {
    const { chosen, reports } = judgeProviders(
      [probe('cuda', { milliseconds: 1, maxError: 0.5 }), probe('webgpu', { milliseconds: 2 }), probe('cpu')],
      null,
    );
    expect(chosen).toBe('webgpu');
    expect(reports[0]).toMatchObject({
      provider: 'cuda',
      usable: false,
      reason: { text: 'answers wrongly: 0.50 off where 0.001 is allowed' },
    });
  });

  test('why one does not run is a sentence of the catalogue where it is known, else the words of the runtime', () => {
    const { text } = sentence('device.noAdapter');
    const { reports } = judgeProviders([probe('webgpu', { problem: text }), probe('cuda', { problem: 'E17' })], null);
    expect(reports.map(({ reason }) => [reason.key, reason.text])).toEqual([
      ['', 'E17'],
      ['device.noAdapter', text],
    ]);
  });

  test('one slower than the CPU works but is not used, and that is said', () => {
    const { chosen, reports, notice } = judgeProviders([probe('webgpu', { milliseconds: 400 }), probe('cpu')], null);
    expect(chosen).toBe('cpu');
    expect(reports[0]).toMatchObject({ usable: true, reason: { text: "warm-up 400 ms, slower than the CPU's 10 ms" } });
    expect(notice?.text).toBe('WebGPU works but is slower than the CPU here: running on the CPU.');
  });

  test('a forced one is used though slower; when it does not work that is said with the reason', () => {
    expect(judgeProviders([probe('webgpu', { milliseconds: 400 }), probe('cpu')], 'webgpu')).toMatchObject({
      chosen: 'webgpu',
      notice: null,
    });
    expect(judgeProviders([probe('webgpu', { problem: 'no adapter' }), probe('cpu')], 'webgpu')).toMatchObject({
      chosen: 'cpu',
      notice: { text: 'WebGPU was asked for but no adapter: running on the CPU.' },
    });
  });

  test('wrong half precision is told apart', () => {
    const { reports } = judgeProviders([probe('cuda', { milliseconds: 1, halfPrecisionError: 4 }), probe('cpu')], null);
    expect(reports[0]?.reason.text).toMatch(/half precision answers wrongly/);
  });
});

const softwareAdapter = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** The probe of WebGPU runs every time. */
const testLong = isLong ? test.skipIf(!existsSync(softwareAdapter)) : () => undefined;

describe('probing this machine', () => {
  let home = '';
  let entry = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'fw-providers-'));
    entry = await bundleChild('core/engine/inference/testing/fakeInferenceProcess.node.ts');
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  test('each provider is tried alone; the CPU works, each refusal has its reason; the answer is kept', async () => {
    const inference = createInferenceService({ spawn: forkInference(entry) });
    const providers = createProviders({ home, inference, environment: {}, platform: process.platform });
    const reports = await providers.report();
    expect(reports.find((report) => report.provider === 'cpu')).toMatchObject({ usable: true });
    for (const report of reports) expect(report.reason.text.length).toBeGreaterThan(3);
    const kept = await readFile(join(home, 'providers.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ results: reports.map(({ provider }) => ({ provider })) });

    // a second engine on the same machine probes nothing
    const again = createProviders({
      home,
      inference: { ...inference, probe: () => Promise.reject(new Error('probed again')) },
      environment: {},
      platform: process.platform,
    });
    expect(['cpu', 'cuda', 'webgpu', 'dml', 'coreml']).toContain((await again.choose({ id: 'p' })).provider);
    await inference.close();
  });

  test.skipIf(!existsSync(softwareAdapter))(
    `WebGPU answers as the CPU does, on a software adapter (skipped without ${softwareAdapter})`,
    async () => {
      const inference = createInferenceService({
        spawn: forkInference(entry, { VK_DRIVER_FILES: softwareAdapter }),
        probeTimeoutMs: 230_000,
      });
      const result = await inference.probe('webgpu', 2);
      await inference.close();
      expect(result.problem).toBeNull();
      expect(result.maxError).toBeLessThan(1e-4);
      const { chosen } = judgeProviders([result, probe('cpu')], 'webgpu');
      expect(chosen).toBe('webgpu');
    },
  );

  testLong(
    `a pack's graph runs in the child on WebGPU as on the CPU (skipped without ${softwareAdapter})`,
    async () => {
      await writeFile(join(home, 'graph.onnx'), warmupGraph(false));
      const numbers = async (provider: 'cpu' | 'webgpu'): Promise<number[]> => {
        const inference = createInferenceService({ spawn: forkInference(entry, { VK_DRIVER_FILES: softwareAdapter }) });
        const run: VideoRun = {
          family: 'video',
          pack: { id: 'fake', folder: home },
          manifest: fakeVideoFamily,
          prompt: 'graph',
          frameCount: 1,
          seed: 1,
          steps: null,
          guidance: null,
          controlScale: null,
          known: null,
          mask: null,
          references: [],
          edit: null,
          about: null,
        };
        const { result } = await inference.run(
          run,
          { provider, threads: 2, scratchFolder: home },
          { signal: new AbortController().signal, onProgress: () => undefined },
        );
        await inference.close();
        if (result.family === 'footage') throw new Error('the child answered another family');
        return JSON.parse(result.rewrittenPrompt) as number[];
      };
      const cpu = await numbers('cpu');
      const gpu = await numbers('webgpu');
      expect(cpu.length).toBe(1024);
      expect(Math.max(...cpu.map((value, i) => Math.abs(value - (gpu[i] ?? Number.NaN))))).toBeLessThan(1e-4);
    },
  );

  test('a provider that failed a pack is left alone for it, with the reason', async () => {
    const inference = createInferenceService({ spawn: forkInference(entry) });
    const providers = createProviders({
      home: await mkdtemp(join(home, 'other-')),
      inference: {
        ...inference,
        probe: async (provider) =>
          probe(
            provider,
            provider === 'webgpu' ? { milliseconds: 1 } : provider === 'cpu' ? {} : { problem: 'absent' },
          ),
      },
      environment: {},
      platform: 'linux',
    });
    expect((await providers.choose({ id: 'a' })).provider).toBe('webgpu');
    providers.refuse('webgpu', 'a', sentence('device.outOfMemory', { device: 'WebGPU' }));
    expect(await providers.choose({ id: 'a' })).toMatchObject({
      provider: 'cpu',
      notice: { text: 'WebGPU ran out of memory: running on the CPU.' },
    });
    expect((await providers.choose({ id: 'b' })).provider).toBe('webgpu');
    expect(await providers.choose({ id: 'b', madeFor: 'cpu' })).toMatchObject({
      provider: 'cpu',
      notice: sentence('device.packForCpu'),
    });
    await inference.close();
  });
});
