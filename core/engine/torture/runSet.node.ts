/** Runs cases one after another, several at once, and judges each. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from './judge.ts';
import { makeFile } from './make.node.ts';
import type { Result } from './result.ts';
import { runCase } from './run.node.ts';
import type { Extent } from './timeline.ts';
import type { TortureCase } from './torture.ts';
import { truthOf, type Truth } from './truth.node.ts';

/** Where a set runs. */
export interface SetOptions {
  /** Folder of the made files, kept between runs. */
  readonly root: string;
  readonly assets: string;
  readonly atOnce?: number;
  /** How much is asked of each file; everything by default. */
  readonly extent?: Extent;
  readonly onResult?: (result: Result) => void;
  /** Ends the run early: cases under way are finished, no others are begun. */
  readonly signal?: AbortSignal;
}

/** Results in the order of the cases; after an early end, those that were finished. */
export async function runSet(cases: readonly TortureCase[], options: SetOptions): Promise<Result[]> {
  const results: (Result | undefined)[] = new Array(cases.length);
  const work = join(options.root, `work-${process.pid}`);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < cases.length && !options.signal?.aborted; index = next++) {
      // the proxies of every other file tell enough where only a few cuts are asked for
      const preview = options.extent !== 'few' || index % 2 === 0;
      const result = await runOne(cases[index]!, join(work, String(index)), options, preview);
      results[index] = result;
      options.onResult?.(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.atOnce ?? 2 }, worker));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return results.filter((result) => result !== undefined);
}

async function runOne(
  made: TortureCase,
  work: string,
  { root, assets, extent }: SetOptions,
  preview: boolean,
): Promise<Result> {
  let truth: Truth;
  let path: string;
  try {
    const file = await makeFile(made, root);
    path = file.path;
    truth = await truthOf(made, file);
  } catch (error) {
    return { case: made, kind: 'notMade', why: lastLine(error) };
  }
  if (truth.oddities.length > 0 && !made.damaged) return { case: made, kind: 'untrue', why: truth.oddities.join('; ') };
  const outcome = await runCase(made, path, truth, { work, assets, extent, preview });
  if ('refused' in outcome) return { case: made, kind: 'refused', why: outcome.refused };
  if ('failed' in outcome) return { case: made, kind: 'failed', why: outcome.failed };
  return { case: made, kind: 'judged', verdict: judge(made, truth, outcome.made), said: outcome.made.said };
}

function lastLine(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  return lines.slice(1).find((line) => line.trim() !== '') ?? lines[0] ?? '';
}
