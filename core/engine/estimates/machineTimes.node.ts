/** What this machine has taken for its jobs, kept in `<home>/times.json`: estimates learn from every job that ends. */
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { BusyMachine } from '../../contract/jobs.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import { createLoadMeter, slowdown, type LoadMeter } from './loadMeter.ts';
import { factorOf, timeHistorySchema, withMeasurement, type Kinds, type TimeHistory } from './timeHistory.ts';

/** How long work will take here. */
export interface Expected {
  readonly seconds: number;
  /** From jobs of this machine, not from arithmetic alone. */
  readonly measured: boolean;
  /** Others use the cores: a promise would not hold. null = the machine is free. */
  readonly busy: BusyMachine | null;
}

/** Predicts times, and learns from those measured. */
export interface MachineTimes {
  /** `computedSeconds` by arithmetic that is the same on all machines; `guessSeconds` until something was measured. */
  expect(kinds: Kinds, computedSeconds: number, guessSeconds?: number): Promise<Expected>;
  /** Starts the clock for one job. */
  begin(): Timing;
}

/** One job being timed. */
export interface Timing {
  /** The job is done and counts. */
  finish(kinds: Kinds, computedSeconds: number): Promise<void>;
  /** Stops the clock of a job that failed or was cancelled; nothing after `finish`. */
  end(): void;
}

/** Where times are kept and how they are measured. */
export interface TimesOptions {
  readonly path: string;
  readonly meter: LoadMeter;
  nowMs(): number;
}

/** The times of this machine, kept in the home folder. */
export function openMachineTimes(home: string): MachineTimes {
  const nowMs = (): number => performance.now();
  const meter = createLoadMeter({ load: () => loadavg()[0] ?? 0, nowMs, cores: availableParallelism() });
  return createMachineTimes({ path: join(home, 'times.json'), meter, nowMs });
}

/** Times with a clock and a load of the caller’s: for tests. */
export function createMachineTimes({ path, meter, nowMs }: TimesOptions): MachineTimes {
  let history: Promise<TimeHistory> | null = null;
  const load = (): Promise<TimeHistory> => {
    // a file that cannot be read counts as nothing measured yet
    history ??= readJsonOrNull(path)
      .catch(() => null)
      .then((json) => timeHistorySchema.safeParse(json).data ?? {});
    return history;
  };
  const { cores } = meter;
  return {
    async expect(kinds, computedSeconds, guessSeconds = computedSeconds) {
      const factor = factorOf(await load(), kinds);
      const others = meter.others();
      return {
        seconds: (factor === null ? guessSeconds : computedSeconds * factor) * slowdown(others, cores),
        measured: factor !== null,
        busy: others >= cores ? { load: others, cores } : null,
      };
    },
    begin() {
      const startMs = nowMs();
      const before = meter.others();
      const end = meter.begin();
      return {
        end,
        async finish(kinds, computedSeconds) {
          const seconds = (nowMs() - startMs) / 1000;
          end();
          const others = (before + meter.others()) / 2;
          const ratio = seconds / slowdown(others, cores) / computedSeconds;
          const next = withMeasurement(await load(), kinds, ratio);
          history = Promise.resolve(next);
          // the job is done: that it cannot be remembered must not fail it
          await writeJsonFile(path, next).catch(() => undefined);
        },
      };
    },
  };
}
