/** Cut-outs: what a mask covers as a clip of its own on a layer above, and another ground below it. */
import { createClip, newId } from '../../core/document/create.ts';
import { clipEnd, clipsInRange, findClip, type ClipPlace } from '../../core/document/query.ts';
import type { Clip, Mask, MediaItem, ProjectDocument, Sequence, Track } from '../../core/document/schema.ts';
import type { SourceRef } from '../../core/document/refs.ts';
import type { CutOutRequest } from '../../core/actions/cutOut/schema.ts';
import { frameAtTicks, ticksAtFrame } from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import { isBeingMade } from './clipTakes.ts';
import type { EditorState } from './editor.ts';
import { followJobOf, useFollowed } from './followMask.ts';
import { submitGeneration } from './generation.ts';
import { setMask } from './maskSteps.ts';
import { newRequestBase, sourceOfClip } from './placeGeneration.ts';
import { aiShown, canEdit } from './selectors.ts';
import { emptySelection, useEditor } from './store.ts';

/** What comes below a cut-out. */
export type Ground =
  | { readonly kind: 'colour'; readonly color: string }
  | { readonly kind: 'media'; readonly mediaId: string };

/** Why a clip's mask cannot be cut out now; null = it can. */
export type CutOutProblem = 'mask' | 'source' | 'following' | 'notFollowed' | 'locked';

/** What speaks against cutting a clip's mask out. */
export function cutOutProblem(state: EditorState, clipId: string): CutOutProblem | null {
  const place = state.document && findClip(state.document, clipId);
  const mask = state.masks[clipId];
  if (!state.document || !place || !mask) return 'mask';
  if (!sourceOfClip(state.document, place.clip)) return 'source';
  if (!aiShown(state) || !canEdit(state) || (isCutOut(place.clip) && place.track.locked)) return 'locked';
  if (followJobOf(clipId, state.jobs) || isBeingMade(state, clipId)) return 'following';
  const followed = useFollowed.getState().byClip[clipId];
  if (mask.kind === 'followed' && !(followed?.mask.keys === mask.keys && followed.state.isWhole)) return 'notFollowed';
  return null;
}

/** The clip was made by cutting out: its mask is changed, not cut out of again. */
export function isCutOut({ generation }: Clip): boolean {
  return generation?.request.action === 'cutOut';
}

/** The files of the bin that can be a ground. */
export function groundsOf(document: ProjectDocument): readonly MediaItem[] {
  return Object.values(document.media).filter(({ kind, video }) => kind !== 'audio' && video !== null);
}

/**
 * Puts what the clip's mask covers on the layer above, with `ground` between the two; a cut-out itself is made again
 * with its mask as it is now. One step of the history. Answers the cut-out's clip; null where it cannot be done.
 */
export function addCutOut(clipId: string, ground: Ground | null = null): string | null {
  const state = useEditor.getState();
  const place = state.document && findClip(state.document, clipId);
  const mask = state.masks[clipId];
  const source = place && state.document && sourceOfClip(state.document, place.clip);
  if (!place || !mask || !source || cutOutProblem(state, clipId) !== null) return null;
  const request = requestOf(place.clip, source, mask);
  const made = state.asOneStep('addClips', () => {
    const cut = isCutOut(place.clip) ? setAgain(place, request) : addAbove(place, request);
    if (cut !== null && ground) addGround(cut, ground);
    return cut;
  });
  if (made === null) return null;
  setMask(made, mask);
  useEditor.getState().setSession({ maskMode: null, selection: { ...emptySelection, clipIds: [made] } });
  submitGeneration(made);
  return made;
}

/** Nothing is drawn at random, and no pack is needed. */
function requestOf(clip: Clip, source: SourceRef, mask: Mask): CutOutRequest {
  const base = { ...newRequestBase(clip.durationTicks), seed: 0, packId: '' };
  return { action: 'cutOut', ...base, source, mask };
}

function setAgain({ sequence, clip }: ClipPlace, request: CutOutRequest): string | null {
  const isSet = useEditor.getState().run('setGeneration', { sequenceId: sequence.id, clipId: clip.id, request });
  return isSet ? clip.id : null;
}

function addAbove({ sequence, track, clip }: ClipPlace, request: CutOutRequest): string | null {
  const trackId = trackBeside(sequence, track.id, 1, clip);
  if (trackId === null) return null;
  const cut: Clip = {
    ...clip,
    ...{ id: newId(), linkId: null, name: i18n.t('generation:cutOutOf', { name: clip.name }) },
    generation: { request, takeIds: [], activeTakeId: null, failure: null },
  };
  return put(sequence.id, trackId, [cut]) ? cut.id : null;
}

/** Right below the cut-out, for as long as it is. */
function addGround(cutId: string, ground: Ground): void {
  const { document } = useEditor.getState();
  const place = document && findClip(document, cutId);
  if (!document || !place) return;
  const { sequence, track, clip } = place;
  const trackId = trackBeside(sequence, track.id, 0, clip);
  if (trackId !== null) put(sequence.id, trackId, groundClips(document, sequence, clip, ground));
}

/** The track right above another (`up` 1), or a new one in its place (0); one that is there counts if it has room. */
function trackBeside(sequence: Sequence, trackId: string, up: 0 | 1, range: Clip): string | null {
  const index = sequence.tracks.findIndex(({ id }) => id === trackId) + up;
  const there = up === 1 ? sequence.tracks[index] : undefined;
  if (there && isFree(there, range)) return there.id;
  const name = i18n.t('generation:trackRole.overlay');
  const added = { sequenceId: sequence.id, kind: 'video' as const, role: 'overlay' as const, name, index };
  if (!useEditor.getState().run('addTrack', added)) return null;
  return useEditor.getState().document?.sequences[sequence.id]?.tracks[index]?.id ?? null;
}

function isFree(track: Track, range: Clip): boolean {
  if (track.kind !== 'video' || track.role !== 'overlay' || track.locked || track.hidden) return false;
  return clipsInRange(track, range).length === 0;
}

function put(sequenceId: string, trackId: string, clips: readonly Clip[]): boolean {
  const added = clips.map((clip) => ({ trackId, clip }));
  return useEditor.getState().run('addClips', { sequenceId, clips: added, mode: 'overwrite' });
}

/** One clip, or a film as often as it takes. It fills the frame. */
function groundClips(document: ProjectDocument, sequence: Sequence, over: Clip, ground: Ground): Clip[] {
  const { startTicks, durationTicks } = over;
  if (ground.kind === 'colour')
    return [createClip(i18n.t('generation:ground'), { kind: 'solid', color: ground.color }, startTicks, durationTicks)];
  const item = document.media[ground.mediaId];
  if (!item?.video) return [];
  const { width, height } = item.video;
  const [across, down] = [sequence.width / width, sequence.height / height];
  const scale = Math.max(across, down) / Math.min(across, down);
  const first = frameAtTicks(startTicks, sequence.rate);
  const ownFrames = Math.max(1, frameAtTicks(item.durationTicks, sequence.rate));
  const clips: Clip[] = [];
  for (let at = startTicks; at < clipEnd(over) && clips.length < mostRepeats;) {
    const next =
      item.kind === 'image' ? clipEnd(over) : ticksAtFrame(first + (clips.length + 1) * ownFrames, sequence.rate);
    const clip = createClip(item.name, { kind: 'media', mediaId: item.id }, at, Math.min(next, clipEnd(over)) - at);
    clips.push({ ...clip, transform: { ...clip.transform, scale } });
    at = next;
  }
  return clips;
}

/** A ground of a few frames would otherwise become thousands of clips. */
const mostRepeats = 200;
