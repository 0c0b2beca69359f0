/**
 * The AI actions on plain files, without a project: what `framewright generate|inpaint|restyle|extend|soundtrack` call.
 * The same code as the generation jobs of a project runs; only where inputs come from and where the result goes differ.
 */
import { mkdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { FamilyId } from '../../../models/families/pack.ts';
import { FailureError } from '../../contract/errors.ts';
import { assertNever } from '../../time/assertNever.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import type { CacheFolder } from '../../disk/cacheFolder.node.ts';
import type { OutputFile, OutputGuard } from '../../disk/outputGuard.node.ts';
import { removeLeft } from '../../disk/wholeFile.node.ts';
import { createPace } from '../jobs/pace.ts';
import { AttemptFailed } from '../jobs/retry.ts';
import { videoFamily, type LoadedPack, type PackStore } from '../packs/packStore.node.ts';
import type { Scratch } from '../scratch.node.ts';
import type { JobContext } from '../services.node.ts';
import { hearingComplaints, type Complaints } from '../../ffmpeg/complaints.node.ts';
import { damageSummary } from '../media/damageRoom.node.ts';
import { readDamage } from '../media/readDamage.node.ts';
import { requirePrompt } from './requirePossible.ts';
import type { GenerationRoom } from './createGenerationService.node.ts';
import type { FileGeneration } from './fileGeneration.ts';
import { checkOutput } from './checkOutput.node.ts';
import { resolveFiles, type ChosenPack } from './fileRequests.node.ts';
import { encodingFor, filmEndingOf, writeEdit } from './finishEdit.node.ts';
import { writeCleaned } from './writeCleaned.node.ts';
import { writeBridged } from './writeBridged.node.ts';
import { writeContinued } from './writeContinued.node.ts';
import { writeJoined, writePlain, writeSoundtrack, writeStems, writeWithSound } from './finishFile.node.ts';
import { deviceOf, wordsOfMade, type MakeOptions, type Made } from './made.ts';
import { makeGeneration } from './makeGeneration.node.ts';
import { makeStems } from './makeStems.node.ts';
import type { ResolvedRequest, SourceFile } from './resolved.ts';
import type { GuessedWord } from '../../document/schema.ts';
import { wordsOfAll } from './wordLists.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

export interface FileGenerationOptions {
  readonly signal?: AbortSignal;
  onProgress?(progress: {
    fraction: number;
    stage: string;
    step: number | null;
    stepCount: number | null;
    secondsLeft: number | null;
  }): void;
  /** Sentences for the user: fallbacks, a mask that was scaled. Also in the result. */
  onNotice?(sentence: string): void;
}

export interface FileGenerationResult {
  readonly outputPath: string;
  /** All files written, the output first, then stems. */
  readonly files: readonly string[];
  /** 'CPU', 'CUDA', 'WebGPU'. */
  readonly device: string;
  readonly seed: number;
  readonly rewrittenPrompt: string;
  readonly unknownWords: readonly string[];
  readonly usedWords?: readonly string[];
  readonly guessedWords?: readonly GuessedWord[];
  readonly notices: readonly string[];
  readonly seconds: number;
  /** What is also inside the file's metadata. */
  readonly recipe: Record<string, unknown>;
}

/** The part of an engine that is needed; a LocalEngine is one. */
export interface FileEngine {
  readonly packs: PackStore;
  readonly scratch: Scratch;
  readonly cache: Pick<CacheFolder, 'root'>;
  readonly generation: Pick<GenerationRoom, 'maker'>;
}

const maxAttempts = 2;

/**
 * Throws FailureError: 'badRequest', 'notFound', 'notReadable', 'packMissing', 'notWritable', 'cancelled',
 * 'outOfMemory', 'inferenceFailed'.
 */
export async function runGenerationOnFiles(
  engine: FileEngine,
  request: FileGeneration,
  options: FileGenerationOptions = {},
): Promise<FileGenerationResult> {
  const startedMs = performance.now();
  requirePrompt(request.prompt);
  const guard = await checkOutput(request, engine.cache.root);
  const seed = request.seed ?? Math.floor(Math.random() * 2 ** 32);
  // a pack that is named has to be there, also where none runs
  const named = request.packId === null ? null : await engine.packs.find(request.packId);
  const requests = await resolveFiles(request, () => choosePack(engine, request, named), seed);
  // before any work: can the file's format hold the result?
  const edited = requests[0]?.source?.file;
  if (edited?.facts.video && isLossless(request) && filmEndingOf(request.outputPath))
    encodingFor(edited, request.outputPath, true);

  const folder = await engine.scratch.take('files');
  const signal = options.signal ?? new AbortController().signal;
  const notices: string[] = [];
  const listener = createListener(options, notices, request.action === 'soundtrack' ? 1 : requests.length);
  try {
    const { result, complaints } = await hearingComplaints(async () => {
      const made = await makeAll({ engine, request, requests, folder, signal, listener });
      const first = made[0];
      if (!first) throw new FailureError('badRequest', sentence('generation.nothingMade'));
      const recipe = made.length === 1 ? first.recipe : { ...first.recipe, stems: made.map((item) => item.recipe) };
      const stems = await finish({ request, requests, made, recipe, folder, guard, signal });
      return { made, first, recipe, stems };
    });
    const { made, first, recipe, stems } = result;
    for (const said of await damageOf(requests, complaints, signal)) listener.notice(said);
    return {
      outputPath: resolve(request.outputPath),
      files: [resolve(request.outputPath), ...stems],
      device: deviceOf(first.by),
      seed,
      rewrittenPrompt: wordsOfMade(first.by, request.prompt).rewrittenPrompt,
      ...wordsOfAll(made.map((item) => wordsOfMade(item.by, request.prompt))),
      notices,
      seconds: (performance.now() - startedMs) / 1000,
      recipe,
    };
  } catch (error) {
    if (signal.aborted) throw new FailureError('cancelled', sentence('engine.cancelled'));
    throw error;
  } finally {
    await removeLeft(folder);
  }
}

/** What is to be said of the films that were read. */
async function damageOf(
  requests: readonly ResolvedRequest[],
  complaints: Complaints,
  signal: AbortSignal,
): Promise<Sentence[]> {
  const said: Sentence[] = [];
  const source = requests[0]?.source?.file;
  if (!source || source.facts.kind === 'image') return said;
  const found = complaints.has(source.path) ? await readDamage(source.path, source.facts, null, signal) : [];
  const damage = [...source.facts.damage, ...found];
  if (damage.length > 0) said.push(damageSummary(source.name, damage));
  return said;
}

async function choosePack(
  { packs }: FileEngine,
  request: FileGeneration,
  named: LoadedPack | null,
): Promise<ChosenPack> {
  const familyId = familyOf(request);
  const pack = named ?? (await packs.firstWith(familyId));
  const stillTicks = familyId === 'video' ? ticksFromSeconds(1 / videoFamily(pack).fps) : 1;
  return { id: pack.manifest.id, stillTicks };
}

function familyOf({ action }: FileGeneration): FamilyId {
  if (action === 'smooth' || action === 'cleanSpeech' || action === 'enhance' || action === 'cutOut') return 'footage';
  return action === 'soundtrack' ? 'soundtrack' : 'video';
}

interface Making {
  readonly engine: FileEngine;
  readonly request: FileGeneration;
  readonly requests: readonly ResolvedRequest[];
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly listener: ReturnType<typeof createListener>;
}

async function makeAll(making: Making): Promise<readonly Made[]> {
  const { engine, request, requests, folder, signal, listener } = making;
  if (request.action === 'soundtrack') return makeAllStems(making);
  const size = request.action === 'generate' ? request.size : null;
  const picture = extname(request.outputPath).toLowerCase() === '.png';
  const made: Made[] = [];
  for (const [index, resolved] of requests.entries()) {
    const own = join(folder, String(index));
    await mkdir(own, { recursive: true });
    const context = { signal, ...listener.part(index) };
    const lossless = isLossless(request) || isFootageExtension(resolved);
    const options = { folder: own, size, picture, lossless, ...smoothOptions(request, resolved) };
    const make = () => makeGeneration(resolved, engine.generation.maker, context, options);
    made.push(await attempt(make, listener.notice));
  }
  return made;
}

/** Frames in between are encoded for the output at once, and played at the input's rate where they slow it down. */
function smoothOptions(
  request: FileGeneration,
  { source }: ResolvedRequest,
): Pick<MakeOptions, 'ending' | 'playedRate'> {
  if (request.action !== 'smooth' && request.action !== 'enhance') return {};
  const rate = source?.file.facts.video?.rate;
  return {
    ending: { film: filmEndingOf(request.outputPath) ?? '.mp4', lossless: isLossless(request) },
    ...(request.action === 'smooth' && request.to.kind === 'speed' && rate ? { playedRate: rate } : {}),
  };
}

/** All stems in one run: the picture is read once, and their sum has the loudness asked for. */
function makeAllStems({ engine, requests, folder, signal, listener }: Making): Promise<readonly Made[]> {
  const context = { signal, ...listener.part(0) };
  const options = {
    folder,
    size: null,
    picture: false,
    onSuggestion: (words: string) => listener.notice(sentence('generation.neutralSounds', { words })),
  };
  return attempt(() => makeStems(requests, engine.generation.maker, context, options), listener.notice);
}

/** Whether the file is to hold every sample: asked for with `--lossless`. */
function isLossless(request: FileGeneration): boolean {
  return 'lossless' in request && request.lossless === true;
}

interface Finishing extends Pick<Making, 'request' | 'requests' | 'folder' | 'signal'> {
  readonly made: readonly Made[];
  readonly recipe: Record<string, unknown>;
  readonly guard: OutputGuard;
}

/** Returns the stems' files. */
async function finish(finishing: Finishing): Promise<readonly string[]> {
  const { request, requests, made, recipe, folder, guard, signal } = finishing;
  const output = { path: resolve(request.outputPath), guard };
  const [first] = made;
  const source = requests[0]?.source?.file;
  if (!first) return [];
  switch (request.action) {
    case 'generate':
      await writePlain(first, output);
      return [];
    case 'cutOut':
    case 'enhance':
      if (source) await writeWithSound(first, source, output, signal);
      return [];
    case 'inpaint':
    case 'restyle':
      if (source && first.patch)
        await writeEdit(first, first.patch, source, { ...output, lossless: isLossless(request), folder, signal });
      else if (source) await writeWithSound(first, source, output, signal);
      return [];
    case 'smooth':
      // slowed down, the sound would no longer fit
      if (source && request.to.kind === 'rate') await writeWithSound(first, source, output, signal);
      else await writePlain(first, output);
      return [];
    case 'cleanSpeech':
      if (source) await writeCleaned(first, source, output, signal);
      return [];
    case 'extend':
      if (source) await writeExtended(first, source, request, requests[0]!, output, signal);
      return [];
    case 'bridge': {
      const { firstFrame, lastFrame } = requests[0]!;
      if (firstFrame && lastFrame)
        await writeBridged(
          first,
          { before: firstFrame, after: lastFrame, lossless: isLossless(request) },
          output,
          signal,
        );
      return [];
    }
    case 'soundtrack': {
      if (request.part && extname(request.outputPath).toLowerCase() === '.wav') await writePlain(first, output);
      else await writeSoundtrack(made, source ?? null, output, recipe, signal);
      const stems = made.map((item, index) => ({ stem: stemOf(requests[index]), made: item }));
      return request.stemsFolder === null ? [] : writeStems(stems, request.stemsFolder, guard);
    }
    default:
      return assertNever(request);
  }
}

/** New frames beside footage are encoded once, with the footage. */
function isFootageExtension({ request, origin }: ResolvedRequest): boolean {
  return (request.action === 'extend' || request.action === 'fillGap') && origin === 'footage';
}

async function writeExtended(
  made: Made,
  source: SourceFile,
  asked: Extract<FileGeneration, { action: 'extend' }>,
  { request, origin }: ResolvedRequest,
  output: OutputFile,
  signal: AbortSignal,
): Promise<void> {
  const lossless = isLossless(asked);
  if (request.action !== 'extend' || origin === 'made')
    return writeJoined(made, source, asked.direction, output, lossless, signal);
  const tone = asked.sound === 'roomTone' && source.facts.audio !== null;
  await writeContinued(made, source, { request, tone, lossless }, output, signal);
}

function stemOf(resolved: ResolvedRequest | undefined): string {
  return resolved?.request.action === 'soundtrack' ? resolved.request.stem : 'stem';
}

async function attempt<T>(make: () => Promise<T>, notice: (said: Sentence) => void): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof AttemptFailed)) throw error;
      if (count >= maxAttempts) throw FailureError.of(error.failure);
      notice(error.notice);
    }
  }
}

/** Progress over several runs as one, with the time left by its pace. */
function createListener(options: FileGenerationOptions, notices: string[], parts: number) {
  const pace = createPace(performance.now());
  const notice = ({ text }: Sentence): void => {
    if (notices.includes(text)) return;
    notices.push(text);
    options.onNotice?.(text);
  };
  return {
    notice,
    part: (index: number): Pick<JobContext, 'notice' | 'setDevice' | 'report'> => ({
      notice,
      setDevice: () => undefined,
      report(progress) {
        const fraction = (index + progress.fraction) / parts;
        options.onProgress?.({
          fraction,
          stage: progress.stage,
          step: progress.step ?? null,
          stepCount: progress.stepCount ?? null,
          secondsLeft: pace.observe(fraction, performance.now(), progress.stage),
        });
      },
    }),
  };
}
