/**
 * Undo reverses commands, not what arrived meanwhile. Records never add, remove or move clips, so a patch's path is
 * right whenever it is applied; but a patch that carries a whole clip (one that was moved, removed, split) carries the
 * takes it had then. Two rules put that right, within the same undo or redo:
 * 1 a clip that exists before and after keeps its generation as it is, unless the patches name it;
 * 2 a clip that comes back learns of the takes that were made for it while it was away; the newest becomes active.
 */
import type { Patch } from '../../document/journal.ts';
import type { Clip, ProjectDocument } from '../../document/schema.ts';
import { allClips } from '../../document/query.ts';

function clipsById(document: ProjectDocument): Map<string, Clip> {
  return new Map(
    Object.values(document.sequences).flatMap((sequence) => allClips(sequence).map((clip) => [clip.id, clip])),
  );
}

/** Clips whose `generation` the patches write by name: sequences/<id>/tracks/<n>/clips/<n>/generation/... */
function namedByPatches(document: ProjectDocument, patches: readonly Patch[]): Set<string> {
  const named = new Set<string>();
  for (const { path } of patches) {
    if (path[0] !== 'sequences' || path[2] !== 'tracks' || path[4] !== 'clips' || path[6] !== 'generation') continue;
    const clip = document.sequences[String(path[1])]?.tracks[Number(path[3])]?.clips[Number(path[5])];
    if (clip) named.add(clip.id);
  }
  return named;
}

/** Works on the draft that the patches were applied to; `before` is the document as it was. */
export function reconcile(before: ProjectDocument, draft: ProjectDocument, patches: readonly Patch[]): void {
  if (Object.keys(draft.takes).length === 0 && !mentionsGeneration(patches)) return;
  const standing = clipsById(before);
  const named = namedByPatches(draft, patches);
  for (const clip of clipsById(draft).values()) {
    const earlier = standing.get(clip.id);
    if (earlier && !named.has(clip.id)) {
      if (
        clip.generation !== earlier.generation &&
        JSON.stringify(clip.generation) !== JSON.stringify(earlier.generation)
      ) {
        clip.generation = structuredClone(earlier.generation);
      }
      continue;
    }
    learnOfTakes(draft, clip, standing);
  }
}

function learnOfTakes(draft: ProjectDocument, clip: Clip, standing: ReadonlyMap<string, Clip>): void {
  const generation = clip.generation;
  if (!generation) return;
  const asked = JSON.stringify(generation.request);
  const made = Object.values(draft.takes)
    .filter((take) => take.clipId === clip.id)
    .map((take) => take.id);
  const ofTwins = [...standing.values()]
    .filter((other) => other.generation && JSON.stringify(other.generation.request) === asked)
    .flatMap((other) => other.generation!.takeIds);
  const unknown = [...new Set([...ofTwins, ...made])].filter((takeId) => !generation.takeIds.includes(takeId));
  const newest = unknown.at(-1);
  if (newest === undefined) return;
  generation.takeIds.push(...unknown);
  generation.activeTakeId = newest;
  generation.failure = null;
}

function mentionsGeneration(patches: readonly Patch[]): boolean {
  return patches.some(
    (patch) =>
      patch.path.includes('generation') ||
      (typeof patch.value === 'object' && patch.value !== null && 'generation' in patch.value),
  );
}
