/** From a file of the bin to clips: picture and sound linked, on the right kinds of track. */
import { FailureError } from '../../core/contract/errors.ts';
import { createClip, defaultStillTicks, newId } from '../../core/document/create.ts';
import { clipsInRange } from '../../core/document/query.ts';
import { migrateRequest } from '../../core/actions/migrateRequest.ts';
import type { Clip, MediaItem, Sequence } from '../../core/document/schema.ts';
import { snapToFrame, ticksPerFrame, type Ticks } from '../../core/time/ticks.ts';
import { engine } from './connection.ts';
import { useEditor } from './store.ts';

export interface PlacedClip {
  readonly trackId: string;
  readonly clip: Clip;
}

/** The clips of one file from a tick on. `videoTrackId` / `audioTrackId` null = leave that half out. */
export function clipsOfMedia(
  item: MediaItem,
  startTicks: Ticks,
  sequence: Sequence,
  videoTrackId: string | null,
  audioTrackId: string | null,
): PlacedClip[] {
  const name = item.name.replace(/\.[^.]+$/, '');
  const length =
    item.kind === 'image'
      ? defaultStillTicks
      : Math.max(ticksPerFrame(sequence.rate), snapToFrame(item.durationTicks, sequence.rate));
  const linkId = item.video && item.audio && videoTrackId && audioTrackId ? newId() : null;
  const make = (trackId: string): PlacedClip => ({
    trackId,
    clip: { ...createClip(name, { kind: 'media', mediaId: item.id }, startTicks, length), linkId },
  });
  return [
    ...(item.video && videoTrackId ? [make(videoTrackId)] : []),
    ...(item.audio && audioTrackId ? [make(audioTrackId)] : []),
  ];
}

/** The first unlocked track of a kind with room, else the first unlocked one. */
export function trackFor(
  sequence: Sequence,
  kind: 'video' | 'audio',
  startTicks: Ticks,
  durationTicks: Ticks,
): string | null {
  const tracks = sequence.tracks.filter((track) => track.kind === kind && !track.locked && track.role !== 'titles');
  const free = tracks.find((track) => clipsInRange(track, { startTicks, durationTicks }).length === 0);
  return (free ?? tracks[0])?.id ?? null;
}

/** Puts files one after the other at the playhead, on tracks with room, and moves the playhead behind them. */
export function addMediaAtPlayhead(mediaIds: readonly string[]): void {
  const { document, playheadTicks, run, setSession } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  if (!document || !sequence) return;
  let at = snapToFrame(playheadTicks, sequence.rate);
  const clips: PlacedClip[] = [];
  for (const id of mediaIds) {
    const item = document.media[id];
    if (!item) continue;
    const length = item.kind === 'image' ? defaultStillTicks : item.durationTicks;
    const placed = clipsOfMedia(
      item,
      at,
      sequence,
      trackFor(sequence, 'video', at, length),
      trackFor(sequence, 'audio', at, length),
    );
    clips.push(...placed);
    at += placed[0]?.clip.durationTicks ?? 0;
  }
  if (clips.length > 0 && run('addClips', { sequenceId: sequence.id, clips, mode: 'overwrite' }))
    setSession({ playheadTicks: at });
}

/** Puts a kept take back on the timeline at the playhead, with what was asked for it, so that it can be made again. */
export async function addTakeAtPlayhead(takeId: string): Promise<void> {
  const { document, projectId, playheadTicks, run } = useEditor.getState();
  const sequence = document?.sequences[document.activeSequenceId];
  const take = document?.takes[takeId];
  if (!document || !sequence || !take || !projectId) return;
  const recipe = await engine().call('takes.recipe', { projectId, takeId });
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
