import { allClips } from '../document/query.ts';
import type { Clip, GenerationRequest } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { peek, refuse } from './shared/require.ts';

/** Takes files off the bin, never off the disk. Refused while a clip shows one, or asks the AI to work from one. */
export const removeMedia: Command<'removeMedia'> = (draft, { mediaIds }) => {
  const clips = Object.values(peek(draft).sequences).flatMap(allClips);
  for (const mediaId of mediaIds) {
    const media = draft.media[mediaId];
    if (!media) return refuse('mediaNotFound', 'The file is no longer in the project.');
    const user = clips.find((clip) => usesMedia(clip, mediaId));
    if (user) refuse('mediaInUse', `'${media.name}' is used by the clip '${user.name}'.`);
    delete draft.media[mediaId];
  }
};

function usesMedia(clip: Clip, mediaId: string): boolean {
  if (clip.reference.kind === 'media' && clip.reference.mediaId === mediaId) return true;
  return clip.generation !== null && requestUses(clip.generation.request, mediaId);
}

function requestUses(request: GenerationRequest, mediaId: string): boolean {
  if (request.source?.kind === 'media' && request.source.id === mediaId) return true;
  return [request.firstFrame, request.lastFrame, ...request.references].some(
    (picture) => picture?.kind === 'media' && picture.mediaId === mediaId,
  );
}
