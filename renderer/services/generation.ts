/**
 * From 'Generate' to the clip: a placeholder clip stands in place at once, the job is submitted, and when the engine
 * reports the take, services/events puts it into the document. Everything the AI does on the timeline starts here.
 */
import { createClip } from '../../core/document/create.ts';
import { generationState } from '../../core/document/generationState.ts';
import { clipEnd, clipsInRange, findClip, gapAt } from '../../core/document/query.ts';
import { activeSource, clipSourceRange, fileTicksAt } from '../../core/document/sources.ts';
import type { ActionKind, Clip, GenerationRequest, PictureRef, ProjectDocument, Sequence, SourceRef, Track } from '../../core/document/schema.ts';
import { snapToFrame, ticksPerFrame, ticksPerSecond, type TickRange, type Ticks } from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import { engine } from './connection.ts';
import { useEditor } from './store.ts';

export const defaultGenerateTicks: Ticks = 5 * ticksPerSecond;
const maxNameLength = 60;

export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** A request with nothing in it but what every action needs. */
export function emptyRequest(action: ActionKind, durationTicks: Ticks): GenerationRequest {
  return {
    action,
    prompt: '',
    seed: randomSeed(),
    steps: null,
    guidance: null,
    packId: 'starter',
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

/** The material under a clip as an action works on it; null for titles, colours and what is not made yet. */
export function sourceOfClip(document: ProjectDocument, clip: Clip): SourceRef | null {
  // an edit starts from what was filmed, not from an earlier edit of it: takes of one clip stand beside each other
  if (clip.reference.kind === 'media') return { kind: 'media', id: clip.reference.mediaId, ...clipSourceRange(clip) };
  const source = activeSource(document, clip);
  if (source.kind !== 'take') return null;
  const range = clipSourceRange(clip);
  return { kind: 'take', id: source.take.id, startTicks: Math.max(0, range.startTicks - source.take.sourceStartTicks), durationTicks: range.durationTicks };
}

/** One frame of what a clip shows, `clipTicks` after its start. */
export function frameOfClip(document: ProjectDocument, clip: Clip, clipTicks: Ticks): PictureRef | null {
  const source = activeSource(document, clip);
  const sourceTicks = Math.max(0, fileTicksAt(source, clip, clipTicks));
  if (source.kind === 'media' && source.media.video) return { kind: 'media', mediaId: source.media.id, sourceTicks };
  if (source.kind === 'take') return { kind: 'take', takeId: source.take.id, sourceTicks };
  return null;
}

/** The first unlocked track of a role with room in a range; made when there is none. Nothing is ever covered. */
function trackWithRoom(sequence: Sequence, kind: Track['kind'], roles: readonly Track['role'][], range: TickRange): string | null {
  for (const role of roles) {
    const track = sequence.tracks.find((each) => each.kind === kind && each.role === role && !each.locked && clipsInRange(each, range).length === 0);
    if (track) return track.id;
  }
  const { run } = useEditor.getState();
  const role = roles[roles.length - 1]!;
  const name = i18n.t(`generation:trackRole.${role}`);
  const last = sequence.tracks.findLastIndex((each) => each.kind === kind && each.role === role);
  if (!run('addTrack', { sequenceId: sequence.id, kind, role, name, index: last < 0 ? null : last + 1 })) return null;
  const now = useEditor.getState().document!.sequences[sequence.id]!;
  return now.tracks.find((each) => each.role === role && clipsInRange(each, range).length === 0)?.id ?? null;
}

/** Names the clip after what was asked. */
function nameFor(request: GenerationRequest): string {
  const words = request.prompt.trim().replace(/\s+/g, ' ');
  const fallback = request.stem ? i18n.t(`generation:stem.${request.stem}`) : i18n.t(`generation:action.${request.action}`);
  return (words || fallback).slice(0, maxNameLength);
}

/** Puts an empty generated clip on a track and asks for it. Answers the clip's id, null when the track refused. */
export async function generateInPlace(request: GenerationRequest, place: { trackId: string; startTicks: Ticks }): Promise<string | null> {
  const state = useEditor.getState();
  const sequence = state.document?.sequences[state.document.activeSequenceId];
  if (!sequence) return null;
  const clip: Clip = {
    ...createClip(nameFor(request), { kind: 'generated' }, place.startTicks, request.durationTicks),
    generation: { request, takeIds: [], activeTakeId: null, failure: null },
  };
  if (!state.run('addClips', { sequenceId: sequence.id, clips: [{ trackId: place.trackId, clip }], mode: 'overwrite' })) return null;
  state.setSession({ selection: { ...state.selection, clipIds: [clip.id], gap: null } });
  await submit(clip.id, request);
  return clip.id;
}

/** A new clip at the playhead, on the first picture track with room. */
export async function generateAtPlayhead(request: GenerationRequest): Promise<string | null> {
  const { document, playheadTicks } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!sequence) return null;
  const startTicks = snapToFrame(playheadTicks, sequence.rate);
  const trackId = trackWithRoom(sequence, 'video', ['picture', 'overlay'], { startTicks, durationTicks: request.durationTicks });
  return trackId ? generateInPlace(request, { trackId, startTicks }) : null;
}

/** Asks for a new take of a clip that stands: inpaint, restyle, or another try. */
export async function submitGeneration(clipId: string, request: GenerationRequest): Promise<boolean> {
  const state = useEditor.getState();
  const place = state.document ? findClip(state.document, clipId) : null;
  if (!place) return false;
  if (!state.run('setGeneration', { sequenceId: place.sequence.id, clipId, request })) return false;
  return submit(clipId, request);
}

async function submit(clipId: string, request: GenerationRequest): Promise<boolean> {
  const state = useEditor.getState();
  if (!state.projectId) return false;
  try {
    await engine().call('jobs.submit', { spec: { kind: 'generation', projectId: state.projectId, clipId, request } });
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    state.run('setGenerationFailure', { clipId, failure: message });
    state.notify('error', message);
    return false;
  }
}

/** Another take. What is stale or missing is made from the same seed, as it was; else a new seed gives a new look. */
export async function makeAgain(clipId: string): Promise<boolean> {
  const state = useEditor.getState();
  const clip = state.document ? findClip(state.document, clipId)?.clip : undefined;
  if (!clip?.generation) return false;
  const now = generationState(clip, { jobs: Object.values(state.jobs), missingTakeIds: missingTakes(), staleClips: state.staleClips });
  const sameSeed = now === 'stale' || now === 'missing' || now === 'failed' || now === 'draft';
  return submitGeneration(clipId, sameSeed ? clip.generation.request : { ...clip.generation.request, seed: randomSeed() });
}

function missingTakes(): string[] {
  return Object.values(useEditor.getState().takeAssets).flatMap((assets) => (assets.missing ? [assets.takeId] : []));
}

export async function cancelGeneration(clipId: string): Promise<void> {
  const state = useEditor.getState();
  const jobs = Object.values(state.jobs).filter(
    (job) => job.spec.kind === 'generation' && job.spec.clipId === clipId && (job.state === 'queued' || job.state === 'running'),
  );
  await Promise.all(jobs.map((job) => engine().call('jobs.cancel', { jobId: job.id })));
}

/** Steps through a clip's takes (one undo step each). For clips with a source of their own, the source is the first. */
export function switchTake(clipId: string, by: 1 | -1): void {
  const { document, run } = useEditor.getState();
  const place = document ? findClip(document, clipId) : null;
  const generation = place?.clip.generation;
  if (!place || !generation) return;
  const choices: (string | null)[] = [...(place.clip.reference.kind === 'generated' ? [] : [null]), ...generation.takeIds];
  if (choices.length < 2) return;
  const at = choices.indexOf(generation.activeTakeId);
  const takeId = choices[(at + by + choices.length) % choices.length]!;
  run('setActiveTake', { sequenceId: place.sequence.id, clipId, takeId });
}

/** The dragged edge: new material in a clip of its own right at the edge, made from the frames beside it. */
export async function extendClip(clipId: string, direction: 'forward' | 'backward', durationTicks: Ticks, prompt = ''): Promise<string | null> {
  const { document, notify } = useEditor.getState();
  const place = document ? findClip(document, clipId) : null;
  const source = document && place ? sourceOfClip(document, place.clip) : null;
  if (!place || !source) return null;
  const startTicks = direction === 'forward' ? clipEnd(place.clip) : place.clip.startTicks - durationTicks;
  const range = { startTicks, durationTicks };
  if (startTicks < 0 || clipsInRange(place.track, range).length > 0) {
    notify('warning', i18n.t('generation:noRoomToExtend'));
    return null;
  }
  const request: GenerationRequest = {
    ...emptyRequest('extend', durationTicks),
    prompt: prompt || (place.clip.generation?.request.prompt ?? ''),
    source,
    direction,
  };
  return generateInPlace(request, { trackId: place.track.id, startTicks });
}

/** Fills a gap from the frames on either side of it. */
export async function fillGap(trackId: string, atTicks: Ticks, prompt = ''): Promise<string | null> {
  const { document } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  const track = sequence?.tracks.find((each) => each.id === trackId);
  const gap = track ? gapAt(track, atTicks) : null;
  if (!document || !sequence || !track || !gap) return null;
  const before = track.clips.find((clip) => clipEnd(clip) === gap.startTicks);
  const after = track.clips.find((clip) => clip.startTicks === gap.startTicks + gap.durationTicks);
  const lastFrameTicks = ticksPerFrame(sequence.rate);
  const request: GenerationRequest = {
    ...emptyRequest('fillGap', gap.durationTicks),
    prompt,
    firstFrame: before ? frameOfClip(document, before, before.durationTicks - lastFrameTicks) : null,
    lastFrame: after ? frameOfClip(document, after, 0) : null,
  };
  return generateInPlace(request, { trackId, startTicks: gap.startTicks });
}

/** What a soundtrack is for: In–Out, else the selected clips, else the whole cut. */
export function soundtrackRange(): TickRange | null {
  const { document, selection } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!sequence) return null;
  if (sequence.inTicks !== null && sequence.outTicks !== null && sequence.outTicks > sequence.inTicks) {
    return { startTicks: sequence.inTicks, durationTicks: sequence.outTicks - sequence.inTicks };
  }
  const clips = sequence.tracks.flatMap((track) => track.clips);
  const chosen = clips.filter((clip) => selection.clipIds.includes(clip.id));
  const over = chosen.length > 0 ? chosen : sequence.tracks.filter((track) => track.kind === 'video').flatMap((track) => track.clips);
  if (over.length === 0) return null;
  const startTicks = Math.min(...over.map((clip) => clip.startTicks));
  return { startTicks, durationTicks: Math.max(...over.map(clipEnd)) - startTicks };
}

export interface SoundtrackWish {
  readonly stems: readonly NonNullable<GenerationRequest['stem']>[];
  readonly prompt: string;
  readonly tempoBpm: number | null;
  readonly seed: number;
  readonly steps: number | null;
  readonly packId: string;
  readonly volumeDb: Readonly<Record<NonNullable<GenerationRequest['stem']>, number>>;
}

/** One clip a stem, each on a track of its own kind, over the range; hits are the markers of that kind inside it. */
export async function makeSoundtrack(wish: SoundtrackWish): Promise<string[]> {
  const range = soundtrackRange();
  const made: string[] = [];
  for (const stem of wish.stems) {
    const { document, run } = useEditor.getState();
    const sequence = document?.sequences[document.activeSequenceId];
    if (!range || !sequence) return made;
    const trackId = trackWithRoom(sequence, 'audio', [stem], range);
    if (!trackId) continue;
    const request: GenerationRequest = {
      ...emptyRequest('soundtrack', range.durationTicks),
      prompt: wish.prompt,
      seed: wish.seed,
      steps: wish.steps,
      packId: wish.packId,
      stem,
      tempoBpm: wish.tempoBpm,
      sequenceRange: { sequenceId: sequence.id, ...range },
      hitTicks: sequence.markers.filter((marker) => marker.kind === 'hit').map((marker) => marker.ticks - range.startTicks).filter((ticks) => ticks >= 0 && ticks < range.durationTicks),
    };
    const clipId = await generateInPlace(request, { trackId, startTicks: range.startTicks });
    if (!clipId) continue;
    made.push(clipId);
    if (wish.volumeDb[stem] !== 0) run('setClipProperties', { sequenceId: sequence.id, clipIds: [clipId], properties: { volumeDb: wish.volumeDb[stem] } });
  }
  return made;
}

