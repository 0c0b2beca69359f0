/** The decoder's rules and search, on logits whose best text is known. */
import { expect, test } from 'vitest';
import { alignTokens } from './alignTokens.ts';
import { decodeText, type DecodeOptions } from './decodeText.ts';
import type { TokenStepper } from './graphs.ts';
import { endsInLoop } from './recognise.ts';
import { applyRules, type TokenRules } from './rules.ts';
import { splitWords } from './splitWords.ts';
import { textOf, tokenTable } from './tokens.ts';

const texts = ['Ġa', 'Ġb', 'Ġc', '.', 'd'];
const special = ['endoftext', 'startoftranscript', 'translate', 'transcribe', 'nospeech', 'notimestamps'];
const all = [...texts, ...special.map((name) => `<|${name}|>`), ...Array.from({ length: 1501 }, (_, i) => `<|t${i}|>`)];
const table = tokenTable(all)!;
const end = table.endOfText;
const rules: TokenRules = { table, suppressed: [2], suppressedFirst: [table.endOfText], timed: true };
const time = (steps: number) => table.firstTime + steps;

const allowed = (said: readonly number[], logits = new Float32Array(all.length), by = rules): readonly number[] => {
  applyRules(logits, said, by);
  return [...logits.keys()].filter((token) => logits[token]! > -Infinity);
};

test('a text begins with a time of at most a second', () => {
  expect(allowed([])).toEqual(Array.from({ length: 51 }, (_, i) => time(i)));
});

test('after a first time comes text, after text and its time comes a time or the end', () => {
  const text = new Float32Array(all.length).fill(-20);
  text.fill(0, 0, 5);
  expect(allowed([time(0)], text)).toEqual([0, 1, 3, 4, table.endOfText]);
  const ended = new Float32Array(all.length).fill(-20);
  ended[end] = 9;
  expect(allowed([time(0), 0, time(9)], ended)).toEqual([end, ...allTimesFrom(9)]);
});

const allTimesFrom = (step: number) => Array.from({ length: 1501 - step }, (_, i) => time(step + i));

test('a time is due where all times together are likelier than any text, and never goes back', () => {
  const logits = new Float32Array(all.length);
  logits[0] = 2;
  expect(allowed([time(5), 0], logits)).toEqual(allTimesFrom(6));
  const sure = new Float32Array(all.length);
  sure[0] = 20;
  expect(allowed([time(5), 0], sure)).toContain(0);
});

test('without times none is said, and suppressed tokens never are', () => {
  const said = allowed([0], new Float32Array(all.length), { ...rules, timed: false });
  expect(said).toEqual([0, 1, 3, 4, table.endOfText]);
});

/** Says what a table of next tokens says; keeps the texts of its beams as the real one keeps its pasts. */
function fakeStepper(next: (text: readonly number[]) => Readonly<Record<number, number>>): TokenStepper {
  let pasts: readonly (readonly number[])[] = [[]];
  return {
    step(tokens, from) {
      pasts = tokens.map((each, beam) => [...pasts[from[beam]!]!, ...each]);
      const logits = pasts.map((past) => {
        const likely = next(past.slice(1));
        return Float32Array.from(all, (_, token) => Math.log(likely[token] ?? 1e-9));
      });
      return Promise.resolve({ logits, align: { type: 'float32', data: new Float32Array(0), dims: [0, 0, 0] } });
    },
  };
}

const options: DecodeOptions = {
  beams: 5,
  temperature: 0,
  mostTokens: 20,
  random: () => 0.5,
  checkCancelled: () => undefined,
};
const plain: TokenRules = { table, suppressed: [], suppressedFirst: [], timed: false };
/** 'a' is the likelier beginning, 'b' the likelier text. */
const trap = (text: readonly number[]): Readonly<Record<number, number>> => {
  if (text.length === 0) return { 0: 0.6, 1: 0.4 };
  if (text.length === 1) return text[0] === 0 ? { 0: 0.3, 1: 0.3, 3: 0.4 } : { 3: 1 };
  return { [end]: 1 };
};

test('beams find the likelier text where the likeliest first word leads astray', async () => {
  const found = await decodeText(fakeStepper(trap), [table.start], plain, options);
  expect(found.tokens).toEqual([1, 3]);
  expect(found.meanLogProbability).toBeCloseTo(Math.log(0.4) / 3);
  const greedy = await decodeText(fakeStepper(trap), [table.start], plain, { ...options, beams: 1 });
  expect(greedy.tokens).toEqual([0, 3]);
});

test('a text that never ends stops at the most tokens', async () => {
  const found = await decodeText(
    fakeStepper(() => ({ 0: 1 })),
    [table.start],
    plain,
    { ...options, mostTokens: 7 },
  );
  expect(found.tokens).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test('by chance each token comes as often as it is likely', async () => {
  let draws = 0;
  const random = () => (draws++ % 10) / 10 + 0.05;
  const found = await decodeText(
    fakeStepper((text) => (text.length === 0 ? { 0: 0.7, 1: 0.3 } : { [end]: 1 })),
    [table.start],
    plain,
    { ...options, temperature: 1, random },
  );
  expect(found.tokens).toEqual([0]);
  expect(draws).toBe(10);
});

test('cancelling ends it between two tokens', async () => {
  const checkCancelled = () => {
    throw new Error('cancelled');
  };
  const found = decodeText(fakeStepper(trap), [table.start], plain, { ...options, checkCancelled });
  await expect(found).rejects.toThrow('cancelled');
});

test('what comes again and again at the end is a loop; a figure of speech is none', () => {
  expect(endsInLoop([9, ...Array.from({ length: 5 }, () => [1, 2, 3]).flat()])).toBe(true);
  expect(endsInLoop([9, ...Array.from({ length: 12 }, () => 4)])).toBe(true);
  expect(endsInLoop([1, 2, 3, 7, 1, 2, 3, 8, 1, 2, 3, 9, 1, 2, 3])).toBe(false);
  expect(endsInLoop([5, 4, 4, 4, 4])).toBe(false);
});

test('each token is placed where its heads look, past single looks aside', () => {
  const [rows, places] = [4, 80];
  const at = [10, 30, 45, 70];
  const head = Float32Array.from({ length: rows * places }, (_, i) => {
    const [row, place] = [Math.floor(i / places), i % places];
    const distance = Math.abs(place - at[row]!);
    return (distance < 8 ? 1 - distance / 10 : 0.001) + (place === 3 && row === 3 ? 5 : 0);
  });
  const starts = alignTokens({ data: head, dims: [1, rows, places] }, 0, rows, places);
  for (const [row, start] of [...starts].entries())
    if (row > 0) expect(Math.abs(start - at[row]! + 8)).toBeLessThanOrEqual(4);
  expect([...starts]).toEqual([...starts].toSorted((a, b) => a - b));
});

test('words keep their marks; letters of several tokens stay whole', () => {
  expect(splitWords([0, 4, 3, 1], 'en', table).map(({ text, from, to }) => [text, from, to])).toEqual([
    ['ad.', 0, 3],
    ['b', 3, 4],
  ]);
  const chinese = tokenTable(['ä½', 'ł', 'å¥½', 'ï¼Į', ...all.slice(5)])!;
  expect(textOf([0, 1, 2], chinese)).toBe('你好');
  const words = splitWords([0, 1, 2, 3], 'zh', chinese);
  expect(words.map(({ text, spaced }) => [text, spaced])).toEqual([
    ['你', false],
    ['好，', false],
  ]);
});
