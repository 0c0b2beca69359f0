/** Every request to the AI: one schema per action, discriminated by `action`. */
import { z } from 'zod';
import { cleanSpeechRequestSchema } from './cleanSpeech/schema.ts';
import { cutOutRequestSchema } from './cutOut/schema.ts';
import { enhanceRequestSchema } from './enhance/schema.ts';
import { extendRequestSchema } from './extend/schema.ts';
import { fillGapRequestSchema } from './fillGap/schema.ts';
import { generateRequestSchema } from './generate/schema.ts';
import { inpaintRequestSchema } from './inpaint/schema.ts';
import { restyleRequestSchema } from './restyle/schema.ts';
import { smoothRequestSchema } from './smooth/schema.ts';
import { soundtrackRequestSchema } from './soundtrack/schema.ts';

/** The names of the actions, as documents store them. */
export const actionKindSchema = z.enum([
  'generate',
  'extend',
  'fillGap',
  'inpaint',
  'restyle',
  'smooth',
  'soundtrack',
  'cleanSpeech',
  'enhance',
  'cutOut',
]);
export type ActionKind = z.infer<typeof actionKindSchema>;

/** With the hashes of the pack and of the inputs this makes a recipe; changing it makes a take stale. */
export const generationRequestSchema = z.discriminatedUnion('action', [
  generateRequestSchema,
  extendRequestSchema,
  fillGapRequestSchema,
  inpaintRequestSchema,
  restyleRequestSchema,
  smoothRequestSchema,
  soundtrackRequestSchema,
  cleanSpeechRequestSchema,
  enhanceRequestSchema,
  cutOutRequestSchema,
]);
export type GenerationRequest = z.infer<typeof generationRequestSchema>;

/** The request of one action. */
export type RequestOf<A extends ActionKind> = Extract<GenerationRequest, { readonly action: A }>;
