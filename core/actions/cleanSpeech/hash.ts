import type { CleanSpeechRequest } from './schema.ts';

/** Nothing is drawn at random, and no words are read. */
export function hashedCleanSpeech(request: CleanSpeechRequest): Record<string, unknown> {
  const { action, source, soundStream, attenuationDb, packId } = request;
  return { action, source, soundStream, attenuationDb, packId };
}
