import type { ProjectDocument, Take } from './schema.ts';

/** The media or take whose file a take's picture is read from: its own, or the one below all of its patches. */
export function fileUnder(
  takes: ProjectDocument['takes'],
  take: Take,
): { readonly kind: 'media' | 'take'; readonly id: string } {
  const seen = new Set<string>();
  let at = take;
  while (at.patch && !seen.has(at.id)) {
    seen.add(at.id);
    const { kind, id } = at.patch.over;
    const below = kind === 'take' ? takes[id] : undefined;
    if (!below) return { kind, id };
    at = below;
  }
  return { kind: 'take', id: at.id };
}

/** Takes laid over some of these media files, which show nothing without them. */
export function takesOver(takes: ProjectDocument['takes'], mediaIds: readonly string[]): string[] {
  return Object.values(takes)
    .filter((take) => {
      const file = take.patch ? fileUnder(takes, take) : null;
      return file?.kind === 'media' && mediaIds.includes(file.id);
    })
    .map((take) => take.id);
}
