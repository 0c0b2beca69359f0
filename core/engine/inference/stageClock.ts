export interface StageTimes {
  /** Seconds spent in the steps ('denoise', 'music'). */
  readonly stepSeconds: number;
  /** Seconds in everything else: text, encode, decode, mix. Loading the graphs is in neither. */
  readonly codingSeconds: number;
  /** From the run's start to its first report. */
  readonly loadSeconds: number;
}

/** Splits a run's time by its stages, from when each is first reported. */
export interface StageClock {
  stage(name: string): void;
  times(): StageTimes;
}

/** `nowMs`: a clock that never runs backwards. */
export function createStageClock(nowMs: () => number = () => performance.now()): StageClock {
  let lastMs = nowMs();
  let current: string | null = null;
  let [stepMs, codingMs, loadMs] = [0, 0, 0];
  const close = (): void => {
    const now = nowMs();
    if (current === null) loadMs += now - lastMs;
    else if (current === 'denoise' || current === 'music') stepMs += now - lastMs;
    else codingMs += now - lastMs;
    lastMs = now;
  };
  return {
    stage(name) {
      close();
      current = name;
    },
    times() {
      close();
      return { stepSeconds: stepMs / 1000, codingSeconds: codingMs / 1000, loadSeconds: loadMs / 1000 };
    },
  };
}
