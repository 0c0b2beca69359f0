/**
 * Previews of a held slider or edge. Only the viewer shows them; the document changes once, on release, so that a drag
 * is one undo step.
 */
import { create } from 'zustand';
import type { Clip, ProjectDocument } from '../../core/document/schema.ts';
import type { Ticks } from '../../core/time/ticks.ts';

export interface LivePreview {
  readonly clipIds: readonly string[];
  readonly properties: Partial<Pick<Clip, 'transform' | 'positionKeys' | 'crop' | 'opacity' | 'reference'>>;
}

/** The change that a held control would make; null when nothing is held. */
export const useLivePreview = create<{ preview: LivePreview | null }>()(() => ({ preview: null }));

/** Sets or clears the change to preview. */
export function setLivePreview(preview: LivePreview | null): void {
  useLivePreview.setState({ preview });
}

/** While an edge is trimmed: the cut as it will be, and the frame at that edge. The playhead stays where it is. */
export interface LookedAt {
  readonly document: ProjectDocument;
  readonly ticks: Ticks;
}

/** The frame to show instead of the playhead's; null for the playhead's. */
export const useLookedAt = create<{ lookedAt: LookedAt | null }>()(() => ({ lookedAt: null }));

/** The document with the previewed change applied. */
export function withLivePreview(document: ProjectDocument): ProjectDocument {
  const { preview } = useLivePreview.getState();
  const sequence = document.sequences[document.activeSequenceId];
  if (!preview || !sequence) return document;
  const tracks = sequence.tracks.map((track) =>
    track.clips.some((clip) => preview.clipIds.includes(clip.id))
      ? {
          ...track,
          clips: track.clips.map((clip) =>
            preview.clipIds.includes(clip.id) ? { ...clip, ...preview.properties } : clip,
          ),
        }
      : track,
  );
  return { ...document, sequences: { ...document.sequences, [sequence.id]: { ...sequence, tracks } } };
}
