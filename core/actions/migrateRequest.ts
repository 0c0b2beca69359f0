/**
 * Requests of before documentVersion 3 had one flat shape for all actions, with null for what an action does not take.
 * A flat request fits its action's schema as it is, since unknown fields are dropped.
 */
import { actionKindSchema, generationRequestSchema, type GenerationRequest } from './schema.ts';

/**
 * null for what never was a request. A request that could never have run (an extension of nothing) becomes one for a
 * clip from the same words, so that the project opens with the clip and its takes.
 */
export function migrateRequest(value: unknown): GenerationRequest | null {
  const parsed = generationRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (typeof value !== 'object' || value === null) return null;
  const action = actionKindSchema.safeParse((value as { action?: unknown }).action);
  if (!action.success) return null;
  const stand = action.data === 'soundtrack' ? { ...value, stem: 'ambience' } : { ...value, action: 'generate' };
  return generationRequestSchema.safeParse(stand).data ?? null;
}
