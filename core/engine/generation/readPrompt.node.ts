/**
 * What a prompt will become for the pack's model, and its words that the model does not know: without loading a graph.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wordsWithoutEffect } from '../../../models/families/soundtrack/readWords.ts';
import { cleanPrompt } from '../../../models/families/soundtrack/text.ts';
import type { VideoFamily } from '../../../models/families/pack.ts';
import { rewritePrompt } from '../../../models/families/video/prompt.ts';
import { readCast, type Cast } from '../../../models/families/video/scene/cast.ts';
import { readFreshScene, readScene } from '../../../models/families/video/scene/readScene.ts';
import type { GenerationRequest } from '../../document/schema.ts';
import { soundtrackFamily, videoFamily, type LoadedPack } from '../packs/packStore.node.ts';

export async function readPrompt(
  request: GenerationRequest,
  pack: LoadedPack,
  about: string | null,
): Promise<{ rewrittenPrompt: string; unknownWords: readonly string[] }> {
  if (request.action === 'soundtrack') {
    const vocabulary = await readVocabulary(pack, soundtrackFamily(pack).vocabulary);
    const text = cleanPrompt(request.part?.prompt || request.prompt);
    return { rewrittenPrompt: text, unknownWords: vocabulary ? wordsWithoutEffect(text, vocabulary) : [] };
  }
  const family = videoFamily(pack);
  if (family.figures) {
    const cast = await castOf(pack, family.figures);
    const isFresh = request.action === 'generate' && !request.firstFrame && !request.lastFrame && !request.source;
    const { text, unknownWords: unused } = isFresh
      ? readFreshScene(request.prompt, cast, about)
      : readScene(request.prompt, cast, request.edit, about);
    return { rewrittenPrompt: text, unknownWords: unused };
  }
  const rewritten = rewritePrompt(request.prompt, await readVocabulary(pack, family.vocabulary));
  return { rewrittenPrompt: rewritten.text, unknownWords: rewritten.unknownWords };
}

const casts = new Map<string, Promise<Cast>>();

/** Read once a pack: the panel asks at every pause in typing. */
function castOf(pack: LoadedPack, { cast, nearWords }: NonNullable<VideoFamily['figures']>): Promise<Cast> {
  const known = casts.get(pack.folder);
  if (known) return known;
  const text = (path: string): Promise<string> => readFile(join(pack.folder, path), 'utf8');
  const made = Promise.all([text(cast), nearWords === undefined ? null : text(nearWords)]).then(([names, near]) =>
    readCast(names, near),
  );
  made.catch(() => casts.delete(pack.folder));
  casts.set(pack.folder, made);
  return made;
}

async function readVocabulary(pack: LoadedPack, path: string | undefined): Promise<ReadonlySet<string> | null> {
  if (path === undefined) return null;
  const words = (await readFile(join(pack.folder, path), 'utf8')).split(/\r?\n/);
  return new Set(words.map((word) => word.trim()).filter((word) => word !== ''));
}
