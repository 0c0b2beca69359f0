/** Samples a piece from the music graph, token by token; the pipeline enforces form and grammar. */
import type { GraphSession, PipelineContext, Tensor } from '../pipeline.ts';
import { tokenId, tokenKinds, tokenNames, type Mood, type Section } from './musicTokens.ts';
import type { Random } from './random.ts';

/** The key-value cache of the starter's music graph is [layers, 2, 1, heads, P, width]. */
const cacheShape = { layers: 4, heads: 5, width: 32 } as const;
/** Longest context in training, in tokens; beyond it the sampler restarts from the piece's head and its last bars. */
const contextTokens = 372;
const maxTokensPerBar = 110;

class MusicState {
  private readonly session: GraphSession;
  private past: Tensor;
  private length = 0;

  constructor(session: GraphSession) {
    this.session = session;
    this.past = MusicState.empty();
  }

  private static empty(): Tensor {
    return {
      type: 'float32',
      data: new Float32Array(0),
      dims: [cacheShape.layers, 2, 1, cacheShape.heads, 0, cacheShape.width],
    };
  }

  get tokenCount(): number {
    return this.length;
  }

  restart(): void {
    this.past = MusicState.empty();
    this.length = 0;
  }

  /** Feeds tokens (several only after a restart) and returns the logits after the last, f32[vocabulary]. */
  async feed(tokens: readonly number[]): Promise<Float32Array> {
    const count = tokens.length;
    const out = await this.session.run({
      token: { type: 'int64', data: BigInt64Array.from(tokens, (t) => BigInt(t)), dims: [1, count] },
      position: {
        type: 'float32',
        data: Float32Array.from({ length: count }, (_, i) => this.length + i),
        dims: [count],
      },
      past: this.past,
    });
    const logits = out['logits'];
    const present = out['present'];
    if (logits?.type !== 'float32' || present?.type !== 'float32')
      throw new Error('the music graph gave no logits or no cache');
    this.past = present;
    this.length += count;
    return logits.data.slice(logits.data.length - tokenNames.length);
  }
}

/** Moods whose training pieces are in minor or dorian. */
const minorMoods: ReadonlySet<Mood> = new Set(['sad', 'epic', 'tense', 'driving', 'mysterious']);

/** Whether a token may come next, by the grammar of the token language. */
function allowed(previous: number, position: number): (id: number) => boolean {
  const kind = tokenKinds[previous]!;
  if (kind === 'section') return (id) => tokenKinds[id] === 'chord';
  if (kind === 'chord') return (id) => tokenKinds[id] === 'dynamic';
  if (kind === 'position') return (id) => tokenKinds[id] === 'note' || tokenKinds[id] === 'drum';
  if (kind === 'note') return (id) => tokenKinds[id] === 'duration';
  const later = (id: number): boolean => tokenKinds[id] === 'position' && Number(tokenNames[id]!.slice(4)) > position;
  if (kind === 'dynamic') return (id) => later(id) || tokenKinds[id] === 'bar' || tokenKinds[id] === 'end';
  return (id) =>
    later(id) ||
    tokenKinds[id] === 'note' ||
    tokenKinds[id] === 'drum' ||
    tokenKinds[id] === 'bar' ||
    tokenKinds[id] === 'end';
}

/** Nucleus sampling among the allowed tokens. */
export function sampleToken(
  logits: Float32Array,
  ok: (id: number) => boolean,
  temperature: number,
  topP: number,
  random: Random,
): number {
  const candidates: { id: number; p: number }[] = [];
  let best = -Infinity;
  for (let id = 0; id < logits.length; id++) if (ok(id)) best = Math.max(best, logits[id]!);
  let total = 0;
  for (let id = 0; id < logits.length; id++) {
    if (!ok(id)) continue;
    const p = Math.exp((logits[id]! - best) / temperature);
    candidates.push({ id, p });
    total += p;
  }
  candidates.sort((a, b) => b.p - a.p || a.id - b.id);
  let kept = 0;
  let mass = 0;
  while (kept < candidates.length && mass < topP * total) mass += candidates[kept++]!.p;
  let draw = random.next() * mass;
  for (let i = 0; i < kept; i++) {
    draw -= candidates[i]!.p;
    if (draw <= 0) return candidates[i]!.id;
  }
  return candidates[0]!.id;
}

/** The music model's input for a piece. */
export interface PieceOrder {
  readonly mood: Mood;
  readonly tempoBucket: number;
  /** One section per bar. */
  readonly form: readonly Section[];
  /** Sections begin and the piece ends on the tonic chord, so that a requested key is heard. */
  readonly settled: boolean;
  readonly temperature: number;
  /** Tokens of bars that already exist; sampling continues from them. */
  readonly given?: (bar: number) => readonly number[] | null;
}

/** Splits a piece into bars, each beginning with its BAR token. */
export function barsOf(tokens: readonly number[]): number[][] {
  const bars: number[][] = [];
  for (const token of tokens) {
    if (tokenKinds[token] === 'bar') bars.push([token]);
    else bars.at(-1)?.push(token);
  }
  return bars;
}

/** Samples the tokens of a piece. Calls `onBar` with each finished bar's number. */
export async function samplePiece(
  session: GraphSession,
  order: PieceOrder,
  random: Random,
  context: Pick<PipelineContext, 'checkCancelled'>,
  onBar: (bar: number) => void,
): Promise<number[]> {
  const head = [tokenId('BOS'), tokenId(`MOOD_${order.mood}`), tokenId(`TEMPO_${order.tempoBucket}`)];
  const bars: number[][] = [];
  const state = new MusicState(session);
  for (const [number, section] of order.form.entries()) {
    context.checkCancelled();
    const given = order.given?.(number) ?? null;
    if (given) {
      bars.push([...given]);
      state.restart();
      onBar(number);
      continue;
    }
    let pending = [tokenId('BAR'), tokenId(`SEC_${section}`)];
    if (order.settled && (section !== order.form[number - 1] || section === 'last'))
      pending.push(tokenId(`CHORD_0${minorMoods.has(order.mood) ? 'min' : 'maj'}`));
    const bar = [...pending];
    if (state.tokenCount === 0 || state.tokenCount + maxTokensPerBar + 2 > contextTokens) {
      // as in training: the head, then whole bars, with positions from 0 again
      const kept: number[][] = [];
      let size = head.length;
      for (const old of [...bars].reverse()) {
        if (size + old.length > contextTokens - maxTokensPerBar - 40 || kept.length === 4) break;
        kept.unshift(old);
        size += old.length;
      }
      state.restart();
      pending = [...head, ...kept.flat(), ...pending];
    }
    let logits = new Float32Array(0);
    if (state.tokenCount === 0) logits = (await state.feed(pending)) as Float32Array<ArrayBuffer>;
    else for (const token of pending) logits = (await state.feed([token])) as Float32Array<ArrayBuffer>;
    let position = -1;
    while (bar.length < maxTokensPerBar) {
      const token = sampleToken(logits, allowed(bar[bar.length - 1]!, position), order.temperature, 0.95, random);
      if (tokenKinds[token] === 'bar' || tokenKinds[token] === 'end') break;
      if (tokenKinds[token] === 'position') position = Number(tokenNames[token]!.slice(4));
      bar.push(token);
      logits = (await state.feed([token])) as Float32Array<ArrayBuffer>;
    }
    bars.push(bar);
    onBar(number);
  }
  return [...head, ...bars.flat()];
}
