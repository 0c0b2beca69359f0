/** Writes the graphs of a transformer node by node. Weights stay in their file; half precision is widened. */
import type { ExternalData, OnnxAttribute, OnnxNode, OnnxValue, OnnxWeights } from '../../inference/onnxModel.ts';
import { writeOnnxModel } from '../../inference/onnxModel.ts';

/** A tensor in the model's file. `scale`: of int8 weights, one a row; a weight is its value divided by it. */
export interface StoredTensor {
  readonly dims: readonly number[];
  readonly data: ExternalData;
  readonly scale: StoredTensor | null;
}

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** An attribute of one whole number. */
export const int = (value: number): OnnxAttribute => ({ kind: 'int', value });
/** An attribute of several whole numbers. */
export const ints = (...value: readonly number[]): OnnxAttribute => ({ kind: 'ints', value });

/** One graph in the making. Values are named by strings. */
export class GraphWriter {
  private readonly inputs: OnnxValue[] = [];
  private readonly outputs: OnnxValue[] = [];
  private readonly weights: OnnxWeights[] = [];
  private readonly nodes: OnnxNode[] = [];
  private readonly known = new Map<string, string>();
  private count = 0;

  input(value: OnnxValue): string {
    this.inputs.push(value);
    return value.name;
  }

  /** Gives a value out under its name in the graph's contract. */
  output(from: string, value: OnnxValue): void {
    this.nodes.push({ op: 'Identity', inputs: [from], outputs: [value.name] });
    this.outputs.push(value);
  }

  op(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.ops(op, inputs, 1, attributes)[0]!;
  }

  /** A node with several outputs. */
  ops(op: string, inputs: readonly string[], outputCount: number, attributes: Attributes = {}): readonly string[] {
    const outputs = Array.from({ length: outputCount }, () => `v${this.count++}`);
    this.nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  /** Whole numbers: shapes, axes, indices. */
  whole(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.once(`i:${values.join()}:${dims.join()}`, (name) => {
      this.weights.push({ name, dims, data: BigInt64Array.from(values, BigInt) });
      return name;
    });
  }

  number(value: number): string {
    return this.once(`f:${value}`, (name) => {
      this.weights.push({ name, dims: [], data: Float32Array.of(value) });
      return name;
    });
  }

  /** A tensor of the file as float32. */
  stored(tensor: StoredTensor): string {
    const { data, dims, scale } = tensor;
    return this.once(`w:${data.offsetBytes}`, (name) => {
      this.weights.push({ name, dims, data });
      if (data.type === 'float32') return name;
      const wide = this.op('Cast', [name], { to: int(1) });
      if (!scale) return wide;
      const column = this.op('Reshape', [this.stored(scale), this.whole([-1, 1])]);
      return this.op('Div', [wide, column]);
    });
  }

  layerNorm(x: string, gamma: StoredTensor, beta: StoredTensor): string {
    return this.op('LayerNormalization', [x, this.stored(gamma), this.stored(beta)], {
      axis: int(-1),
      epsilon: { kind: 'float', value: 1e-5 },
    });
  }

  /** x [n,in] times the rows of `weight` [out,in]. */
  linear(x: string, weight: StoredTensor, bias: StoredTensor | null): string {
    const inputs = [x, this.stored(weight), ...(bias ? [this.stored(bias)] : [])];
    return this.op('Gemm', inputs, { transB: int(1) });
  }

  gelu(x: string): string {
    const error = this.op('Erf', [this.op('Div', [x, this.number(Math.SQRT2)])]);
    const share = this.op('Add', [error, this.number(1)]);
    return this.op('Mul', [this.op('Mul', [x, share]), this.number(0.5)]);
  }

  bytes(): Uint8Array {
    return writeOnnxModel({
      inputs: this.inputs,
      outputs: this.outputs,
      weights: this.weights,
      nodes: this.nodes,
    });
  }

  private once(key: string, make: (name: string) => string): string {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = make(`c${this.count++}`);
    this.known.set(key, made);
    return made;
  }
}
