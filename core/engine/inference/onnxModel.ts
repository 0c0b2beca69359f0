/**
 * Writes small ONNX models as bytes: enough protobuf for graphs of float inputs, initialisers and plain nodes.
 * Field numbers after onnx.proto3 (IR version 8). Used for the warm-up graph of the providers and in tests; trained
 * graphs come from models/export.
 */

export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] };

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxValue {
  readonly name: string;
  /** A string is a free dimension of that name. */
  readonly dims: readonly (number | string)[];
}

export interface OnnxWeights {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly weights: readonly OnnxWeights[];
  readonly nodes: readonly OnnxNode[];
}

/** TensorProto.DataType */
export const onnxType = { float32: 1, int64: 7, float16: 10 } as const;
const opsetVersion = 17;
const irVersion = 8;

const utf8 = new TextEncoder();

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const int = (field: number, value: number): Uint8Array => Uint8Array.from([...varint(field << 3), ...varint(value)]);
const bytes = (field: number, value: Uint8Array): Uint8Array =>
  concat([Uint8Array.from([...varint((field << 3) | 2), ...varint(value.length)]), value]);
const text = (field: number, value: string): Uint8Array => bytes(field, utf8.encode(value));

function attribute(name: string, value: OnnxAttribute): Uint8Array {
  // AttributeProto: name 1, i 3, ints 8, type 20 (INT 2, INTS 7)
  if (value.kind === 'int') return concat([text(1, name), int(3, value.value), int(20, 2)]);
  return concat([text(1, name), ...value.value.map((item) => int(8, item)), int(20, 7)]);
}

function node(item: OnnxNode): Uint8Array {
  return concat([
    ...item.inputs.map((input) => text(1, input)),
    ...item.outputs.map((output) => text(2, output)),
    text(4, item.op),
    ...Object.entries(item.attributes ?? {}).map(([name, value]) => bytes(5, attribute(name, value))),
  ]);
}

function weights(item: OnnxWeights): Uint8Array {
  const type = item.data instanceof Float32Array ? onnxType.float32 : onnxType.int64;
  const raw = new Uint8Array(item.data.buffer, item.data.byteOffset, item.data.byteLength);
  return concat([...item.dims.map((dim) => int(1, dim)), int(2, type), text(8, item.name), bytes(9, raw)]);
}

function value(item: OnnxValue): Uint8Array {
  const shape = concat(item.dims.map((dim) => bytes(1, typeof dim === 'number' ? int(1, dim) : text(2, dim))));
  const tensor = concat([int(1, onnxType.float32), bytes(2, shape)]);
  return concat([text(1, item.name), bytes(2, bytes(1, tensor))]);
}

/** ModelProto bytes, as InferenceSession.create takes them. Inputs and outputs are float32. */
export function writeOnnxModel(graph: OnnxGraph): Uint8Array {
  const graphBytes = concat([
    ...graph.nodes.map((item) => bytes(1, node(item))),
    text(2, 'framewright'),
    ...graph.weights.map((item) => bytes(5, weights(item))),
    ...graph.inputs.map((item) => bytes(11, value(item))),
    ...graph.outputs.map((item) => bytes(12, value(item))),
  ]);
  return concat([int(1, irVersion), text(2, 'framewright'), bytes(7, graphBytes), bytes(8, int(2, opsetVersion))]);
}
