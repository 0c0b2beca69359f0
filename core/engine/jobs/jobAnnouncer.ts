/** Announces job changes to windows: states immediately, progress at most ten times a second per job. */
import type { Emit } from '../services.node.ts';
import type { JobEntry } from './jobEntries.ts';

/** Between two progress events of one job, ms. */
const reportEveryMs = 100;

interface Sent {
  atMs: number;
  timer: ReturnType<typeof setTimeout> | null;
}

/** Tells the windows about jobs that changed, at a bounded rate for progress. */
export class JobAnnouncer {
  readonly #emit: Emit;
  readonly #sent = new WeakMap<JobEntry, Sent>();
  readonly #waiting = new Set<Sent>();

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  now(entry: JobEntry): void {
    const sent = this.#sentOf(entry);
    this.#cancel(sent);
    sent.atMs = performance.now();
    this.#emit('job.changed', { job: entry.job });
  }

  /** The job as it is when its turn comes. */
  soon(entry: JobEntry): void {
    const sent = this.#sentOf(entry);
    const waitMs = reportEveryMs - (performance.now() - sent.atMs);
    if (waitMs <= 0) return this.now(entry);
    if (sent.timer) return;
    sent.timer = setTimeout(() => this.now(entry), waitMs);
    this.#waiting.add(sent);
  }

  /** Sends nothing any more that has not been sent. */
  stop(): void {
    for (const sent of this.#waiting) this.#cancel(sent);
  }

  #sentOf(entry: JobEntry): Sent {
    const known = this.#sent.get(entry);
    if (known) return known;
    const sent: Sent = { atMs: 0, timer: null };
    this.#sent.set(entry, sent);
    return sent;
  }

  #cancel(sent: Sent): void {
    if (sent.timer) clearTimeout(sent.timer);
    sent.timer = null;
    this.#waiting.delete(sent);
  }
}
