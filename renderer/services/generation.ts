/** Asking for takes: shared by the panel, the clips' own buttons and the actions. */
import { findClip } from '../../core/document/query.ts';
import { choicesOfClip, generationState, pairToCompare } from '../../core/document/generationState.ts';
import type { SoundtrackRequest } from '../../core/actions/soundtrack/schema.ts';
import type { Clip, GenerationRequest, ProjectDocument, Sequence, Take } from '../../core/document/schema.ts';
import { containsTick, type TickRange, type Ticks } from '../../core/time/ticks.ts';
import { engine } from './connection.ts';
import { start } from './errors.ts';
import { cancelJob, isActive, takeJob } from './jobs.ts';
import type { EditorState } from './editor.ts';
import { generationFacts } from './selectors.ts';
import { documentSaved, useEditor } from './store.ts';

/** A new seed, 0..2^32-1. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** Submits the clip's request to the engine. The clip shows 'queued' immediately. */
export function submitGeneration(clipId: string): void {
  const { document, projectId } = useEditor.getState();
  const request = document && findClip(document, clipId)?.clip.generation?.request;
  if (!request || !projectId) return;
  // a moment later: the clip may still be part of a step that is being put together
  start(
    Promise.resolve()
      .then(documentSaved)
      .then(() => engine().call('jobs.submit', { spec: { kind: 'generation', projectId, clipId, request } }))
      .then(takeJob),
  );
}

/** Writes the request onto the clip (one undo step) and sends it. Answers false when the document refused. */
export function generate(sequenceId: string, clipId: string, request: GenerationRequest): boolean {
  if (!useEditor.getState().run('setGeneration', { sequenceId, clipId, request })) return false;
  submitGeneration(clipId);
  return true;
}

/**
 * 'Regenerate': stale, failed, missing and never generated clips are requested unchanged; a ready clip gets another
 * seed, since the same one would give the same take.
 */
export function makeAgain(clipId: string): void {
  const state = useEditor.getState();
  const place = state.document && findClip(state.document, clipId);
  const request = place?.clip.generation?.request;
  if (!state.document || !place || !request) return;
  const now = generationState(place.clip, generationFacts(state));
  const whole = request.action === 'soundtrack' ? wholeNow(state.document, request) : request;
  if (now === 'ready') generate(place.sequence.id, clipId, { ...whole, seed: newSeed() });
  // failed or missing clips are retried with the same request, part included; stale clips are regenerated whole
  else if (now === 'stale' && request.action === 'soundtrack') generate(place.sequence.id, clipId, whole);
  else submitGeneration(clipId);
}

/**
 * The take that a clip shows, where the same can be made larger: made as the clip asks for it now, by a pack with an
 * upscaler, at the pack's own size.
 */
export function upscalable(state: EditorState, clip: Clip): Take | null {
  const { request, activeTakeId } = clip.generation ?? {};
  const take = activeTakeId ? state.document?.takes[activeTakeId] : undefined;
  const video = take && state.packs.find((pack) => pack.id === take.packId && pack.problem === null)?.video;
  if (
    !request ||
    !take ||
    !video?.upscale ||
    request.action !== 'generate' ||
    request.upscale ||
    take.width !== video.width
  )
    return null;
  return generationState(clip, generationFacts(state)) === 'ready' ? take : null;
}

/** Another take of the clip: the same frames by the same seed, through the upscaler. The take as it was stays. */
export function upscaleTake(clipId: string): void {
  const state = useEditor.getState();
  const place = state.document && findClip(state.document, clipId);
  const take = place ? upscalable(state, place.clip) : null;
  const request = place?.clip.generation?.request;
  if (place && take && request?.action === 'generate')
    generate(place.sequence.id, clipId, {
      ...request,
      packId: take.packId,
      seed: take.seed,
      upscale: 4,
    });
}

/** A stem as it would be asked for now: whole, with the hits marked by now. */
export function wholeNow(document: ProjectDocument, request: SoundtrackRequest): SoundtrackRequest {
  const { part: _part, ...whole } = request;
  const range = request.sequenceRange;
  const sequence = range ? document.sequences[range.sequenceId] : undefined;
  return range && sequence ? { ...whole, hitTicks: hitsIn(sequence, range) } : whole;
}

/** Hit markers as ticks after the range's start. */
export function hitsIn(sequence: Sequence, range: TickRange): Ticks[] {
  return sequence.markers
    .filter((marker) => marker.kind === 'hit')
    .map((marker) => marker.ticks - range.startTicks)
    .filter((ticks) => ticks >= 0 && ticks < range.durationTicks);
}

/** Cancels all jobs of a clip that have not ended. */
export function cancelGeneration(clipId: string): void {
  for (const job of Object.values(useEditor.getState().jobs)) {
    if (job.spec.kind === 'generation' && job.spec.clipId === clipId && isActive(job)) cancelJob(job.id);
  }
}

/**
 * What stands `step` places after what a clip shows: its file, then its takes in the order they were made; stops at the
 * ends.
 */
export function stepTake(clipId: string, step: 1 | -1): void {
  const state = useEditor.getState();
  const place = state.document && findClip(state.document, clipId);
  if (!state.document || !place?.clip.generation) return;
  const choices = choicesOfClip(state.document, place.clip);
  const takeId = choices[choices.indexOf(place.clip.generation.activeTakeId) + step];
  if (takeId !== undefined) state.run('setActiveTake', { sequenceId: place.sequence.id, clipId, takeId });
}

/**
 * Puts what a clip shows beside what came before it; the playhead goes to the clip when it is elsewhere. Answers false
 * when there is only one thing.
 */
export function compareTakes(clipId: string): boolean {
  const { document, playheadTicks, setSession } = useEditor.getState();
  const clip = document && findClip(document, clipId)?.clip;
  const pair = document && clip ? pairToCompare(document, clip) : null;
  if (!clip || !pair) return false;
  const elsewhere = !containsTick(clip, playheadTicks);
  setSession({
    compare: { clipId, ...pair, mode: 'wipe', position: 0.5 },
    viewerMode: 'timeline',
    ...(elsewhere ? { playheadTicks: clip.startTicks, playing: 0 } : {}),
  });
  return true;
}
