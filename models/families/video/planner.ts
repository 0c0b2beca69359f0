/**
 * From a request's words to what the pipeline conditions on. What one pack knows (its words, its figures, its
 * places) lives in a planner under models/planners; the family knows none of it.
 */
import type { WordReading } from '../wordReading.ts';
import type { MaskFrames, PipelineContext, Tensor } from '../pipeline.ts';
import type { VideoRequest } from './contract.ts';
import type { Window } from './windows.ts';

/** The part of a request that is words. */
export interface VideoWords {
  readonly prompt: string;
  readonly edit: VideoRequest['edit'];
  readonly about: VideoRequest['about'];
  /** True when no frames are known: everything that the words leave open is the planner's choice. */
  readonly isFresh: boolean;
  /** Reference pictures: they may show somebody whom the words do not name. */
  readonly referenceCount: number;
}

/** What the words of a request come to. */
export interface VideoPlan {
  readonly reading: WordReading;
  /** What is to be made: the request's mask, or the one that its words ask for; null = all of it. */
  readonly mask: MaskFrames | null;
  /** The text for windows that begin at or after `fromSeconds`, once the camera rests; null = one text for all. */
  readonly atRest: { readonly fromSeconds: number; readonly text: string } | null;
  /** Whether anything in the plan moves, or may. */
  readonly moves: boolean;
  /** The transformer's further input f32[1, channels, T, h, w]; null for packs without one. */
  readonly figures: FigureInput | null;
  /** Reference pictures that could not be cut out of their surroundings. */
  readonly uncutReferences: number;
}

/** The transformer's input `figures`, window by window. */
export interface FigureInput {
  readonly channels: number;
  in(window: Window): Promise<Tensor>;
}

/** One planner serves one pack; it reads the pack's word files when first asked, and keeps them. */
export interface VideoPlanner {
  /** Reads the words alone, without running a graph. */
  read(words: VideoWords): Promise<WordReading>;
  plan(request: VideoRequest, context: PipelineContext): Promise<VideoPlan>;
}

/** Gives the words to the text encoder as they are: for packs whose text encoder reads any sentence. */
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
