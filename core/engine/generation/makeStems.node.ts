/** The stems of a soundtrack: gathers picture, sound and words, runs the model once, encodes each stem. */
import { join } from 'node:path';
import { planSoundtrack } from '../../actions/soundtrack/plan.ts';
import type { SoundtrackRequest } from '../../actions/soundtrack/schema.ts';
import { FailureError, sentenceOf } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { soundFontReason } from '../soundfont/soundFontReason.ts';
import { secondsFromTicks, ticksFromSeconds } from '../../time/ticks.ts';
import type { SoundtrackRun } from '../inference/protocol.ts';
import { footageFamily, soundtrackFamily, type LoadedPack, type PackStore } from '../packs/packStore.node.ts';
import { encodeSound } from './encodeTake.node.ts';
import { gatherOldSound, gatherOwnSound, gatherSoundPicture, type GatherOptions } from './gatherInputs.node.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from './made.ts';
import { choosePlayers, type Players } from './musicPlayers.node.ts';
import { recipeMetadata, type RecipeParts } from './recipe.node.ts';
import type { ResolvedPart, ResolvedRequest, SourceRange } from './resolved.ts';
import { gatherOptions, runAndDescribe, type Described } from './runAndDescribe.node.ts';
import type { ModelRun } from './runModel.node.ts';
import { suggestSound } from './suggestSound.node.ts';

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
    ? await choosePlayers(resolved.part ?? null, dependencies.soundFonts, context)
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
      if (!made)
        throw new FailureError('inferenceFailed', sentence('model.noStem', { name, stem: sentence(`stem.${stem}`) }));
      const { recipe, requestHash } = described.describe(each, stem === 'music' ? instruments : null);
      const path = join(options.folder, requests.length === 1 ? 'take.wav' : `take-${stem}.wav`);
      await encodeSound(made.path, path, { signal: context.signal, metadata: recipeMetadata(recipe) });
      const { durationSeconds } = planSoundtrack(request);
      const by = { kind: 'model', pack, run: described.run } as const;
      return madeSound({ path, durationSeconds, by, requestHash, recipe });
    }),
  );
}

function madeSound({
  durationSeconds,
  ...made
}: Pick<Made, 'path' | 'by' | 'requestHash' | 'recipe'> & { readonly durationSeconds: number }): Made {
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
      : sentence('generation.soundFontUnusable', {
          name: font?.fileName ?? '',
          reason: soundFontReason(playedBy.problem),
        });
  if (reason !== null) described.notice(sentence('generation.builtInPlays', { reason }));
}

function instrumentsOf(playedBy: PlayedBy, font: Players['font']): RecipeParts['instruments'] {
  if (playedBy === null) return null;
  if (playedBy.kind !== 'soundFont' || font === null) return { kind: 'builtIn' };
  return { kind: 'soundFont', name: font.name, sha256: font.sha256, chosen: font.chosen };
}

/** The speech detection graph; null, with a notice, where no pack has one: no stem is then ducked under speech. */
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

function soundtrackOf(request: ResolvedRequest['request']): SoundtrackRequest {
  if (request.action !== 'soundtrack') throw new Error(`${request.action} is not a soundtrack`);
  return request;
}
