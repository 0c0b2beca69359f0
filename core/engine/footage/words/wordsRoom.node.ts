/** Transcripts of media files: computed by jobs, kept in this machine's cache beside what else was made of the file. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WordsFamily } from '../../../../models/families/pack.ts';
import { FailureError, toFailure } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { transcriptSchema, transcriptVersion, type Transcript } from '../../../contract/transcript.ts';
import type { CacheFolder } from '../../../disk/cacheFolder.node.ts';
import type { AudioFacts } from '../../../disk/facts.ts';
import { readJsonOrNull, writeJsonFile } from '../../../disk/jsonFile.node.ts';
import type { Expected, MachineTimes } from '../../estimates/machineTimes.node.ts';
import type { Kinds } from '../../estimates/timeHistory.ts';
import type { KnownFile } from '../../media/factsStore.node.ts';
import { plainSource } from '../../media/locateSource.node.ts';
import type { MediaRoom } from '../../media/mediaService.node.ts';
import { footageFamily, wordsFamily, type LoadedPack, type PackStore } from '../../packs/packStore.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import type { JobContext, JobExecutor } from '../../services.node.ts';
import { runFootage, type FootageRooms } from '../runFootage.node.ts';
import type { WordsRun } from './wordsRun.ts';

/** The rooms that transcripts stand on. */
export interface WordsDependencies extends FootageRooms {
  readonly media: MediaRoom;
  readonly cache: CacheFolder;
  readonly scratch: Scratch;
  readonly packs: PackStore;
  readonly times: MachineTimes;
}

/** What is to be written down. */
export interface WordsWanted {
  /** Sound stream by its index in the file; null: the first. */
  readonly soundStream: number | null;
  /** null: found out. */
  readonly language: string | null;
  /** null: the first installed. */
  readonly packId: string | null;
}

type Following = Pick<JobContext, 'signal' | 'setDevice' | 'report'>;

/** The transcripts of one engine. */
export interface WordsRoom {
  readonly runTranscript: JobExecutor<'transcript'>;
  /** What is known of media of a project; null where nothing was written down. */
  transcripts(projectId: string, mediaIds: readonly string[]): Promise<readonly (Transcript | null)[]>;
  /** Writes down a file's words unless that was done before in the same way. */
  transcribe(path: string, wanted: WordsWanted, context: Following): Promise<Transcript>;
  /** How long it would take. Throws as `runTranscript`. */
  estimate(projectId: string, mediaId: string, wanted: WordsWanted): Promise<Expected>;
}

/** Seconds of work for a second of sound and a megabyte of model, on two cores; jobs of this machine correct it. */
const secondsPerMegabyte = 0.0012;

/** The room of one engine. */
export function createWordsRoom(rooms: WordsDependencies): WordsRoom {
  const { media, cache, scratch, times } = rooms;
  const transcribe = async (file: KnownFile, wanted: WordsWanted, context: Following): Promise<Transcript> => {
    const work = await plan(rooms.packs, file, wanted);
    const path = transcriptPath(cache, file, wanted.soundStream);
    const kept = await read(path);
    if (kept?.packId === work.run.pack.id && kept.askedLanguage === wanted.language) return kept;
    const folder = await scratch.take('words');
    const timing = times.begin();
    try {
      const { result } = await runFootage(work.run, folder, rooms, context, ({ fraction }) =>
        context.report({ fraction, stage: 'words' }),
      );
      const { language, words, doubtful } = result;
      const made: Transcript = {
        version: transcriptVersion,
        packId: work.run.pack.id,
        askedLanguage: wanted.language,
        ...{ language, words, doubtful },
      };
      await writeJsonFile(path, made);
      await timing.finish(work.kinds, work.computedSeconds);
      return made;
    } finally {
      timing.end();
      await rm(folder, { recursive: true, force: true });
    }
  };
  return {
    async runTranscript({ projectId, mediaId, ...wanted }, context) {
      await transcribe(await media.mediaFacts(projectId, mediaId), wanted, context);
      return {};
    },
    transcripts: (projectId, mediaIds) =>
      Promise.all(
        mediaIds.map(async (mediaId) => {
          // a file that is missing or cannot be read has none
          const file = await media.mediaFacts(projectId, mediaId).catch((error: unknown) => void toFailure(error));
          return file ? read(transcriptPath(cache, file, null)) : null;
        }),
      ),
    transcribe: async (path, wanted, context) => transcribe(await media.fileFacts(path), wanted, context),
    async estimate(projectId, mediaId, wanted) {
      const work = await plan(rooms.packs, await media.mediaFacts(projectId, mediaId), wanted);
      return times.expect(work.kinds, work.computedSeconds);
    },
  };
}

interface PlannedWork {
  readonly run: WordsRun;
  readonly kinds: Kinds;
  readonly computedSeconds: number;
}

/** Throws FailureError 'packMissing' without a model, 'badRequest' without sound or for a language it does not know. */
async function plan(packs: PackStore, file: KnownFile, wanted: WordsWanted): Promise<PlannedWork> {
  const sound = soundOf(file, wanted.soundStream);
  const packId = wanted.packId ?? (await packs.firstWith('words')).manifest.id;
  const pack = await packs.load(packId, 'words');
  const model = wordsFamily(pack);
  requireLanguage(pack, model, wanted.language);
  const run: WordsRun = {
    task: 'words',
    source: plainSource(file),
    ...{ sound, model },
    pack: { id: pack.manifest.id, folder: pack.folder },
    speech: await speechDetector(packs),
    language: wanted.language,
  };
  const megabytes = pack.manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6;
  const seconds = Math.max(1, sound.endSeconds);
  return {
    run,
    kinds: [`words/${pack.manifest.id}`, 'words'],
    computedSeconds: secondsPerMegabyte * megabytes * seconds,
  };
}

function soundOf({ facts, path }: KnownFile, soundStream: number | null): AudioFacts {
  const sound = facts.sounds.find(({ streamIndex }) => streamIndex === soundStream) ?? facts.sounds[0];
  if (!sound)
    throw new FailureError('badRequest', sentence('media.noSound', { name: path.split(/[/\\]/).at(-1) ?? '' }));
  return sound;
}

function requireLanguage(pack: LoadedPack, model: WordsFamily, language: string | null): void {
  if (language === null || model.languages.includes(language)) return;
  const { name } = pack.manifest;
  throw new FailureError('badRequest', sentence('pack.unknownLanguage', { name, language }));
}

/** Without one every sound is read, and silence may be heard as words. */
async function speechDetector(packs: PackStore): Promise<WordsRun['speech']> {
  const found = await packs.firstWith('footage').catch((error: unknown) => void toFailure(error));
  const graph = found && footageFamily(found).graphs.speech;
  if (!found || graph === undefined) return null;
  const pack = await packs.load(found.manifest.id, 'footage');
  return { pack: { id: pack.manifest.id, folder: pack.folder }, graph };
}

function transcriptPath(cache: CacheFolder, file: KnownFile, soundStream: number | null): string {
  const stream = soundStream ?? file.facts.sounds[0]?.streamIndex ?? 0;
  return join(cache.mediaFolder(file.cacheKey), `words-${stream}.json`);
}

/** null where there is none, or one of another version. */
async function read(path: string): Promise<Transcript | null> {
  return transcriptSchema.safeParse(await readJsonOrNull(path)).data ?? null;
}
