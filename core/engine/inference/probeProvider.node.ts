/** One provider's warm-up, in the child: it may throw, compute wrong results, or crash the process. */
import { InferenceSession, Tensor, listSupportedBackends } from '../../../models/runtime/onnxRuntime.mjs';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import type { ProbeResult } from './protocol.ts';
import type { ProviderName } from './providerNames.ts';
import { sessionOptions } from './sessionCache.node.ts';
import {
  benchmarkFlop,
  benchmarkGraph,
  benchmarkInput,
  benchmarkRows,
  warmupGraph,
  warmupInput,
} from './warmupGraphs.ts';

const timedRuns = 3;
/** Stands for NaN and for a wrong shape; infinity would not survive JSON. */
const hopeless = 1e9;

async function output(provider: ProviderName, threads: number, model: Uint8Array): Promise<Float32Array> {
  const session = await InferenceSession.create(model, sessionOptions(provider, threads));
  try {
    const input = warmupInput();
    const { y } = await session.run({ x: new Tensor('float32', input.data, input.dims) });
    return y?.data as Float32Array;
  } finally {
    await session.release();
  }
}

function worstDifference(a: Float32Array, b: Float32Array): number {
  let worst = a.length === b.length ? 0 : hopeless;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? hopeless : difference;
  }
  return worst;
}

/** Runs small graphs on a provider and measures error and speed. Failure to run is part of the result. */
export async function probeProvider(provider: ProviderName, threads: number): Promise<ProbeResult> {
  const nothing: ProbeResult = {
    provider,
    maxError: null,
    halfPrecisionError: null,
    milliseconds: null,
    gflops: null,
    firstRunMilliseconds: null,
    problem: null,
  };
  if (!listSupportedBackends().some((backend) => backend.name === provider)) {
    return { ...nothing, problem: sentence('device.notInstalled').text };
  }
  const expected = await output('cpu', threads, warmupGraph(false));
  const started = performance.now();
  let maxError: number;
  try {
    maxError = worstDifference(expected, await output(provider, threads, warmupGraph(false)));
  } catch (error) {
    return { ...nothing, problem: firstLine(error) };
  }
  const firstRunMilliseconds = performance.now() - started;
  let halfPrecisionError: number | null = null;
  try {
    halfPrecisionError = worstDifference(expected, await output(provider, threads, warmupGraph(true)));
  } catch {
    // an adapter without shader-f16 fails here: null records that; full precision still works
  }
  const milliseconds = await benchmark(provider, threads);
  return {
    ...nothing,
    maxError,
    halfPrecisionError,
    firstRunMilliseconds,
    milliseconds,
    gflops: benchmarkFlop / milliseconds / 1e6,
  };
}

/** A provider slower than this on the small benchmark is not asked for the large one. */
const slowMilliseconds = 20;
const smallShare = 1 / 64;

/**
 * Milliseconds of the large benchmark; a slow provider's (a software adapter's) are reckoned from a small part of it.
 */
async function benchmark(provider: ProviderName, threads: number): Promise<number> {
  const small = await timeRows(provider, threads, benchmarkRows * smallShare);
  return small > slowMilliseconds ? small / smallShare : timeRows(provider, threads, benchmarkRows);
}

/** The best of a few runs after the first: other programs can only make it slower. */
async function timeRows(provider: ProviderName, threads: number, rows: number): Promise<number> {
  const session = await InferenceSession.create(benchmarkGraph(rows), sessionOptions(provider, threads));
  try {
    const input = benchmarkInput(rows);
    const feeds = { x: new Tensor('float32', input.data, input.dims) };
    await session.run(feeds);
    const times: number[] = [];
    // one slow run says enough
    while (times.length < timedRuns && (times[0] ?? 0) < 200) {
      const started = performance.now();
      await session.run(feeds);
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  } finally {
    await session.release();
  }
}

const knownReasons: readonly (readonly [RegExp, Sentence])[] = [
  [/No supported adapters|Failed to get a WebGPU adapter/i, sentence('device.noAdapter')],
  [/Cuda: Failed to load shared library|onnxruntime_providers_(shared|cuda)/i, sentence('device.noCudaLibrary')],
  [/CUDA driver version is insufficient|no CUDA-capable device/i, sentence('device.noCudaCard')],
];

/** onnxruntime's messages carry source paths and stacks: what a user can read of them. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const known = knownReasons.find(([pattern]) => pattern.test(text));
  if (known) return known[1].text;
  return (text.split('\n')[0] ?? '')
    .replace(/^.*?\bstatus\.h:\d+\s*/, '')
    .replace(/\/\S*\/(\S+\.(cc|h|so)\S*)/g, '$1')
    .trim()
    .slice(0, 300);
}
