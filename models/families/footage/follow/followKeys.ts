/**
 * A mask through a stretch of frames: carried from every key frame both ways, and between two keys from both, so that a
 * correction on one frame spreads over the frames around it.
 */
import { planeOf, type Picture, type Plane } from '../select/raster.ts';
import { MaskCarrier, type LossReason } from './carry.ts';
import { packedPlane, unpackedPlane, type PackedPlane } from './packedPlane.ts';

/** A frame whose mask the user gave. An empty mask: the thing is not in the picture here. */
export interface KeyFrame {
  readonly frame: number;
  readonly mask: Plane;
}

/** Frames, from the first to before the last, whose mask is not known: it is left empty there. */
export interface LostStretch {
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly reason: LossReason;
}

/** What following works on. Frames are those of the source, `first` to before `end`. */
export interface FollowWork {
  readonly first: number;
  readonly end: number;
  readonly keys: readonly KeyFrame[];
  picture(frame: number): Promise<Picture>;
  /** Called for every frame once or more; the last call counts. */
  put(frame: number, mask: Plane): Promise<void>;
  /** Called after each frame that was carried, with 0..1. */
  onFraction(fraction: number): void;
}

/** Follows, and answers where the thing was lost. Throws what `picture` and `put` throw. */
export async function followKeys(work: FollowWork): Promise<LostStretch[]> {
  const keys = work.keys
    .filter(({ frame }) => frame >= work.first && frame < work.end)
    .toSorted((a, b) => a.frame - b.frame);
  const [head, tail] = [keys[0], keys.at(-1)];
  if (!head || !tail) return [];
  for (const key of keys) await work.put(key.frame, key.mask);
  const counted = countedWork(work, keys);
  const lost = [await carryOut(tail, work.end, 1, counted)];
  for (let index = 0; index + 1 < keys.length; index++)
    lost.push(await carryBetween(keys[index]!, keys[index + 1]!, counted));
  lost.push(await carryOut(head, work.first - 1, -1, counted));
  return lost.filter((stretch) => stretch !== null).toSorted((a, b) => a.fromFrame - b.fromFrame);
}

/** The same work, with its frames counted: those between two keys are carried twice. */
function countedWork(work: FollowWork, keys: readonly KeyFrame[]): FollowWork {
  const once = keys[0]!.frame - work.first + work.end - 1 - keys.at(-1)!.frame;
  const twice = keys.at(-1)!.frame - keys[0]!.frame - (keys.length - 1);
  let done = 0;
  return {
    ...work,
    async put(frame, mask) {
      await work.put(frame, mask);
      work.onFraction(Math.min(1, ++done / Math.max(1, once + 2 * twice)));
    },
  };
}

function isEmpty({ mask }: KeyFrame): boolean {
  return !mask.data.some((value) => value >= 0.5);
}

/** From the first or last key to the end of the stretch. `to`: the frame after the last, in the pass's direction. */
async function carryOut(key: KeyFrame, to: number, step: 1 | -1, work: FollowWork): Promise<LostStretch | null> {
  const { lostAt, reason } = await carry(key, to, step, work, (frame, mask) => work.put(frame, mask ?? emptyLike(key)));
  if (lostAt === null) return null;
  return step > 0 ? { fromFrame: lostAt, toFrame: to, reason } : { fromFrame: to + 1, toFrame: lostAt + 1, reason };
}

/** Between two keys from both, each the more trusted the nearer it is; beside an empty key from the other alone. */
async function carryBetween(from: KeyFrame, to: KeyFrame, work: FollowWork): Promise<LostStretch | null> {
  if (isEmpty(from) && isEmpty(to)) {
    for (let frame = from.frame + 1; frame < to.frame; frame++) await work.put(frame, from.mask);
    return null;
  }
  if (isEmpty(to)) return carryOut(from, to.frame, 1, work);
  if (isEmpty(from)) return carryOut(to, from.frame, -1, work);
  const ahead: (PackedPlane | null)[] = [];
  const forwards = await carry(from, to.frame, 1, work, async (frame, mask) => {
    ahead.push(mask && packedPlane(mask));
    await work.put(frame, mask ?? emptyLike(from));
  });
  const backwards = await carry(to, from.frame, -1, work, async (frame, mask) => {
    const before = ahead[frame - from.frame - 1] ?? null;
    const share = (frame - from.frame) / (to.frame - from.frame);
    await work.put(frame, blended(before && unpackedPlane(before), mask, share) ?? emptyLike(from));
  });
  if (forwards.lostAt === null || backwards.lostAt === null || forwards.lostAt > backwards.lostAt) return null;
  return { fromFrame: forwards.lostAt, toFrame: backwards.lostAt + 1, reason: forwards.reason };
}

/** Gives the mask of each frame after the key, null from where the thing was lost on. */
async function carry(
  key: KeyFrame,
  to: number,
  step: 1 | -1,
  work: FollowWork,
  take: (frame: number, mask: Plane | null) => Promise<void>,
): Promise<{ lostAt: number | null; reason: LossReason }> {
  if (isEmpty(key)) {
    for (let frame = key.frame + step; frame !== to; frame += step) await take(frame, key.mask);
    return { lostAt: null, reason: 'hidden' };
  }
  let lost: { lostAt: number; reason: LossReason } | null = null;
  let carrier: MaskCarrier | null = null;
  for (let frame = key.frame + step; frame !== to; frame += step) {
    if (lost) {
      await take(frame, null);
      continue;
    }
    carrier ??= new MaskCarrier(await work.picture(key.frame), key.mask);
    const found = carrier.next(await work.picture(frame));
    if ('lost' in found) lost = { lostAt: frame, reason: found.lost };
    await take(frame, 'lost' in found ? null : found.mask);
  }
  return lost ?? { lostAt: null, reason: 'hidden' };
}

function blended(before: Plane | null, after: Plane | null, share: number): Plane | null {
  if (!before || !after) return before ?? after;
  return { ...after, data: after.data.map((value, at) => value * share + before.data[at]! * (1 - share)) };
}

function emptyLike({ mask }: KeyFrame): Plane {
  return planeOf(mask.width, mask.height);
}
