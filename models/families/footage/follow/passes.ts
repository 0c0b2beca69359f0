/**
 * A mask through a stretch of frames: carried from every key frame both ways, each time as far as the next key. A pass
 * depends on its own key alone, so a correction leaves all passes from other keys as they are. Between two keys the
 * mask of a frame is mixed of both passes that reach it.
 */
import type { Picture, Plane } from '../select/raster.ts';
import { MaskCarrier, type LossReason } from './carry.ts';

/** A frame whose mask the user gave. An empty mask: the thing is not in the picture here. */
export interface KeyFrame {
  readonly frame: number;
  readonly isEmpty: boolean;
}

/** From a key to before the frame `to`, forwards or backwards. */
export interface Pass<K extends KeyFrame = KeyFrame> {
  readonly key: K;
  readonly step: 1 | -1;
  readonly to: number;
}

/** How a pass ended: at the frame where the thing was lost; null = it reached its end. */
export interface PassEnd {
  readonly lostAt: number | null;
  readonly reason: LossReason;
}

/** Frames, from the first to before the last, whose mask is not known: it is left empty there. */
export interface LostStretch {
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly reason: LossReason;
}

/**
 * The keys that say something about a stretch, in order: those inside, and the nearest on each side of it. A clip that
 * was cut shorter keeps its mask.
 */
export function keysFor<K extends KeyFrame>(keys: readonly K[], first: number, end: number): K[] {
  const ordered = keys.toSorted((a, b) => a.frame - b.frame);
  const before = ordered.findLast(({ frame }) => frame < first);
  const after = ordered.find(({ frame }) => frame >= end);
  return ordered.filter((key) => key === before || key === after || (key.frame >= first && key.frame < end));
}

/** The passes that a stretch needs. An empty key has none: beside it the mask comes from the other side alone. */
export function passesOf<K extends KeyFrame>(keys: readonly K[], first: number, end: number): Pass<K>[] {
  const counting = keysFor(keys, first, end);
  const from = Math.min(first, counting[0]?.frame ?? first);
  const until = Math.max(end, (counting.at(-1)?.frame ?? 0) + 1);
  return counting
    .flatMap((key, index): Pass<K>[] => [
      { key, step: 1, to: counting[index + 1]?.frame ?? until },
      { key, step: -1, to: counting[index - 1]?.frame ?? from - 1 },
    ])
    .filter(({ key, step, to }) => !key.isEmpty && to !== key.frame + step);
}

/** What the mask of one frame is made of: a key itself, or the passes that come from both sides. */
export interface Ingredients<K extends KeyFrame = KeyFrame> {
  readonly key: K | null;
  /** From the key before, forwards; null = there is none, or it is empty. */
  readonly before: K | null;
  readonly after: K | null;
  /** Weight of the pass from the key after, 0..1: the nearer key counts more. */
  readonly share: number;
}

/** See `Ingredients`. */
export function ingredientsAt<K extends KeyFrame>(keys: readonly K[], frame: number): Ingredients<K> {
  const key = keys.find((each) => each.frame === frame) ?? null;
  const before = keys.findLast((each) => each.frame < frame) ?? null;
  const after = keys.find((each) => each.frame > frame) ?? null;
  const share = before && after ? (frame - before.frame) / (after.frame - before.frame) : before ? 0 : 1;
  const filled = (each: K | null): K | null => (each?.isEmpty ? null : each);
  return { key, before: filled(before), after: filled(after), share };
}

/** A frame's mask from what the passes gave; null where neither has it. */
export function mixed(before: Plane | null, after: Plane | null, share: number): Plane | null {
  if (!before || !after) return before ?? after;
  const data = new Float32Array(after.data.length);
  for (let at = 0; at < data.length; at++) data[at] = after.data[at]! * share + before.data[at]! * (1 - share);
  return { ...after, data };
}

/** Where the thing was lost: beyond a lost pass, and between two keys where both passes are. */
export function lostStretches<K extends KeyFrame>(
  keys: readonly K[],
  first: number,
  end: number,
  endOf: (pass: Pass<K>) => PassEnd | null,
): LostStretch[] {
  const passes = passesOf(keys, first, end);
  return passes
    .flatMap((pass): LostStretch[] => {
      const lost = lostOf(pass, endOf);
      if (!lost) return [];
      const other = passes.find(
        ({ key, step, to }) => step !== pass.step && key.frame === pass.to && to === pass.key.frame,
      );
      if (!other) return [lost];
      const back = lostOf(other, endOf);
      // the forward one of the two speaks for both
      if (pass.step < 0 || !back || back.toFrame <= lost.fromFrame) return [];
      return [{ ...lost, toFrame: back.toFrame }];
    })
    .toSorted((a, b) => a.fromFrame - b.fromFrame);
}

function lostOf<K extends KeyFrame>(pass: Pass<K>, endOf: (pass: Pass<K>) => PassEnd | null): LostStretch | null {
  const ended = endOf(pass);
  const { step, to } = pass;
  if (!ended || ended.lostAt === null || (to - ended.lostAt) * step <= 0) return null;
  const { lostAt, reason } = ended;
  return step > 0 ? { fromFrame: lostAt, toFrame: to, reason } : { fromFrame: to + 1, toFrame: lostAt + 1, reason };
}

/** What carrying one pass works on. */
export interface PassWork {
  readonly frame: number;
  readonly mask: Plane;
  readonly step: 1 | -1;
  readonly to: number;
  picture(frame: number): Promise<Picture>;
  /** Called for each frame until the thing is lost. */
  put(frame: number, mask: Plane): Promise<void>;
}

/** Carries a mask that is not empty. Throws what `picture` and `put` throw. */
export async function carryPass({ frame: from, mask, step, to, picture, put }: PassWork): Promise<PassEnd> {
  const carrier = new MaskCarrier(await picture(from), mask);
  for (let frame = from + step; frame !== to; frame += step) {
    const found = carrier.next(await picture(frame));
    if ('lost' in found) return { lostAt: frame, reason: found.lost };
    await put(frame, found.mask);
  }
  return { lostAt: null, reason: 'hidden' };
}
