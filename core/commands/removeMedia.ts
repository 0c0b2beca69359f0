import { allClips } from '../document/query.ts';
import { usesMedia } from '../actions/materials.ts';
import type { Clip } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { peek, refuse } from './shared/require.ts';

/** Takes files off the bin, never off the disk. Refused while a clip shows one, or asks the AI to work from one. */
export const removeMedia: Command<'removeMedia'> = (draft, { mediaIds }) => {
  const clips = Object.values(peek(draft).sequences).flatMap(allClips);
  for (const mediaId of mediaIds) {
    const media = draft.media[mediaId];
    if (!media) return refuse('mediaNotFound', 'The file is no longer in the project.');
    const user = clips.find((clip) => clipUses(clip, mediaId));
    if (user) refuse('mediaInUse', `'${media.name}' is used by the clip '${user.name}'.`);
    delete draft.media[mediaId];
  }
};

function clipUses(clip: Clip, mediaId: string): boolean {
  if (clip.reference.kind === 'media' && clip.reference.mediaId === mediaId) return true;
  return clip.generation !== null && usesMedia(clip.generation.request, mediaId);
}
