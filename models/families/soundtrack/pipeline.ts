/** The soundtrack pipeline: a request in, up to three stems out. Pure TypeScript; graphs come through the context. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PipelineContext, Sound, Tensor } from '../pipeline.ts';
import type { SoundtrackRequest, SoundtrackResult, StemKind } from './contract.ts';
import { analysePicture, featureRowsFor, type PictureAnalysis } from './features.ts';
import { decodeLatents, generateLatents } from './latents.ts';
import { fadeEnds, normaliseStems, removeDc, type Stems } from './mix.ts';
import { renderNotes } from './musicRender.ts';
import { samplePiece } from './musicSampler.ts';
import { moodTempo, notesFromTokens, planForm, tempoBuckets, type Mood } from './musicTokens.ts';
import { Random } from './random.ts';
import { chooseMood, isMoodWord, suggestSoundtrackPrompt } from './suggest.ts';
import { cleanPrompt, tokenise, unknownWords } from './text.ts';

export { estimateSoundtrack } from './estimate.ts';
export { analysePicture } from './features.ts';
export { suggestSoundtrackPrompt } from './suggest.ts';

/** Share of the job's time, roughly, for the progress bar. */
const shares: Readonly<Record<StemKind, number>> = { ambience: 1, foley: 1, music: 0.6 };

interface Tempo {
  readonly bpm: number;
  readonly bucket: number;
  readonly bars: number;
}

/** An asked tempo is kept to the beat; else it is bent by up to 12 % so that whole bars fill the duration. */
export function planTempo(mood: Mood, durationSeconds: number, askedBpm: number | undefined): Tempo {
  const wanted = askedBpm ?? tempoBuckets[moodTempo[mood]]!;
  let bucket = 0;
  for (let i = 1; i < tempoBuckets.length; i++) if (Math.abs(tempoBuckets[i]! - wanted) < Math.abs(tempoBuckets[bucket]! - wanted)) bucket = i;
  const bars = Math.max(1, Math.round((durationSeconds * wanted) / 240));
  const fitting = (240 * bars) / durationSeconds;
  const bpm = askedBpm ?? Math.min(wanted * 1.12, Math.max(wanted * 0.88, fitting));
  return { bpm, bucket, bars };
}

async function encodeText(text: string, family: SoundtrackFamily, context: PipelineContext): Promise<Tensor> {
  const tokens = tokenise(await context.pack.readText(family.tokenizer), text, family.maxTextTokens);
  const encoder = await context.pack.session(family.graphs.textEncoder);
  const dims = [1, family.maxTextTokens];
  const out = await encoder.run({ input_ids: { type: 'int64', data: tokens.ids, dims }, attention_mask: { type: 'int64', data: tokens.mask, dims } });
  const states = out['encoder_hidden_states'];
  if (states?.type !== 'float32') throw new Error('the text encoder gave no encoder_hidden_states');
  return states;
}

/** What the model will read, and the words nobody taught it. Without a usable word the picture speaks. */
async function readPrompt(request: SoundtrackRequest, picture: PictureAnalysis | null, family: SoundtrackFamily, context: PipelineContext): Promise<{ text: string; unknown: string[] }> {
  const asked = cleanPrompt(request.prompt);
  if (asked === '') return { text: suggestSoundtrackPrompt(picture), unknown: [] };
  if (family.vocabulary === undefined) return { text: asked, unknown: [] };
  const vocabulary = new Set((await context.pack.readText(family.vocabulary)).split(/\r?\n/));
  const unknown = unknownWords(asked, vocabulary);
  const words = asked.match(/[\p{L}\p{N}]+/gu) ?? [];
  const heard = words.some((word) => vocabulary.has(word) && word.length > 2);
  return { text: heard ? asked : `${asked}, ${suggestSoundtrackPrompt(picture)}`, unknown: unknown.filter((word) => !isMoodWord(word)) };
}

async function makeMusic(request: SoundtrackRequest, mood: Mood, family: SoundtrackFamily, context: PipelineContext, sampleCount: number, onProgress: (fraction: number) => void): Promise<Sound> {
  if (family.graphs.music === undefined) throw new Error('this pack has no music graph');
  const tempo = planTempo(mood, request.durationSeconds, request.tempoBpm);
  const random = new Random(request.seed, 31);
  const keySemitones = Math.floor(random.next() * 12) - 6;
  const session = await context.pack.session(family.graphs.music);
  const form = planForm(tempo.bars);
  const order = { mood, tempoBucket: tempo.bucket, form, temperature: 0.9 };
  const tokens = await samplePiece(session, order, random, context, (bar) => onProgress((0.8 * (bar + 1)) / form.length));
  const sound = renderNotes(notesFromTokens(tokens), { mood, bpm: tempo.bpm, keySemitones, sampleCount, seed: request.seed, hitSeconds: request.hitSeconds });
  onProgress(1);
  return sound;
}

/** RMS of both channels together. */
function level(sound: Sound): number {
  let sum = 0;
  for (const channel of [sound.left, sound.right]) for (let i = 0; i < channel.length; i++) sum += channel[i]! * channel[i]!;
  return Math.sqrt(sum / Math.max(1, 2 * sound.left.length));
}

/** Ambience and foley leave the model at their trained levels (foley above its surroundings); music is set a little under. */
function balance(stems: Stems): void {
  const music = stems.music;
  if (music === undefined) return;
  const gain = (stems.ambience === undefined && stems.foley === undefined ? 0.1 : 0.05) / Math.max(1e-6, level(music));
  for (const channel of [music.left, music.right]) for (let i = 0; i < channel.length; i++) channel[i] = channel[i]! * gain;
}

/** Errors: PipelineCancelled; RangeError for an impossible request; Error when a graph breaks its contract. */
export async function runSoundtrackPipeline(request: SoundtrackRequest, family: SoundtrackFamily, context: PipelineContext): Promise<SoundtrackResult> {
  if (!(request.durationSeconds > 0 && request.durationSeconds <= 3600)) throw new RangeError(`a soundtrack of ${request.durationSeconds} s cannot be made; 0 to 3600 s can`);
  if (request.stems.length === 0) throw new RangeError('no stem was asked for');
  const wanted = [...new Set(request.stems)];
  const sampleCount = Math.round(request.durationSeconds * family.sampleRateHz);
  const frameCount = Math.max(1, Math.ceil(request.durationSeconds * family.latentRateHz));
  const totalShare = wanted.reduce((sum, stem) => sum + shares[stem], 0) * 1.08;
  let doneShare = 0;
  context.checkCancelled();
  context.report({ fraction: 0, stage: 'text' });
  const picture = request.picture === null ? null : analysePicture(request.picture.frames, request.picture.fps);
  const { text, unknown } = await readPrompt(request, picture, family, context);
  const mood = chooseMood(request.prompt, picture);
  const stems: Stems = {};
  const neural = wanted.filter((stem) => stem !== 'music');
  if (neural.length > 0) {
    const encoded = await encodeText(text, family, context);
    const features = featureRowsFor(picture, request.hitSeconds, frameCount, family.latentRateHz);
    const transformer = await context.pack.session(family.graphs.transformer);
    const latents = new Map<StemKind, Float32Array>();
    const order = { frameCount, seed: request.seed, steps: Math.max(1, request.steps ?? family.scheduler.defaultSteps), guidance: request.guidance ?? family.scheduler.defaultGuidance, text: encoded, features };
    for (const stem of neural) {
      latents.set(stem, await generateLatents(transformer, family, { ...order, stem: stem === 'ambience' ? 0 : 1 }, context, (step, stepCount) => {
        context.report({ fraction: (doneShare + (0.85 * shares[stem] * step) / stepCount) / totalShare, stage: 'denoise', step, stepCount });
      }));
      doneShare += 0.85 * shares[stem];
    }
    await context.pack.release(family.graphs.transformer);
    const decoder = await context.pack.session(family.graphs.decoder);
    for (const stem of neural) {
      const options = { seed: request.seed * 2 + (stem === 'ambience' ? 0 : 1), width: stem === 'ambience' ? 0.35 : 0.08 };
      stems[stem] = await decodeLatents(decoder, family, latents.get(stem)!, frameCount, sampleCount, options, context, (fraction) => {
        context.report({ fraction: (doneShare + 0.15 * shares[stem] * fraction) / totalShare, stage: 'decode' });
      });
      doneShare += 0.15 * shares[stem];
    }
  }
  if (wanted.includes('music')) {
    stems.music = await makeMusic(request, mood, family, context, sampleCount, (fraction) => {
      context.report({ fraction: (doneShare + shares.music * fraction) / totalShare, stage: 'music' });
    });
    doneShare += shares.music;
  }
  context.checkCancelled();
  context.report({ fraction: doneShare / totalShare, stage: 'mix' });
  balance(stems);
  for (const [kind, stem] of Object.entries(stems)) {
    removeDc(stem.left);
    removeDc(stem.right);
    if (kind === 'foley') fadeEnds(stem, 0.005, 0.03);
    else fadeEnds(stem, kind === 'music' ? 0.01 : 0.25, Math.min(1.5, request.durationSeconds * 0.15));
  }
  normaliseStems(stems);
  context.report({ fraction: 1, stage: 'mix' });
  return { stems, rewrittenPrompt: wanted.includes('music') ? `${text} (music: ${mood})` : text, unknownWords: unknown };
}
