/**
 * Interface of planners, which turn a request's words into what the pipeline conditions on. What a pack knows (its
 * words, figures and places) is known only to its planner in models/planners.
 */
import type { WordReading } from '../wordReading.ts';
import type { MaskFrames, PipelineContext, Tensor } from '../pipeline.ts';
import type { VideoRequest } from './contract.ts';
import type { Window } from './windows.ts';

/** The words of a request, and what a planner needs to read them. */
export interface VideoWords {
  readonly prompt: string;
  readonly edit: VideoRequest['edit'];
  readonly about: VideoRequest['about'];
  /** True if no frames are known: the planner chooses everything that the words leave open. */
  readonly isFresh: boolean;
  /** Number of reference pictures; they may show somebody whom the words do not name. */
  readonly referenceCount: number;
}

/** A planner's reading of a request. */
export interface VideoPlan {
  readonly reading: WordReading;
  /** What to generate: the request's mask, or the one that its words ask for; null = everything. */
  readonly mask: MaskFrames | null;
  /** Text for windows that begin at or after `fromSeconds`, when the camera rests; null = one text for all. */
  readonly atRest: { readonly fromSeconds: number; readonly text: string } | null;
  /** Whether anything in the plan may move. */
  readonly moves: boolean;
  /** The transformer's input `figures`, f32[1, channels, T, h, w]; null for packs without it. */
  readonly figures: FigureInput | null;
  /** Number of reference pictures that could not be cut out of their surroundings. */
  readonly uncutReferences: number;
}

/** The transformer's input `figures`, window by window. */
export interface FigureInput {
  readonly channels: number;
  in(window: Window): Promise<Tensor>;
}

/** A planner serves one pack; it reads the pack's word files on first use and keeps them. */
export interface VideoPlanner {
  /** Reads the words alone, without running a graph. */
  read(words: VideoWords): Promise<WordReading>;
  plan(request: VideoRequest, context: PipelineContext): Promise<VideoPlan>;
}

/** Passes the words on unchanged, for packs whose text encoder reads any sentence. */
export const plainPlanner: VideoPlanner = {
  read: async ({ prompt }) => readPlainly(prompt),
  plan: async (request) => ({
    reading: readPlainly(request.prompt),
    mask: request.known && request.mask,
    atRest: null,
    moves: true,
    figures: null,
    uncutReferences: 0,
  }),
};

function readPlainly(prompt: string): WordReading {
  const text = prompt.trim().replace(/\s+/g, ' ');
  return { text, used: text.split(' ').filter(Boolean), guessed: [], unused: [] };
}
