/** The blade cuts where the pointer is released and can be moved until then. Shift cuts through all unlocked tracks. */
import { endOf, findClip, withLinked } from './limits.ts';
import { ticksAtX } from '../view/scale.ts';
import {
  emptyPreview,
  runEffect,
  type Effect,
  type Gesture,
  type Pointer,
  type Preview,
  type World,
} from './gesture.ts';
import { createSnapper } from './snap.ts';

/** Starts a cut with the blade tool. */
export function beginBlade(world: World, clipId: string, from: Pointer): Gesture {
  const snapper = createSnapper(world, []);

  function previewAt(now: World, pointer: Pointer): Preview {
    const spot = snapper.edge(now, ticksAtX(pointer.xPx, now.scale));
    return { ...emptyPreview, bladeTicks: spot.ticks, snap: spot.point, tip: { ticks: spot.ticks, deltaTicks: null } };
  }

  const at = (preview: Preview): Gesture => ({
    name: 'blade',
    cursor: 'crosshair',
    autoScroll: false,
    preview,
    move: (now, pointer) => ({ gesture: at(previewAt(now, pointer)), effects: [] }),
    release(now, pointer): readonly Effect[] {
      const atTicks = previewAt(now, pointer).bladeTicks ?? 0;
      const clipIds = clipsUnderBlade(now, clipId, atTicks, pointer.shift);
      return clipIds.length === 0 ? [] : [runEffect('splitClips', { sequenceId: now.sequence.id, clipIds, atTicks })];
    },
  });
  return at(previewAt(world, from));
}

/** Only clips that the tick is inside of, not at an edge of. */
export function clipsUnderBlade(
  world: World,
  clipId: string | null,
  atTicks: number,
  allTracks: boolean,
): readonly string[] {
  const inside = world.sequence.tracks
    .filter((track) => !track.locked)
    .flatMap((track) => track.clips.filter((clip) => clip.startTicks < atTicks && endOf(clip) > atTicks))
    .map((clip) => clip.id);
  if (allTracks || clipId === null) return inside;
  const place = findClip(world.sequence, clipId);
  if (place === null || place.track.locked) return [];
  const wanted = new Set(withLinked(world.sequence, [clipId], world.linkedSelection));
  return inside.filter((id) => wanted.has(id));
}
