/** Whether a source was filmed or drawn by a video model: what AI does with it depends on that. */
import type { PictureRef, ProjectDocument, SourceRef } from '../document/schema.ts';
import { sourceOfTake } from './playedSource.ts';

/** 'made': a video model drew what lies below all patches. 'footage': anything else. */
export type Origin = 'footage' | 'made';

/** What lies below all patches of a source: a media file is footage, and so is what a method made of footage. */
export function originOf(
  source: Pick<SourceRef, 'kind' | 'id'>,
  document: Pick<ProjectDocument, 'media' | 'takes'>,
): Origin {
  if (source.kind === 'media') return 'footage';
  const take = document.takes[source.id];
  if (!take) return 'made';
  const { file } = sourceOfTake(document, take);
  return file.kind === 'media' || document.takes[file.id]?.method ? 'footage' : 'made';
}

/** The same of a gap, by the pictures at its ends: with one of footage it is bridged as footage is. */
export function originOfPictures(
  pictures: readonly (PictureRef | null)[],
  document: Pick<ProjectDocument, 'media' | 'takes'>,
): Origin {
  const ofFootage = (picture: PictureRef): boolean =>
    picture.kind === 'media' || originOf({ kind: 'take', id: picture.takeId }, document) === 'footage';
  return pictures.some((picture) => picture !== null && ofFootage(picture)) ? 'footage' : 'made';
}
