/**
 * Seconds left, from the measured pace: how fast the fraction has risen, the last stretch counting more than the
 * first (loading a model is no measure for its steps). What is answered does not jump: it moves to what the pace says.
 */
export interface Pace {
  /**
   * `atMs` on any steady clock, `fraction` 0..1, `stage` by any name. Answers seconds left, null while there is too
   * little data.
   */
  observe(fraction: number, atMs: number, stage?: string): number | null;
}

/** Time constant of the average, seconds. */
const memorySeconds = 8;
/** And of the answer; shorter towards the end, where it must be right. */
const steadySeconds = 2;
/** What has run for less says little about the rest. */
const leastSeconds = 1;
const leastFraction = 0.01;
/** A stage has a pace of its own: what was measured before it counts this much less. */
const otherStage = 0.1;

/** Estimates the time left from observed progress. `startMs` is on the same clock as the observations. */
export function createPace(startMs: number): Pace {
  let lastFraction = 0;
  let lastMs = startMs;
  // of all stretches, each weighted by its length and age
  let weightedFraction = 0;
  let weightedSeconds = 0;
  let lastStage = '';
  let answered: { readonly finishMs: number; readonly atMs: number } | null = null;

  const gather = (fraction: number, atMs: number, stage: string): void => {
    if (stage !== lastStage) {
      weightedFraction *= otherStage;
      weightedSeconds *= otherStage;
      lastStage = stage;
      // this stretch belongs to both
      if (fraction > lastFraction && weightedFraction > 0) {
        lastFraction = fraction;
        lastMs = atMs;
      }
    }
    const seconds = (atMs - lastMs) / 1000;
    // very short stretches are noise: let them add up
    if (seconds < 0.2 || fraction <= lastFraction) return;
    const kept = Math.exp(-seconds / memorySeconds);
    const weight = memorySeconds * (1 - kept);
    weightedFraction = weightedFraction * kept + ((fraction - lastFraction) / seconds) * weight;
    weightedSeconds = weightedSeconds * kept + weight;
    lastFraction = fraction;
    lastMs = atMs;
  };

  return {
    observe(fraction, atMs, stage = '') {
      gather(fraction, atMs, stage);
      if (weightedFraction === 0 || fraction < leastFraction || atMs - startMs < leastSeconds * 1000) return null;
      const secondsLeft = Math.max(0, ((1 - fraction) * weightedSeconds) / weightedFraction);
      const finishMs = atMs + secondsLeft * 1000;
      const steady = Math.min(steadySeconds, secondsLeft / 4) * 1000;
      const share = answered && steady > 0 ? 1 - Math.exp((answered.atMs - atMs) / steady) : 1;
      answered = { finishMs: answered ? answered.finishMs + (finishMs - answered.finishMs) * share : finishMs, atMs };
      return Math.max(0, (answered.finishMs - atMs) / 1000);
    },
  };
}
