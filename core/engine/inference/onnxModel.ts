/**
 * Writes small ONNX models as bytes: enough protobuf for graphs of inputs, initialisers and plain nodes. Weights may
 * lie in a file beside the model. Field numbers after onnx.proto3 (IR version 8). Used for the warm-up graph of the
 * providers, for speech models that the user brings (core/engine/packs/whisper) and in tests; other trained graphs come
 * from models/export.
 */

export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
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
  /** float32 without it. */
  readonly type?: 'float32' | 'int64';
}

export interface OnnxWeights {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | ExternalData;
}

/** Values in a file of the model's folder, little-endian, row by row. */
export interface ExternalData {
  readonly file: string;
  readonly type: keyof typeof onnxType;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly weights: readonly OnnxWeights[];
  readonly nodes: readonly OnnxNode[];
}

/** TensorProto.DataType */
export const onnxType = { float32: 1, int8: 3, int64: 7, float16: 10 } as const;
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
const float = (field: number, value: number): Uint8Array =>
  concat([Uint8Array.from(varint((field << 3) | 5)), new Uint8Array(Float32Array.of(value).buffer)]);
const text = (field: number, value: string): Uint8Array => bytes(field, utf8.encode(value));

function attribute(name: string, value: OnnxAttribute): Uint8Array {
  // AttributeProto: name 1, f 2, i 3, ints 8, type 20 (FLOAT 1, INT 2, INTS 7)
  if (value.kind === 'float') return concat([text(1, name), float(2, value.value), int(20, 1)]);
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
  const dims = item.dims.map((dim) => int(1, dim));
  if ('file' in item.data) {
    const { file, type, offsetBytes, lengthBytes } = item.data;
    // TensorProto: external_data 13 (key 1, value 2), data_location 14 (EXTERNAL 1)
    const places = { location: file, offset: String(offsetBytes), length: String(lengthBytes) };
    const entries = Object.entries(places).map(([key, place]) => bytes(13, concat([text(1, key), text(2, place)])));
    return concat([...dims, int(2, onnxType[type]), text(8, item.name), ...entries, int(14, 1)]);
  }
  const type = item.data instanceof Float32Array ? onnxType.float32 : onnxType.int64;
  const raw = new Uint8Array(item.data.buffer, item.data.byteOffset, item.data.byteLength);
  return concat([...dims, int(2, type), text(8, item.name), bytes(9, raw)]);
}

function value(item: OnnxValue): Uint8Array {
  const shape = concat(item.dims.map((dim) => bytes(1, typeof dim === 'number' ? int(1, dim) : text(2, dim))));
  const tensor = concat([int(1, onnxType[item.type ?? 'float32']), bytes(2, shape)]);
  return concat([text(1, item.name), bytes(2, bytes(1, tensor))]);
}

/** ModelProto bytes, as InferenceSession.create takes them. */
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
