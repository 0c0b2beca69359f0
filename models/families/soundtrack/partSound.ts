/** A part of an ambience or foley stem, sampled with the latents around it known. */
import type { SoundtrackFamily } from '../pack.ts';
import type { GraphSession } from '../pipeline.ts';
import type { SoundtrackContext, SoundtrackPart, SoundtrackRequest } from './contract.ts';
import { encodeText } from './encodeText.ts';
import { featureChannels, featureRowsFor } from './features.ts';
import {
  contextFrames,
  decodeLatents,
  decodeOptionsOf,
  encodeLatents,
  generateLatents,
  marginFrames,
  voiceSeed,
  type LatentOrder,
  type SoundKind,
} from './latents.ts';
import type { Drawn, PartWords } from './partDrawn.ts';
import { jointOf, type Joint } from './partJoint.ts';
import type { SoundtrackPlan } from './planner.ts';
import { levelBetween } from './soundLevel.ts';
import { addingTo, blockSamples, MemorySound, type SoundSource } from './soundStore.ts';
import { applySwell, swellOf, type Swell } from './swell.ts';

/** Everything that the runs of one part share. */
interface PartRun {
  readonly kind: SoundKind;
  readonly request: SoundtrackRequest;
  readonly part: SoundtrackPart;
  readonly family: SoundtrackFamily;
  readonly context: SoundtrackContext;
  readonly span: Span;
  /** Length of the span in samples. */
  readonly sampleCount: number;
  readonly order: Omit<LatentOrder, 'text' | 'known' | 'seed'>;
}

/** A stretch of the progress bar, from `at`, `size` long; the whole is 1. */
interface Slice {
  readonly at: number;
  readonly size: number;
}

/** Generates a part of a stem. Throws PipelineCancelled, or RangeError if the part does not lie in the stem. */
export async function generateSoundPart(
  kind: SoundKind,
  request: SoundtrackRequest,
  part: SoundtrackPart,
  { plan, rootPlan, picture }: PartWords,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<Drawn> {
  const { old } = part;
  const joint = jointOf(part, old.sampleCount);
  const span = spanOf(joint, old.sampleCount, family);
  const { first, end, total, perFrame } = span;
  const wide = end - first;
  const all = featureRowsFor(picture, request.hitSeconds, total, family.latentRateHz);
  const features = new Float32Array(featureChannels * wide);
  for (let row = 0; row < featureChannels; row++)
    features.set(all.subarray(row * total + first, row * total + end), row * wide);
  const run: PartRun = {
    kind,
    request,
    part,
    family,
    context,
    span,
    sampleCount: Math.min(old.sampleCount, end * perFrame) - first * perFrame,
    order: {
      stem: kind === 'ambience' ? 0 : 1,
      frameCount: wide,
      features,
      steps: Math.max(1, request.steps ?? family.scheduler.defaultSteps),
      guidance: request.guidance ?? family.scheduler.defaultGuidance,
    },
  };
  // by the whole stem's prompt: the model's own level here, to compare with the stem's
  const free = await generateFree(run, rootPlan, { at: 0, size: 0.45 });
  const taught = ownGain(old, free, joint, first * perFrame) ?? taughtGain(kind, old);
  const drawn = {
    joint,
    origin: first * perFrame,
    gain: 1 / taught,
    sides: kind === 'ambience',
    played: '',
    playedBy: null,
  } as const;
  // the context of several voices is their sum, which tells a single voice nothing
  if (kind === 'foley' && plan.foleyVoices.length > 1) {
    const same = plan.reading.text === rootPlan.reading.text;
    return { ...drawn, sound: same ? free : await generateFree(run, plan, { at: 0.45, size: 0.45 }) };
  }
  const known = await knownAround(run, taught, swellIn(run, rootPlan));
  return { ...drawn, sound: await generateVoice(run, plan, plan.reading.text, 0, { at: 0.45, size: 0.45 }, known) };
}

/** The swell of the part, in step with the whole stem's. */
function swellIn({ kind, part, request }: PartRun, plan: SoundtrackPlan): Swell | null {
  return kind === 'ambience' ? swellOf(plan.swell, part.rootSeed, request.durationSeconds) : null;
}

/** Generates the span without its context. */
async function generateFree(run: PartRun, plan: SoundtrackPlan, { at, size }: Slice): Promise<MemorySound> {
  const texts = run.kind === 'foley' ? plan.foleyVoices : [plan.reading.text];
  const sum = new MemorySound(run.sampleCount);
  for (const [index, text] of texts.entries()) {
    const slice = { at: at + (size * index) / texts.length, size: size / texts.length };
    const { left, right } = await generateVoice(run, plan, text, index, slice);
    addingTo(sum).write(0, left, right);
  }
  return sum;
}

async function generateVoice(
  run: PartRun,
  plan: SoundtrackPlan,
  text: string,
  index: number,
  { at, size }: Slice,
  known?: LatentOrder['known'],
): Promise<MemorySound> {
  const { family, context, span, sampleCount, order } = run;
  const seed = voiceSeed(run.request.seed, index);
  const denoised = (2 / 3) * size;
  const latents = await generateLatents(
    await context.pack.session(family.graphs.transformer),
    family,
    { ...order, seed, text: await encodeText(text, family, context), ...(known ? { known } : {}) },
    context,
    (step, stepCount) =>
      context.report({ fraction: at + (denoised * step) / stepCount, stage: 'denoise', step, stepCount }),
  );
  const sound = new MemorySound(sampleCount);
  const swell = swellIn(run, plan);
  await decodeLatents(
    await context.pack.session(family.graphs.decoder),
    family,
    latents,
    order.frameCount,
    sampleCount,
    decodeOptionsOf(run.kind, seed),
    context,
    (from, left, right) => {
      if (swell) applySwell(swell, span.first * span.perFrame + from, left, right);
      sound.write(from, left, right);
      const fraction = at + denoised + ((size - denoised) * (from + left.length)) / sampleCount;
      context.report({ fraction, stage: 'decode' });
    },
  );
  return sound;
}

async function knownAround(
  run: PartRun,
  gain: number,
  swell: Swell | null,
): Promise<NonNullable<LatentOrder['known']>> {
  const { family, context, part, span } = run;
  const encoder = await context.pack.session(family.graphs.encoder);
  const known = await knownLatents(encoder, family, part.old, gain, swell, span, context);
  await context.pack.release(family.graphs.encoder);
  return known;
}

/** Latent frames to sample: the part between `firstNew` and `endNew`, and its known context. */
interface Span {
  readonly first: number;
  readonly firstNew: number;
  readonly endNew: number;
  readonly end: number;
  /** Latent frames of the whole stem. */
  readonly total: number;
  /** Samples per latent frame. */
  readonly perFrame: number;
}

function spanOf(joint: Joint, sampleCount: number, family: SoundtrackFamily): Span {
  const perFrame = Math.round(family.sampleRateHz / family.latentRateHz);
  const total = Math.max(1, Math.ceil(sampleCount / perFrame));
  const firstNew = Math.floor(joint.from / perFrame);
  const endNew = Math.min(total, Math.ceil(joint.to / perFrame));
  // the model's training length, if the stem is that long
  const wide = Math.min(total, Math.max(family.maxLatentFrames, endNew - firstNew + 2 * contextFrames));
  const first = Math.max(0, Math.min(total - wide, Math.round((firstNew + endNew - wide) / 2)));
  return { first, firstNew, endNew, end: first + wide, total, perFrame };
}

/** Latents of the context. The `swell` over the old sound is not the model's, so it is divided out first. */
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

/** Gain from the stem's level to the model's, measured beside the part; null if either is silent there. */
function ownGain(old: SoundSource, free: MemorySound, { from, to }: Joint, origin: number): number | null {
  const power = (source: SoundSource, shift: number): number => {
    const end = origin + free.sampleCount;
    const [before, after] = [
      levelBetween(source, origin - shift, from - shift, null),
      levelBetween(source, to - shift, end - shift, null),
    ];
    return Math.sqrt(
      (before * before * (from - origin) + after * after * (end - to)) / Math.max(1, from - origin + end - to),
    );
  };
  const [was, is] = [power(old, 0), power(free, origin)];
  return was > 1e-3 && is > 1e-3 ? is / was : null;
}

/** Gain from the stem's level to that of training: by power for ambience, by the loudest 20 ms for foley. */
function taughtGain(kind: SoundKind, old: SoundSource): number {
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
