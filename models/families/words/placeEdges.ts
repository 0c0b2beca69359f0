/**
 * Puts the edges of words on the sound. The decoder's attention says about when a word is said; where it stands next to
 * a pause, the loudness says exactly.
 */
import { wordsRateHz } from './logMel.ts';

/** A stretch of time, s. */
export interface Span {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

const stepSamples = wordsRateHz / 100;
const stepSeconds = stepSamples / wordsRateHz;
/** A shorter dip lies within a word: the closure of a 't'. */
const shortestPauseSteps = 11;
/** Between the quietest tenth and the loudest twentieth of the window, in dB: below this share is a pause. */
const pauseShare = 0.35;
/** Over noise that is nearly as loud as the voice, loudness says nothing. */
const leastRangeDb = 12;
const shortestWordSeconds = 0.04;

/**
 * Words in order with their times from attention -> with their edges. `samples`: the window's. `lateSeconds`: how much
 * later than a word begins the attention comes to it.
 */
export function placeEdges<W extends Span>(
  words: readonly W[],
  samples: Float32Array,
  lateSeconds: number,
): readonly (W & Span)[] {
  if (words.length === 0) return [];
  const quiet = quietSteps(samples);
  const endSeconds = samples.length / wordsRateHz;
  const early = words.map((word) => ({
    ...word,
    fromSeconds: Math.max(0, word.fromSeconds - lateSeconds),
    toSeconds: Math.max(0, word.toSeconds - lateSeconds),
  }));
  const starts = early.map(({ fromSeconds }) => fromSeconds);
  const ends = early.map(({ toSeconds }) => toSeconds);
  // before the first word, between each two, after the last one
  for (let i = 0; i <= early.length; i++) {
    const [before, after] = [early[i - 1], early[i]];
    const from = before ? middleOf(before) : 0;
    const to = after ? Math.max(from, middleOf(after) + 0.05) : endSeconds;
    const pause = longestPause(quiet, from, to);
    if (before && after) {
      const edge = Math.max(before.fromSeconds, after.fromSeconds);
      ends[i - 1] = pause ? pause.fromSeconds : edge;
      starts[i] = pause ? pause.toSeconds : edge;
    } else if (pause && after) starts[i] = pause.toSeconds;
    else if (pause && before) ends[i - 1] = pause.fromSeconds;
  }
  return inOrder(
    early.map((word, i) => ({ ...word, fromSeconds: starts[i]!, toSeconds: ends[i]! })),
    endSeconds,
  );
}

/** Half of a word, but of a long one no more than the first part: its rest may be the pause. */
function middleOf({ fromSeconds, toSeconds }: Span): number {
  return fromSeconds + Math.min(0.15, (toSeconds - fromSeconds) / 2);
}

/** Each 10 ms: whether it is quiet. */
function quietSteps(samples: Float32Array): readonly boolean[] {
  const levels = Array.from({ length: Math.floor(samples.length / stepSamples) }, (_, step) => {
    let sum = 1e-9;
    for (let i = step * stepSamples; i < (step + 1) * stepSamples; i++) sum += samples[i]! ** 2;
    return 10 * Math.log10(sum / stepSamples);
  });
  const sorted = levels.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const range = at(0.95) - at(0.1);
  if (range < leastRangeDb) return levels.map(() => false);
  const threshold = at(0.1) + pauseShare * range;
  return levels.map((level) => level < threshold);
}

function longestPause(quiet: readonly boolean[], fromSeconds: number, toSeconds: number): Span | null {
  const [first, last] = [Math.floor(fromSeconds / stepSeconds), Math.ceil(toSeconds / stepSeconds)];
  let best: { readonly from: number; readonly to: number } | null = null;
  for (let from = first; from < last; from++) {
    let to = from;
    while (quiet[to] === true && to < last) to++;
    if (to - from >= shortestPauseSteps && (!best || to - from > best.to - best.from)) best = { from, to };
    from = Math.max(from, to);
  }
  return best && { fromSeconds: best.from * stepSeconds, toSeconds: best.to * stepSeconds };
}

/** Every word has a length, and none begins before the one before it. */
function inOrder<W extends Span>(words: readonly W[], endSeconds: number): readonly W[] {
  let earliest = 0;
  return words.map((word) => {
    const fromSeconds = Math.min(Math.max(earliest, word.fromSeconds), Math.max(0, endSeconds - shortestWordSeconds));
    const toSeconds = Math.min(endSeconds, Math.max(word.toSeconds, fromSeconds + shortestWordSeconds));
    earliest = fromSeconds;
    return { ...word, fromSeconds, toSeconds };
  });
}
