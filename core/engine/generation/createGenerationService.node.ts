/** Generation in projects: the queue's executor, what is known before a run, and what makes a take stale. */
import { rm } from 'node:fs/promises';
import type { Estimate, PromptReading } from '../../contract/jobs.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import { newId } from '../../document/create.ts';
import type { TakeFile } from '../../document/names.ts';
import { actionOf } from '../../actions/actions.ts';
import { materialsOf } from '../../actions/materials.ts';
import { isMusic } from '../../actions/soundtrack/isMusic.ts';
import type { GenerationRequest, Take } from '../../document/schema.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { FollowRoom } from '../footage/follow/followRoom.node.ts';
import type { InferenceService } from '../inference/inferenceService.node.ts';
import type { Providers } from '../inference/providers.node.ts';
import type { MediaRoom } from '../media/mediaService.node.ts';
import { soundtrackFamily, videoFamily, type LoadedPack, type PackStore } from '../packs/packStore.node.ts';
import type { Scratch } from '../scratch.node.ts';
import type { SoundFontStore } from '../soundfont/soundFontStore.node.ts';
import type { JobExecutor, ProjectStore, RenderService } from '../services.node.ts';
import { createEstimator, type Estimator } from './estimate.node.ts';
import type { MachineTimes } from '../estimates/machineTimes.node.ts';
import { outlineFootage, outlineRun } from './outlineRun.node.ts';
import type { GenerationService } from './generationService.node.ts';
import { betweenGraph } from '../footage/interpolate/betweenGraph.node.ts';
import { upscaleGraph } from '../footage/enhance/upscaleGraph.node.ts';
import { speechGraphs } from '../footage/speech/speechGraphs.node.ts';
import { footageMethod, type FootageMethod } from '../footage/methods.ts';
import { deviceOf, wordsOfMade, type Made, type MakerDependencies } from './made.ts';
import { readLooks } from '../../actions/restyle/readLooks.ts';
import { readStage, requireCast } from '../stage/readStage.node.ts';
import { wordsOfReading } from '../footage/looks/makeLook.node.ts';
import { makeGeneration } from './makeGeneration.node.ts';
import { musicHash } from './musicHash.node.ts';
import { isVideo, requirePlan, requirePossible } from './requirePossible.ts';
import { readPrompt } from './readPrompt.node.ts';
import { hashRequest } from './requestHash.node.ts';
import type { ResolvedRequest } from './resolved.ts';
import { inputKeysOf, originIn, resolveInProject, wordsOfEdited } from './resolveInProject.node.ts';
import { suggestSound } from './suggestSound.node.ts';

/** The rooms that generation stands on. */
export interface GenerationDependencies {
  readonly times: MachineTimes;
  readonly appVersion: string;
  /** The folder assets/. */
  readonly assets: string;
  readonly cache: CacheFolder;
  readonly projects: ProjectStore;
  readonly media: MediaRoom;
  readonly render: RenderService;
  readonly follow: Pick<FollowRoom, 'film' | 'standIn'>;
  readonly packs: PackStore;
  readonly soundFonts: SoundFontStore;
  readonly inference: InferenceService;
  readonly providers: Providers;
  readonly scratch: Scratch;
}

/** The service, and its makers for runs on files. */
export interface GenerationRoom extends GenerationService {
  /** For runs on files: the same makers, without a project. */
  readonly maker: MakerDependencies;
  readonly estimator: Estimator;
}

/** The service of one engine. */
export function createGenerationService(dependencies: GenerationDependencies): GenerationRoom {
  const { projects, media, render, follow, packs, soundFonts, inference, providers, scratch, appVersion, assets } =
    dependencies;
  const estimator = createEstimator(dependencies.times, providers);
  const { cache } = dependencies;
  const maker: MakerDependencies = { appVersion, assets, cache, packs, soundFonts, inference, providers, estimator };

  const resolve = (projectId: string, request: GenerationRequest, film = follow.standIn): Promise<ResolvedRequest> =>
    resolveInProject(request, { projectId, document: projects.document(projectId), media, render, film });

  const suggestion = rememberedSuggestions(scratch);

  const runGeneration: JobExecutor<'generation'> = async (spec, context) => {
    const { projectId, clipId } = spec;
    const folder = await scratch.take('generation');
    try {
      const resolved = await resolve(projectId, spec.request, (range, mask) => follow.film(range, mask, context));
      const made = await makeGeneration(resolved, maker, context, {
        folder,
        size: null,
        picture: await isOnePicture(resolved, packs),
      });
      context.signal.throwIfAborted();
      const takeId = newId();
      // the recipe first: a crash in between leaves 'missing, make it again', never a file of unknown origin
      await projects.writeRecipe(projectId, { ...made.recipe, takeId, clipId });
      const { file } = await projects.adoptTakeFile(projectId, made.path, made.extension);
      const take = takeOf(takeId, file, resolved, made);
      await projects.recordTake(projectId, take, clipId);
      return { take };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    maker,
    estimator,
    runGeneration,
    async check(projectId, request) {
      requirePossible(request);
      await requireMakeable(await resolve(projectId, request), packs);
    },
    async estimate(projectId, request): Promise<Estimate> {
      requirePossible(request);
      const resolved = await resolve(projectId, request);
      await requireGraphs(request, packs);
      const method = footageMethod(request, resolved.origin);
      if (method) return footageEstimate(resolved, estimator, method, dependencies);
      const pack = await packs.find(request.packId);
      const words = request.action === 'soundtrack' ? await suggestion(resolved) : null;
      return {
        ...(await estimator.estimate(outlineRun(resolved, pack))),
        ...(await readPrompt(request, pack, resolved.about ?? null)),
        ...(words === null ? {} : { rewrittenPrompt: words }),
      };
    },
    async read(projectId, request) {
      const document = projects.document(projectId);
      if (footageMethod(request, originIn(request, document))) return readFootageWords(request, dependencies);
      return readPrompt(request, await packs.find(request.packId), wordsOfEdited(request, document));
    },
    hash: (projectId, requests, takeHashes) => hashAll(dependencies, projectId, requests, takeHashes),
  };
}

/** Throws FailureError where what would make a request is missing or cannot. */
async function requireMakeable(resolved: ResolvedRequest, packs: PackStore): Promise<void> {
  const { request, origin } = resolved;
  await requireGraphs(request, packs);
  if (footageMethod(request, origin)) return;
  const pack = await packs.find(request.packId);
  if (isVideo(resolved)) requirePlan(resolved, videoFamily(pack));
  else soundtrackFamily(pack);
}

/** Throws FailureError where the pack of a method on footage lacks what it needs. */
async function requireGraphs(request: GenerationRequest, packs: PackStore): Promise<void> {
  const { packId } = request;
  if (request.action === 'generate' && request.drawn) requireCast(await packs.find(packId));
  if (request.action === 'smooth') betweenGraph(await packs.find(packId));
  if (request.action === 'cleanSpeech') speechGraphs(await packs.find(packId));
  if (request.action === 'enhance') upscaleGraph(await packs.find(packId), request);
}

async function footageEstimate(
  resolved: ResolvedRequest,
  estimator: Estimator,
  method: FootageMethod,
  rooms: Pick<GenerationDependencies, 'packs' | 'assets'>,
): Promise<Estimate> {
  const expected = await estimator.estimateFootage(outlineFootage(resolved, method));
  return { ...expected, ...(await readFootageWords(resolved.request, rooms)) };
}

/** What a method makes of the words: looks are chosen by them, scenes are staged by them, nothing else is. */
async function readFootageWords(
  request: GenerationRequest,
  { packs, assets }: Pick<GenerationDependencies, 'packs' | 'assets'>,
): Promise<PromptReading> {
  if (request.action === 'generate') return (await readStage(request, await packs.find(request.packId), assets)).words;
  const words = request.action === 'restyle' ? wordsOfReading(readLooks(request.prompt)) : { unknownWords: [] };
  return { ...words, rewrittenPrompt: request.prompt };
}

/** What a picture suggests for its sound, looked up once: the panel asks after every change of a field. */
function rememberedSuggestions(scratch: Scratch): (resolved: ResolvedRequest) => Promise<string | null> {
  const suggestions = new Map<string, string | null>();
  return async (resolved) => {
    const range = resolved.mostSeen ?? resolved.source;
    if (resolved.request.prompt.trim() !== '' || !range) return null;
    const key = JSON.stringify([range.file.contentKey, range.startTicks, range.durationTicks]);
    if (!suggestions.has(key)) {
      const folder = await scratch.take('look');
      try {
        suggestions.set(key, await suggestSound(resolved, folder, new AbortController().signal));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    return suggestions.get(key) ?? null;
  };
}

/** Hashes of requests as they would be made now, in order: one that differs from its take's makes the take stale. */
async function hashAll(
  { projects, packs, soundFonts }: Pick<GenerationDependencies, 'projects' | 'packs' | 'soundFonts'>,
  projectId: string,
  requests: readonly GenerationRequest[],
  takeHashes: Parameters<GenerationRoom['hash']>[2],
): Promise<string[]> {
  const document = projects.document(projectId);
  const ownChoice = requests.some(isMusic) ? await soundFonts.ownChoice() : null;
  const readRecipe = (takeId: string) => projects.readRecipe(projectId, takeId);
  const known = new Map<string, LoadedPack | null>();
  const hashes: string[] = [];
  for (const [index, request] of requests.entries()) {
    if (!known.has(request.packId)) known.set(request.packId, await packs.find(request.packId).catch(() => null));
    const pack = known.get(request.packId);
    const hashBy = (soundFont: string | null): string =>
      hashRequest(
        request,
        safeKeys(request, document),
        footageMethod(request, originIn(request, document)) ?? (pack ? pack.manifest : null),
        soundFont,
      );
    const takeHash = takeHashes?.[index];
    hashes.push(
      isMusic(request) ? await musicHash({ document, takeHash, ownChoice, hashBy, readRecipe }) : hashBy(null),
    );
  }
  return hashes;
}

/** An input that is gone makes a take stale rather than the question fail. */
function safeKeys(request: GenerationRequest, document: Parameters<typeof inputKeysOf>[1]): readonly string[] {
  try {
    return inputKeysOf(request, document);
  } catch {
    return ['missing'];
  }
}

async function isOnePicture({ request, source }: ResolvedRequest, packs: PackStore): Promise<boolean> {
  if (request.action === 'generate') {
    const { fps } = videoFamily(await packs.find(request.packId));
    return secondsFromTicks(request.durationTicks) * fps <= 1;
  }
  return actionOf(request).editsSource && source?.file.facts.kind === 'image';
}

function takeOf(takeId: string, file: TakeFile, resolved: ResolvedRequest, made: Made): Take {
  const { request, source } = resolved;
  return {
    id: takeId,
    file,
    kind: made.kind,
    action: request.action,
    prompt: materialsOf(request).part?.prompt || request.prompt,
    ...wordsOfMade(made.by, request.prompt),
    ...byFootage(made.by),
    seed: request.seed,
    packId: request.packId,
    requestHash: made.requestHash,
    durationTicks: made.durationTicks,
    width: made.width,
    height: made.height,
    rate: made.rate,
    // shown in the source's place: times stay the source's own
    sourceStartTicks: actionOf(request).editsSource && source ? source.startTicks + resolved.sourceOffsetTicks : 0,
    device: deviceOf(made.by),
    createdAt: new Date().toISOString(),
    parentTakeId: resolved.parentTakeId,
    patch: patchOf(resolved, made),
    ...(made.hasAlpha ? { hasAlpha: true } : {}),
  };
}

function byFootage(by: Made['by']): Pick<Take, 'method' | 'verdict' | 'loudnessChangeDb'> {
  if (by.kind === 'model') return {};
  const { method, verdict, loudnessChangeDb } = by;
  return {
    method,
    ...(verdict ? { verdict } : {}),
    ...(loudnessChangeDb === undefined ? {} : { loudnessChangeDb }),
  };
}

/** What a patch lies over: the very frames that it was made from. */
function patchOf({ request, source }: ResolvedRequest, { patch }: Made): Take['patch'] {
  const over = materialsOf(request).source;
  if (!patch || !over || !source) return null;
  return { over: { kind: over.kind, id: over.id, startTicks: source.startTicks }, ...patch };
}
