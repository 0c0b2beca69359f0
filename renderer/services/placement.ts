/** From a file of the bin to clips: picture and sound linked, on the right kinds of track. */
import { FailureError } from '../../core/contract/errors.ts';
import { createClip, defaultStillTicks, newId } from '../../core/document/create.ts';
import { clipsInRange } from '../../core/document/query.ts';
import { migrateRequest } from '../../core/actions/migrateRequest.ts';
import type { Clip, MediaItem, Sequence, Track } from '../../core/document/schema.ts';
import { snapToFrame, ticksPerFrame, type Ticks } from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import { engine } from './connection.ts';
import { offerMatch } from './matchSequence.ts';
import { sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

export interface PlacedClip {
  readonly trackId: string;
  readonly clip: Clip;
}

/** The part of a file that is used, ticks of its own time. */
export interface UsedPart {
  readonly sourceInTicks: Ticks;
  readonly durationTicks: Ticks;
}

function wholeFile(item: MediaItem, sequence: Sequence): UsedPart {
  const length = item.kind === 'image' ? defaultStillTicks : item.durationTicks;
  return {
    sourceInTicks: 0,
    durationTicks: Math.max(ticksPerFrame(sequence.rate), snapToFrame(length, sequence.rate)),
  };
}

/** The clips of one file from a tick on. `videoTrackId` / `audioTrackId` null = leave that half out. */
export function clipsOfMedia(
  item: MediaItem,
  startTicks: Ticks,
  sequence: Sequence,
  videoTrackId: string | null,
  audioTrackId: string | null,
  part: UsedPart = wholeFile(item, sequence),
): PlacedClip[] {
  const name = item.name.replace(/\.[^.]+$/, '');
  const linkId = item.video && item.audio && videoTrackId && audioTrackId ? newId() : null;
  const make = (trackId: string): PlacedClip => ({
    trackId,
    clip: {
      ...createClip(name, { kind: 'media', mediaId: item.id }, startTicks, part.durationTicks),
      sourceInTicks: part.sourceInTicks,
      linkId,
    },
  });
  return [
    ...(item.video && videoTrackId ? [make(videoTrackId)] : []),
    ...(item.audio && audioTrackId ? [make(audioTrackId)] : []),
  ];
}

/** Tracks for footage, best first: stems that the AI makes keep their own tracks as long as there are others. */
const wantedRoles: Readonly<Record<Track['kind'], readonly Track['role'][]>> = {
  video: ['picture', 'overlay'],
  audio: ['speech', 'music', 'foley', 'ambience'],
};

function footageTracks(sequence: Sequence, kind: Track['kind']): Track[] {
  const open = sequence.tracks.filter((track) => track.kind === kind && !track.locked);
  return wantedRoles[kind].flatMap((role) => open.filter((track) => track.role === role));
}

const isFree = (track: Track, startTicks: Ticks, durationTicks: Ticks) =>
  clipsInRange(track, { startTicks, durationTicks }).length === 0;

/** The unlocked track of a kind that footage goes to: the first with room, else the first. */
export function trackFor(
  sequence: Sequence,
  kind: Track['kind'],
  startTicks: Ticks,
  durationTicks: Ticks,
): string | null {
  const tracks = footageTracks(sequence, kind);
  return (tracks.find((track) => isFree(track, startTicks, durationTicks)) ?? tracks[0])?.id ?? null;
}

/** The track that insert and overwrite go to, whatever stands there. */
export function editTrack(sequence: Sequence, kind: Track['kind']): string | null {
  return footageTracks(sequence, kind)[0]?.id ?? null;
}

/**
 * The track for the half of a file that comes along with what was placed by hand: one for dialogue (or music, for a
 * sound file), or one for pictures; null when none has room. Stems keep their tracks. Insert makes its own room.
 */
export function companionTrack(
  sequence: Sequence,
  item: MediaItem,
  kind: Track['kind'],
  place: { readonly startTicks: Ticks; readonly durationTicks: Ticks; readonly insert: boolean },
): string | null {
  const fits = footageTracks(sequence, kind).find(
    (track) =>
      (kind === 'video' || track.role === 'speech' || (!item.video && track.role === 'music')) &&
      (place.insert || isFree(track, place.startTicks, place.durationTicks)),
  );
  return fits?.id ?? null;
}

/** Adds a track for footage to the active sequence and answers its id; null when the command was refused. */
export function addFootageTrack(kind: Track['kind']): string | null {
  const sequence = sequenceOf(useEditor.getState());
  if (!sequence) return null;
  const known = new Set(sequence.tracks.map((track) => track.id));
  const role = kind === 'audio' ? 'speech' : 'overlay';
  const name = i18n.t(`commands:trackNames.${role}`);
  useEditor.getState().run('addTrack', { sequenceId: sequence.id, kind, role, name, index: null });
  return sequenceOf(useEditor.getState())?.tracks.find((track) => !known.has(track.id))?.id ?? null;
}

/** A track with room for a file's sound, a new one if need be; null for a file without sound. */
function soundTrack(item: MediaItem, startTicks: Ticks, durationTicks: Ticks): string | null {
  const sequence = sequenceOf(useEditor.getState());
  if (!sequence || !item.audio) return null;
  const place = { startTicks, durationTicks, insert: false };
  return companionTrack(sequence, item, 'audio', place) ?? addFootageTrack('audio');
}

/** Puts files one after the other at the playhead, on tracks with room, and moves the playhead behind them. */
export function addMediaAtPlayhead(mediaIds: readonly string[]): void {
  const { document, playheadTicks, run, asOneStep, setSession } = useEditor.getState();
  const first = sequenceOf(useEditor.getState());
  if (!document || !first) return;
  let at = snapToFrame(playheadTicks, first.rate);
  const shot = mediaIds.map((id) => document.media[id]).find((item) => item?.kind === 'video');
  const offer = shot ? offerMatch(shot) : () => undefined;
  asOneStep('addClips', () => {
    for (const id of mediaIds) {
      const item = document.media[id];
      if (!item) continue;
      const { durationTicks } = wholeFile(item, first);
      const audio = soundTrack(item, at, durationTicks);
      const clips = clipsOfMedia(item, at, first, trackFor(first, 'video', at, durationTicks), audio);
      if (clips.length > 0 && run('addClips', { sequenceId: first.id, clips, mode: 'overwrite' })) at += durationTicks;
    }
  });
  setSession({ playheadTicks: at });
  offer();
}

/** Places a take on the timeline at the playhead with its request, so that it can be regenerated. */
export async function addTakeAtPlayhead(takeId: string): Promise<void> {
  const { projectId, playheadTicks } = useEditor.getState();
  if (!projectId || !useEditor.getState().document?.takes[takeId]) return;
  const recipe = await engine().call('takes.recipe', { projectId, takeId });
  // the document as it is now: it may have been edited, or be another one
  const { document, run, projectId: openId } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  const take = document?.takes[takeId];
  if (openId !== projectId || !sequence || !take) return;
  const request = migrateRequest(recipe['request']);
  if (!request) throw new FailureError('damaged', `The recipe of take ${takeId} holds no request.`);
  const startTicks = snapToFrame(playheadTicks, sequence.rate);
  const trackId = trackFor(sequence, take.kind === 'audio' ? 'audio' : 'video', startTicks, take.durationTicks);
  if (!trackId) return;
  const clip: Clip = {
    ...createClip(take.prompt || take.action, { kind: 'generated' }, startTicks, take.durationTicks),
    sourceInTicks: take.sourceStartTicks,
    generation: { request, takeIds: [takeId], activeTakeId: takeId, failure: null },
  };
  run('addClips', { sequenceId: sequence.id, clips: [{ trackId, clip }], mode: 'overwrite' });
}
