/** A Whisper model's dimensions, read from its tensors; every tensor that the graphs use is held to them. */
import { z } from 'zod';
import { BadModelFile, type FileTensor, type ModelListing } from './modelListing.ts';
import type { StoredTensor } from './graphParts.ts';
import { whisperDecoder, whisperEncoder, type TensorOf, type WhisperShape } from './whisperGraphs.ts';

const token = z.number().int().nonnegative().max(1_000_000);
/** What config.json says beside the dimensions; all of it may be missing. */
export const whisperConfigSchema = z.object({
  alignment_heads: z
    .array(z.tuple([z.number().int().nonnegative().max(1000), z.number().int().nonnegative().max(1000)]))
    .max(1000)
    .optional(),
  suppress_ids: z.array(token).max(10_000).optional(),
  suppress_ids_begin: z.array(token).max(100).optional(),
});
/** As `whisperConfigSchema`. */
export type WhisperConfig = z.infer<typeof whisperConfigSchema>;

/** Whisper's sound: 30 s in frames of 10 ms, halved by the second convolution. */
const soundLength = 1500;
const headSize = 64;
const mostLayers = 64;
const mostWidth = 2048;

/** The dimensions of a model. Throws BadModelFile for what is not a whole Whisper model. */
export function whisperShape({ spec, tensors }: ModelListing, config: WhisperConfig): WhisperShape {
  if (spec !== 'WhisperSpec') throw new BadModelFile(`a model of the kind '${spec.slice(0, 40)}'`);
  const dims = (name: string): readonly number[] => {
    const found = tensors.get(name);
    if (!found) throw new BadModelFile(`no tensor '${name}'`);
    return found.dims;
  };
  const [width = 0, melBands = 0] = dims('encoder/conv1/weight');
  const [tokenCount = 0] = dims('decoder/embeddings/weight');
  const [textLength = 0] = dims('decoder/position_encodings/encodings');
  if (width <= 0 || width > mostWidth || width % headSize !== 0) throw new BadModelFile(`a width of ${width}`);
  if (melBands !== 80 && melBands !== 128) throw new BadModelFile(`${melBands} bands of sound`);
  if (tokenCount < 1000 || tokenCount > 200_000) throw new BadModelFile(`${tokenCount} tokens`);
  if (textLength < 64 || textLength > 4096) throw new BadModelFile(`${textLength} places for tokens`);
  const encoderLayers = layersOf(tensors, 'encoder');
  const decoderLayers = layersOf(tensors, 'decoder');
  const heads = width / headSize;
  const shape: WhisperShape = {
    ...{ width, heads, encoderLayers, decoderLayers, melBands, soundLength, textLength, tokenCount },
    alignmentHeads: headsFor(config.alignment_heads, decoderLayers, heads),
  };
  return shape;
}

function layersOf(tensors: ModelListing['tensors'], part: 'encoder' | 'decoder'): number {
  let count = 0;
  while (tensors.has(`${part}/layer_${count}/self_attention/linear_0/weight`)) count++;
  if (count === 0 || count > mostLayers) throw new BadModelFile(`${count} layers in its ${part}`);
  return count;
}

/** As OpenAI has it for models that name none: all heads of the later half. */
function headsFor(
  named: WhisperConfig['alignment_heads'],
  layers: number,
  heads: number,
): WhisperShape['alignmentHeads'] {
  const known = (named ?? []).filter(([layer, head]) => layer < layers && head < heads);
  // the graph gives them out layer by layer
  if (known.length > 0) return known.toSorted(([a, b], [c, d]) => a - c || b - d);
  const half = Math.floor(layers / 2);
  return Array.from({ length: layers - half }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => [half + layer, head] as const),
  ).flat();
}

/** The graphs of a model whose values are in `file`, a file of the pack. Throws BadModelFile. */
export function whisperGraphs(
  shape: WhisperShape,
  { tensors }: ModelListing,
  file: string,
): { readonly encoder: Uint8Array; readonly decoder: Uint8Array } {
  const wanted = wantedDims(shape);
  const tensor: TensorOf = (name) => {
    const dims = wanted(name);
    const found = tensors.get(name);
    if (!found) throw new BadModelFile(`no tensor '${name}'`);
    const scale = found.type === 'int8' ? scaleOf(tensors.get(`${name}_scale`), name, dims, file) : null;
    return stored(found, name, dims, file, scale);
  };
  return { encoder: whisperEncoder(shape, tensor), decoder: whisperDecoder(shape, tensor) };
}

function stored(
  found: FileTensor,
  name: string,
  dims: readonly number[],
  file: string,
  scale: StoredTensor | null,
): StoredTensor {
  const { type, offsetBytes, lengthBytes } = found;
  if (type === null) throw new BadModelFile(`'${name}' is stored in a form that is not read`);
  if (found.dims.join() !== dims.join())
    throw new BadModelFile(`'${name}' is ${found.dims.join(' x ')} instead of ${dims.join(' x ')}`);
  return { dims, data: { file, type, offsetBytes, lengthBytes }, scale };
}

function scaleOf(found: FileTensor | undefined, name: string, dims: readonly number[], file: string): StoredTensor {
  if (!found) throw new BadModelFile(`no scale for '${name}'`);
  if (dims.length !== 2) throw new BadModelFile(`'${name}' is stored in a form that is not read`);
  if (found.type !== 'float32') throw new BadModelFile(`the scale of '${name}' is stored in a form that is not read`);
  return stored(found, `${name}_scale`, [dims[0]!], file, null);
}

/** What the dimensions of each tensor have to be. */
function wantedDims(shape: WhisperShape): (name: string) => readonly number[] {
  const { width, melBands, textLength, tokenCount } = shape;
  const wide = 4 * width;
  const whole: Readonly<Record<string, readonly number[]>> = {
    'encoder/conv1/weight': [width, melBands, 3],
    'encoder/conv2/weight': [width, width, 3],
    'encoder/position_encodings/encodings': [shape.soundLength, width],
    'decoder/position_encodings/encodings': [textLength, width],
    'decoder/embeddings/weight': [tokenCount, width],
  };
  const parts: readonly (readonly [string, readonly number[]])[] = [
    ['self_attention/linear_0/weight', [3 * width, width]],
    ['self_attention/linear_0/bias', [3 * width]],
    ['attention/linear_1/weight', [2 * width, width]],
    ['attention/linear_1/bias', [2 * width]],
    ['ffn/linear_0/weight', [wide, width]],
    ['ffn/linear_0/bias', [wide]],
    ['ffn/linear_1/weight', [width, wide]],
  ];
  return (name) => {
    const known = whole[name];
    if (known) return known;
    const part = parts.find(([end]) => name.replace(/^(en|de)coder\/layer_\d+\//, '') === end)?.[1];
    if (part) return part;
    return name.endsWith('/weight') ? [width, width] : [width];
  };
}
