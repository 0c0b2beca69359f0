/**
 * The two graphs of a Whisper model, written from its dimensions; the weights stay in the file they came in. Contracts
 * in models/families/words/graphs.ts. After 'Robust Speech Recognition via Large-Scale Weak Supervision' (Radford et
 * al., 2022) and the tensor names of CTranslate2's WhisperSpec.
 */
import { GraphWriter, int, ints, type StoredTensor } from './graphParts.ts';

/** Sizes of a Whisper model. */
export interface WhisperShape {
  readonly width: number;
  readonly heads: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly melBands: number;
  /** Positions of the encoder: half as many as frames of sound. */
  readonly soundLength: number;
  readonly textLength: number;
  readonly tokenCount: number;
  /** Heads of the decoder whose attention follows the sound: [layer, head]. */
  readonly alignmentHeads: readonly (readonly [number, number])[];
}

/** A tensor by CTranslate2's name. */
export type TensorOf = (name: string) => StoredTensor;

/** mel f32[1,bands,2n] -> cross_k<l> f32[heads,size,n], cross_v<l> f32[heads,n,size] of each layer of the decoder. */
export function whisperEncoder(shape: WhisperShape, tensor: TensorOf): Uint8Array {
  const { width, soundLength, melBands } = shape;
  const g = new GraphWriter();
  const mel = g.input({ name: 'mel', dims: [1, melBands, 2 * soundLength] });
  const conv = (x: string, name: string, stride: number) =>
    g.gelu(
      g.op('Conv', [x, g.stored(tensor(`encoder/${name}/weight`)), g.stored(tensor(`encoder/${name}/bias`))], {
        strides: ints(stride),
        pads: ints(1, 1),
        kernel_shape: ints(3),
      }),
    );
  const heard = conv(conv(mel, 'conv1', 1), 'conv2', 2);
  const rows = g.op('Reshape', [g.op('Transpose', [heard], { perm: ints(0, 2, 1) }), g.whole([soundLength, width])]);
  let x = g.op('Add', [rows, g.stored(tensor('encoder/position_encodings/encodings'))]);
  for (let layer = 0; layer < shape.encoderLayers; layer++) {
    const name = `encoder/layer_${layer}`;
    x = encoderAttention(g, x, shape, (part) => tensor(`${name}/self_attention/${part}`));
    x = feedForward(g, x, (part) => tensor(`${name}/ffn/${part}`));
  }
  x = g.layerNorm(x, tensor('encoder/layer_norm/gamma'), tensor('encoder/layer_norm/beta'));
  for (let layer = 0; layer < shape.decoderLayers; layer++) crossKeys(g, x, shape, layer, tensor);
  return g.bytes();
}

function encoderAttention(g: GraphWriter, x: string, shape: WhisperShape, tensor: TensorOf): string {
  const { width, heads, soundLength } = shape;
  const size = width / heads;
  const normal = g.layerNorm(x, tensor('layer_norm/gamma'), tensor('layer_norm/beta'));
  const all = g.linear(normal, tensor('linear_0/weight'), tensor('linear_0/bias'));
  const [q, k, v] = split(g, all, 3, width).map((part) =>
    g.op('Reshape', [part, g.whole([soundLength, heads, size])]),
  ) as [string, string, string];
  const scores = g.op('MatMul', [
    g.op('Mul', [g.op('Transpose', [q], { perm: ints(1, 0, 2) }), g.number(size ** -0.5)]),
    g.op('Transpose', [k], { perm: ints(1, 2, 0) }),
  ]);
  const mixed = g.op('MatMul', [
    g.op('Softmax', [scores], { axis: int(-1) }),
    g.op('Transpose', [v], { perm: ints(1, 0, 2) }),
  ]);
  const joined = g.op('Reshape', [g.op('Transpose', [mixed], { perm: ints(1, 0, 2) }), g.whole([soundLength, width])]);
  return g.op('Add', [x, g.linear(joined, tensor('linear_1/weight'), tensor('linear_1/bias'))]);
}

function feedForward(g: GraphWriter, x: string, tensor: TensorOf): string {
  const normal = g.layerNorm(x, tensor('layer_norm/gamma'), tensor('layer_norm/beta'));
  const wide = g.gelu(g.linear(normal, tensor('linear_0/weight'), tensor('linear_0/bias')));
  return g.op('Add', [x, g.linear(wide, tensor('linear_1/weight'), tensor('linear_1/bias'))]);
}

/** What the decoder's layer attends to: the same for every token, so computed once. */
function crossKeys(g: GraphWriter, x: string, shape: WhisperShape, layer: number, tensor: TensorOf): void {
  const { width, heads, soundLength } = shape;
  const size = width / heads;
  const name = `decoder/layer_${layer}/attention/linear_1`;
  const both = g.linear(x, tensor(`${name}/weight`), tensor(`${name}/bias`));
  const [k, v] = split(g, both, 2, width).map((part) =>
    g.op('Reshape', [part, g.whole([soundLength, heads, size])]),
  ) as [string, string];
  g.output(g.op('Transpose', [k], { perm: ints(1, 2, 0) }), {
    name: `cross_k${layer}`,
    dims: [heads, size, soundLength],
  });
  g.output(g.op('Transpose', [v], { perm: ints(1, 0, 2) }), {
    name: `cross_v${layer}`,
    dims: [heads, soundLength, size],
  });
}

/**
 * tokens i64[beams,n], from i64[beams] (which of the past's beams each continues), past_k<l> and past_v<l>
 * f32[p,heads,t,size], cross_k<l> and cross_v<l> of the encoder -> logits f32[beams,tokens] after the last token,
 * align f32[alignment heads,beams*n,sound] (what each token attends to), new_k<l> and new_v<l>.
 */
export function whisperDecoder(shape: WhisperShape, tensor: TensorOf): Uint8Array {
  const { width, textLength, soundLength, tokenCount, alignmentHeads } = shape;
  const g = new GraphWriter();
  const tokens = g.input({ name: 'tokens', dims: ['beams', 'n'], type: 'int64' });
  const from = g.input({ name: 'from', dims: ['beams'], type: 'int64' });
  const pasts = Array.from({ length: shape.decoderLayers }, (_, layer) => pastOf(g, shape, layer, from));
  const step = stepOf(g, tokens, pasts[0]!.k);
  const embeddings = g.stored(tensor('decoder/embeddings/weight'));
  const positions = g.op('Gather', [g.stored(tensor('decoder/position_encodings/encodings')), step.positions]);
  const placed = g.op('Add', [g.op('Gather', [embeddings, tokens]), positions]);
  let x = g.op('Reshape', [placed, g.whole([-1, width])]);
  const attended: string[] = [];
  for (let layer = 0; layer < shape.decoderLayers; layer++) {
    const name = `decoder/layer_${layer}`;
    x = selfAttention(g, x, shape, { layer, step, past: pasts[layer]! }, (part) =>
      tensor(`${name}/self_attention/${part}`),
    );
    const cross = crossAttention(g, x, shape, layer, (part) => tensor(`${name}/attention/${part}`));
    x = feedForward(g, cross.x, (part) => tensor(`${name}/ffn/${part}`));
    for (const [, head] of alignmentHeads.filter(([of]) => of === layer))
      attended.push(g.op('Slice', [cross.weights, g.whole([head]), g.whole([head + 1]), g.whole([0])]));
  }
  x = g.layerNorm(x, tensor('decoder/layer_norm/gamma'), tensor('decoder/layer_norm/beta'));
  const byBeam = g.op('Reshape', [x, g.op('Concat', [step.tokenDims, g.whole([width])], { axis: int(0) })]);
  const last = g.op('Gather', [byBeam, g.whole([-1], [])], { axis: int(1) });
  const logits = g.op('Gemm', [last, embeddings], { transB: int(1) });
  g.output(logits, { name: 'logits', dims: ['beams', tokenCount] });
  g.output(g.op('Concat', attended, { axis: int(0) }), {
    name: 'align',
    dims: [alignmentHeads.length, 'rows', soundLength],
  });
  if (textLength <= 0) throw new RangeError('a decoder without positions');
  return g.bytes();
}

interface Past {
  readonly k: string;
  readonly v: string;
}

/** The past's keys and values in the order of the beams that go on. */
function pastOf(g: GraphWriter, { heads, width }: WhisperShape, layer: number, from: string): Past {
  const dims = [`p${layer}`, heads, `t${layer}`, width / heads];
  const k = g.input({ name: `past_k${layer}`, dims });
  const v = g.input({ name: `past_v${layer}`, dims: [`q${layer}`, heads, `u${layer}`, width / heads] });
  return { k: g.op('Gather', [k, from], { axis: int(0) }), v: g.op('Gather', [v, from], { axis: int(0) }) };
}

interface Step {
  /** i64[2]: beams, tokens of each. */
  readonly tokenDims: string;
  /** i64[n]: places of the tokens in the text. */
  readonly positions: string;
  /** f32[n,t+n]: 0 where a token may look, far below elsewhere. */
  readonly mask: string;
}

function stepOf(g: GraphWriter, tokens: string, past: string): Step {
  const tokenDims = g.op('Shape', [tokens]);
  const index = (from: string, at: number) => g.op('Gather', [from, g.whole([at], [])]);
  const before = index(g.op('Shape', [past]), 2);
  const total = g.op('Add', [before, index(tokenDims, 1)]);
  const [zero, one] = [g.whole([0], []), g.whole([1], [])];
  const positions = g.op('Range', [before, total, one]);
  const all = g.op('Range', [zero, total, one]);
  const later = g.op('Greater', [g.op('Unsqueeze', [all, g.whole([0])]), g.op('Unsqueeze', [positions, g.whole([1])])]);
  const mask = g.op('Where', [later, g.number(-1e9), g.number(0)]);
  return { tokenDims, positions, mask };
}

function selfAttention(
  g: GraphWriter,
  x: string,
  { width, heads }: WhisperShape,
  { layer, step, past }: { readonly layer: number; readonly step: Step; readonly past: Past },
  tensor: TensorOf,
): string {
  const size = width / heads;
  const normal = g.layerNorm(x, tensor('layer_norm/gamma'), tensor('layer_norm/beta'));
  const all = g.linear(normal, tensor('linear_0/weight'), tensor('linear_0/bias'));
  const dims = g.op('Concat', [step.tokenDims, g.whole([heads, size])], { axis: int(0) });
  const [q, newK, newV] = split(g, all, 3, width).map((part) =>
    g.op('Transpose', [g.op('Reshape', [part, dims])], { perm: ints(0, 2, 1, 3) }),
  ) as [string, string, string];
  const k = g.op('Concat', [past.k, newK], { axis: int(2) });
  const v = g.op('Concat', [past.v, newV], { axis: int(2) });
  const outDims = (name: string) => [`${name}b${layer}`, heads, `${name}t${layer}`, size];
  g.output(k, { name: `new_k${layer}`, dims: outDims('k') });
  g.output(v, { name: `new_v${layer}`, dims: outDims('v') });
  const scaled = g.op('Mul', [q, g.number(size ** -0.5)]);
  const scores = g.op('MatMul', [scaled, g.op('Transpose', [k], { perm: ints(0, 1, 3, 2) })]);
  const weights = g.op('Softmax', [g.op('Add', [scores, step.mask])], { axis: int(-1) });
  const mixed = g.op('Transpose', [g.op('MatMul', [weights, v])], { perm: ints(0, 2, 1, 3) });
  const rows = g.op('Reshape', [mixed, g.whole([-1, width])]);
  return g.op('Add', [x, g.linear(rows, tensor('linear_1/weight'), tensor('linear_1/bias'))]);
}

function crossAttention(
  g: GraphWriter,
  x: string,
  { width, heads, soundLength }: WhisperShape,
  layer: number,
  tensor: TensorOf,
): { readonly x: string; readonly weights: string } {
  const size = width / heads;
  const k = g.input({ name: `cross_k${layer}`, dims: [heads, size, soundLength] });
  const v = g.input({ name: `cross_v${layer}`, dims: [heads, soundLength, size] });
  const normal = g.layerNorm(x, tensor('layer_norm/gamma'), tensor('layer_norm/beta'));
  const q = g.op('Reshape', [
    g.linear(normal, tensor('linear_0/weight'), tensor('linear_0/bias')),
    g.whole([-1, heads, size]),
  ]);
  // beams hear the same sound: they are rows of one product
  const byHead = g.op('Mul', [g.op('Transpose', [q], { perm: ints(1, 0, 2) }), g.number(size ** -0.5)]);
  const weights = g.op('Softmax', [g.op('MatMul', [byHead, k])], { axis: int(-1) });
  const mixed = g.op('Transpose', [g.op('MatMul', [weights, v])], { perm: ints(1, 0, 2) });
  const rows = g.op('Reshape', [mixed, g.whole([-1, width])]);
  return { x: g.op('Add', [x, g.linear(rows, tensor('linear_2/weight'), tensor('linear_2/bias'))]), weights };
}

function split(g: GraphWriter, x: string, parts: number, width: number): readonly string[] {
  return g.ops('Split', [x, g.whole(Array.from({ length: parts }, () => width))], parts, { axis: int(1) });
}
