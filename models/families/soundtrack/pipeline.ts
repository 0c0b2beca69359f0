/** The soundtrack pipeline: a request in, up to three stems out. Pure TypeScript; graphs come through the context. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PipelineContext, Tensor } from '../pipeline.ts';
import type { SoundtrackContext, SoundtrackRequest, SoundtrackResult, StemKind } from './contract.ts';
import { analysePicture, featureRowsFor, type PictureAnalysis } from './features.ts';
import { decodeLatents, generateLatents } from './latents.ts';
import { defaultTarget, mixStems, stemWriter, type MixTrack, type StemWriter } from './mix.ts';
import { feels } from './moods.ts';
import { keyInWords, keyNames, planMusic, tempoInWords, withoutMusicWishes } from './musicPlan.ts';
import { MusicPlayer } from './musicRender.ts';
import { samplePiece } from './musicSampler.ts';
import { notesFromTokens } from './musicTokens.ts';
import { chooseEnsemble } from './orchestration.ts';
import { Random } from './random.ts';
import { blockSamples, MemorySound, type SoundStore } from './soundStore.ts';
import { duckingGain, findSpeech } from './speech.ts';
import { chooseMood, isMoodWord, suggestSoundtrackPrompt } from './suggest.ts';
import { cleanPrompt, tokenise, unknownWords } from './text.ts';

export { estimateSoundtrack } from './estimate.ts';
export { analysePicture } from './features.ts';
export { suggestSoundtrackPrompt } from './suggest.ts';

/** Share of the job's time, roughly, for the progress bar. */
const shares: Readonly<Record<StemKind, number>> = { ambience: 1, foley: 1, music: 0.8 };
/** How far each stem goes under speech. */
const duckDb: Readonly<Record<StemKind, number>> = { music: -12, ambience: -9, foley: -5 };
const fades: Readonly<Record<StemKind, { inSeconds: number; outSeconds: number }>> = {
  ambience: { inSeconds: 0.25, outSeconds: 1.5 },
  foley: { inSeconds: 0.005, outSeconds: 0.03 },
  music: { inSeconds: 0.01, outSeconds: 1.5 },
};

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
  const asked = withoutMusicWishes(cleanPrompt(request.prompt));
  if (asked === '') return { text: suggestSoundtrackPrompt(picture), unknown: [] };
  if (family.vocabulary === undefined) return { text: asked, unknown: [] };
  const vocabulary = new Set((await context.pack.readText(family.vocabulary)).split(/\r?\n/));
  const unknown = unknownWords(asked, vocabulary);
  const words = asked.match(/[\p{L}\p{N}]+/gu) ?? [];
  const heard = words.some((word) => vocabulary.has(word) && word.length > 2);
  return { text: heard ? asked : `${asked}, ${suggestSoundtrackPrompt(picture)}`, unknown: unknown.filter((word) => !isMoodWord(word)) };
}

interface Stem {
  readonly store: SoundStore;
  readonly writer: StemWriter;
}

function openStem(kind: StemKind, sampleCount: number, durationSeconds: number, context: SoundtrackContext): Stem {
  const store = context.openSound?.(kind, sampleCount) ?? new MemorySound(sampleCount);
  const { inSeconds, outSeconds } = fades[kind];
  return { store, writer: stemWriter(store, inSeconds, Math.min(outSeconds, durationSeconds * 0.15)) };
}

/** Answers what was played, in words. */
async function makeMusic(request: SoundtrackRequest, picture: PictureAnalysis | null, family: SoundtrackFamily, context: PipelineContext, stem: Stem, onProgress: (fraction: number) => void): Promise<string> {
  if (family.graphs.music === undefined) throw new Error('this pack has no music graph');
  const mood = chooseMood(request.prompt, picture);
  const feel = feels[mood];
  const key = keyInWords(request.prompt);
  const plan = planMusic(mood, request.durationSeconds, request.tempoBpm ?? tempoInWords(request.prompt), picture?.cuts ?? []);
  const ensemble = chooseEnsemble(request.prompt, feel.ensemble);
  const random = new Random(request.seed, 31);
  const drawn = Math.floor(random.next() * 12) - 6;
  // the nearest tonic at or around C: up to five semitones up, six down
  const keySemitones = key === null ? drawn : key.tonic > 5 ? key.tonic - 12 : key.tonic;
  const session = await context.pack.session(family.graphs.music);
  const order = { mood: feel.base, tempoBucket: plan.bucket, form: plan.bars.map((bar) => bar.section), settled: key !== null, temperature: 0.9 };
  const tokens = await samplePiece(session, order, random, context, (bar) => onProgress((0.5 * (bar + 1)) / plan.bars.length));
  const player = new MusicPlayer(notesFromTokens(tokens), { plan, ensemble, keySemitones, mode: key?.mode ?? feel.mode, seed: request.seed, hitSeconds: request.hitSeconds });
  const { sampleCount } = stem.store;
  for (let at = 0; at < sampleCount; at += blockSamples) {
    context.checkCancelled();
    const left = new Float32Array(Math.min(blockSamples, sampleCount - at));
    const right = new Float32Array(left.length);
    player.render(left, right);
    stem.writer.write(at, left, right);
    onProgress(0.5 + (0.5 * (at + left.length)) / sampleCount);
  }
  return [mood, `${Math.round(plan.bpm)} bpm`, ...(key === null ? [] : [`${keyNames[key.tonic]!} ${key.mode}`]), ...(ensemble.name === 'mood' ? [] : [ensemble.name])].join(', ');
}

/** Ambience and foley leave the model at their trained levels (foley above its surroundings); music is set a little under. */
function trackOf(kind: StemKind, stem: Stem, alone: boolean, duck: MixTrack['duck']): MixTrack {
  const gain = kind === 'music' ? (alone ? 0.1 : 0.05) / Math.max(1e-6, stem.writer.rms) : 1;
  return { store: stem.store, gain, duck };
}

/** Errors: PipelineCancelled; RangeError for an impossible request; Error when a graph breaks its contract. */
export async function runSoundtrackPipeline(request: SoundtrackRequest, family: SoundtrackFamily, context: SoundtrackContext): Promise<SoundtrackResult> {
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
  const stems = new Map<StemKind, Stem>();
  let played = '';
  const neural = wanted.filter((stem) => stem !== 'music');
  if (neural.length > 0) {
    const encoded = await encodeText(text, family, context);
    const features = featureRowsFor(picture, request.hitSeconds, frameCount, family.latentRateHz);
    const transformer = await context.pack.session(family.graphs.transformer);
    const latents = new Map<StemKind, Float32Array>();
    const order = { frameCount, seed: request.seed, steps: Math.max(1, request.steps ?? family.scheduler.defaultSteps), guidance: request.guidance ?? family.scheduler.defaultGuidance, text: encoded, features };
    for (const stem of neural) {
      latents.set(stem, await generateLatents(transformer, family, { ...order, stem: stem === 'ambience' ? 0 : 1 }, context, (step, stepCount) => {
        context.report({ fraction: (doneShare + (0.6 * shares[stem] * step) / stepCount) / totalShare, stage: 'denoise', step, stepCount });
      }));
      doneShare += 0.6 * shares[stem];
    }
    await context.pack.release(family.graphs.transformer);
    const decoder = await context.pack.session(family.graphs.decoder);
    for (const kind of neural) {
      const options = { seed: request.seed * 2 + (kind === 'ambience' ? 0 : 1), width: kind === 'ambience' ? 0.35 : 0.08 };
      const stem = openStem(kind, sampleCount, request.durationSeconds, context);
      stems.set(kind, stem);
      await decodeLatents(decoder, family, latents.get(kind)!, frameCount, sampleCount, options, context, (at, left, right) => {
        stem.writer.write(at, left, right);
        context.report({ fraction: (doneShare + (0.4 * shares[kind] * (at + left.length)) / sampleCount) / totalShare, stage: 'decode' });
      });
      doneShare += 0.4 * shares[kind];
    }
  }
  if (wanted.includes('music')) {
    const stem = openStem('music', sampleCount, request.durationSeconds, context);
    stems.set('music', stem);
    played = await makeMusic(request, picture, family, context, stem, (fraction) => {
      context.report({ fraction: (doneShare + shares.music * fraction) / totalShare, stage: 'music' });
    });
    doneShare += shares.music;
  }
  context.checkCancelled();
  context.report({ fraction: doneShare / totalShare, stage: 'mix' });
  const speech = request.ownSound ? findSpeech(request.ownSound.samples, request.ownSound.rateHz) : null;
  const speaks = speech?.speaking.includes(1) === true;
  const tracks = [...stems].map(([kind, stem]) => trackOf(kind, stem, stems.size === 1, speaks ? duckingGain(speech, duckDb[kind]) : null));
  mixStems(tracks, { ...defaultTarget, lufs: request.loudnessLufs ?? defaultTarget.lufs });
  context.report({ fraction: 1, stage: 'mix' });
  return { stems: Object.fromEntries([...stems].map(([kind, { store }]) => [kind, store])), rewrittenPrompt: played === '' ? text : `${text} (music: ${played})`, unknownWords: unknown };
}
