import { allClips } from '../document/query.ts';
import { usesMedia } from '../actions/materials.ts';
import { fileUnder } from '../document/fileUnder.ts';
import type { Clip, ProjectDocument } from '../document/schema.ts';
import type { Command } from './commands.ts';
import { refuse } from './refusal.ts';
import { peek } from './shared/require.ts';

/**
 * Takes files off the bin, never off the disk. Refused while a clip shows one, has a take that lies over one, or asks
 * the AI to work from one.
 */
export const removeMedia: Command<'removeMedia'> = (draft, { mediaIds }) => {
  const { sequences, takes } = peek(draft);
  const clips = Object.values(sequences).flatMap(allClips);
  for (const mediaId of mediaIds) {
    const media = draft.media[mediaId];
    if (!media) return refuse('mediaNotFound');
    const user = clips.find((clip) => clipUses(clip, takes, mediaId));
    if (user) refuse('mediaInUse', { media: media.name, clip: user.name });
    delete draft.media[mediaId];
  }
};

function clipUses(clip: Clip, takes: ProjectDocument['takes'], mediaId: string): boolean {
  if (clip.reference.kind === 'media' && clip.reference.mediaId === mediaId) return true;
  if (clip.generation === null) return false;
  const liesOver = (takeId: string): boolean => {
    const file = takes[takeId] && fileUnder(takes, takes[takeId]);
    return file?.kind === 'media' && file.id === mediaId;
  };
  return clip.generation.takeIds.some(liesOver) || usesMedia(clip.generation.request, mediaId);
}
