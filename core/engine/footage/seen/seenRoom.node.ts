/**
 * The index of media files: what is seen and heard in them, computed by jobs in the background in a child of its own,
 * kept in this machine's cache beside what else was made of the file.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toFailure } from '../../../contract/errors.ts';
import type { Job } from '../../../contract/jobs.ts';
import { seenSchema, type Seen } from '../../../contract/seen.ts';
import type { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import { readJsonOrNull, writeJsonFile } from '../../../disk/jsonFile.node.ts';
import { createInferenceService } from '../../inference/inferenceService.node.ts';
import type { SpawnInference } from '../../inference/inferenceChild.ts';
import type { Providers } from '../../inference/providers.node.ts';
import type { KnownFile } from '../../media/factsStore.node.ts';
import { plainSource } from '../../media/locateSource.node.ts';
import type { MediaRoom } from '../../media/mediaService.node.ts';
import { footageFamily, type PackStore } from '../../packs/packStore.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { JobContext, JobExecutor } from '../../services.node.ts';
import { runFootage } from '../runFootage.node.ts';
import { restWhile } from './restWhile.ts';

/** The rooms that the index stands on. */
export interface SeenDependencies {
  readonly media: MediaRoom;
  readonly cache: CacheFolder;
  readonly scratch: Scratch;
  readonly packs: PackStore;
  readonly providers: Pick<Providers, 'threads'>;
  readonly spawnInference: SpawnInference;
}

/** The index of one engine. */
export interface SeenRoom {
  readonly runIndex: JobExecutor<'index'>;
  /** What is known of media of a project; null where it has not been looked through. */
  seen(projectId: string, mediaIds: readonly string[]): Promise<readonly (Seen | null)[]>;
  /** Looks through a file unless that was done before. `inBackground`: it rests while the user needs the machine. */
  look(path: string, context: LookContext): Promise<Seen>;
  /** A window plays, or has stopped. It says so again every few seconds while it plays. */
  setPlaying(playing: boolean): void;
  /** Which other jobs there are: the index waits for them. */
  watchJobs(list: () => readonly Job[]): void;
  close(): Promise<void>;
}

/** Who follows a look. */
export type LookContext = Pick<JobContext, 'signal' | 'setDevice' | 'report'> & { readonly inBackground: boolean };

/** A window that plays says so every few seconds; one that has gone does not. */
const playingForMs = 8000;
/** The child of the index ends soon: it holds models that nothing else of the moment needs. */
const idleMs = 15_000;

/** The room of one engine. */
export function createSeenRoom(dependencies: SeenDependencies): SeenRoom {
  const { media, cache, scratch, packs, providers } = dependencies;
  const inference = createInferenceService({ spawn: dependencies.spawnInference, idleMs });
  let playedAtMs = -Infinity;
  let jobs: () => readonly Job[] = () => [];
  const rest = restWhile(() => performance.now() - playedAtMs < playingForMs || isMachineWanted(jobs()));

  const look = async (file: KnownFile, context: LookContext): Promise<Seen> => {
    const kept = await read(cache, file);
    if (kept) return kept;
    const pack = await packs.firstWith('footage').then(({ manifest }) => packs.load(manifest.id, 'footage'));
    const { things = null, speech = null } = footageFamily(pack).graphs;
    const folder = await scratch.take('seen');
    try {
      const { result } = await runFootage(
        {
          task: 'seen',
          pack: { id: pack.manifest.id, folder: pack.folder },
          graphs: { things, speech },
          source: plainSource(file),
          inBackground: context.inBackground,
        },
        folder,
        // one core is the user's
        { inference, providers: { threads: context.inBackground ? 1 : providers.threads } },
        context,
        ({ fraction }) => context.report({ fraction, stage: 'index' }),
        context.inBackground ? rest : undefined,
      );
      await writeJsonFile(indexPath(cache, file), result.seen);
      return result.seen;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    async runIndex({ projectId, mediaId, wanted }, context) {
      const { signal, setDevice, report } = context;
      const file = await media.mediaFacts(projectId, mediaId);
      await look(file, { signal, setDevice, report, inBackground: !wanted });
      return {};
    },
    seen: (projectId, mediaIds) =>
      Promise.all(
        mediaIds.map(async (mediaId) => {
          // a file that is missing or cannot be read has no index
          const file = await media.mediaFacts(projectId, mediaId).catch((error: unknown) => void toFailure(error));
          return file ? read(cache, file) : null;
        }),
      ),
    look: async (path, context) => look(await media.fileFacts(path), context),
    setPlaying(playing) {
      playedAtMs = playing ? performance.now() : -Infinity;
    },
    watchJobs(list) {
      jobs = list;
    },
    close: () => inference.close(),
  };
}

/** Whether a job runs that the user waits for; an index that is waited for goes on whatever else runs. */
function isMachineWanted(jobs: readonly Job[]): boolean {
  const active = jobs.filter(({ state }) => state === 'running' || state === 'queued');
  if (active.some(({ spec }) => spec.kind === 'index' && spec.wanted)) return false;
  return active.some(({ spec, state }) => spec.kind !== 'index' && state === 'running');
}

function indexPath(cache: CacheFolder, file: KnownFile): string {
  return join(cache.mediaFolder(file.cacheKey), 'seen.json');
}

/** null where there is none, or one of another version. */
async function read(cache: CacheFolder, file: KnownFile): Promise<Seen | null> {
  return seenSchema.safeParse(await readJsonOrNull(indexPath(cache, file))).data ?? null;
}
