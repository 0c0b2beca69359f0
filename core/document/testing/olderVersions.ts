/** Documents as earlier versions saved them, made from today's: for tests of what opens them. */
import { flatFields } from '../../actions/flatFields.ts';
import type { ProjectDocument } from '../schema.ts';

/** Version 1: flat requests with every action's fields, and a failure as a sentence. Plain JSON. */
export function asVersion1(document: ProjectDocument): Record<string, unknown> {
  const old = structuredClone(document) as unknown as Record<string, unknown>;
  for (const sequence of Object.values(document.sequences)) {
    for (const [trackIndex, track] of sequence.tracks.entries()) {
      for (const [clipIndex, { generation }] of track.clips.entries()) {
        if (!generation) continue;
        const sequences = old['sequences'] as Record<string, { tracks: { clips: { generation: unknown }[] }[] }>;
        sequences[sequence.id]!.tracks[trackIndex]!.clips[clipIndex]!.generation = {
          ...generation,
          request: structuredClone({ ...flatFields, ...generation.request }),
          failure: generation.failure?.message ?? null,
        };
      }
    }
  }
  return { ...old, schemaVersion: 1 };
}
