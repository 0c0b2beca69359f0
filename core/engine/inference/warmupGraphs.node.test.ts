import { InferenceSession, Tensor } from '../../../models/runtime/onnxRuntime.mjs';
import { expect, test } from 'vitest';
import { benchmarkGraph, benchmarkInput, warmupGraph, warmupInput } from './warmupGraphs.ts';

async function run(model: Uint8Array, input: { data: Float32Array; dims: readonly number[] }): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { executionProviders: ['cpu'] });
  const { y } = await session.run({ x: new Tensor('float32', input.data, input.dims) });
  return y?.data as Float32Array;
}

test('the warm-up graph runs, and its softmax rows weigh the features they came from', async () => {
  const y = await run(warmupGraph(false), warmupInput());
  expect(y.length).toBe(1024);
  expect(y.every(Number.isFinite)).toBe(true);
  expect(Math.max(...y)).toBeGreaterThan(0.1);
});

test('in half precision it answers nearly the same', async () => {
  const full = await run(warmupGraph(false), warmupInput());
  const half = await run(warmupGraph(true), warmupInput());
  const worst = Math.max(...full.map((value, i) => Math.abs(value - (half[i] ?? 0))));
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(0.02);
});

test('the benchmark graph is the product of its matrices', async () => {
  const y = await run(benchmarkGraph(64), benchmarkInput(64));
  expect(y.length).toBe(64 * 512);
  expect(y.some((value) => value !== 0)).toBe(true);
});
