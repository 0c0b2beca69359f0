/** The soundtrack pipeline: a request in, up to three stems out. Pure TypeScript; graphs come through the context. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PlayedBy, SoundtrackContext, SoundtrackRequest, SoundtrackResult, StemKind } from './contract.ts';
import { analysePicture, featureRowsFor, type PictureAnalysis } from './features.ts';
import { foleyVoices, voiceSeed } from './foleyVoices.ts';
import { decodeLatents, generateLatents } from './latents.ts';
import { defaultTarget, mixStems, stemWriter, type MixTrack, type StemWriter } from './mix.ts';
import { composeMusic } from './musicCompose.ts';
import { openPlayer } from './musicPlayer.ts';
import { decodeOptionsOf, remakePart } from './part.ts';
import { encodeText, readPrompt } from './readWords.ts';
import { shareOf } from './share.ts';
import { addingTo, blockSamples, MemorySound, type SoundStore } from './soundStore.ts';
import { duckingFor, fadesOf } from './stemShape.ts';
import { applySwell, swellOf } from './swell.ts';

export { estimateSoundtrack } from './estimate.ts';
export { analysePicture } from './features.ts';
export { suggestSoundtrackPrompt } from './suggest.ts';

/** Share of the job's time, roughly, for the progress bar. */
const shares: Readonly<Record<StemKind, number>> = { ambience: 1, foley: 1, music: 0.8 };

interface Stem {
  readonly store: SoundStore;
  readonly writer: StemWriter;
}

function openStem(kind: StemKind, sampleCount: number, durationSeconds: number, context: SoundtrackContext): Stem {
  const store = context.openSound?.(kind, sampleCount) ?? new MemorySound(sampleCount);
  const { inSeconds, outSeconds } = fadesOf(kind, durationSeconds);
  return { store, writer: stemWriter(store, inSeconds, outSeconds) };
}

/** Answers what was played, in words, and by whom. */
async function makeMusic(
  request: SoundtrackRequest,
  picture: PictureAnalysis | null,
  family: SoundtrackFamily,
  context: SoundtrackContext,
  stem: Stem,
  onProgress: (fraction: number) => void,
): Promise<{ played: string; playedBy: PlayedBy }> {
  const piece = await composeMusic(request, picture, family, context, {
    onBar: (bar, barCount) => onProgress((0.5 * (bar + 1)) / barCount),
  });
  const { player, playedBy } = await openPlayer(piece, context.soundFont);
  const { sampleCount } = stem.store;
  for (let at = 0; at < sampleCount; at += blockSamples) {
    context.checkCancelled();
    const left = new Float32Array(Math.min(blockSamples, sampleCount - at));
    const right = new Float32Array(left.length);
    player.render(left, right);
    stem.writer.write(at, left, right);
    onProgress(0.5 + (0.5 * (at + left.length)) / sampleCount);
  }
  return { played: piece.played, playedBy };
}

/**
 * Ambience and foley leave the model at their trained levels (foley above its surroundings); music is set a little
 * under.
 */
function trackOf(kind: StemKind, stem: Stem, alone: boolean, duck: MixTrack['duck']): MixTrack {
  const gain = kind === 'music' ? (alone ? 0.1 : 0.05) / Math.max(1e-6, stem.writer.rms) : 1;
  return { store: stem.store, gain, duck };
}

/** Errors: PipelineCancelled; RangeError for an impossible request; Error when a graph breaks its contract. */
export async function runSoundtrackPipeline(
  request: SoundtrackRequest,
  family: SoundtrackFamily,
  context: SoundtrackContext,
): Promise<SoundtrackResult> {
  if (!(request.durationSeconds > 0 && request.durationSeconds <= 3600))
    throw new RangeError(`a soundtrack of ${request.durationSeconds} s cannot be made; 0 to 3600 s can`);
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
  const speech = request.ownSound ? ((await context.findSpeech?.(request.ownSound)) ?? null) : null;
  if (request.part) {
    const [kind] = wanted;
    if (wanted.length > 1 || kind === undefined) throw new RangeError('a part is made anew of one stem at a time');
    const rootText = (await readPrompt({ prompt: request.part.rootPrompt }, picture, family, context)).text;
    const { store, played, playedBy } = await remakePart(
      kind,
      request,
      request.part,
      { text, rootText, picture, speech },
      family,
      context,
    );
    return {
      stems: { [kind]: store },
      rewrittenPrompt: played === '' ? text : `${text} (music: ${played})`,
      unknownWords: unknown,
      playedBy,
    };
  }
  const stems = new Map<StemKind, Stem>();
  let music: { played: string; playedBy: PlayedBy } | null = null;
  const neural = wanted.filter((stem) => stem !== 'music');
  if (neural.length > 0) {
    const features = featureRowsFor(picture, request.hitSeconds, frameCount, family.latentRateHz);
    const transformer = await context.pack.session(family.graphs.transformer);
    const drawn: { kind: 'ambience' | 'foley'; voice: number; share: number; latents: Float32Array }[] = [];
    const order = {
      frameCount,
      seed: request.seed,
      steps: Math.max(1, request.steps ?? family.scheduler.defaultSteps),
      guidance: request.guidance ?? family.scheduler.defaultGuidance,
      features,
    };
    for (const kind of neural) {
      const voices = kind === 'foley' ? foleyVoices(text) : [text];
      const share = shares[kind] / voices.length;
      for (const [voice, words] of voices.entries()) {
        const asked = {
          ...order,
          stem: kind === 'ambience' ? 0 : 1,
          seed: voiceSeed(request.seed, voice),
          text: await encodeText(words, family, context),
        } as const;
        const latents = await generateLatents(transformer, family, asked, context, (step, stepCount) => {
          context.report({
            fraction: (doneShare + (0.6 * share * step) / stepCount) / totalShare,
            stage: 'denoise',
            step,
            stepCount,
          });
        });
        drawn.push({ kind, voice, share, latents });
        doneShare += 0.6 * share;
      }
    }
    await context.pack.release(family.graphs.transformer);
    const decoder = await context.pack.session(family.graphs.decoder);
    for (const { kind, voice, share, latents } of drawn) {
      const stem = stems.get(kind) ?? openStem(kind, sampleCount, request.durationSeconds, context);
      stems.set(kind, stem);
      // the first voice is written, the others are added to it
      const { inSeconds, outSeconds } = fadesOf(kind, request.durationSeconds);
      const swell = kind === 'ambience' ? swellOf(text, request.seed, request.durationSeconds) : null;
      const writer = voice === 0 ? stem.writer : stemWriter(addingTo(stem.store), inSeconds, outSeconds);
      await decodeLatents(
        decoder,
        family,
        latents,
        frameCount,
        sampleCount,
        decodeOptionsOf(kind, voiceSeed(request.seed, voice)),
        context,
        (at, left, right) => {
          if (swell) applySwell(swell, at, left, right);
          writer.write(at, left, right);
          context.report({
            fraction: (doneShare + (0.4 * share * (at + left.length)) / sampleCount) / totalShare,
            stage: 'decode',
          });
        },
      );
      doneShare += 0.4 * share;
    }
  }
  if (wanted.includes('music')) {
    const stem = openStem('music', sampleCount, request.durationSeconds, context);
    stems.set('music', stem);
    music = await makeMusic(request, picture, family, context, stem, (fraction) => {
      context.report({ fraction: (doneShare + shares.music * fraction) / totalShare, stage: 'music' });
    });
    doneShare += shares.music;
  }
  context.checkCancelled();
  context.report({ fraction: doneShare / totalShare, stage: 'mix' });
  const tracks = [...stems].map(([kind, stem]) => trackOf(kind, stem, stems.size === 1, duckingFor(kind, speech)));
  const whole = { ...defaultTarget, lufs: request.loudnessLufs ?? defaultTarget.lufs };
  const [only] = stems;
  mixStems(
    tracks,
    only && stems.size === 1 && request.besides ? shareOf(only[0], only[1].store, request.besides, whole) : whole,
  );
  context.report({ fraction: 1, stage: 'mix' });
  return {
    stems: Object.fromEntries([...stems].map(([kind, { store }]) => [kind, store])),
    rewrittenPrompt: music === null ? text : `${text} (music: ${music.played})`,
    unknownWords: unknown,
    playedBy: music?.playedBy ?? null,
  };
}
