/** What the timeline itself asks the AI for: the stretch past an edge, and a gap. The clip stands in place at once, then it is asked for. */
import { createClip } from '../../../../core/document/create.ts';
import { activeSequence, clipEnd, findClipIn, neighboursOf } from '../../../../core/document/query.ts';
import type { Clip, GenerationRequest } from '../../../../core/document/schema.ts';
import { newSeed, submitGeneration } from '../../../services/generation.ts';
import { useEditor } from '../../../services/store.ts';
import type { ExtensionOffer } from '../gestures/gesture.ts';
import { selectClips } from '../gestures/marquee.ts';
import type { Gap } from '../view/visible.ts';
import { extendRequest, fillRequest } from './requests.ts';

export function extendFromEdge(offer: ExtensionOffer): void {
  const { document, packs } = useEditor.getState();
  const place = document === null ? null : findClipIn(activeSequence(document), offer.clipId);
  if (document === null || place === null) return;
  const request = extendRequest(document, place.clip, offer, { seed: newSeed(), packId: videoPackId(packs) });
  if (request !== null) placeAndAsk(offer.trackId, offer.startTicks, place.clip.name, request);
}

/** From the frames on both sides of it (one side where it begins the track). */
export function fillGap(gap: Gap): void {
  const { document, packs } = useEditor.getState();
  if (document === null) return;
  const sequence = activeSequence(document);
  const track = sequence.tracks.find((item) => item.id === gap.trackId);
  if (track === undefined) return;
  const { before, after } = neighboursOf(track, gap.startTicks);
  const touching = { before: before !== null && clipEnd(before) === gap.startTicks ? before : null, after };
  const request = fillRequest(document, sequence, touching, gap, { seed: newSeed(), packId: videoPackId(packs) });
  placeAndAsk(track.id, gap.startTicks, (touching.before ?? after)?.name ?? track.name, request);
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

/** The first sound pack that makes pictures; the starter pack's name when none is listed, so that the job says what is missing. */
export function videoPackId(packs: readonly { readonly id: string; readonly video: object | null; readonly problem: string | null }[]): string {
  return packs.find((pack) => pack.video !== null && pack.problem === null)?.id ?? 'starter';
}
