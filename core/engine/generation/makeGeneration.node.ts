/**
 * From a request to a finished file, in one straight line: plan, gather, run, encode. Projects and the command line
 * both come through here; only what they do with the file differs.
 */
import { join } from 'node:path';
import type { VideoRequest } from '../../actions/actions.ts';
import { planSoundtrack } from '../../actions/soundtrack/plan.ts';
import type { SoundtrackRequest } from '../../actions/soundtrack/schema.ts';
import { packRate, plannedTicks } from '../../actions/videoPlan.ts';
import { FailureError, sentenceOf } from '../../contract/errors.ts';
import { secondsFromTicks, ticksFromSeconds, type Rate, type Ticks } from '../../time/ticks.ts';
import { colourOf } from '../../disk/facts.ts';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { opaque } from '../../ffmpeg/sampleFormat.ts';
import type { InferenceService } from '../inference/inferenceService.node.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { InferenceRun, SoundtrackRun } from '../inference/protocol.ts';
import {
  footageFamily,
  soundtrackFamily,
  videoFamily,
  type LoadedPack,
  type PackStore,
} from '../packs/packStore.node.ts';
import type { JobContext } from '../services.node.ts';
import type { SoundFontStore } from '../soundfont/soundFontStore.node.ts';
import {
  encodePatch,
  encodeStillPatch,
  type MadeFrames,
  type PatchShape,
  type PatchTarget,
} from './encodePatch.node.ts';
import { encodePicture, encodeSound, encodeVideo, type EncodeOptions } from './encodeTake.node.ts';
import type { Estimator } from './estimate.node.ts';
import {
  gatherOldSound,
  gatherOwnSound,
  gatherSoundPicture,
  gatherVideoInputs,
  type GatherOptions,
} from './gatherInputs.node.ts';
import { isVideo, requirePlan, type VideoPlan } from './requirePossible.ts';
import { outlineRun } from './outlineRun.node.ts';
import { makeRecipe, recipeMetadata, recipeText, type RecipeParts } from './recipe.node.ts';
import { hashRequest } from './requestHash.node.ts';
import type { ResolvedPart, ResolvedRequest, SourceFile, SourceRange } from './resolved.ts';
import { stemRecipe } from './stemRecipe.node.ts';
import { suggestSound } from './suggestSound.node.ts';
import { runModel, type ModelRun } from './runModel.node.ts';
import { plainSentence, sentence, type Sentence } from '../../contract/sentence.ts';

export interface MakerDependencies {
  readonly appVersion: string;
  readonly packs: PackStore;
  readonly soundFonts: SoundFontStore;
  readonly inference: InferenceService;
  readonly providers: Providers;
  readonly estimator: Estimator;
}

/** A finished file in the scratch folder, and what a take's record says of it. */
export interface Made {
  readonly path: string;
  readonly extension: 'mp4' | 'mkv' | 'png' | 'wav';
  readonly kind: 'video' | 'image' | 'audio';
  readonly durationTicks: Ticks;
  readonly width: number;
  readonly height: number;
  readonly rate: Rate | null;
  /** 1 for a picture, 0 for sound. */
  readonly frameCount: number;
  /** Where the file is laid over the source; null for whole frames and sound. */
  readonly patch: Pick<PatchShape, 'box' | 'picture'> | null;
  readonly plan: VideoPlan | null;
  readonly pack: LoadedPack;
  readonly run: ModelRun;
  readonly requestHash: string;
  readonly recipe: Record<string, unknown>;
}

export interface MakeOptions {
  readonly folder: string;
  /** px of the result of 'generate'; null = the pack's. */
  readonly size: { width: number; height: number } | null;
  /** A picture instead of a video of one frame. */
  readonly picture: boolean;
  /** A film by itself is encoded without loss, not for keeping as a take. */
  readonly lossless?: boolean;
  /** The words that the picture suggests where none were given; the editor's panel has shown them before. */
  onSuggestion?(words: string): void;
}

type MakerContext = Pick<JobContext, 'signal' | 'notice' | 'setDevice' | 'report'>;

/** Shares of the whole for the progress bar. */
const gatherShare = 0.04;
const runShare = 0.9;

/** Throws FailureError, or AttemptFailed when another attempt may go better. The estimates learn from what it took. */
export async function makeGeneration(
  resolved: ResolvedRequest,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const clock = dependencies.estimator.begin();
  try {
    const made = await make(resolved, dependencies, context, options);
    await clock.learn(outlineRun(resolved, made.pack, options.size), made.run.provider);
    return made;
  } finally {
    clock.end();
  }
}

async function make(
  resolved: ResolvedRequest,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  if (!isVideo(resolved)) {
    const [stem] = await makeStems([resolved], dependencies, context, options);
    if (!stem) throw new Error('no stem was made');
    return stem;
  }
  context.report({ fraction: 0, stage: 'prepare' });
  return makeVideo(
    resolved,
    await dependencies.packs.load(resolved.request.packId, 'video'),
    dependencies,
    context,
    options,
  );
}

async function makeVideo(
  resolved: ResolvedRequest<VideoRequest>,
  pack: LoadedPack,
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<Made> {
  const { request } = resolved;
  const family = videoFamily(pack);
  const plan = requirePlan(resolved, family, options.size);
  if (plan.anew === 'structure' && mayChangeAll(request)) context.notice(sentence('generation.noMask'));

  const inputs = await gatherVideoInputs(
    plan,
    resolved.mask,
    resolved.references,
    family,
    gatherOptions(context, options.folder),
  );
  const { run, describe } = await runAndDescribe(
    {
      family: 'video',
      pack: { id: pack.manifest.id, folder: pack.folder },
      manifest: family,
      prompt: request.prompt,
      frameCount: plan.frameCount,
      seed: request.seed,
      steps: request.steps,
      guidance: request.guidance,
      controlScale: plan.controlScale,
      upscale: plan.upscale,
      known: inputs.known,
      mask: inputs.mask,
      references: inputs.references,
      edit: request.action === 'inpaint' ? request.edit : null,
      about: resolved.about ?? null,
    },
    pack,
    dependencies,
    context,
    options.folder,
  );
  if (run.result.family !== 'video') throw new Error('the child answered another family');
  if (run.result.uncutReferences > 0) context.notice(sentence('generation.referenceNotCut'));
  const { recipe, requestHash } = describe(resolved);

  const { output } = plan;
  // a patch is what its source is; anything else what was asked for
  const still = output.over ? output.over.file.facts.kind === 'image' : options.picture;
  const length = still
    ? { durationTicks: request.durationTicks, rate: null, frameCount: 1 }
    : { durationTicks: plannedTicks(plan), rate: output.rate, frameCount: output.frameCount };
  const frames: MadeFrames = { file: run.result.frames, rate: packRate(family), kept: plan.kept };
  return {
    ...{ pack, run, requestHash, recipe, plan, width: output.width, height: output.height, ...length },
    ...(await encodeMade(frames, plan, inputs.patch, still, recipe, context, options)),
  };
}

/** The made frames as a file: a patch where they are laid over a source, else a picture or a film. */
async function encodeMade(
  made: MadeFrames,
  plan: VideoPlan,
  shape: PatchShape | null,
  still: boolean,
  recipe: Record<string, unknown>,
  context: MakerContext,
  options: MakeOptions,
): Promise<Pick<Made, 'path' | 'extension' | 'kind' | 'patch'>> {
  const { output } = plan;
  const extension = still ? 'png' : shape ? 'mkv' : 'mp4';
  const path = join(options.folder, `take.${extension}`);
  const encode: EncodeOptions = {
    signal: context.signal,
    metadata: recipeMetadata(recipe),
    onFraction: (fraction) =>
      context.report({ fraction: gatherShare + runShare + (1 - gatherShare - runShare) * fraction, stage: 'compose' }),
  };
  const kind = still ? ('image' as const) : ('video' as const);
  if (output.over && shape) {
    if (still) await encodeStillPatch(made, shape, path, recipeText(recipe));
    else await encodePatch(made, shape, patchTarget(output.over.file, output), path, encode);
    return { path, extension, kind, patch: { box: shape.box, picture: shape.picture } };
  }
  if (still) await encodePicture(plan, made.file, path, recipeText(recipe));
  else await encodeVideo(plan, made.file, made.rate, options.lossless ?? false, path, encode);
  return { path, extension, kind, patch: null };
}

/** A patch is kept as its source is: colours, samples, rate. */
function patchTarget({ facts }: SourceFile, { rate, frameCount }: VideoPlan['output']): PatchTarget {
  const video = facts.video!;
  return { colour: colourOf(video), samples: opaque(samplesOf(video)), rate, frameCount };
}

/** Whether a missing mask leaves the whole picture to an edit that was meant for some of it. */
function mayChangeAll(request: VideoRequest): boolean {
  return request.action === 'inpaint' || (request.action === 'restyle' && request.scope === 'background');
}

/** Requests that differ in their stem alone, made in one run: their sum has the loudness asked for. */
export async function makeStems(
  requests: readonly ResolvedRequest[],
  dependencies: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<readonly Made[]> {
  context.report({ fraction: 0, stage: 'prepare' });
  const asked = requests.map((each) => soundtrackOf(each.request));
  const [resolved] = requests;
  const [request] = asked;
  if (!resolved || !request) return [];
  const stems = asked.map(({ stem }) => stem);
  const pack = await dependencies.packs.load(request.packId, 'soundtrack');
  const players = stems.includes('music')
    ? await whoPlays(resolved.part ?? null, dependencies.soundFonts, context)
    : { font: null, problem: null };
  const run = await soundtrackRun({ resolved, request, stems, pack, players }, dependencies, context, options);
  const described = await runAndDescribe(run, pack, dependencies, context, options.folder);
  const { result } = described.run;
  if (result.family !== 'soundtrack') throw new Error('the child answered another family');
  noticeBuiltIn(result.playedBy, players, described);
  const instruments = instrumentsOf(result.playedBy, players.font);
  return Promise.all(
    requests.map(async (each, index): Promise<Made> => {
      const stem = stems[index]!;
      const made = result.stems.find((item) => item.stem === stem);
      const { name } = pack.manifest;
      if (!made) throw new FailureError('inferenceFailed', sentence('model.noStem', { name, stem }));
      const { recipe, requestHash } = described.describe(each, stem === 'music' ? instruments : null);
      const path = join(options.folder, requests.length === 1 ? 'take.wav' : `take-${stem}.wav`);
      await encodeSound(made.path, path, { signal: context.signal, metadata: recipeMetadata(recipe) });
      const { durationSeconds } = planSoundtrack(request);
      return madeSound({ path, durationSeconds, pack, run: described.run, requestHash, recipe });
    }),
  );
}

function madeSound({
  durationSeconds,
  ...made
}: Pick<Made, 'path' | 'pack' | 'run' | 'requestHash' | 'recipe'> & { readonly durationSeconds: number }): Made {
  return {
    ...made,
    extension: 'wav',
    kind: 'audio',
    durationTicks: ticksFromSeconds(durationSeconds),
    width: 0,
    height: 0,
    rate: null,
    frameCount: 0,
    patch: null,
    plan: null,
  };
}

interface SoundtrackParts {
  readonly resolved: ResolvedRequest;
  readonly request: SoundtrackRequest;
  readonly stems: readonly SoundtrackRequest['stem'][];
  readonly pack: LoadedPack;
  readonly players: Players;
}

/** Gathers picture, sound and words of a soundtrack into what the child is asked for. */
async function soundtrackRun(
  { resolved, request, stems, pack, players }: SoundtrackParts,
  { packs }: MakerDependencies,
  context: MakerContext,
  options: MakeOptions,
): Promise<SoundtrackRun> {
  const range: SourceRange | null = resolved.renderPicture
    ? await resolved.renderPicture(context.signal)
    : resolved.source;
  const gather = gatherOptions(context, options.folder);
  const { durationSeconds, hitSeconds } = planSoundtrack(request);
  const suggested = await suggestSound(resolved, options.folder, context.signal);
  if (suggested !== null) options.onSuggestion?.(suggested);
  const wholePrompt = suggested ?? request.prompt;
  return {
    family: 'soundtrack',
    pack: { id: pack.manifest.id, folder: pack.folder },
    manifest: soundtrackFamily(pack),
    prompt: resolved.part?.prompt || wholePrompt,
    durationSeconds,
    seed: request.seed,
    steps: request.steps,
    guidance: request.guidance,
    stems,
    picture: range?.file.facts.video ? await gatherSoundPicture(range, gather) : null,
    hitSeconds,
    tempoBpm: request.tempoBpm,
    ownSound: range?.file.facts.audio ? await gatherOwnSound(range, gather) : null,
    speech: range?.file.facts.audio ? await speechGraph(packs, context) : null,
    loudnessLufs: request.loudnessLufs ?? null,
    // stems made together here are brought to their loudness together
    ...(stems.length === 1 && request.besides ? { besides: request.besides } : {}),
    soundFontPath: players.font?.path ?? null,
    part: resolved.part ? await gatherPart(resolved.part, wholePrompt, gather) : null,
  };
}

type PlayedBy = Extract<ModelRun['result'], { family: 'soundtrack' }>['playedBy'];

/** Says why the built-in synthesisers played. A part of music they played before needs no word. */
function noticeBuiltIn(playedBy: PlayedBy, { font, problem }: Players, described: Pick<Described, 'notice'>): void {
  if (playedBy?.kind !== 'builtIn') return;
  const reason =
    playedBy.problem === null
      ? problem
      : sentence('generation.soundFontUnusable', { name: font?.fileName ?? '', reason: playedBy.problem });
  if (reason !== null) described.notice(sentence('generation.builtInPlays', { reason }));
}

function instrumentsOf(playedBy: PlayedBy, font: Players['font']): RecipeParts['instruments'] {
  if (playedBy === null) return null;
  if (playedBy.kind !== 'soundFont' || font === null) return { kind: 'builtIn' };
  return { kind: 'soundFont', name: font.name, sha256: font.sha256, chosen: font.chosen };
}

/** The graph that finds speech; null, and said, where no pack has one: no stem then makes way for speech. */
async function speechGraph(packs: PackStore, context: Pick<MakerContext, 'notice'>): Promise<SoundtrackRun['speech']> {
  try {
    const { manifest } = await packs.firstWith('footage');
    const pack = await packs.load(manifest.id, 'footage');
    const graph = footageFamily(pack).graphs.speech;
    if (graph !== undefined) return { pack: { id: manifest.id, folder: pack.folder }, graph };
    context.notice(sentence('generation.packWithoutSpeech', { name: manifest.name }));
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    context.notice(sentence('generation.speechUnavailable', { reason: sentenceOf(error.failure) }));
  }
  return null;
}

async function gatherPart(
  part: ResolvedPart,
  wholePrompt: string,
  gather: GatherOptions,
): Promise<NonNullable<SoundtrackRun['part']>> {
  const fromSeconds = secondsFromTicks(part.startTicks);
  return {
    oldPath: await gatherOldSound(part.file, gather),
    fromSeconds,
    toSeconds: fromSeconds + secondsFromTicks(part.durationTicks),
    rootPrompt: part.rootPrompt || wholePrompt,
    rootSeed: part.rootSeed,
  };
}

interface Players {
  readonly font: {
    readonly path: string;
    readonly fileName: string;
    readonly name: string;
    readonly sha256: string;
    /** By the user. */
    readonly chosen: boolean;
  } | null;
  /** Why there is no SoundFont; a sentence, null when that needs no word. */
  readonly problem: Sentence | null;
}

/** A part is played by who played the whole, if that SoundFont is present. */
async function whoPlays(
  part: ResolvedPart | null,
  soundFonts: SoundFontStore,
  context: Pick<MakerContext, 'notice'>,
): Promise<Players> {
  const whole = part && (await stemRecipe(part.file));
  if (whole && whole.instruments?.kind !== 'soundFont') return { font: null, problem: null };
  const { font: found, problem } = await soundFonts.load();
  const font: Players['font'] = found && {
    ...found,
    sha256: found.sha256 ?? '',
    chosen: found.sha256 !== null && found.sha256 === (await soundFonts.ownChoice()),
  };
  const before = whole?.instruments?.kind === 'soundFont' ? whole.instruments : null;
  if (before && before.sha256 !== font?.sha256)
    context.notice(
      sentence('generation.otherFontBefore', {
        before: before.name,
        now: font?.name ?? sentence('generation.builtIn'),
      }),
    );
  else if (font && problem !== null)
    context.notice(sentence('generation.fontPlays', { reason: problem, name: font.name }));
  return {
    font,
    problem: font || before ? null : problem === null ? sentence('generation.noSoundFont') : plainSentence(problem),
  };
}

function soundtrackOf(request: ResolvedRequest['request']): SoundtrackRequest {
  if (request.action !== 'soundtrack') throw new Error(`${request.action} is not a soundtrack`);
  return request;
}

function gatherOptions(context: MakerContext, folder: string) {
  return {
    folder,
    signal: context.signal,
    onFraction: (fraction: number) =>
      context.report({ fraction: gatherShare * Math.min(1, fraction), stage: 'prepare' }),
    onNotice: context.notice,
  };
}

interface Described {
  readonly run: ModelRun;
  /** Said, and written into what is described after. */
  notice(said: Sentence): void;
  /** What the run was for one of the requests it was made for. */
  describe(
    request: ResolvedRequest,
    instruments?: RecipeParts['instruments'],
  ): { recipe: Record<string, unknown>; requestHash: string };
}

async function runAndDescribe(
  run: InferenceRun,
  pack: LoadedPack,
  dependencies: MakerDependencies,
  context: MakerContext,
  folder: string,
): Promise<Described> {
  const notices: string[] = [];
  const listening: MakerContext = {
    ...context,
    notice(said) {
      notices.push(said.text);
      context.notice(said);
    },
  };
  const made = await runModel(run, pack, folder, dependencies, listening, (step) =>
    context.report({
      fraction: gatherShare + runShare * step.fraction,
      stage: step.stage,
      ...(step.step === null ? {} : { step: step.step }),
      ...(step.stepCount === null ? {} : { stepCount: step.stepCount }),
      ...(step.previewPath === null ? {} : { previewPath: step.previewPath }),
    }),
  );
  return {
    run: made,
    notice: listening.notice,
    describe(each, instruments = null) {
      const requestHash = hashRequest(
        each.request,
        each.inputKeys,
        pack.manifest,
        instruments?.kind === 'soundFont' && instruments.chosen ? instruments.sha256 : null,
      );
      const recipe = makeRecipe({
        resolved: each,
        manifest: pack.manifest,
        run: made,
        requestHash,
        instruments,
        appVersion: dependencies.appVersion,
        runtimeVersion: dependencies.providers.runtimeVersion,
        notices,
      });
      return { recipe, requestHash };
    },
  };
}
