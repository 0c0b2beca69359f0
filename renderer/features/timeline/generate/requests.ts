/** Requests that follow from a place on the timeline. Pure: what is asked for stands in the request alone. */
import { activeSource, clipSourceRange } from '../../../../core/document/sources.ts';
import type { ActionKind, Clip, GenerationRequest, ProjectDocument, SourceRef } from '../../../../core/document/schema.ts';
import { ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';
import type { ExtensionOffer } from '../gestures/gesture.ts';

export interface RequestBasics {
  readonly seed: number;
  readonly packId: string;
}

/** Of a source no more than this is shown to the model: the motion just before the seam. */
const contextTicks: Ticks = 4 * ticksPerSecond;

function emptyRequest(action: ActionKind, durationTicks: Ticks, basics: RequestBasics): GenerationRequest {
  return {
    action,
    prompt: '',
    seed: basics.seed,
    steps: null,
    guidance: null,
    packId: basics.packId,
    durationTicks,
    firstFrame: null,
    lastFrame: null,
    references: [],
    source: null,
    mask: null,
    edit: null,
    keepShapes: null,
    scope: null,
    direction: null,
    stem: null,
    sequenceRange: null,
    hitTicks: [],
    tempoBpm: null,
  };
}

/** null where the clip shows no file (a title, a colour, something not made yet). */
export function extendRequest(document: ProjectDocument, clip: Clip, offer: ExtensionOffer, basics: RequestBasics): GenerationRequest | null {
  const source = contextOf(document, clip, offer.edge);
  if (source === null) return null;
  return {
    ...emptyRequest('extend', offer.durationTicks, basics),
    prompt: clip.generation?.request.prompt ?? '',
    source,
    direction: offer.edge === 'out' ? 'forward' : 'backward',
  };
}

/** The stretch of the clip's own file beside the edge, in the file's time. */
function contextOf(document: ProjectDocument, clip: Clip, edge: 'in' | 'out'): SourceRef | null {
  const source = activeSource(document, clip);
  if (source.kind !== 'media' && source.kind !== 'take') return null;
  const range = clipSourceRange(clip);
  const offset = source.kind === 'take' ? source.take.sourceStartTicks : 0;
  const length = Math.min(range.durationTicks, contextTicks);
  // backwards, the clip's right edge is the source's earlier one
  const late = (edge === 'out') !== clip.reversed;
  const startTicks = Math.max(0, (late ? range.startTicks + range.durationTicks - length : range.startTicks) - offset);
  return { kind: source.kind, id: source.kind === 'media' ? source.media.id : source.take.id, startTicks, durationTicks: length };
}
