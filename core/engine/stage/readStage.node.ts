/** What the stage makes of a request's words. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCast } from '../../../models/planners/storybook/planner.ts';
import type { Cast } from '../../../models/planners/storybook/cast.ts';
import { readScene } from '../../../models/planners/storybook/reading/readScene.ts';
import type { SaidScene } from '../../../models/planners/storybook/reading/said.ts';
import type { FigureEntry } from '../../../models/families/stage/figures/entry.ts';
import { wearable } from '../../../models/families/stage/figures/wear.node.ts';
import type { VideoFamily } from '../../../models/families/pack.ts';
import type { GenerateRequest } from '../../actions/generate/schema.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { WordLists } from '../generation/wordLists.ts';
import { videoFamily, type LoadedPack } from '../packs/packStore.node.ts';
import { readFigures } from './openFigures.node.ts';

/** A prompt as read for the stage. */
export interface StageReading {
  readonly said: SaidScene;
  readonly cast: Cast;
  readonly words: { rewrittenPrompt: string } & WordLists;
}

/** The family of a pack with a cast. Throws FailureError 'badRequest' for any other. */
export function requireCast(pack: LoadedPack): VideoFamily {
  const family = videoFamily(pack);
  if (!family.figures) throw new FailureError('badRequest', sentence('stage.noCast', { pack: pack.manifest.name }));
  return family;
}

/** Throws as `requireCast`, and what the file system throws. */
export async function readStage(
  { prompt }: Pick<GenerateRequest, 'prompt'>,
  pack: LoadedPack,
  assets: string,
): Promise<StageReading> {
  const packCast = await openCast(requireCast(pack), (file) => readFile(join(pack.folder, file), 'utf8'));
  const cast = castOfStage(packCast, await readFigures(figuresFolder(assets)));
  const said = readScene(prompt, cast, { isFresh: true });
  const { guessed, text, unused, used } = said.reading;
  return {
    said,
    cast,
    words: { rewrittenPrompt: text, usedWords: [...used], guessedWords: [...guessed], unknownWords: [...unused] },
  };
}

/** Folder of the stage's figures. */
export const figuresFolder = (assets: string): string => join(assets, 'stage');

/** What the stage can draw of a pack's cast, and in which clothes: no word counts as used that it does not show. */
function castOfStage(cast: Cast, figures: ReadonlyMap<string, FigureEntry>): Cast {
  return {
    ...cast,
    styles: { storybook: cast.styles['storybook'] ?? [] },
    entries: cast.entries.flatMap((entry) => {
      const drawn = figures.get(entry.name);
      return drawn ? [{ ...entry, wears: entry.wears.filter((garment) => wearable(drawn).includes(garment)) }] : [];
    }),
  };
}
