/**
 * Regenerates a part of a stem. Every sample outside it stays. Inside, ambience and foley are sampled with the latents
 * around them known, and the bars of music are rewritten in the same plan. Loudness follows the surroundings, and old
 * and new are crossfaded inside the part at both ends.
 */
import type { SoundtrackFamily } from '../pack.ts';
import type { PlayedBy, SoundtrackContext, SoundtrackPart, SoundtrackRequest, StemKind } from './contract.ts';
import type { Drawn, PartWords } from './partDrawn.ts';
import { fadeOver, gainsOf, settle } from './partJoin.ts';
import { generateMusicPart } from './partMusic.ts';
import { generateSoundPart } from './partSound.ts';
import { blockSamples, MemorySound, type SoundSource, type SoundStore } from './soundStore.ts';
import { shapeOf } from './stemShape.ts';

/** The stem with its new part. Throws PipelineCancelled, or RangeError if the part does not lie in the stem. */
export async function remakePart(
  kind: StemKind,
  request: SoundtrackRequest,
  part: SoundtrackPart,
  words: PartWords,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<{ store: SoundStore; played: string; playedBy: PlayedBy | null }> {
  const { old } = part;
  const drawn =
    kind === 'music'
      ? await generateMusicPart(request, part, words, family, context)
      : await generateSoundPart(kind, request, part, words, family, context);
  context.checkCancelled();
  context.report({ fraction: 0.96, stage: 'mix' });
  const shape = shapeOf(kind, old.sampleCount, old.sampleCount / family.sampleRateHz, words.speech);
  const made = settle(drawn, gainsOf(drawn, old, shape), shape);
  const { from, to, fadeIn, fadeOut } = drawn.joint;
  if (fadeIn > 0) fadeOver(made, 0, read(old, from, fadeIn), true);
  if (fadeOut > 0) fadeOver(made, to - from - fadeOut, read(old, to - fadeOut, fadeOut), false);
  const store = context.openSound?.(kind, old.sampleCount) ?? new MemorySound(old.sampleCount);
  replace(store, old, made, drawn.joint);
  context.report({ fraction: 1, stage: 'mix' });
  return { store, played: drawn.played, playedBy: drawn.playedBy };
}

/** Reads both channels, `length` samples from `at`. */
function read(source: SoundSource, at: number, length: number): readonly [Float32Array, Float32Array] {
  const both = [new Float32Array(length), new Float32Array(length)] as const;
  source.read(at, both[0], both[1]);
  return both;
}

/** Copies `old` into `store`, with `made` in place of the joint. */
function replace(
  store: SoundStore,
  old: SoundSource,
  made: readonly Float32Array[],
  { from, to }: Drawn['joint'],
): void {
  for (let at = 0; at < old.sampleCount; at += blockSamples) {
    const [left, right] = read(old, at, Math.min(blockSamples, old.sampleCount - at));
    for (const [side, channel] of [left, right].entries()) {
      for (let i = Math.max(0, from - at); i < Math.min(channel.length, to - at); i++)
        channel[i] = made[side]![at + i - from]!;
    }
    store.write(at, left, right);
  }
}
