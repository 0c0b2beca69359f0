/** What a prompt will become for the pack's model, and its words that the model does not know: without loading a graph. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMoodWord } from '../../../models/families/soundtrack/suggest.ts';
import { cleanPrompt, unknownWords } from '../../../models/families/soundtrack/text.ts';
import type { GenerationRequest } from '../../document/schema.ts';
import { soundtrackFamily, videoFamily, type LoadedPack } from '../packs/packStore.node.ts';

export async function readPrompt(request: GenerationRequest, pack: LoadedPack): Promise<{ rewrittenPrompt: string; unknownWords: readonly string[] }> {
  const family = request.action === 'soundtrack' ? soundtrackFamily(pack) : videoFamily(pack);
  const clean = cleanPrompt(request.prompt);
  if (family.vocabulary === undefined || clean === '') return { rewrittenPrompt: clean, unknownWords: [] };
  const vocabulary = new Set((await readFile(join(pack.folder, family.vocabulary), 'utf8')).split(/\r?\n/));
  return { rewrittenPrompt: clean, unknownWords: unknownWords(clean, vocabulary).filter((word) => !isMoodWord(word)) };
}
