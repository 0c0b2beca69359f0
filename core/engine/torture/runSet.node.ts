/**
 * Runs cases and judges each: a few are made, taken through Framewright and decoded together, since most of what a
 * small file costs is starting ffmpeg.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { judge } from './judge.ts';
import { makeFile, type MadeFile } from './make.node.ts';
import type { Result } from './result.ts';
import { decodeOutcomes, runCase, type Outcome } from './run.node.ts';
import type { Extent } from './timeline.ts';
import type { TortureCase } from './torture.ts';
import { truthsOf, type Truth } from './truth.node.ts';

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

/** Cases whose files are decoded together. */
const together = 10;

/** Results in the order of the cases; after an early end, those that were finished. */
export async function runSet(cases: readonly TortureCase[], options: SetOptions): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < cases.length && !options.signal?.aborted; from += together) {
    const work = join(options.root, `work-${process.pid}-${from}`);
    try {
      // the proxies of every other file tell enough where only a few cuts are asked for
      const isLooked = (index: number) => options.extent !== 'few' || index % 2 === 0;
      const done = await runTogether(cases.slice(from, from + together), work, isLooked, options);
      done.forEach((result) => options.onResult?.(result));
      results.push(...done);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return results;
}

type MadeOrNot = { readonly file: MadeFile } | { readonly result: Result };

async function runTogether(
  cases: readonly TortureCase[],
  work: string,
  isLooked: (index: number) => boolean,
  { root, assets, extent, atOnce = 2 }: SetOptions,
): Promise<Result[]> {
  const files = await inTurns(cases, atOnce, (made) => makeOrSay(made, root));
  const known = cases.flatMap((made, index) => {
    const found = files[index]!;
    return 'file' in found ? [{ made, index, file: found.file }] : [];
  });
  const truths = await truthsOf(known);
  const judged = known.map((each, index) => ({ ...each, truth: truths[index]! }));
  const sound = judged.filter(({ made, truth }) => truth.oddities.length === 0 || made.damaged);
  const runs = await inTurns(sound, atOnce, ({ made, index, file, truth }) =>
    runCase(made, file.path, truth, { work: join(work, String(index)), assets, extent, preview: isLooked(index) }),
  );
  const outcomes = await decodeOutcomes(runs);
  const results = new Map(
    judged.map(({ made, index, truth }): [number, Result] => [
      index,
      { case: made, kind: 'untrue', why: truth.oddities.join('; ') },
    ]),
  );
  sound.forEach(({ made, index, truth }, at) => results.set(index, resultOf(made, truth, outcomes[at]!)));
  return files.map((found, index) => ('result' in found ? found.result : results.get(index)!));
}

async function makeOrSay(made: TortureCase, root: string): Promise<MadeOrNot> {
  try {
    return { file: await makeFile(made, root) };
  } catch (error) {
    return { result: { case: made, kind: 'notMade', why: lastLine(error) } };
  }
}

function resultOf(made: TortureCase, truth: Truth, outcome: Outcome): Result {
  if ('refused' in outcome) return { case: made, kind: 'refused', why: outcome.refused };
  if ('failed' in outcome) return { case: made, kind: 'failed', why: outcome.failed };
  return { case: made, kind: 'judged', verdict: judge(made, truth, outcome.made), said: outcome.made.said };
}

/** Answers in the order of the items, of which a few are worked on at once. */
async function inTurns<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) answers[index] = await work(items[index]!);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

function lastLine(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  return lines.slice(1).find((line) => line.trim() !== '') ?? lines[0] ?? '';
}
