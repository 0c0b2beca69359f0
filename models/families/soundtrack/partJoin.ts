/** Joins a new part into its stem: matches levels, removes DC, limits peaks, crossfades with even power. */
import { DcRemover, defaultTarget, Limiter, limiterLead, limiterReach } from './mix.ts';
import { comparedSeconds, type Drawn } from './partDrawn.ts';
import { levelBetween } from './soundLevel.ts';
import { blockSamples, type SoundSource } from './soundStore.ts';

/** Largest factor by which the sides may pull the level away from that of the whole stem. */
const mostPull = 1.4;

/** Clamps to the range around `middle` that the sides may pull to. */
const within = (value: number, middle: number): number =>
  Math.min(middle * mostPull, Math.max(middle / mostPull, value));

/** Linear gains at the part's two ends that make the new sound as loud beside the part as the stem is there. */
export function gainsOf(
  { joint, origin, sound, gain, sides }: Drawn,
  old: SoundSource,
  shape: (sample: number) => number,
): readonly [number, number] {
  if (!sides && gain !== null) return [gain, gain];
  const compared = Math.round(comparedSeconds * 48000);
  const drawnAt: SoundSource = {
    sampleCount: old.sampleCount,
    read: (at, left, right) => sound.read(at - origin, left, right),
  };
  const beside = (from: number, to: number): number | null => {
    const was = levelBetween(old, Math.max(0, from), Math.min(old.sampleCount, to), shape);
    const is = levelBetween(drawnAt, Math.max(origin, from), Math.min(origin + sound.sampleCount, to), null);
    return was > 1e-4 && is > 1e-5 ? was / is : null;
  };
  const pulled = (found: number | null): number | null =>
    found === null || gain === null ? found : within(found, gain);
  const before = pulled(beside(joint.from - compared, joint.from));
  const after = pulled(beside(joint.to, joint.to + compared));
  const otherwise = before ?? after ?? gain ?? beside(joint.from, joint.to) ?? 1;
  return [before ?? otherwise, after ?? otherwise];
}

/** Weights of old and new at `x` (0..1) of a crossfade with even power; `likeness` (0..1) is their correlation. */
function weights(x: number, likeness: number): readonly [number, number] {
  const rise = 0.5 - 0.5 * Math.cos(Math.PI * x);
  const scale = 1 / Math.sqrt(rise * rise + (1 - rise) * (1 - rise) + 2 * rise * (1 - rise) * likeness);
  return [(1 - rise) * scale, rise * scale];
}

function likenessOf(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let ab = 0;
  let aa = 1e-12;
  let bb = 1e-12;
  for (const [side, own] of a.entries()) {
    for (let i = 0; i < own.length; i++) {
      ab += own[i]! * b[side]![i]!;
      aa += own[i]! * own[i]!;
      bb += b[side]![i]! * b[side]![i]!;
    }
  }
  return Math.max(0, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** Crossfades both channels in place, from old to new at the part's start and from new to old at its end. */
export function fadeOver(
  made: readonly Float32Array[],
  from: number,
  old: readonly Float32Array[],
  intoNew: boolean,
): void {
  const length = old[0]!.length;
  const likeness = likenessOf(
    old,
    made.map((channel) => channel.subarray(from, from + length)),
  );
  for (let i = 0; i < length; i++) {
    const x = (i + 0.5) / length;
    const [was, is] = weights(intoNew ? x : 1 - x, likeness);
    for (const [side, channel] of made.entries()) channel[from + i] = was * old[side]![i]! + is * channel[from + i]!;
  }
}

/** Brings the part of the new sound to the stem's level, without DC and under the peak ceiling, in place. */
export function settle(
  { joint, origin, sound }: Drawn,
  gains: readonly [number, number],
  shape: (sample: number) => number,
): readonly [Float32Array, Float32Array] {
  const begin = joint.from - origin;
  const length = joint.to - joint.from;
  for (const channel of [sound.left, sound.right]) {
    new DcRemover().run(channel);
    for (let i = 0; i < length; i++)
      channel[begin + i] =
        channel[begin + i]! * shape(joint.from + i) * (gains[0] + ((gains[1] - gains[0]) * i) / length);
  }
  const made = [sound.left.slice(begin, begin + length), sound.right.slice(begin, begin + length)] as const;
  const limiter = new Limiter(10 ** ((defaultTarget.truePeakDb - 0.1) / 20));
  for (let at = 0; at < length; at += blockSamples) {
    const count = Math.min(blockSamples, length - at);
    const near = [sound.left, sound.right].map((channel) => {
      const around = new Float32Array(limiterLead + count + limiterReach + limiterLead);
      const from = begin + at - limiterLead;
      for (let i = 0; i < around.length; i++)
        around[i] = from + i >= begin && from + i < begin + length ? channel[from + i]! : 0;
      return around;
    });
    const curve = limiter.gains(near, count);
    for (const channel of made) for (let i = 0; i < count; i++) channel[at + i] = channel[at + i]! * curve[i]!;
  }
  return made;
}
