/**
 * Seconds left, from the measured pace: how fast the fraction has risen, the last stretch counting more than the
 * first (loading a model is no measure for its steps).
 */
export interface Pace {
  /** `atMs` on any steady clock, `fraction` 0..1. Answers seconds left, null while there is too little data. */
  observe(fraction: number, atMs: number): number | null;
}

/** Time constant of the average, seconds. */
const memorySeconds = 8;

/** Estimates the time left from observed progress. `startMs` is on the same clock as the observations. */
export function createPace(startMs: number): Pace {
  let lastFraction = 0;
  let lastMs = startMs;
  let ratePerSecond: number | null = null;

  return {
    observe(fraction, atMs) {
      const seconds = (atMs - lastMs) / 1000;
      // very short stretches are noise: let them gather
      if (seconds >= 0.2 && fraction > lastFraction) {
        const rate = (fraction - lastFraction) / seconds;
        const weight = ratePerSecond === null ? 1 : 1 - Math.exp(-seconds / memorySeconds);
        ratePerSecond = ratePerSecond === null ? rate : ratePerSecond + (rate - ratePerSecond) * weight;
        lastFraction = fraction;
        lastMs = atMs;
      }
      if (ratePerSecond === null || fraction < 0.01) return null;
      return Math.max(0, (1 - fraction) / ratePerSecond);
    },
  };
}
