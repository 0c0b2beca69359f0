/** Runs cases one after another, several at once, and judges each. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { judge, type Verdict } from './judge.ts';
import { makeFile } from './make.node.ts';
import { runCase } from './run.node.ts';
import type { TortureCase } from './torture.ts';
import { truthOf, type Truth } from './truth.node.ts';

/** What became of one case. */
export type Result =
  /** This ffmpeg cannot write the file. */
  | { readonly case: TortureCase; readonly kind: 'notMade'; readonly why: string }
  /** ffmpeg itself does not read back what was written: nothing can be judged by it. */
  | { readonly case: TortureCase; readonly kind: 'untrue'; readonly why: string }
  | { readonly case: TortureCase; readonly kind: 'refused'; readonly why: string }
  /** The import succeeded, but playing or exporting failed. */
  | { readonly case: TortureCase; readonly kind: 'failed'; readonly why: string }
  | {
      readonly case: TortureCase;
      readonly kind: 'judged';
      readonly verdict: Verdict;
      readonly said: readonly string[];
    };

/** Where a set runs. */
export interface SetOptions {
  /** Folder of the made files, kept between runs. */
  readonly root: string;
  readonly assets: string;
  readonly atOnce?: number;
  readonly onResult?: (result: Result) => void;
}

/** Results in the order of the cases. */
export async function runSet(cases: readonly TortureCase[], options: SetOptions): Promise<Result[]> {
  const results: Result[] = new Array(cases.length);
  const work = join(options.root, `work-${process.pid}`);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < cases.length; index = next++) {
      results[index] = await runOne(cases[index]!, join(work, String(index)), options);
      options.onResult?.(results[index]!);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.atOnce ?? 2 }, worker));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return results;
}

async function runOne(made: TortureCase, work: string, { root, assets }: SetOptions): Promise<Result> {
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
  const outcome = await runCase(made, path, truth, work, assets);
  if ('refused' in outcome) return { case: made, kind: 'refused', why: outcome.refused };
  if ('failed' in outcome) return { case: made, kind: 'failed', why: outcome.failed };
  return { case: made, kind: 'judged', verdict: judge(made, truth, outcome.made), said: outcome.made.said };
}

function lastLine(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  return lines.slice(1).find((line) => line.trim() !== '') ?? lines[0] ?? '';
}

/** Everything that is wrong in a result, in words; empty = right, or refused with a reason. */
export function faultsOf(result: Result): string[] {
  switch (result.kind) {
    case 'notMade':
    case 'untrue':
    case 'refused':
      return [];
    case 'failed':
      return [`failed: ${result.why}`];
    case 'judged': {
      const { frames, sound, lengths, losses } = result.verdict;
      return [...frames, ...sound, ...lengths, ...losses];
    }
  }
}
