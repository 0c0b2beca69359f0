/** What a prompt will become for the pack's model, and its words that the model does not know: without loading a graph. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMoodWord } from '../../../models/families/soundtrack/suggest.ts';
import { cleanPrompt, unknownWords } from '../../../models/families/soundtrack/text.ts';
import { rewritePrompt } from '../../../models/families/video/prompt.ts';
import type { GenerationRequest } from '../../document/schema.ts';
import { soundtrackFamily, videoFamily, type LoadedPack } from '../packs/packStore.node.ts';

export async function readPrompt(request: GenerationRequest, pack: LoadedPack): Promise<{ rewrittenPrompt: string; unknownWords: readonly string[] }> {
  if (request.action === 'soundtrack') {
    const vocabulary = await readVocabulary(pack, soundtrackFamily(pack).vocabulary);
    const text = cleanPrompt(request.part?.prompt || request.prompt);
    return { rewrittenPrompt: text, unknownWords: vocabulary ? unknownWords(text, vocabulary).filter((word) => !isMoodWord(word)) : [] };
  }
  const rewritten = rewritePrompt(request.prompt, await readVocabulary(pack, videoFamily(pack).vocabulary));
  return { rewrittenPrompt: rewritten.text, unknownWords: rewritten.unknownWords };
}

async function readVocabulary(pack: LoadedPack, path: string | undefined): Promise<ReadonlySet<string> | null> {
  if (path === undefined) return null;
  const words = (await readFile(join(pack.folder, path), 'utf8')).split(/\r?\n/);
  return new Set(words.map((word) => word.trim()).filter((word) => word !== ''));
}
