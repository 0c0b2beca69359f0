/** Composes a piece: plan and players come from words and picture, notes from the model. */
import type { SoundtrackFamily } from '../pack.ts';
import type { PipelineContext } from '../pipeline.ts';
import type { SoundtrackRequest } from './contract.ts';
import { feels } from './moods.ts';
import { keyNames, planMusic, type MusicPlan } from './musicPlan.ts';
import type { RenderOrder } from './musicScore.ts';
import { barsOf, samplePiece } from './musicSampler.ts';
import { notesFromTokens, type Note } from './musicTokens.ts';
import { chooseEnsemble } from './orchestration.ts';
import type { MusicWishes } from './planner.ts';
import { Random } from './random.ts';

/** A piece: its notes and how to play them. */
export interface Composed {
  readonly notes: readonly Note[];
  /** How to play it. */
  readonly order: RenderOrder;
  /** A description of the playing. */
  readonly played: string;
}

/** Progress of composing, and which bars to rewrite. */
export interface ComposeOptions {
  /** Bars `from` to `to` are sampled again with a separate seed; the rest is the piece of the request's seed. */
  readonly rewrite?: { bars(plan: MusicPlan): { from: number; to: number }; readonly seed: number };
  onBar(bar: number, barCount: number): void;
}

/** Composes a piece. Throws PipelineCancelled, or an Error if the pack has no music graph. */
export async function composeMusic(
  request: Pick<SoundtrackRequest, 'durationSeconds' | 'seed' | 'tempoBpm' | 'hitSeconds'>,
  wishes: MusicWishes,
  cutSeconds: readonly number[],
  family: SoundtrackFamily,
  context: PipelineContext,
  options: ComposeOptions,
): Promise<Composed> {
  if (family.graphs.music === undefined) throw new Error('this pack has no music graph');
  const feel = feels[wishes.feel];
  const { key } = wishes;
  const plan = planMusic(wishes.feel, request.durationSeconds, request.tempoBpm ?? wishes.bpm, cutSeconds);
  const ensemble = chooseEnsemble(wishes.players, feel.ensemble);
  const random = new Random(request.seed, 31);
  const drawn = Math.floor(random.next() * 12) - 6;
  // the tonic nearest to C: up to five semitones up or six down
  const keySemitones = key === null ? drawn : key.tonic > 5 ? key.tonic - 12 : key.tonic;
  const order: RenderOrder = {
    plan,
    ensemble,
    keySemitones,
    mode: key?.mode ?? feel.mode,
    seed: request.seed,
    hitSeconds: request.hitSeconds,
  };
  const session = await context.pack.session(family.graphs.music);
  const piece = {
    mood: feel.base,
    tempoBucket: plan.bucket,
    form: plan.bars.map((bar) => bar.section),
    settled: key !== null,
    temperature: 0.9,
  };
  let tokens = await samplePiece(session, piece, random, context, (bar) => options.onBar(bar, plan.bars.length));
  if (options.rewrite) {
    const { from, to } = options.rewrite.bars(plan);
    const old = barsOf(tokens);
    const given = (bar: number): readonly number[] | null => (bar >= from && bar < to ? null : (old[bar] ?? null));
    tokens = await samplePiece(
      session,
      { ...piece, given },
      new Random(options.rewrite.seed, 31),
      context,
      () => undefined,
    );
  }
  const played = [
    wishes.feel,
    `${Math.round(plan.bpm)} bpm`,
    ...(key === null ? [] : [`${keyNames[key.tonic]!} ${key.mode}`]),
    ...(ensemble.name === 'mood' ? [] : [ensemble.name]),
  ].join(', ');
  return { notes: notesFromTokens(tokens), order, played };
}
