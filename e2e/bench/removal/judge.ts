/** How near a filled hole comes to the truth. Luma of 8 bits, inside the mask. Pure. */
import type { Scene } from './composite.node.ts';

export interface Judged {
  /** dB over all frames together. */
  readonly psnr: number;
  /** dB of the median frame. */
  readonly medianPsnr: number;
  /**
   * The error's share along the object: 0 = gone, 1 = untouched. A fill that is wrong without the object's doing has
   * some of it too: what was behind the object stands in both.
   */
  readonly left: number;
  /** Change from frame to frame over the truth's. */
  readonly flicker: number;
  /** Frames that a viewer would see something in: below 28 dB. */
  readonly badFrames: readonly number[];
  /** Whether a verdict is right about this result. */
  isRight(verdict: 'clean' | 'check' | 'invented'): boolean;
}

const bad = 28;
/** So few bad frames are nothing to be warned of. */
const badShare = 0.04;

export function judge(
  { truth, seen, masks }: Pick<Scene, 'truth' | 'seen' | 'masks'>,
  frames: readonly Uint8Array[],
): Judged {
  let [sum, count, along, object, own, original] = [0, 0, 0, 0, 0, 0];
  const each: number[] = [];
  for (const [index, made] of frames.entries()) {
    const [wanted, laid, mask] = [truth[index]!, seen[index]!, masks[index]!];
    let [frameSum, frameCount] = [0, 0];
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      const error = made[i]! - wanted[i]!;
      const thing = laid[i]! - wanted[i]!;
      frameSum += error * error;
      frameCount++;
      along += error * thing;
      object += thing * thing;
      if (index === 0 || masks[index - 1]![i] === 0) continue;
      own += Math.abs(made[i]! - frames[index - 1]![i]!);
      original += Math.abs(wanted[i]! - truth[index - 1]![i]!);
    }
    sum += frameSum;
    count += frameCount;
    if (frameCount > 0) each.push(psnrOf(frameSum / frameCount));
  }
  const badFrames = each.flatMap((value, index) => (value < bad ? [index] : []));
  const sorted = each.toSorted((a, b) => a - b);
  return {
    psnr: psnrOf(sum / Math.max(1, count)),
    medianPsnr: sorted[sorted.length >> 1] ?? 0,
    left: object === 0 ? 0 : along / object,
    flicker: original === 0 ? 1 : own / original,
    badFrames,
    // what is invented may come out well by luck, and is invented all the same
    isRight: (verdict) =>
      verdict === 'invented' || (verdict === 'clean') === badFrames.length <= badShare * each.length,
  };
}

/**
 * What a fill owes to the object: two removals of the same shape in opposite colours, and the share of the difference
 * between the objects that stands between the fills. 0 = neither knew what was in its hole.
 */
export function leakOf(
  [one, filledOne]: readonly [Pick<Scene, 'seen' | 'masks'>, readonly Uint8Array[]],
  [other, filledOther]: readonly [Pick<Scene, 'seen'>, readonly Uint8Array[]],
): number {
  let [along, object] = [0, 0];
  for (const [index, mask] of one.masks.entries()) {
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      const thing = one.seen[index]![i]! - other.seen[index]![i]!;
      along += (filledOne[index]![i]! - filledOther[index]![i]!) * thing;
      object += thing * thing;
    }
  }
  return object === 0 ? 0 : along / object;
}

function psnrOf(meanSquare: number): number {
  return meanSquare < 1e-3 ? 78 : 10 * Math.log10(255 ** 2 / meanSquare);
}
