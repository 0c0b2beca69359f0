/**
 * Where something dragged in would land, and the one command that puts it there. Pure; `useDropTargets` feeds it
 * events.
 */
import { createClip, newId } from '../../../../core/document/create.ts';
import { abuttingCuts } from '../../../../core/document/query.ts';
import { maxTransitionTicks } from '../../../../core/document/sources.ts';
import { defaultStillTicks } from '../../../../core/document/create.ts';
import type { GenerationRequest, MediaItem, Take, Track } from '../../../../core/document/schema.ts';
import { snapToFrame, type Ticks } from '../../../../core/time/ticks.ts';
import type { DragData } from '../../../services/dragData.ts';
import { clipsOfMedia, companionTrack, type PlacedClip } from '../../../services/placement.ts';
import type { PendingCommand, Pointer, World } from '../gestures/gesture.ts';
import { frameTicks } from '../gestures/limits.ts';
import { createSnapper } from '../gestures/snap.ts';
import { laneAt } from '../view/laneLayout.ts';
import { pxFromTicks, ticksAtX } from '../view/scale.ts';
import type { DropPreview } from '../view/timelineView.ts';

export type Refusal = 'locked' | 'wrongKind' | 'noCut';

export interface DropPlan {
  readonly preview: Omit<DropPreview, 'refused'> & { readonly refused: Refusal | null };
  /** What to run on release. null: refused, or something has to be read first (a take's recipe, files to import). */
  readonly command: PendingCommand | null;
  /** The kind of track to add first, as part of the same step; clips for it name `newTrackId`. */
  readonly newTrack?: Track['kind'];
}

/** Stands in an `addClips` for the track that is added first: its id is known only then. */
export const newTrackId = 'new-track';

/** How near a cut a crossfade has to be let go, px. */
const cutReachPx = 32;

/** Where dragged data would land and the command for it; null outside the lanes or when the media is gone. */
export function planDrop(world: World, data: DragData, pointer: Pointer): DropPlan | null {
  const lane = laneAt(world.lanes, pointer.yPx);
  if (lane === null) return null;
  switch (data.type) {
    case 'framewright-media': {
      const items = data.mediaIds.flatMap((id) => world.document.media[id] ?? []);
      if (items.length === 0) return null;
      const spot = place(
        world,
        pointer,
        lengthsOf(world, items).reduce((sum, length) => sum + length, 0),
      );
      return planMedia(world, items, lane.track, spot, pointer.alt || pointer.ctrl);
    }
    case 'framewright-title': {
      const clip = createClip(data.title.text, data.title, 0, defaultStillTicks);
      const spot = place(world, pointer, clip.durationTicks);
      const insert = pointer.alt || pointer.ctrl;
      const shown = { ...preview(world, lane.track, spot, insert), name: data.title.text, kind: 'title' as const };
      return planned(shown, lane.track, lane.track.kind === 'video', () =>
        addClips(world, [{ trackId: lane.track.id, clip: { ...clip, startTicks: spot.startTicks } }], insert),
      );
    }
    case 'framewright-take': {
      const take = world.document.takes[data.takeId];
      if (take === undefined) return null;
      const spot = place(world, pointer, take.durationTicks);
      const shown = {
        ...preview(world, lane.track, spot, pointer.alt || pointer.ctrl),
        name: take.prompt,
        kind: take.kind === 'audio' ? ('audio' as const) : ('video' as const),
      };
      return planned(shown, lane.track, (lane.track.kind === 'audio') === (take.kind === 'audio'), () => null);
    }
    case 'framewright-transition':
      return planTransition(world, data.durationTicks, lane.track, pointer);
  }
}

/** Length on the timeline of each file. */
function lengthsOf({ sequence }: World, items: readonly MediaItem[]): Ticks[] {
  return items.map((item) => clipsOfMedia(item, 0, sequence, 'v', 'a')[0]?.clip.durationTicks ?? 0);
}

/**
 * Files that were dropped before they were known, once they are imported: where the drop showed them, however the view
 * was scrolled or zoomed meanwhile. null where the drop was refused or its track is gone.
 */
export function planFilesDrop(
  world: World,
  items: readonly MediaItem[],
  { preview: shown }: DropPlan,
): DropPlan | null {
  const track = world.sequence.tracks.find((each) => each.id === shown.trackId);
  if (!track || shown.refused !== null || items.length === 0) return null;
  const { startTicks, snapTicks, insert } = shown;
  const durationTicks = lengthsOf(world, items).reduce((sum, length) => sum + length, 0);
  return planMedia(world, items, track, { startTicks, durationTicks, snapTicks }, insert);
}

/**
 * One after the other from the spot on: what fits on the track, the other half of each file on a track with room, else
 * on a new one.
 */
function planMedia(world: World, items: readonly MediaItem[], track: Track, spot: Spot, insert: boolean): DropPlan {
  const { sequence } = world;
  const lengths = lengthsOf(world, items);
  let at = spot.startTicks;
  const clips: PlacedClip[] = [];
  for (const [index, item] of items.entries()) {
    const length = lengths[index]!;
    const along = { startTicks: at, durationTicks: length, insert };
    const trackOf = (kind: Track['kind']) =>
      track.kind === kind ? track.id : (companionTrack(sequence, item, kind, along) ?? newTrackId);
    clips.push(...clipsOfMedia(item, at, sequence, trackOf('video'), trackOf('audio')));
    at += length;
  }
  const fits = clips.length > 0 && clips.some((placed) => placed.trackId === track.id);
  const shown = {
    ...preview(world, track, spot, insert),
    name: items.map((item) => item.name).join(', '),
    kind: items[0]!.video ? ('video' as const) : ('audio' as const),
  };
  const plan = planned(shown, track, fits, () => addClips(world, clips, insert));
  if (plan.command === null || clips.every((placed) => placed.trackId !== newTrackId)) return plan;
  return { ...plan, newTrack: track.kind === 'video' ? 'audio' : 'video' };
}

/** Fills in the id of the track that was added for a drop. */
export function onNewTrack(command: PendingCommand, trackId: string): PendingCommand {
  if (command.name !== 'addClips') return command;
  const clips = command.params.clips.map((placed) => (placed.trackId === newTrackId ? { ...placed, trackId } : placed));
  return { name: 'addClips', params: { ...command.params, clips } };
}

function planTransition(world: World, wantedTicks: Ticks, track: Track, pointer: Pointer): DropPlan {
  const ticks = ticksAtX(pointer.xPx, world.scale);
  const near = abuttingCuts(track)
    .filter(
      (cut) =>
        cut.transition === null &&
        Math.abs(pxFromTicks(cut.atTicks - ticks, world.scale.pixelsPerSecond)) <=
          Math.max(cutReachPx, pxFromTicks(wantedTicks / 2, world.scale.pixelsPerSecond)),
    )
    .sort((a, b) => Math.abs(a.atTicks - ticks) - Math.abs(b.atTicks - ticks))[0];
  const durationTicks =
    near === undefined ? wantedTicks : Math.min(wantedTicks, maxTransitionTicks(near.left, near.right));
  const startTicks = (near?.atTicks ?? ticks) - Math.floor(durationTicks / 2);
  const shown = {
    trackId: track.id,
    startTicks,
    durationTicks,
    name: '',
    kind: 'transition' as const,
    snapTicks: near?.atTicks ?? null,
    insert: false,
  };
  if (track.locked || near === undefined)
    return { preview: { ...shown, refused: track.locked ? 'locked' : 'noCut' }, command: null };
  return {
    preview: { ...shown, refused: null },
    command: {
      name: 'addTransition',
      params: { sequenceId: world.sequence.id, fromClipId: near.left.id, toClipId: near.right.id, durationTicks },
    },
  };
}

/** A kept take as a clip, with the request of its recipe, so that it can be made again. */
export function planTakeDrop(
  world: World,
  take: Take,
  request: GenerationRequest,
  plan: DropPlan,
): PendingCommand | null {
  const { trackId, startTicks, insert, refused } = plan.preview;
  if (refused !== null || trackId === null) return null;
  const clip = {
    ...createClip(
      take.prompt || take.action,
      { kind: 'generated' as const },
      startTicks,
      Math.max(frameTicks(world.sequence), snapToFrame(take.durationTicks, world.sequence.rate)),
    ),
    id: newId(),
    sourceInTicks: take.sourceStartTicks,
    generation: { request, takeIds: [take.id], activeTakeId: take.id, failure: null },
  };
  return {
    name: 'addClips',
    params: { sequenceId: world.sequence.id, clips: [{ trackId, clip }], mode: insert ? 'insert' : 'overwrite' },
  };
}

interface Spot {
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
  readonly snapTicks: Ticks | null;
}

/** The pointer holds the start; either end may snap. */
function place(world: World, pointer: Pointer, durationTicks: Ticks): Spot {
  const wanted = Math.max(0, ticksAtX(pointer.xPx, world.scale));
  const snapped = createSnapper(world, []).delta(world, [wanted, wanted + durationTicks], 0);
  const startTicks = Math.max(0, wanted + snapped.deltaTicks);
  return { startTicks, durationTicks, snapTicks: snapped.point?.ticks ?? null };
}

function preview(world: World, track: Track, spot: Spot, insert: boolean) {
  return {
    trackId: track.id,
    ...spot,
    insert,
    durationTicks: Math.max(frameTicks(world.sequence), spot.durationTicks),
  };
}

function addClips(world: World, clips: readonly PlacedClip[], insert: boolean): PendingCommand {
  return {
    name: 'addClips',
    params: { sequenceId: world.sequence.id, clips, mode: insert ? 'insert' : 'overwrite' },
  };
}

function planned(
  shown: Omit<DropPreview, 'refused'>,
  track: Track,
  fits: boolean,
  command: () => PendingCommand | null,
): DropPlan {
  const refused = track.locked ? 'locked' : fits ? null : 'wrongKind';
  return { preview: { ...shown, refused }, command: refused === null ? command() : null };
}
