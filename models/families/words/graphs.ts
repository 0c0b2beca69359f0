/**
 * Contract of the graphs of a words family (Whisper), L layers, H heads of S values, N positions of sound:
 *
 * Encoder: mel f32[1,bands,2N] -> for each layer l: cross_k<l> f32[H,S,N], cross_v<l> f32[H,N,S].
 * Decoder: tokens i64[beams,n], from i64[beams] (which of the past's beams each continues), past_k<l> and past_v<l>
 * f32[p,H,t,S] (t = 0 at the start), cross_k<l> and cross_v<l> -> logits f32[beams,tokens] after the last token,
 * align f32[A,beams*n,N] (0..1: where each of the alignment heads looks), new_k<l> and new_v<l>, the next past.
 */
import type { GraphSession, Tensor } from '../pipeline.ts';

/** Sizes that the decoder's inputs are made by. */
export interface DecoderShape {
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
}

/** Logits after the last token of each beam; `align`: rows of the alignment heads. */
export interface DecoderStep {
  readonly logits: readonly Float32Array[];
  readonly align: Tensor & { readonly type: 'float32' };
}

/** What continues token by token. */
export interface TokenStepper {
  /** `from`: for each beam, which beam of the step before it continues. */
  step(tokens: readonly (readonly number[])[], from: readonly number[]): Promise<DecoderStep>;
}

/** What the decoder attends to in a window of sound. */
export type HeardSound = Readonly<Record<string, Tensor>>;

/** Runs the encoder on a window: `mel` f32[bands * frames]. */
export async function hear(session: GraphSession, mel: Float32Array, bands: number): Promise<HeardSound> {
  return session.run({ mel: { type: 'float32', data: mel, dims: [1, bands, mel.length / bands] } });
}

/** A decoder at the start of a text; keeps the past of its beams. */
export function createStepper(session: GraphSession, heard: HeardSound, shape: DecoderShape): TokenStepper {
  const { layers, heads, headSize } = shape;
  const names = Array.from({ length: layers }, (_, layer) => [`k${layer}`, `v${layer}`]).flat();
  let past = names.map((): Tensor => ({ type: 'float32', data: new Float32Array(0), dims: [1, heads, 0, headSize] }));
  return {
    async step(tokens, from) {
      const beams = tokens.length;
      const n = tokens[0]?.length ?? 0;
      const flat = BigInt64Array.from(tokens.flat(), BigInt);
      const out = await session.run({
        tokens: { type: 'int64', data: flat, dims: [beams, n] },
        from: { type: 'int64', data: BigInt64Array.from(from, BigInt), dims: [beams] },
        ...Object.fromEntries(names.map((name, i) => [`past_${name}`, past[i]!])),
        ...heard,
      });
      past = names.map((name) => floats(out, `new_${name}`));
      const logits = floats(out, 'logits');
      const count = logits.data.length / beams;
      return {
        logits: Array.from({ length: beams }, (_, beam) => logits.data.subarray(beam * count, (beam + 1) * count)),
        align: floats(out, 'align'),
      };
    },
  };
}

function floats(out: Readonly<Record<string, Tensor>>, name: string): Tensor & { readonly type: 'float32' } {
  const tensor = out[name];
  if (tensor?.type !== 'float32') throw new Error(`the speech decoder gave no ${name}`);
  return tensor;
}
