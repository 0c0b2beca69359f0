/**
 * When a change of instruments makes a music take stale. A take's hash counts the SoundFont only where the user chose
 * it: what Framewright picks by itself differs between machines, and no project may go out of date by being opened on
 * another one.
 */
import { z } from 'zod';
import type { ProjectDocument } from '../../document/schema.ts';

/** Recipes of takes made before a choice was recorded: every SoundFont counted in their hash. */
const undecidedSchema = z.object({
  instruments: z.object({ kind: z.literal('soundFont'), sha256: z.string(), chosen: z.undefined().optional() }),
});

/** What is asked about one music take. */
export interface MusicQuestion {
  readonly document: ProjectDocument;
  /** The hash that the take in question carries; undefined = no take. */
  readonly takeHash: string | undefined;
  /** sha256 of the SoundFont that the user chose; null = none. */
  readonly ownChoice: string | null;
  /** Hash of the request with a SoundFont's sha256 in it; null = without. */
  hashBy(soundFont: string | null): string;
  readRecipe(takeId: string): Promise<Record<string, unknown>>;
}

/** The hash that a take of this music must carry to be up to date. */
export async function musicHash(question: MusicQuestion): Promise<string> {
  const { document, takeHash, ownChoice, hashBy } = question;
  const now = hashBy(ownChoice);
  if (takeHash === undefined || takeHash === now || ownChoice !== null) return now;
  for (const take of Object.values(document.takes)) {
    if (take.requestHash !== takeHash) continue;
    // a take without a readable recipe is compared like a new one
    const recipe = undecidedSchema.safeParse(await question.readRecipe(take.id).catch(() => null)).data;
    if (recipe && hashBy(recipe.instruments.sha256) === takeHash) return takeHash;
  }
  return now;
}
