/**
 * From 'Generate' to the clip: a placeholder appears immediately, the job is submitted, and when the engine reports the
 * take, services/jobs.ts adds it to the document.
 */
import { createClip } from '../../core/document/create.ts';
import { clipEnd, clipsInRange } from '../../core/document/query.ts';
import { activeSource, clipSourceRange, fileTicksAt } from '../../core/document/sources.ts';
import type { RequestBase } from '../../core/actions/requestBase.ts';
import type { SoundtrackRequest, Stem } from '../../core/actions/soundtrack/schema.ts';
import type {
  Clip,
  GenerationRequest,
  PictureRef,
  ProjectDocument,
  Sequence,
  SourceRef,
  Track,
} from '../../core/document/schema.ts';
import { snapToFrame, type TickRange, type Ticks } from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import { hitsIn, newSeed, submitGeneration } from './generation.ts';
import { emptySelection, useEditor } from './store.ts';

const maxNameLength = 60;

/** What every request holds, with nothing chosen yet. */
export function newRequestBase(durationTicks: Ticks): RequestBase {
  return { prompt: '', seed: newSeed(), steps: null, guidance: null, packId: 'starter', durationTicks };
}

/** The material under a clip as an edit works on it; null for titles, colours and what is not made yet. */
export function sourceOfClip(document: ProjectDocument, clip: Clip): SourceRef | null {
  // an edit starts from what was filmed, not from an earlier edit of it: takes of one clip stand beside each other
  if (clip.reference.kind === 'media') return { kind: 'media', id: clip.reference.mediaId, ...clipSourceRange(clip) };
  const source = activeSource(document, clip);
  if (source.kind !== 'take') return null;
  const range = clipSourceRange(clip);
  return {
    kind: 'take',
    id: source.take.id,
    startTicks: Math.max(0, range.startTicks - source.take.sourceStartTicks),
    durationTicks: range.durationTicks,
  };
}

/** One frame of what a clip shows, `clipTicks` after its start. */
export function frameOfClip(document: ProjectDocument, clip: Clip, clipTicks: Ticks): PictureRef | null {
  const source = activeSource(document, clip);
  const sourceTicks = Math.max(0, fileTicksAt(source, clip, clipTicks));
  if (source.kind === 'media' && source.media.video) return { kind: 'media', mediaId: source.media.id, sourceTicks };
  if (source.kind === 'take' && source.take.kind !== 'audio')
    return { kind: 'take', takeId: source.take.id, sourceTicks };
  return null;
}

/**
 * The first unlocked track of the roles with room in a range; one is added when there is none. Nothing is ever covered.
 */
function trackWithRoom(
  sequence: Sequence,
  kind: Track['kind'],
  roles: readonly Track['role'][],
  range: TickRange,
): string | null {
  for (const role of roles) {
    const track = sequence.tracks.find(
      (each) => each.kind === kind && each.role === role && !each.locked && clipsInRange(each, range).length === 0,
    );
    if (track) return track.id;
  }
  const role = roles[roles.length - 1]!;
  const last = sequence.tracks.findLastIndex((each) => each.kind === kind && each.role === role);
  const name = i18n.t(`generation:trackRole.${role}`);
  if (
    !useEditor
      .getState()
      .run('addTrack', { sequenceId: sequence.id, kind, role, name, index: last < 0 ? null : last + 1 })
  )
    return null;
  const now = useEditor.getState().document!.sequences[sequence.id]!;
  return (
    now.tracks.find((each) => each.role === role && !each.locked && clipsInRange(each, range).length === 0)?.id ?? null
  );
}

/** The clip is named after its request. */
function nameFor(request: GenerationRequest): string {
  const words = request.prompt.trim().replace(/\s+/g, ' ');
  const fallback =
    request.action === 'soundtrack'
      ? i18n.t(`generation:stem.${request.stem}`)
      : i18n.t(`generation:action.${request.action}`);
  return (words || fallback).slice(0, maxNameLength);
}

/**
 * Puts an empty generated clip on a track and, unless that comes later, asks for it. Answers the clip's id, null when
 * the track refused.
 */
export function generateInPlace(
  request: GenerationRequest,
  place: { trackId: string; startTicks: Ticks },
  volumeDb = 0,
  submits = true,
): string | null {
  const state = useEditor.getState();
  const sequence = state.document?.sequences[state.document.activeSequenceId];
  if (!sequence) return null;
  const clip: Clip = {
    ...createClip(nameFor(request), { kind: 'generated' }, place.startTicks, request.durationTicks),
    volumeDb,
    generation: { request, takeIds: [], activeTakeId: null, failure: null },
  };
  if (!state.run('addClips', { sequenceId: sequence.id, clips: [{ trackId: place.trackId, clip }], mode: 'overwrite' }))
    return null;
  state.setSession({ selection: { ...emptySelection, clipIds: [clip.id] } });
  if (submits) submitGeneration(clip.id);
  return clip.id;
}

/** A new clip at the playhead, on the first picture track with room. */
export function generateAtPlayhead(request: GenerationRequest): string | null {
  const { document, playheadTicks } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!sequence) return null;
  const startTicks = snapToFrame(playheadTicks, sequence.rate);
  return useEditor.getState().asOneStep('addClips', () => {
    const trackId = trackWithRoom(sequence, 'video', ['picture', 'overlay'], {
      startTicks,
      durationTicks: request.durationTicks,
    });
    return trackId ? generateInPlace(request, { trackId, startTicks }) : null;
  });
}

/** What a soundtrack is for: In–Out, else the selected clips, else the whole cut. */
export function soundtrackRange(): TickRange | null {
  const { document, selection } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!sequence) return null;
  if (sequence.inTicks !== null && sequence.outTicks !== null && sequence.outTicks > sequence.inTicks) {
    return { startTicks: sequence.inTicks, durationTicks: sequence.outTicks - sequence.inTicks };
  }
  const pictures = sequence.tracks.filter((track) => track.kind === 'video').flatMap((track) => track.clips);
  const chosen = pictures.filter((clip) => selection.clipIds.includes(clip.id));
  const over = chosen.length > 0 ? chosen : pictures;
  if (over.length === 0) return null;
  const startTicks = Math.min(...over.map((clip) => clip.startTicks));
  return { startTicks, durationTicks: Math.max(...over.map(clipEnd)) - startTicks };
}

/** A clip placed on the timeline, and the request for it. */
export interface PlacedStem {
  readonly clipId: string;
  readonly request: SoundtrackRequest;
}

/**
 * One clip a stem, each on a track of its own kind, over the range; hits are the markers of that kind inside it. The
 * clips are selected.
 */
export function makeSoundtrack(
  basis: SoundtrackRequest,
  stems: readonly Stem[],
  levelsDb: Readonly<Record<Stem, number>>,
): readonly PlacedStem[] {
  const range = soundtrackRange();
  const made: PlacedStem[] = [];
  if (!range) return made;
  useEditor.getState().asOneStep('addClips', () => {
    for (const stem of stems) {
      const { document } = useEditor.getState();
      const sequence = document?.sequences[document.activeSequenceId];
      if (!sequence) return;
      const trackId = trackWithRoom(sequence, 'audio', [stem], range);
      const request: SoundtrackRequest = {
        ...basis,
        stem,
        ...(stems.length > 1 ? { besides: stems.filter((other) => other !== stem) } : {}),
        hitTicks: hitsIn(sequence, range),
      };
      const clipId = trackId && generateInPlace(request, { trackId, startTicks: range.startTicks }, levelsDb[stem]);
      if (clipId) made.push({ clipId, request });
    }
  });
  const state = useEditor.getState();
  state.setSession({ selection: { ...emptySelection, clipIds: made.map(({ clipId }) => clipId) } });
  return made;
}
