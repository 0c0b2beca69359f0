/** Generates ambience and foley of a whole request: first the latents of every voice, then all decoded into stems. */
import type { SoundtrackFamily } from '../pack.ts';
import type { SoundtrackContext, SoundtrackRequest } from './contract.ts';
import { encodeText } from './encodeText.ts';
import { featureRowsFor, type PictureAnalysis } from './features.ts';
import { decodeLatents, decodeOptionsOf, generateLatents, voiceSeed, type SoundKind } from './latents.ts';
import { stemWriter } from './mix.ts';
import type { SoundtrackPlan } from './planner.ts';
import { stemShares, type JobProgress } from './progress.ts';
import { addingTo } from './soundStore.ts';
import { fadesOf, type Stem } from './stemShape.ts';
import { applySwell, swellOf } from './swell.ts';

/** Share of a sound's time that denoising takes; the rest is decoding. */
const denoiseShare = 0.6;

interface Voice {
  readonly kind: SoundKind;
  /** Position among the voices of its stem. */
  readonly index: number;
  readonly share: number;
  readonly latents: Float32Array;
}

/** Input for the ambience and foley of a request. */
export interface SoundOrder {
  readonly request: SoundtrackRequest;
  readonly plan: SoundtrackPlan;
  readonly picture: PictureAnalysis | null;
  readonly family: SoundtrackFamily;
  readonly context: SoundtrackContext;
  readonly progress: JobProgress;
}

/** Writes the stems that `open` returns. Throws PipelineCancelled. */
export async function generateSounds(
  kinds: readonly SoundKind[],
  order: SoundOrder,
  open: (kind: SoundKind) => Stem,
): Promise<void> {
  if (kinds.length === 0) return;
  const voices: Voice[] = [];
  for (const kind of kinds) voices.push(...(await denoiseVoices(kind, order)));
  const { context, family } = order;
  await context.pack.release(family.graphs.transformer);
  const stems = new Map(kinds.map((kind) => [kind, open(kind)]));
  for (const voice of voices) await decodeVoice(voice, stems.get(voice.kind)!, order);
}

function framesOf(durationSeconds: number, family: SoundtrackFamily): number {
  return Math.max(1, Math.ceil(durationSeconds * family.latentRateHz));
}

async function denoiseVoices(kind: SoundKind, order: SoundOrder): Promise<Voice[]> {
  const { request, plan, picture, family, context, progress } = order;
  const frameCount = framesOf(request.durationSeconds, family);
  const features = featureRowsFor(picture, request.hitSeconds, frameCount, family.latentRateHz);
  const transformer = await context.pack.session(family.graphs.transformer);
  const texts = kind === 'foley' ? plan.foleyVoices : [plan.reading.text];
  const share = stemShares[kind] / texts.length;
  const voices: Voice[] = [];
  for (const [index, text] of texts.entries()) {
    const asked = {
      stem: kind === 'ambience' ? 0 : 1,
      frameCount,
      seed: voiceSeed(request.seed, index),
      steps: Math.max(1, request.steps ?? family.scheduler.defaultSteps),
      guidance: request.guidance ?? family.scheduler.defaultGuidance,
      features,
      text: await encodeText(text, family, context),
    } as const;
    const latents = await generateLatents(transformer, family, asked, context, (step, stepCount) =>
      progress.report((denoiseShare * share * step) / stepCount, { stage: 'denoise', step, stepCount }),
    );
    progress.finish(denoiseShare * share);
    voices.push({ kind, index, share, latents });
  }
  return voices;
}

/** Decodes a voice into its stem. The first voice is written; the others are added to it. */
async function decodeVoice({ kind, index, share, latents }: Voice, stem: Stem, order: SoundOrder): Promise<void> {
  const { request, plan, family, context, progress } = order;
  const { sampleCount } = stem.store;
  const { inSeconds, outSeconds } = fadesOf(kind, request.durationSeconds);
  const writer = index === 0 ? stem.writer : stemWriter(addingTo(stem.store), inSeconds, outSeconds);
  const swell = kind === 'ambience' ? swellOf(plan.swell, request.seed, request.durationSeconds) : null;
  await decodeLatents(
    await context.pack.session(family.graphs.decoder),
    family,
    latents,
    framesOf(request.durationSeconds, family),
    sampleCount,
    decodeOptionsOf(kind, voiceSeed(request.seed, index)),
    context,
    (at, left, right) => {
      if (swell) applySwell(swell, at, left, right);
      writer.write(at, left, right);
      progress.report(((1 - denoiseShare) * share * (at + left.length)) / sampleCount, { stage: 'decode' });
    },
  );
  progress.finish((1 - denoiseShare) * share);
}
