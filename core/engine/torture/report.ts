/** The table of a run. */
import { knownFaults } from './known.ts';
import { faultsOf, type Result } from './result.ts';

interface Column {
  readonly name: string;
  readonly count: (result: Result) => number;
}

const columns: readonly Column[] = [
  { name: 'failed', count: (result) => (result.kind === 'failed' ? 1 : 0) },
  { name: 'wrong frames', count: (result) => (result.kind === 'judged' ? result.verdict.frames.length : 0) },
  { name: 'wrong sound', count: (result) => (result.kind === 'judged' ? result.verdict.sound.length : 0) },
  { name: 'wrong lengths', count: (result) => (result.kind === 'judged' ? result.verdict.lengths.length : 0) },
  { name: 'silent losses', count: (result) => (result.kind === 'judged' ? result.verdict.losses.length : 0) },
];

/** A figure, how many files it comes from, and the most that is allowed (null: no bar). */
export interface Sum {
  readonly figure: string;
  readonly count: number;
  readonly files: number | null;
  readonly bar: number | null;
}

/** Sums over all files: figures and how many files they come from. */
export function summary(results: readonly Result[]): Sum[] {
  const of = (kind: Result['kind']) => results.filter((result) => result.kind === kind).length;
  return [
    { figure: 'files', count: results.length - of('notMade') - of('untrue'), files: null, bar: null },
    { figure: 'refused with a reason', count: of('refused'), files: null, bar: null },
    ...columns.map(({ name, count }) => ({
      figure: name,
      count: results.reduce((sum, result) => sum + count(result), 0),
      files: results.filter((result) => count(result) > 0).length,
      bar: 0,
    })),
    { figure: 'wrong files that are known', count: results.filter(isKnown).length, files: null, bar: null },
  ];
}

function isKnown(result: Result): boolean {
  return result.case.name in knownFaults && faultsOf(result).length > 0;
}

/** Everything in lines: the sums, refusals with their reasons, and each wrong file with its faults. */
export function reportLines(results: readonly Result[], howTo: (result: Result) => string): string[] {
  const wrong = results.filter((result) => faultsOf(result).length > 0);
  const listed = (kind: 'refused' | 'notMade' | 'untrue', title: string) => {
    const found = results.filter((result) => result.kind === kind);
    if (found.length === 0) return [];
    return [
      '',
      `${title}: ${found.length}`,
      ...found.map((result) => `  ${result.case.name}: ${'why' in result ? result.why.split('\n')[0] : ''}`),
    ];
  };
  return [
    ...summary(results).map(
      ({ figure, count, files }) =>
        `${figure.padEnd(28)} ${String(count).padStart(5)}${files === null ? '' : ` in ${files} files`}`,
    ),
    ...listed('refused', 'refused'),
    ...listed('notMade', 'this ffmpeg cannot write'),
    ...listed('untrue', 'ffmpeg does not read back what it wrote'),
    '',
    `wrong: ${wrong.length} files`,
    ...wrong.flatMap((result) => wrongLines(result, howTo(result))),
  ];
}

const mostLines = 4;

function wrongLines(result: Result, howTo: string): string[] {
  const { name, container, oddity } = result.case;
  const counts = columns.flatMap((column) =>
    column.count(result) > 0 ? [`${column.count(result)} ${column.name}`] : [],
  );
  const faults = faultsOf(result);
  const known = knownFaults[name];
  return [
    `${name} (${[container, oddity].filter(Boolean).join(', ')}): ${counts.join(', ')}`,
    ...faults.slice(0, mostLines).map((fault) => `    ${fault.split('\n').slice(0, 3).join(' ')}`),
    ...(faults.length > mostLines ? [`    and ${faults.length - mostLines} more`] : []),
    ...(known === undefined ? [] : [`    known: ${known}`]),
    `    made by: ${howTo}`,
  ];
}
