/**
 * The engine: one instance of each service, each given the others it depends on. Hosts (Electron's utility process, the
 * browser host, the command line) create one with `createEngine` and drive it through `Engine`.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Handlers } from '../contract/contract.ts';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { createEvents } from './events.ts';
import { openMachineTimes } from './estimates/machineTimes.node.ts';
import { createFollowRoom, type FollowRoom } from './footage/follow/followRoom.node.ts';
import { createSeenRoom, type SeenRoom } from './footage/seen/seenRoom.node.ts';
import { createWordsRoom, type WordsRoom } from './footage/words/wordsRoom.node.ts';
import { createGenerationService, type GenerationRoom } from './generation/createGenerationService.node.ts';
import { appHandlers } from './handlers/appHandlers.node.ts';
import { fileHandlers } from './handlers/fileHandlers.node.ts';
import { jobHandlers } from './handlers/jobHandlers.node.ts';
import { addHandlers } from './handlers/addHandlers.node.ts';
import { joinHandlers } from './handlers/joinHandlers.node.ts';
import { lookHandlers } from './handlers/lookHandlers.node.ts';
import { maskHandlers } from './handlers/maskHandlers.node.ts';
import { packHandlers } from './handlers/packHandlers.node.ts';
import { projectHandlers } from './handlers/projectHandlers.node.ts';
import { seenHandlers } from './handlers/seenHandlers.node.ts';
import { soundFontHandlers } from './handlers/soundFontHandlers.node.ts';
import { transcriptHandlers } from './handlers/transcriptHandlers.node.ts';
import type { SpawnInference } from './inference/inferenceChild.ts';
import { createInferenceService, type InferenceService } from './inference/inferenceService.node.ts';
import { createProviders, type Providers } from './inference/providers.node.ts';
import { createJobQueue, type LocalJobQueue } from './jobs/jobQueue.node.ts';
import { createPackStore, type PackStore } from './packs/packStore.node.ts';
import { CacheFolder } from '../disk/cacheFolder.node.ts';
import { uploadPathIn } from '../disk/uploadPath.node.ts';
import { removeLeftovers } from '../disk/wholeFile.node.ts';
import { createMediaService } from './media/mediaService.node.ts';
import { createProjectStore } from './project/projectStore.node.ts';
import { createRenderService } from './render/renderService.node.ts';
import { createScratch, type Scratch } from './scratch.node.ts';
import type { Emit, Engine, EnginePaths, Logger, ProjectStore } from './services.node.ts';
import { packageSoundFontFolder } from './soundfont/packageSoundFonts.node.ts';
import { createSoundFontStore, systemSoundFontFolders, type SoundFontStore } from './soundfont/soundFontStore.node.ts';
import { resolveEngineFile } from './urlFiles.node.ts';

export interface EngineOptions {
  readonly paths: EnginePaths;
  readonly logger: Logger;
  /** Starts the inference child; `forkInference(<dist/host/inferenceProcess.mjs>)` outside Electron. */
  readonly spawnInference: SpawnInference;
  readonly appVersion: string;
  /** false for the command line: takes over no jobs of earlier engines and leaves none behind. Default true. */
  readonly persistJobs?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folder of the npm package's SoundFonts; null = none; default: where it is installed. */
  readonly packageSoundFonts?: string | null;
  /** Folders of the system that may hold a SoundFont; tests give none. */
  readonly systemSoundFonts?: readonly string[];
}

/** An engine in this process, with its services exposed: for the command line and for tests. */
export interface LocalEngine extends Engine {
  readonly follow: FollowRoom;
  readonly jobs: LocalJobQueue;
  readonly packs: PackStore;
  readonly soundFonts: SoundFontStore;
  readonly inference: InferenceService;
  readonly providers: Providers;
  readonly seen: SeenRoom;
  readonly words: WordsRoom;
  readonly generation: GenerationRoom;
  readonly scratch: Scratch;
  readonly cache: CacheFolder;
  readonly appVersion: string;
}

/** Starts an engine in this process. Throws FailureError 'notWritable' when the home folder cannot be used. */
export async function createEngine(options: EngineOptions): Promise<LocalEngine> {
  const { paths, logger, appVersion } = options;
  await makeHome(paths.home);
  const { emit, onEvent } = createEvents();
  const scratch = await createScratch(join(paths.home, 'scratch'));
  const rooms = createRooms(options, scratch, emit);
  const { cache, projects, media, render, generation, packs, soundFonts, inference, providers } = rooms;
  const jobs = await openQueue(options, rooms, emit);
  rooms.seen.watchJobs(() => jobs.list(null));

  const trim = () => trimCache(cache, logger);
  trim();
  jobs.onEnded(trim);
  removeHalfWrittenFilms(jobs);

  const handlers: Handlers = {
    ...appHandlers({ appVersion, paths, packs, soundFonts, providers }),
    ...projectHandlers({ paths, projects, media, jobs, emit }),
    ...jobHandlers({ jobs, generation, render }),
    ...maskHandlers({ ...rooms, scratch }, rooms.follow),
    ...addHandlers({ ...rooms, scratch }),
    ...joinHandlers({ ...rooms, scratch }),
    ...lookHandlers({ ...rooms, scratch }),
    ...seenHandlers(rooms.seen),
    ...transcriptHandlers(rooms.words),
    ...packHandlers(packs),
    ...soundFontHandlers(soundFonts),
    ...fileHandlers(),
  };
  return {
    ...rooms,
    handlers,
    paths,
    jobs,
    scratch,
    appVersion,
    onEvent,
    resolveFile: async (urlPath) => resolveEngineFile(urlPath, { jobs, projects, media, render }),
    uploadPath: async (projectId, fileName) => uploadPathIn(projects.folder(projectId), fileName),
    async close() {
      await jobs.close();
      await inference.close();
      await rooms.seen.close();
      await projects.shutdown();
      await scratch.close();
    },
  };
}

/** Everything but the job queue, which runs on top of it. */
function createRooms(options: EngineOptions, scratch: Scratch, emit: Emit) {
  const { paths, logger, appVersion } = options;
  const environment = options.environment ?? process.env;
  const inference = createInferenceService({ spawn: options.spawnInference });
  const providers = createProviders({ home: paths.home, inference, environment, platform: process.platform });
  const packs = createPackStore(paths);
  const soundFonts = createSoundFontStore({
    home: paths.home,
    packageFolder:
      options.packageSoundFonts === undefined
        ? packageSoundFontFolder(environment['FRAMEWRIGHT_RESOURCES'])
        : options.packageSoundFonts,
    environment,
    systemFolders: options.systemSoundFonts ?? systemSoundFontFolders(process.platform),
    onChange: (status) => emit('soundFont.changed', { status }),
  });
  const cache = new CacheFolder(paths.cache);
  const projects = createProjectStore({ paths, cache, emit, logger });
  const media = createMediaService({ projects, cache, emit, logger });
  const times = openMachineTimes(paths.home);
  const render = createRenderService({ projects, cache, media, times, assets: paths.assets, appVersion });
  const follow = createFollowRoom({ projects, media, cache, scratch, inference, providers });
  const { spawnInference } = options;
  const seen = createSeenRoom({ media, cache, scratch, packs, providers, spawnInference });
  const words = createWordsRoom({ media, cache, scratch, packs, times, inference, providers });
  const generation = createGenerationService({
    assets: paths.assets,
    times,
    follow,
    appVersion,
    cache,
    projects,
    media,
    render,
    packs,
    soundFonts,
    inference,
    providers,
    scratch,
  });
  return { cache, projects, media, render, generation, follow, seen, words, packs, soundFonts, inference, providers };
}

function openQueue(
  options: EngineOptions,
  { projects, media, render, generation, follow, seen, words }: ReturnType<typeof createRooms>,
  emit: Emit,
): Promise<LocalJobQueue> {
  return createJobQueue({
    folder: options.persistJobs === false ? null : join(options.paths.home, 'queue'),
    executors: {
      generation: generation.runGeneration,
      export: render.runExport,
      mediaCache: media.runMediaCache,
      previewRender: render.runPreviewRender,
      follow: follow.runFollow,
      index: seen.runIndex,
      transcript: words.runTranscript,
    },
    emit,
    logger: options.logger,
    isReady: ({ projectId }) => isOpen(projects, projectId),
  });
}

function isOpen(projects: ProjectStore, projectId: string): boolean {
  try {
    projects.document(projectId);
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

function trimCache(cache: CacheFolder, logger: Logger): void {
  cache.trimNowAndThen().catch((error: unknown) => logger.warn({ error: String(error) }, 'cache not trimmed'));
}

/** An export that lost its engine left a half-written film beside the place where the user wanted a whole one. */
function removeHalfWrittenFilms(jobs: LocalJobQueue): void {
  for (const { spec, state } of jobs.list(null))
    if (spec.kind === 'export' && state !== 'done') void removeLeftovers(dirname(spec.settings.outputPath));
}

async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new FailureError('notWritable', sentence('engine.homeNotCreated', { home, code }), home);
  }
}
