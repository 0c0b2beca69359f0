/**
 * A part of a stem made anew. Outside it every sample stays; inside, ambience and foley are drawn with the latents
 * around
 * them known, music is written anew bar by bar in the same plan. Loudness follows the surroundings, and both ends are
 * faded into each other inside the part.
 */
import type { SpeechCurve } from '../footage/speech.ts';
import type { SoundtrackFamily } from '../pack.ts';
import type { GraphSession } from '../pipeline.ts';
import type { PlayedBy, SoundtrackContext, SoundtrackPart, SoundtrackRequest, StemKind } from './contract.ts';
import { featureChannels, featureRowsFor, type PictureAnalysis } from './features.ts';
import { foleyVoices, voiceSeed } from './foleyVoices.ts';
import { contextFrames, decodeLatents, encodeLatents, generateLatents, marginFrames } from './latents.ts';
import { DcRemover, defaultTarget, Limiter, limiterLead, limiterReach } from './mix.ts';
import { composeMusic } from './musicCompose.ts';
import type { MusicPlan } from './musicPlan.ts';
import { openPlayer } from './musicPlayer.ts';
import { encodeText } from './readWords.ts';
import { addingTo, blockSamples, MemorySound, type SoundSource, type SoundStore } from './soundStore.ts';
import { shapeOf } from './stemShape.ts';
import { applySwell, swellOf, type Swell } from './swell.ts';

/** At each end of the part, at most; a quarter of a short one. */
const longestJointSeconds = 0.24;
/** Loudness is compared over this much on either side. */
const comparedSeconds = 1.5;
/** How far the sides may pull the level from what the whole stem says. */
const mostPull = 1.4;

/**
 * Samples. `fadeIn` begins at `fromFade`, `fadeOut` ends at `toFade`; both lie in [from, to). 0 = the stem itself
 * begins or ends there.
 */
export interface Joint {
  readonly from: number;
  readonly to: number;
  readonly fadeIn: number;
  readonly fadeOut: number;
}

export function decodeOptionsOf(kind: 'ambience' | 'foley', seed: number): { seed: number; width: number } {
  return { seed: seed * 2 + (kind === 'ambience' ? 0 : 1), width: kind === 'ambience' ? 0.35 : 0.08 };
}

/** Errors: RangeError when the part is no part of the stem. */
export function jointOf(part: Pick<SoundtrackPart, 'fromSeconds' | 'toSeconds'>, sampleCount: number): Joint {
  const from = Math.max(0, Math.round(part.fromSeconds * 48000));
  const to = Math.min(sampleCount, Math.round(part.toSeconds * 48000));
  if (!(to - from >= 4800))
    throw new RangeError(
      `a part from ${part.fromSeconds} to ${part.toSeconds} s cannot be made anew: it must hold at least a tenth of a second of the stem`,
    );
  return withFades(from, to, sampleCount);
}

function withFades(from: number, to: number, sampleCount: number): Joint {
  const fade = Math.min(Math.round(longestJointSeconds * 48000), Math.floor((to - from) / 4));
  return { from, to, fadeIn: from === 0 ? 0 : fade, fadeOut: to === sampleCount ? 0 : fade };
}

/**
 * Bars from the first that the part touches to the last. Music is joined at bar lines: the fade ends where a bar
 * begins,
 * so that its first beat is struck whole. A bar line more than half a bar inside the part is not waited for: then it is
 * joined at the first or last beat inside, and the bar of that beat is written anew.
 */
export function barsWithin(
  plan: MusicPlan,
  { from, to }: Joint,
  sampleCount: number,
): { from: number; to: number; joint: Joint } {
  const starts = plan.bars.map((bar) => Math.round(bar.startSeconds * 48000));
  const beats = plan.bars.flatMap((bar) =>
    Array.from({ length: Math.ceil(bar.sixteenths / 4) }, (_, beat) =>
      Math.round((bar.startSeconds + 4 * beat * bar.sixteenthSeconds) * 48000),
    ),
  );
  const first = Math.max(
    0,
    starts.findLastIndex((start) => start <= from),
  );
  const after = starts.findIndex((start) => start >= to);
  const last = after < 0 ? starts.length : after;
  const halfBar = (starts.length > 1 ? starts[1]! - starts[0]! : sampleCount) / 2;
  const fade = Math.round(longestJointSeconds * 48000);
  const entry = starts.find((start) => start - fade >= from && start <= from + halfBar && start < to);
  const exit = starts.findLast((start) => start <= to && start >= to - halfBar && start - fade > (entry ?? from));
  // a part of less than two bars has no room for it
  const roomy = to - from >= 4 * halfBar;
  const beatIn = roomy ? beats.find((beat) => beat - fade >= from) : undefined;
  const beatOut = roomy ? beats.findLast((beat) => beat <= to) : undefined;
  const begin = from === 0 ? 0 : (entry ?? beatIn) === undefined ? from : (entry ?? beatIn)! - fade;
  const end = to === sampleCount ? to : (exit ?? beatOut ?? to);
  const joint = withFades(begin, end, sampleCount);
  const firstNew = entry === undefined || from === 0 ? first : starts.indexOf(entry);
  return {
    from: firstNew,
    to: Math.max(firstNew + 1, exit === undefined || to === sampleCount ? last : starts.indexOf(exit)),
    joint,
  };
}

/** Where the new sound is collected: beside the part as well, to hear how loud it is there. */
interface Drawn {
  readonly joint: Joint;
  /** Sample of the stem at which `sound` begins. */
  readonly origin: number;
  readonly sound: MemorySound;
  /**
   * Linear gain from what was drawn to the stem's own level, for a stem whose surroundings are silent; null = not
   * known.
   */
  readonly gain: number | null;
  /**
   * Whether it is brought to the level of either side. What strikes comes out of encoder and decoder blurred, and says
   * nothing of its level.
   */
  readonly sides: boolean;
  readonly played: string;
  readonly playedBy: PlayedBy | null;
}

interface Words {
  readonly text: string;
  /** Of the whole. */
  readonly rootText: string;
  readonly picture: PictureAnalysis | null;
  /** In the clip's own sound. */
  readonly speech: SpeechCurve | null;
}

/** Root mean square over both channels, each sample divided by `shape` where that leaves something. */
function loudnessBetween(
  source: SoundSource,
  from: number,
  to: number,
  shape: ((sample: number) => number) | null,
): number {
  let energy = 0;
  let count = 0;
  for (let at = from; at < to; at += blockSamples) {
    const left = new Float32Array(Math.min(blockSamples, to - at));
    const right = new Float32Array(left.length);
    source.read(at, left, right);
    for (let i = 0; i < left.length; i++) {
      const lies = shape ? shape(at + i) : 1;
      if (lies < 0.05) continue;
      energy += (left[i]! * left[i]! + right[i]! * right[i]!) / (lies * lies);
      count += 2;
    }
  }
  return count === 0 ? 0 : Math.sqrt(energy / count);
}

/** From the stem's level to the one that the model was taught: ambience by its power, foley by its loudest 20 ms. */
function taughtGain(kind: 'ambience' | 'foley', old: SoundSource): number {
  let energy = 0;
  let loudest = 0;
  for (let at = 0; at < old.sampleCount; at += blockSamples) {
    const left = new Float32Array(Math.min(blockSamples, old.sampleCount - at));
    const right = new Float32Array(left.length);
    old.read(at, left, right);
    for (let from = 0; from < left.length; from += 960) {
      let sum = 0;
      for (let i = from; i < Math.min(left.length, from + 960); i++) sum += ((left[i]! + right[i]!) / 2) ** 2;
      energy += sum;
      loudest = Math.max(loudest, sum / 960);
    }
  }
  const level = kind === 'ambience' ? Math.sqrt(energy / old.sampleCount) / 0.063 : Math.sqrt(loudest) / 0.2;
  return level > 1e-5 ? 1 / level : 1;
}

async function drawSound(
  kind: 'ambience' | 'foley',
  request: SoundtrackRequest,
  part: SoundtrackPart,
  words: Words,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<Drawn> {
  const { old } = part;
  const joint = jointOf(part, old.sampleCount);
  const span = spanOf(joint, old.sampleCount, family);
  const { first, end, total, perFrame } = span;
  const wide = end - first;
  const sampleCount = Math.min(old.sampleCount, end * perFrame) - first * perFrame;

  const all = featureRowsFor(words.picture, request.hitSeconds, total, family.latentRateHz);
  const features = new Float32Array(featureChannels * wide);
  for (let row = 0; row < featureChannels; row++)
    features.set(all.subarray(row * total + first, row * total + end), row * wide);
  const order = {
    stem: kind === 'ambience' ? 0 : 1,
    frameCount: wide,
    seed: request.seed,
    features,
    steps: Math.max(1, request.steps ?? family.scheduler.defaultSteps),
    guidance: request.guidance ?? family.scheduler.defaultGuidance,
  } as const;
  const transformer = await context.pack.session(family.graphs.transformer);
  const decoder = await context.pack.session(family.graphs.decoder);
  // A part of the sea rises and falls with the whole it lies in.
  const swellIn = (asked: string): Swell | null =>
    kind === 'ambience' ? swellOf(asked, part.rootSeed, request.durationSeconds) : null;
  const decode = async (
    latents: Float32Array,
    seed: number,
    swell: Swell | null,
    progress: number,
    share: number,
  ): Promise<MemorySound> => {
    const sound = new MemorySound(sampleCount);
    await decodeLatents(
      decoder,
      family,
      latents,
      wide,
      sampleCount,
      decodeOptionsOf(kind, seed),
      context,
      (at, left, right) => {
        if (swell) applySwell(swell, first * perFrame + at, left, right);
        sound.write(at, left, right);
        context.report({ fraction: progress + (0.15 * share * (at + left.length)) / sampleCount, stage: 'decode' });
      },
    );
    return sound;
  };
  const denoise = (progress: number, share: number) => (step: number, stepCount: number) =>
    context.report({ fraction: progress + (0.3 * share * step) / stepCount, stage: 'denoise', step, stepCount });

  /** By itself, as if nothing were known. */
  const drawFree = async (asked: string, progress: number): Promise<MemorySound> => {
    const voices = kind === 'foley' ? foleyVoices(asked) : [asked];
    const sum = new MemorySound(sampleCount);
    for (const [voice, own] of voices.entries()) {
      const [at, share] = [progress + (0.45 * voice) / voices.length, 1 / voices.length];
      const seed = voiceSeed(request.seed, voice);
      const latents = await generateLatents(
        transformer,
        family,
        { ...order, seed, text: await encodeText(own, family, context) },
        context,
        denoise(at, share),
      );
      const { left, right } = await decode(latents, seed, swellIn(asked), at + 0.3 * share, share);
      addingTo(sum).write(0, left, right);
    }
    return sum;
  };

  // as the whole was asked for: how loud the model is here by itself, where the stem is as loud as it is
  const free = await drawFree(words.rootText, 0);
  const taught = ownGain(old, free, joint, first * perFrame) ?? taughtGain(kind, old);
  const drawn = {
    joint,
    origin: first * perFrame,
    gain: 1 / taught,
    sides: kind === 'ambience',
    played: '',
    playedBy: null,
  } as const;
  // the surroundings of several voices are their sum, which says nothing to one of them
  if (kind === 'foley' && foleyVoices(words.text).length > 1)
    return { ...drawn, sound: words.text === words.rootText ? free : await drawFree(words.text, 0.45) };

  const encoder = await context.pack.session(family.graphs.encoder);
  const known = await knownLatents(encoder, family, old, taught, swellIn(words.rootText), span, context);
  await context.pack.release(family.graphs.encoder);
  const text = await encodeText(words.text, family, context);
  const sound = await decode(
    await generateLatents(transformer, family, { ...order, text, known }, context, denoise(0.45, 1)),
    request.seed,
    swellIn(words.text),
    0.75,
    1,
  );
  return { ...drawn, sound };
}

/** Not further from `middle` than the sides may pull. */
const within = (value: number, middle: number): number =>
  Math.min(middle * mostPull, Math.max(middle / mostPull, value));

/** Latent frames that are drawn: the part between `firstNew` and `endNew`, and what is known beside it. */
interface Span {
  readonly first: number;
  readonly firstNew: number;
  readonly endNew: number;
  readonly end: number;
  /** Of the whole stem. */
  readonly total: number;
  /** Samples a frame. */
  readonly perFrame: number;
}

function spanOf(joint: Joint, sampleCount: number, family: SoundtrackFamily): Span {
  const perFrame = Math.round(family.sampleRateHz / family.latentRateHz);
  const total = Math.max(1, Math.ceil(sampleCount / perFrame));
  const firstNew = Math.floor(joint.from / perFrame);
  const endNew = Math.min(total, Math.ceil(joint.to / perFrame));
  // the model's own length where the stem has as much: it was taught on that
  const wide = Math.min(total, Math.max(family.maxLatentFrames, endNew - firstNew + 2 * contextFrames));
  const first = Math.max(0, Math.min(total - wide, Math.round((firstNew + endNew - wide) / 2)));
  return { first, firstNew, endNew, end: first + wide, total, perFrame };
}

/** `swell`: what lies over the old sound and is none of the model's. */
async function knownLatents(
  encoder: GraphSession,
  family: SoundtrackFamily,
  old: SoundSource,
  gain: number,
  swell: Swell | null,
  { first, firstNew, endNew, end, total, perFrame }: Span,
  context: SoundtrackContext,
): Promise<{ latents: Float32Array; mask: Float32Array }> {
  const channels = family.latentChannels;
  const wide = end - first;
  const latents = new Float32Array(channels * wide);
  const mask = new Float32Array(wide);
  for (const side of [
    { from: first, to: firstNew },
    { from: endNew, to: end },
  ]) {
    if (side.to <= side.from) continue;
    context.checkCancelled();
    const origin = Math.max(0, side.from - marginFrames);
    const sound = new Float32Array((Math.min(total, side.to + marginFrames) - origin) * perFrame);
    const right = new Float32Array(sound.length);
    old.read(origin * perFrame, sound, right);
    for (let i = 0; i < sound.length; i++)
      sound[i] = (((sound[i]! + right[i]!) / 2) * gain) / (swell ? swell(origin * perFrame + i) : 1);
    const count = side.to - side.from;
    const known = await encodeLatents(encoder, family, sound, origin, side.from, count);
    for (let c = 0; c < channels; c++)
      latents.set(known.subarray(c * count, (c + 1) * count), c * wide + side.from - first);
    mask.fill(1, side.from - first, side.to - first);
  }
  return { latents, mask };
}

/** From the stem's level to the model's own, by what both are beside the part; null where either is silent there. */
function ownGain(old: SoundSource, free: MemorySound, { from, to }: Joint, origin: number): number | null {
  const power = (source: SoundSource, shift: number): number => {
    const end = origin + free.sampleCount;
    const [before, after] = [
      loudnessBetween(source, origin - shift, from - shift, null),
      loudnessBetween(source, to - shift, end - shift, null),
    ];
    return Math.sqrt(
      (before * before * (from - origin) + after * after * (end - to)) / Math.max(1, from - origin + end - to),
    );
  };
  const [was, is] = [power(old, 0), power(free, origin)];
  return was > 1e-3 && is > 1e-3 ? is / was : null;
}

async function drawMusic(
  request: SoundtrackRequest,
  part: SoundtrackPart,
  { picture }: Words,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<Drawn> {
  const { old } = part;
  const asked = jointOf(part, old.sampleCount);
  let joint = asked;
  const whole = { ...request, prompt: part.rootPrompt, seed: part.rootSeed };
  const piece = await composeMusic(whole, picture, family, context, {
    anew: {
      seed: request.seed,
      bars(plan) {
        const bars = barsWithin(plan, asked, old.sampleCount);
        joint = bars.joint;
        return bars;
      },
    },
    onBar: (bar, barCount) => context.report({ fraction: (0.6 * (bar + 1)) / barCount, stage: 'music' }),
  });
  const compared = Math.round(comparedSeconds * 48000);
  const origin = Math.max(0, joint.from - compared);
  const sound = new MemorySound(Math.min(old.sampleCount, joint.to + compared) - origin);
  const { player, playedBy } = await openPlayer(piece, context.soundFont);
  // played from its start, since the room still sounds of what came before
  for (let at = 0; at < origin + sound.sampleCount; at += blockSamples) {
    context.checkCancelled();
    const left = new Float32Array(Math.min(blockSamples, origin + sound.sampleCount - at));
    const right = new Float32Array(left.length);
    player.render(left, right);
    const skip = Math.max(0, Math.min(left.length, origin - at));
    sound.write(at + skip - origin, left.subarray(skip), right.subarray(skip));
    context.report({ fraction: 0.6 + (0.35 * at) / (origin + sound.sampleCount), stage: 'music' });
  }
  return { joint, origin, sound, gain: null, sides: true, played: piece.played, playedBy };
}

/** Gains at the part's two ends, so that what was drawn is as loud beside it as the stem is there. */
function gainsOf(
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
    const was = loudnessBetween(old, Math.max(0, from), Math.min(old.sampleCount, to), shape);
    const is = loudnessBetween(drawnAt, Math.max(origin, from), Math.min(origin + sound.sampleCount, to), null);
    return was > 1e-4 && is > 1e-5 ? was / is : null;
  };
  const pulled = (found: number | null): number | null =>
    found === null || gain === null ? found : within(found, gain);
  const before = pulled(beside(joint.from - compared, joint.from));
  const after = pulled(beside(joint.to, joint.to + compared));
  const otherwise = before ?? after ?? gain ?? beside(joint.from, joint.to) ?? 1;
  return [before ?? otherwise, after ?? otherwise];
}

/**
 * Weights of old and new at `x` (0..1) of a fade, for sounds that are alike by `likeness` (0..1): their power stays
 * even.
 */
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

/**
 * In place over both sounds' channels: old where the fade begins, new where it ends; the other way round at the part's
 * end.
 */
function fadeOver(made: readonly Float32Array[], from: number, old: readonly Float32Array[], intoNew: boolean): void {
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

/** The part in the drawn sound, at the stem's level, without DC, under the ceiling. Works in place. */
function settle(
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

/** The stem with its part made anew. Errors: PipelineCancelled; RangeError when the part is none. */
export async function remakePart(
  kind: StemKind,
  request: SoundtrackRequest,
  part: SoundtrackPart,
  words: Words,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<{ store: SoundStore; played: string; playedBy: PlayedBy | null }> {
  const { old } = part;
  const drawn =
    kind === 'music'
      ? await drawMusic(request, part, words, family, context)
      : await drawSound(kind, request, part, words, family, context);
  context.checkCancelled();
  context.report({ fraction: 0.96, stage: 'mix' });
  const shape = shapeOf(kind, old.sampleCount, old.sampleCount / family.sampleRateHz, words.speech);
  const made = settle(drawn, gainsOf(drawn, old, shape), shape);
  const { from, to, fadeIn, fadeOut } = drawn.joint;
  const edge = (at: number, length: number): readonly Float32Array[] => {
    const both = [new Float32Array(length), new Float32Array(length)] as const;
    old.read(at, both[0], both[1]);
    return both;
  };
  if (fadeIn > 0) fadeOver(made, 0, edge(from, fadeIn), true);
  if (fadeOut > 0) fadeOver(made, to - from - fadeOut, edge(to - fadeOut, fadeOut), false);

  const store = context.openSound?.(kind, old.sampleCount) ?? new MemorySound(old.sampleCount);
  for (let at = 0; at < old.sampleCount; at += blockSamples) {
    const [left, right] = edge(at, Math.min(blockSamples, old.sampleCount - at)) as [Float32Array, Float32Array];
    for (const [side, channel] of [left, right].entries()) {
      for (let i = Math.max(0, from - at); i < Math.min(channel.length, to - at); i++)
        channel[i] = made[side]![at + i - from]!;
    }
    store.write(at, left, right);
  }
  context.report({ fraction: 1, stage: 'mix' });
  return { store, played: drawn.played, playedBy: drawn.playedBy };
}
