/** Finds the likeliest text: by beams at temperature 0, else the best of a few that are drawn by chance. */
import type { TokenStepper } from './graphs.ts';
import { applyRules, logSum, type TokenRules } from './rules.ts';

/** A text with its likelihood. */
export interface DecodedText {
  readonly tokens: readonly number[];
  /** Log probability of each token, and of the end. */
  readonly logProbabilities: readonly number[];
  /** Mean over tokens and end. */
  readonly meanLogProbability: number;
}

/** How a text is looked for. */
export interface DecodeOptions {
  readonly beams: number;
  /** 0: beams; above: chance. */
  readonly temperature: number;
  readonly mostTokens: number;
  /** 0..1, for chance. */
  random(): number;
  checkCancelled(): void;
}

interface Beam {
  readonly tokens: readonly number[];
  readonly logs: readonly number[];
  readonly sum: number;
}

interface Candidate {
  readonly beam: number;
  readonly token: number;
  readonly log: number;
  readonly sum: number;
}

/** Continues after `prompt`; `stepper` is at its start. */
export async function decodeText(
  stepper: TokenStepper,
  prompt: readonly number[],
  rules: TokenRules,
  options: DecodeOptions,
): Promise<DecodedText> {
  const { beams: width, temperature, mostTokens } = options;
  const end = rules.table.endOfText;
  const { logits } = await stepper.step([prompt], [0]);
  let beams: readonly Beam[] = [{ tokens: [], logs: [], sum: 0 }];
  let next: readonly Float32Array[] = logits;
  const finished: Beam[] = [];
  for (let count = 0; count < mostTokens; count++) {
    options.checkCancelled();
    const scores = next.map((each, i) => prepared(each, beams[i]!, rules, temperature));
    const candidates = temperature > 0 ? drawn(scores, beams, width, options) : likeliest(scores, beams, width);
    const going: Candidate[] = [];
    for (const candidate of candidates) {
      if (going.length === width) break;
      if (candidate.token !== end) going.push(candidate);
      else if (finished.length < width) finished.push(continued(beams, candidate, false));
    }
    const isDone = temperature > 0 ? going.length === 0 : finished.length >= width;
    if (isDone || going.length === 0) break;
    const from = going.map(({ beam }) => beam);
    beams = going.map((candidate) => continued(beams, candidate, true));
    if (count + 1 === mostTokens) break;
    next = (
      await stepper.step(
        going.map(({ token }) => [token]),
        from,
      )
    ).logits;
  }
  return best(finished.length > 0 ? finished : beams);
}

function continued(beams: readonly Beam[], { beam, token, log, sum }: Candidate, saysToken: boolean): Beam {
  const { tokens, logs } = beams[beam]!;
  return { tokens: saysToken ? [...tokens, token] : tokens, logs: [...logs, log], sum };
}

/** Logits by the rules, as they are drawn from; with their total, which makes log probabilities of them. */
function prepared(logits: Float32Array, beam: Beam, rules: TokenRules, temperature: number) {
  applyRules(logits, beam.tokens, rules);
  const total = logSum(logits);
  return { logits, total, temperature };
}

type Scores = ReturnType<typeof prepared>;

/** The best continuations of all beams, one more than beams for each that might end. */
function likeliest(scores: readonly Scores[], beams: readonly Beam[], width: number): readonly Candidate[] {
  const found = scores.flatMap(({ logits, total }, beam) =>
    topTokens(logits, width + 1).map((token): Candidate => {
      const log = logits[token]! - total;
      return { beam, token, log, sum: beams[beam]!.sum + log };
    }),
  );
  return found.filter(({ log }) => log > -Infinity).toSorted((a, b) => b.sum - a.sum);
}

/** The `count` highest, the highest first. */
function topTokens(logits: Float32Array, count: number): readonly number[] {
  const top: number[] = [];
  let least = -Infinity;
  for (let token = 0; token < logits.length; token++) {
    const value = logits[token]!;
    if (top.length === count && value <= least) continue;
    let at = top.length;
    while (at > 0 && logits[top[at - 1]!]! < value) at--;
    top.splice(at, 0, token);
    if (top.length > count) top.pop();
    least = logits[top.at(-1)!]!;
  }
  return top;
}

/** One continuation of each beam by chance; at the start as many of the only beam as wanted. */
function drawn(
  scores: readonly Scores[],
  beams: readonly Beam[],
  width: number,
  { random }: Pick<DecodeOptions, 'random'>,
): readonly Candidate[] {
  const isStart = beams[0]!.tokens.length === 0;
  const which = isStart ? Array.from({ length: width }, () => 0) : beams.map((_, beam) => beam);
  return which.map((beam) => {
    const { logits, total, temperature } = scores[beam]!;
    const token = drawToken(logits, temperature, random());
    const log = logits[token]! - total;
    return { beam, token, log, sum: beams[beam]!.sum + log };
  });
}

function drawToken(logits: Float32Array, temperature: number, chance: number): number {
  const cooled = logits.map((value) => value / temperature);
  const total = logSum(cooled);
  let left = chance;
  let last = 0;
  for (let token = 0; token < cooled.length; token++) {
    if (cooled[token] === -Infinity) continue;
    left -= Math.exp(cooled[token]! - total);
    last = token;
    if (left <= 0) break;
  }
  return last;
}

/** Long texts are not worse for being long: the mean counts. */
function best(beams: readonly Beam[]): DecodedText {
  const mean = ({ sum, logs }: Beam) => sum / Math.max(1, logs.length);
  const winner = beams.reduce((most, beam) => (mean(beam) > mean(most) ? beam : most));
  return { tokens: winner.tokens, logProbabilities: winner.logs, meanLogProbability: mean(winner) };
}
