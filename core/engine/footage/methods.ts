/**
 * Which requests on real footage are made by operations at the footage's own size instead of by a video model, and the
 * version of each method: a take made by an older version is out of date, as one made by an older pack is.
 */
import { materialsOf } from '../../actions/materials.ts';
import type { GenerationRequest } from '../../actions/schema.ts';
import type { Origin } from '../../render/origin.ts';

export type { Origin };

/** A method by name and version, as recipes and takes keep it. */
export interface FootageMethod {
  readonly id: 'plate' | 'look' | 'smooth' | 'speech' | 'extend' | 'bridge' | 'enhance' | 'cutOut' | 'add' | 'stage';
  readonly version: number;
}

/** How looks are drawn (core/engine/footage/looks). */
const lookMethod: FootageMethod = { id: 'look', version: 4 };

/** What is made this way beside looks. */
const methods: readonly { readonly action: 'inpaint'; readonly edit: 'remove'; readonly method: FootageMethod }[] = [
  { action: 'inpaint', edit: 'remove', method: { id: 'plate', version: 3 } },
];

/** Frames in between: `core/engine/footage/interpolate`. */
const smooth: FootageMethod = { id: 'smooth', version: 2 };

/** Cleaner and larger pictures: `core/engine/footage/enhance`. */
const enhance: FootageMethod = { id: 'enhance', version: 2 };

/** What a mask covers, alone: `core/engine/footage/cutOut`. */
const cutOut: FootageMethod = { id: 'cutOut', version: 1 };

/** Voices freed of noise: `core/engine/footage/speech`. */
const speech: FootageMethod = { id: 'speech', version: 1 };

/** Pictures put into footage: `core/engine/footage/add`. */
const add: FootageMethod = { id: 'add', version: 1 };

/** Scenes drawn from words: `core/engine/stage`. */
const stage: FootageMethod = { id: 'stage', version: 1 };

/** Past a shot's edge, and between two shots: `core/engine/footage/joins`. */
const extend: FootageMethod = { id: 'extend', version: 2 };
const bridge: FootageMethod = { id: 'bridge', version: 2 };

/**
 * The method that makes a request; null where the request's pack does. Without a mask nothing says what to remove: the
 * pack then looks for the thing that the words name. `hasMask`: a film of masks is not part of the request.
 */
export function footageMethod(
  request: GenerationRequest,
  origin: Origin,
  hasMask: boolean = materialsOf(request).mask !== null,
): FootageMethod | null {
  // no model of a pack makes these, whoever drew the source
  if (request.action === 'smooth') return smooth;
  if (request.action === 'cleanSpeech') return speech;
  if (request.action === 'enhance') return enhance;
  if (request.action === 'cutOut') return cutOut;
  if (request.action === 'generate') return request.drawn ? stage : null;
  if (origin === 'made') return null;
  // restyling of before looks came names no strength, and stays what it was
  if (request.action === 'restyle') return typeof request.strength === 'number' ? lookMethod : null;
  if (request.action === 'extend') return extend;
  if (request.action === 'fillGap') return bridge;
  // without a placement it was asked for before pictures were put in, and stays what it was
  if (request.action === 'inpaint' && request.placement && request.edit !== 'remove') return add;
  if (!hasMask) return null;
  return (
    methods.find(({ action, edit }) => request.action === action && 'edit' in request && request.edit === edit)
      ?.method ?? null
  );
}
