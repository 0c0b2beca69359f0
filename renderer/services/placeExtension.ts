/** Puts an extension of footage where its way needs it, asks for it, and for the room tone beside it. */
import type { ExtendRequest } from '../../core/actions/extend/schema.ts';
import { createClip } from '../../core/document/create.ts';
import { clipEnd, clipsInRange, type ClipPlace } from '../../core/document/query.ts';
import type { Clip, Sequence, Track } from '../../core/document/schema.ts';
import type { Ticks } from '../../core/time/ticks.ts';
import { generate, newSeed, submitGeneration } from './generation.ts';
import { sourceOfClip } from './placeGeneration.ts';
import { emptySelection, useEditor } from './store.ts';

/** One step of the history. `sound`: what is heard beyond the shot's edge. */
export function placeExtension(place: ClipPlace, request: ExtendRequest, sound: 'silence' | 'roomTone'): void {
  const { sequence, track, clip } = place;
  const seam = seamOf(clip, request.direction);
  const shot = track.clips.find((each) =>
    request.direction === 'forward' ? clipEnd(each) === clip.startTicks : each.startTicks === clipEnd(clip),
  );
  useEditor.getState().asOneStep('setGeneration', () => {
    const moved = (request.leadTicks ?? 0) !== leadOf(clip);
    if (moved) moveTo(place, shot ?? null, request, seam);
    generate(sequence.id, clip.id, request);
    if (sound === 'roomTone' && shot) addRoomTone(sequence, shot, request, seam);
  });
  useEditor.getState().setSession({ selection: { ...emptySelection, clipIds: [clip.id] } });
}

function leadOf({ generation }: Clip): Ticks {
  return generation?.request.action === 'extend' ? (generation.request.leadTicks ?? 0) : 0;
}

/** Where the shot's own end (its beginning, backwards) stands on the timeline when nothing of it is shown again. */
function seamOf(clip: Clip, direction: ExtendRequest['direction']): Ticks {
  return direction === 'forward' ? clip.startTicks + leadOf(clip) : clipEnd(clip) - leadOf(clip);
}

/** The shot is cut back to where the extension begins to show it again, and the clip stands from there on. */
function moveTo({ sequence, track, clip }: ClipPlace, shot: Clip | null, request: ExtendRequest, seam: Ticks): void {
  const { run } = useEditor.getState();
  const forward = request.direction === 'forward';
  const lead = request.leadTicks ?? 0;
  const edgeTicks = forward ? seam - lead : seam + lead;
  run('removeClips', { sequenceId: sequence.id, clipIds: [clip.id], ripple: false });
  if (shot)
    run('trimClip', {
      ...{ sequenceId: sequence.id, clipId: shot.id, edge: forward ? 'out' : 'in', toTicks: edgeTicks },
      ...{ ripple: false, linked: false },
    });
  const startTicks = forward ? edgeTicks : clip.startTicks;
  const empty: Clip = {
    ...clip,
    ...{ startTicks, durationTicks: request.durationTicks },
    generation: { request, takeIds: [], activeTakeId: null, failure: null },
  };
  run('addClips', { sequenceId: sequence.id, clips: [{ trackId: track.id, clip: empty }], mode: 'overwrite' });
}

/** A clip of sound after (before) the shot's own, where there is room on its track. */
function addRoomTone(sequence: Sequence, shot: Clip, request: ExtendRequest, seam: Ticks): void {
  const { document, run } = useEditor.getState();
  const forward = request.direction === 'forward';
  const found = shot.linkId === null ? null : soundAt(sequence, shot.linkId, seam, forward);
  const source = document && found && sourceOfClip(document, found.clip);
  if (!found || !source) return;
  const durationTicks = request.durationTicks - (request.leadTicks ?? 0);
  const startTicks = forward ? seam : seam - durationTicks;
  if (startTicks < 0 || clipsInRange(found.track, { startTicks, durationTicks }).length > 0) return;
  const { leadTicks: _lead, ...base } = request;
  const tone: ExtendRequest = { ...base, seed: newSeed(), durationTicks, source, way: 'roomTone' };
  const clip: Clip = {
    ...createClip(found.clip.name, { kind: 'generated' }, startTicks, durationTicks),
    generation: { request: tone, takeIds: [], activeTakeId: null, failure: null },
  };
  if (run('addClips', { sequenceId: sequence.id, clips: [{ trackId: found.track.id, clip }], mode: 'overwrite' }))
    submitGeneration(clip.id);
}

/** The shot's own sound, where it ends (begins) with it. */
function soundAt(sequence: Sequence, linkId: string, seam: Ticks, ends: boolean): { track: Track; clip: Clip } | null {
  for (const track of sequence.tracks) {
    if (track.kind !== 'audio' || track.locked) continue;
    const clip = track.clips.find(
      (each) => each.linkId === linkId && (ends ? clipEnd(each) : each.startTicks) === seam,
    );
    if (clip) return { track, clip };
  }
  return null;
}
