/** Progress of a job of several stems, each with its share of the time. */
import type { PipelineContext, PipelineProgress } from '../pipeline.ts';
import type { StemKind } from './contract.ts';

/** Share of the job's time that each stem takes, roughly. */
export const stemShares: Readonly<Record<StemKind, number>> = { ambience: 1, foley: 1, music: 0.8 };
/** Share of the whole that mixing takes. */
const mixShare = 0.08;

/** Progress of a whole job, 0..1, from that of its stems. */
export class JobProgress {
  private done = 0;
  private readonly total: number;
  private readonly context: Pick<PipelineContext, 'report'>;

  constructor(stems: readonly StemKind[], context: Pick<PipelineContext, 'report'>) {
    this.total = stems.reduce((sum, stem) => sum + stemShares[stem], 0) * (1 + mixShare);
    this.context = context;
  }

  /** Reports a step. `within` is the running stem's share of the whole so far. */
  report(within: number, step: Omit<PipelineProgress, 'fraction'>): void {
    this.context.report({ ...step, fraction: (this.done + within) / this.total });
  }

  finish(share: number): void {
    this.done += share;
  }
}
