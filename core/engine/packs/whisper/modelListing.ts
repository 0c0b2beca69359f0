/** The tensors of a model file, and what is wrong with one. */
import type { onnxType } from '../../inference/onnxModel.ts';

/** A tensor's place in the file. `type` null: one that no graph here reads (whole numbers, bfloat16). */
export interface FileTensor {
  readonly dims: readonly number[];
  readonly type: keyof typeof onnxType | null;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** A model file's name for its kind, and its tensors. Aliases are tensors too. */
export interface ModelListing {
  readonly spec: string;
  readonly tensors: ReadonlyMap<string, FileTensor>;
}

/** Thrown with what is wrong, as a plain phrase. */
export class BadModelFile extends Error {
  override readonly name = 'BadModelFile';
}
