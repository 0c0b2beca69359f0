/**
 * Extensions past an edge: a separate clip beside it. What a model drew is continued at once; for footage the panel
 * shows the ways first.
 */
import type { ExtendRequest } from '../../../../core/actions/extend/schema.ts';
import { activeSequence, findClipIn } from '../../../../core/document/query.ts';
import { activeSource, clipSourceRange } from '../../../../core/document/sources.ts';
import type { Clip, ProjectDocument, SourceRef } from '../../../../core/document/schema.ts';
import { ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';
import { originOf } from '../../../../core/render/origin.ts';
import { setDraft } from '../../../services/aiDraft.ts';
import { openAiAction } from '../../../services/openAi.ts';
import { generateInPlace, newRequestBase } from '../../../services/placeGeneration.ts';
import { useEditor } from '../../../services/store.ts';
import type { ClipEdge, ExtensionOffer } from '../gestures/gesture.ts';

/** No more of the source than this is shown to the model: the motion beside the seam. */
const contextTicks: Ticks = 4 * ticksPerSecond;

/** Adds an extension clip beside the edge; nothing when the edge cannot be extended. */
export function extendFromEdge(offer: ExtensionOffer): void {
  const { document } = useEditor.getState();
  const place = document === null ? null : findClipIn(activeSequence(document), offer.clipId);
  const source = document === null || place === null ? null : extensionSource(document, place.clip, offer.edge);
  if (place === null || source === null) return;
  const range = extensionRange(offer, place.clip);
  if (range.durationTicks <= 0) return;
  const request: ExtendRequest = {
    action: 'extend',
    ...newRequestBase(range.durationTicks),
    prompt: place.clip.generation?.request.prompt ?? '',
    source,
    direction: offer.edge === 'out' ? 'forward' : 'backward',
  };
  const ofFootage = originOf(source, document!) === 'footage';
  generateInPlace(request, { trackId: offer.trackId, startTicks: range.startTicks }, 0, !ofFootage);
  // how footage is continued is chosen by looking at it
  if (ofFootage) openExtension();
}

function openExtension(): void {
  setDraft({ asNewClip: false });
  openAiAction('generate');
}

/** The offer counts from the source's end; the trimmed edge may have stopped a frame earlier, and the seam is there. */
export function extensionRange(
  offer: ExtensionOffer,
  clip: Pick<Clip, 'startTicks' | 'durationTicks'>,
): { readonly startTicks: Ticks; readonly durationTicks: Ticks } {
  const offerEnd = offer.startTicks + offer.durationTicks;
  if (offer.edge === 'in') return { startTicks: offer.startTicks, durationTicks: clip.startTicks - offer.startTicks };
  const startTicks = clip.startTicks + clip.durationTicks;
  return { startTicks, durationTicks: offerEnd - startTicks };
}

/** The part of the clip's own file beside the edge, in the file's time; null where it shows no file. */
export function extensionSource(document: ProjectDocument, clip: Clip, edge: ClipEdge): SourceRef | null {
  const source = activeSource(document, clip);
  if (source.kind !== 'media' && source.kind !== 'take') return null;
  const range = clipSourceRange(clip);
  const offset = source.kind === 'take' ? source.take.sourceStartTicks : 0;
  const durationTicks = Math.min(range.durationTicks, contextTicks);
  // backwards, the clip's right edge is the source's earlier one
  const late = (edge === 'out') !== clip.reversed;
  const startTicks = Math.max(
    0,
    (late ? range.startTicks + range.durationTicks - durationTicks : range.startTicks) - offset,
  );
  return {
    kind: source.kind,
    id: source.kind === 'media' ? source.media.id : source.take.id,
    startTicks,
    durationTicks,
  };
}
