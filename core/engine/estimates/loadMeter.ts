/**
 * How busy other programs keep the machine. The system's load average of the last minute counts our own work too, so
 * that part is tracked and taken off: ten takes in a row must not look like a busy machine.
 */
export interface LoadMeter {
  /** Own work that keeps all cores busy has started; call what it answers when it ended. */
  begin(): () => void;
  /** Runnable threads of others, averaged over about a minute; 0 where the system does not tell. */
  others(): number;
  readonly cores: number;
}

/** Where the meter reads: the system, or a test. */
export interface LoadSource {
  /** The system's load average over a minute. */
  load(): number;
  nowMs(): number;
  readonly cores: number;
}

/** Time constant of the system's average. */
const memoryMs = 60_000;

/** A meter that starts with no work of our own. */
export function createLoadMeter({ load, nowMs, cores }: LoadSource): LoadMeter {
  let own = 0;
  let running = 0;
  let atMs = nowMs();

  const advance = (): void => {
    const now = nowMs();
    const target = running > 0 ? cores : 0;
    own += (target - own) * (1 - Math.exp(-Math.max(0, now - atMs) / memoryMs));
    atMs = now;
  };

  return {
    cores,
    begin() {
      advance();
      running += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        advance();
        running -= 1;
      };
    },
    others() {
      advance();
      return Math.max(0, load() - own);
    },
  };
}

/** How much slower work is that shares the cores with others: as many shares as there are threads. */
export function slowdown(others: number, cores: number): number {
  return 1 + others / Math.max(1, cores);
}
