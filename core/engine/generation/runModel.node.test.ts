import { describe, expect, test } from 'vitest';
import { FailureError, type FailureCode } from '../../contract/errors.ts';
import { ChildDied, type InferenceService } from '../inference/inferenceService.node.ts';
import type { ModelInferenceRun } from '../inference/protocol.ts';
import type { ProviderName } from '../inference/providerNames.ts';
import type { Providers } from '../inference/providers.node.ts';
import { fakeVideoFamily } from '../../actions/testing/fakeVideoFamily.ts';
import { fakeManifest } from '../inference/testing/fakeManifest.ts';
import { AttemptFailed } from '../jobs/retry.ts';
import { runModel } from './runModel.node.ts';
import type { Sentence } from '../../contract/sentence.ts';

const pack = { manifest: fakeManifest([]), folder: '/packs/fake', builtIn: true };
const run: ModelInferenceRun = {
  family: 'video',
  pack: { id: 'fake', folder: '/packs/fake' },
  manifest: fakeVideoFamily,
  prompt: '',
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

/** A machine whose `gpu` fails with `error`, and whose CPU works unless told otherwise. */
function machine(gpu: ProviderName, error: Error, cpuWorks = true) {
  const refused = new Map<string, Sentence>();
  const used: ProviderName[] = [];
  const inference = {
    run: async (_run: ModelInferenceRun, settings: { provider: ProviderName }) => {
      used.push(settings.provider);
      if (settings.provider === gpu || !cpuWorks) throw error;
      return {
        result: {
          family: 'video',
          frames: { path: '', frameCount: 1, width: 1, height: 1 },
          rewrittenPrompt: '',
          unknownWords: [],
          uncutReferences: 0,
        },
        times: { stepSeconds: 1, codingSeconds: 1, loadSeconds: 1 },
      };
    },
  } as unknown as InferenceService;
  const providers: Providers = {
    choose: async ({ id }) =>
      refused.has(id)
        ? { provider: 'cpu', notice: refused.get(id) ?? null, gflops: 1 }
        : { provider: gpu, notice: null, gflops: 1 },
    refuse: (_provider, packId, reason) => void refused.set(packId, reason),
    known: () => gpu,
    report: async () => [],
    threads: 2,
    runtimeVersion: '0',
  };
  const notices: string[] = [];
  const devices: string[] = [];
  const context = {
    signal: new AbortController().signal,
    notice: ({ text }: Sentence) => void notices.push(text),
    setDevice: (device: string) => void devices.push(device),
  };
  return {
    used,
    notices,
    devices,
    attempt: () => runModel(run, pack, '/scratch', { inference, providers }, context, () => undefined),
  };
}
const failure = (code: FailureCode): FailureError => new FailureError(code, 'bad_alloc\nat some.cc:12');

describe('a run that fails', () => {
  test.each([
    ['outOfMemory', 'CUDA ran out of memory: running on the CPU.'],
    ['inferenceFailed', 'CUDA failed: running on the CPU.'],
  ] as const)('on a GPU by %s: is tried again on the CPU, and that is said', async (code, said) => {
    const { attempt, used, notices, devices } = machine('cuda', failure(code));
    await expect(attempt()).rejects.toMatchObject({ name: 'AttemptFailed', notice: { text: said } });
    await expect(attempt()).resolves.toMatchObject({ provider: 'cpu' });
    expect(used).toEqual(['cuda', 'cpu']);
    expect(devices).toEqual(['CUDA', 'CPU']);
    expect(notices).toEqual([said]);
  });

  test('on a GPU by taking its process down: the same', async () => {
    const { attempt } = machine('webgpu', new ChildDied({ code: null, signal: 'SIGSEGV' }));
    await expect(attempt()).rejects.toBeInstanceOf(AttemptFailed);
    await expect(attempt()).resolves.toMatchObject({ provider: 'cpu' });
  });

  test('on the CPU for want of memory: is not tried again, the sentence names the need', async () => {
    const { attempt } = machine('cpu', failure('outOfMemory'));
    await expect(attempt()).rejects.toThrow(/^Not enough memory: Fake pack needs about 0\.0 GB, [\d.]+ GB are free\./);
  });

  test('on the CPU by a wrong graph: one line of the reason', async () => {
    const { attempt } = machine('cpu', failure('inferenceFailed'));
    await expect(attempt()).rejects.toThrow('The model Fake pack failed: bad_alloc');
  });

  test('on the CPU by dying: once more', async () => {
    const { attempt } = machine('cpu', new ChildDied({ code: null, signal: 'SIGKILL' }));
    await expect(attempt()).rejects.toMatchObject({
      name: 'AttemptFailed',
      notice: { text: 'The inference process ended unexpectedly (SIGKILL). Trying once more.' },
    });
  });

  test('a damaged pack stays a damaged pack', async () => {
    const { attempt } = machine('cuda', failure('packInvalid'));
    await expect(attempt()).rejects.toMatchObject({ failure: { code: 'packInvalid' } });
  });
});
