/**
 * Small graphs that show whether a provider runs, is correct, and how fast it is. They hold the operations that the
 * families rely on: convolution, matrix product, normalisation by reduction, softmax.
 */
import { onnxType, writeOnnxModel, type OnnxAttribute } from './onnxModel.ts';

const size = 16;
const channels = 4;

/** Even spread over -1..1, the same on every machine. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x80000000 - 1;
  });
}

/** x f32[1,4,16,16] -> y f32[1,4,16,16]; expected values are the CPU's. `half` computes the product in float16. */
export function warmupGraph(half: boolean): Uint8Array {
  const pads: OnnxAttribute = { kind: 'ints', value: [1, 1, 1, 1] };
  const to = (type: number): OnnxAttribute => ({ kind: 'int', value: type });
  const product = half
    ? [
        { op: 'Cast', inputs: ['centred'], outputs: ['centredHalf'], attributes: { to: to(onnxType.float16) } },
        { op: 'Cast', inputs: ['matrix'], outputs: ['matrixHalf'], attributes: { to: to(onnxType.float16) } },
        { op: 'MatMul', inputs: ['centredHalf', 'matrixHalf'], outputs: ['productHalf'] },
        { op: 'Cast', inputs: ['productHalf'], outputs: ['product'], attributes: { to: to(onnxType.float32) } },
      ]
    : [{ op: 'MatMul', inputs: ['centred', 'matrix'], outputs: ['product'] }];
  return writeOnnxModel({
    inputs: [{ name: 'x', dims: [1, channels, size, size] }],
    outputs: [{ name: 'y', dims: [1, channels, size, size] }],
    weights: [
      { name: 'kernel', dims: [channels, channels, 3, 3], data: numbers(channels * channels * 9, 1) },
      { name: 'matrix', dims: [size, size], data: numbers(size * size, 2) },
    ],
    nodes: [
      { op: 'Conv', inputs: ['x', 'kernel'], outputs: ['features'], attributes: { pads } },
      { op: 'ReduceMean', inputs: ['features'], outputs: ['mean'], attributes: { axes: { kind: 'ints', value: [3] } } },
      { op: 'Sub', inputs: ['features', 'mean'], outputs: ['centred'] },
      ...product,
      { op: 'Softmax', inputs: ['product'], outputs: ['weights'], attributes: { axis: { kind: 'int', value: 3 } } },
      { op: 'Mul', inputs: ['weights', 'features'], outputs: ['y'] },
    ],
  });
}

/** A fixed input for the warm-up graph. f32[1,channels,size,size] */
export function warmupInput(): { data: Float32Array; dims: readonly number[] } {
  return { data: numbers(channels * size * size, 3), dims: [1, channels, size, size] };
}

const benchSize = 512;
/** Rows of the benchmark's input: enough to keep a GPU busy. */
export const benchmarkRows = 2048;
/** Operations of one run of `benchmarkGraph(benchmarkRows)`. */
export const benchmarkFlop = 2 * 2 * benchmarkRows * benchSize * benchSize;

/** Two matrix products in a row, the work a transformer mostly does. x f32[rows,512] -> y f32[rows,512] */
export function benchmarkGraph(rows: number): Uint8Array {
  return writeOnnxModel({
    inputs: [{ name: 'x', dims: [rows, benchSize] }],
    outputs: [{ name: 'y', dims: [rows, benchSize] }],
    weights: [
      { name: 'first', dims: [benchSize, benchSize], data: numbers(benchSize * benchSize, 4).map((x) => x / 16) },
      { name: 'second', dims: [benchSize, benchSize], data: numbers(benchSize * benchSize, 5).map((x) => x / 16) },
    ],
    nodes: [
      { op: 'MatMul', inputs: ['x', 'first'], outputs: ['h'] },
      { op: 'MatMul', inputs: ['h', 'second'], outputs: ['y'] },
    ],
  });
}

/** A fixed input for the benchmark. f32[rows,512] */
export function benchmarkInput(rows: number): { data: Float32Array; dims: readonly number[] } {
  return { data: numbers(rows * benchSize, 6), dims: [rows, benchSize] };
}
