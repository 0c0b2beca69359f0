import type { ClipPlace } from '../../../core/document/query.ts';

/** The clip, when one is selected alone or with the clips linked to it: to an editor that is one thing. Else null. */
export function oneShot(places: readonly ClipPlace[]): ClipPlace | null {
  const [first] = places;
  if (!first) return null;
  const linked = places.every(
    (place) =>
      place.clip.id === first.clip.id || (place.clip.linkId !== null && place.clip.linkId === first.clip.linkId),
  );
  return linked ? (places.find((place) => place.track.kind === 'video') ?? first) : null;
}
