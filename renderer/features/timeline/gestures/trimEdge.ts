/**
 * Trimming one edge. With ripple what follows moves along. Pulled past the end of a video's source, the edge stops
 * there and what lies beyond is offered to be made: on release it becomes a clip of its own, the source is untouched.
 */
import type { Clip, Track } from '../../../../core/document/schema.ts';
import { frameAtTicks, snapToFrame, ticksAtFrame, ticksPerSecond, type Ticks } from '../../../../core/time/ticks.ts';
import { ticksAtX } from '../view/scale.ts';
import {
  emptyPreview,
  type ClipEdge,
  type Effect,
  type ExtensionOffer,
  type Gesture,
  type Pointer,
  type Preview,
  type World,
} from './gesture.ts';
import { clamp, endOf, findClip, frameTicks, neighbourReach, sourceReach, type ClipPlace } from './limits.ts';
import { createSnapper, keepPoint } from './snap.ts';

/** The longest stretch that one pull offers to make. */
export const longestExtensionTicks: Ticks = 30 * ticksPerSecond;

/** Starts trimming one edge of a clip. */
export function beginTrim(world: World, clipId: string, edge: ClipEdge, ripple: boolean, from: Pointer): Gesture {
  const snapper = createSnapper(world, [clipId]);
  const grabTicks = ticksAtX(from.xPx, world.scale);

  function previewAt(now: World, pointer: Pointer): Preview {
    const place = findClip(now.sequence, clipId);
    if (place === null || place.track.locked) return emptyPreview;
    const edgeTicks = edge === 'in' ? place.clip.startTicks : endOf(place.clip);
    const asked = snapper.edge(now, edgeTicks + ticksAtX(pointer.xPx, now.scale) - grabTicks);
    const reach = trimReach(now, place, edge, ripple);
    const toTicks = clamp(asked.ticks, reach.fromTicks, reach.toTicks);
    const extension = ripple ? null : extensionOffer(now, place, edge, asked.ticks);
    const shownTicks =
      extension === null
        ? toTicks
        : edge === 'out'
          ? extension.startTicks + extension.durationTicks
          : extension.startTicks;
    return {
      ...emptyPreview,
      heldClipIds: [clipId],
      edge: { clipId, edge },
      snap: keepPoint(asked.point, shownTicks, now.scale.pixelsPerSecond),
      tip: { ticks: shownTicks, deltaTicks: shownTicks - edgeTicks },
      extension,
      pending:
        toTicks === edgeTicks
          ? null
          : {
              name: 'trimClip',
              params: { sequenceId: now.sequence.id, clipId, edge, toTicks, ripple, linked: now.linkedSelection },
            },
    };
  }

  function at(preview: Preview): Gesture {
    return {
      name: ripple ? 'rippleTrim' : 'trimEdge',
      cursor: 'ew-resize',
      autoScroll: true,
      preview,
      move: (now, pointer) => ({ gesture: at(previewAt(now, pointer)), effects: [] }),
      release(now, pointer) {
        const last = previewAt(now, pointer);
        const effects: Effect[] = [];
        if (last.pending !== null) effects.push({ kind: 'run', command: last.pending });
        if (last.extension !== null) effects.push({ kind: 'extend', offer: last.extension });
        return effects;
      },
    };
  }
  return at({ ...emptyPreview, heldClipIds: [clipId], edge: { clipId, edge } });
}

/**
 * Where the edge may stand: one frame of length is kept; neighbours stop it unless they ripple; the source ends
 * somewhere.
 */
export function trimReach(
  world: World,
  place: ClipPlace,
  edge: ClipEdge,
  ripple: boolean,
): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const { clip } = place;
  const source = wholeFrames(world, clip);
  const room = ripple ? { fromTicks: -Infinity, toTicks: Infinity } : neighbourReach(place);
  const frame = Math.min(frameTicks(world.sequence), clip.durationTicks);
  if (edge === 'in') return { fromTicks: Math.max(source.fromTicks, room.fromTicks), toTicks: endOf(clip) - frame };
  return { fromTicks: clip.startTicks + frame, toTicks: Math.min(source.toTicks, room.toTicks) };
}

/**
 * The source's ends on frames, inwards: a file rarely ends with the sequence's frame. An edge that stands off them may
 * stay.
 */
function wholeFrames(world: World, clip: Clip): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const source = sourceReach(world.document, clip);
  const { rate } = world.sequence;
  const inward = Number.isFinite(source.fromTicks)
    ? ticksAtFrame(frameAtTicks(source.fromTicks - 1, rate) + 1, rate)
    : source.fromTicks;
  const outward = Number.isFinite(source.toTicks)
    ? ticksAtFrame(frameAtTicks(source.toTicks, rate), rate)
    : source.toTicks;
  return { fromTicks: Math.min(clip.startTicks, inward), toTicks: Math.max(endOf(clip), outward) };
}

/** null where nothing is to be made: not past the source, no room, AI switched off, or not a moving picture. */
export function extensionOffer(
  world: World,
  place: ClipPlace,
  edge: ClipEdge,
  askedTicks: Ticks,
): ExtensionOffer | null {
  const { clip, track } = place;
  if (!world.document.aiEnabled || !showsVideo(world, clip, track)) return null;
  const source = wholeFrames(world, clip);
  const room = neighbourReach(place);
  if (edge === 'out') {
    const end = clamp(askedTicks, source.toTicks, Math.min(room.toTicks, source.toTicks + longestExtensionTicks));
    return offer(world, place, edge, source.toTicks, end - source.toTicks);
  }
  const start = clamp(
    askedTicks,
    Math.max(0, room.fromTicks, source.fromTicks - longestExtensionTicks),
    source.fromTicks,
  );
  return offer(world, place, edge, start, source.fromTicks - start);
}

function offer(
  world: World,
  place: ClipPlace,
  edge: ClipEdge,
  startTicks: Ticks,
  durationTicks: Ticks,
): ExtensionOffer | null {
  const whole = snapToFrame(durationTicks, world.sequence.rate);
  if (!Number.isFinite(whole) || whole < frameTicks(world.sequence)) return null;
  return { clipId: place.clip.id, trackId: place.track.id, edge, startTicks, durationTicks };
}

function showsVideo(world: World, clip: Clip, track: Track): boolean {
  if (track.kind !== 'video') return false;
  const takeId = clip.generation?.activeTakeId ?? null;
  if (takeId !== null) return world.document.takes[takeId]?.kind === 'video';
  return clip.reference.kind === 'media' && world.document.media[clip.reference.mediaId]?.kind === 'video';
}
