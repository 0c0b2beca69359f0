/** What the timeline itself asks the AI for: the stretch past an edge. The clip stands in place at once, then it is asked for. */
import { createClip } from '../../../../core/document/create.ts';
import { activeSequence, findClipIn } from '../../../../core/document/query.ts';
import type { Clip, GenerationRequest } from '../../../../core/document/schema.ts';
import { newSeed, submitGeneration } from '../../../services/generation.ts';
import { useEditor } from '../../../services/store.ts';
import type { ExtensionOffer } from '../gestures/gesture.ts';
import { selectClips } from '../gestures/marquee.ts';
import { extendRequest } from './requests.ts';

export function extendFromEdge(offer: ExtensionOffer): void {
  const { document, packs } = useEditor.getState();
  const place = document === null ? null : findClipIn(activeSequence(document), offer.clipId);
  if (document === null || place === null) return;
  const request = extendRequest(document, place.clip, offer, { seed: newSeed(), packId: videoPackId(packs) });
  if (request !== null) placeAndAsk(offer.trackId, offer.startTicks, place.clip.name, request);
}

function placeAndAsk(trackId: string, startTicks: number, name: string, request: GenerationRequest): void {
  const state = useEditor.getState();
  if (state.document === null) return;
  const clip: Clip = { ...createClip(name, { kind: 'generated' }, startTicks, request.durationTicks), generation: { request, takeIds: [], activeTakeId: null, failure: null } };
  const sequenceId = activeSequence(state.document).id;
  if (!state.run('addClips', { sequenceId, clips: [{ trackId, clip }], mode: 'overwrite' })) return;
  state.setSession({ selection: selectClips(useEditor.getState().selection, [clip.id]) });
  submitGeneration(clip.id);
}

/** The first pack without a fault that makes pictures; the starter pack's name when none is listed, so that the job says what is missing. */
export function videoPackId(packs: readonly { readonly id: string; readonly video: object | null; readonly problem: string | null }[]): string {
  return packs.find((pack) => pack.video !== null && pack.problem === null)?.id ?? 'starter';
}
