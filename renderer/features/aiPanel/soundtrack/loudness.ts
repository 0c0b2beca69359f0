import { allClips } from '../../../../core/document/query.ts';
import type { Clip } from '../../../../core/document/schema.ts';
import { loudnessPresets, type Draft } from '../../../services/aiDraft.ts';
import type { EditorState } from '../../../services/editor.ts';
import { stemsKey, type StemsGoal } from '../goal.ts';

/** Requested loudness of a stem, LUFS; null for other clips and without a request. */
function askedLoudness(clip: Clip | undefined): number | null {
  const request = clip?.generation?.request;
  return request?.action === 'soundtrack' ? (request.loudnessLufs ?? null) : null;
}

/** Loudness of another take, LUFS: the choice for these stems, else the request of the first. */
export function takeLoudnessOf(goal: StemsGoal, draft: Pick<Draft, 'takeLoudness'>): number {
  if (draft.takeLoudness?.clipIds === stemsKey(goal)) return draft.takeLoudness.lufs;
  return askedLoudness(goal.places[0]?.clip) ?? loudnessPresets[0];
}

/** Loudness of a new soundtrack, LUFS: chosen here, else that of the project's newest, else the first preset. */
export function loudnessOf({ document }: Pick<EditorState, 'document'>, draft: Draft): number {
  if (draft.loudness !== null) return draft.loudness;
  let newest: { lufs: number; at: string } = { lufs: loudnessPresets[0], at: '' };
  for (const clip of Object.values(document?.sequences ?? {}).flatMap(allClips)) {
    const lufs = askedLoudness(clip);
    // a request without a take is the latest
    const at = clip.generation?.takeIds.map((takeId) => document?.takes[takeId]?.createdAt ?? '').at(-1) ?? '9999';
    if (lufs !== null && at >= newest.at) newest = { lufs, at };
  }
  return newest.lufs;
}
