import { applyPatches, enablePatches, type Patch } from 'immer';
import { describe, expect, it } from 'vitest';
import { diff } from './diff.ts';

enablePatches();

const records = (ids: string) => [...ids].map((id) => ({ id }));
const between = (before: string, after: string) => diff({ list: records(before) }, { list: records(after) });
const moved = (patches: readonly { op: string }[]) => patches.filter(({ op }) => op === 'add').length;

/** Length of the longest run of `before` that keeps its order in `after`, by trying every selection. */
function longestRun(before: string, after: string): number {
  let longest = 0;
  for (let chosen = 0; chosen < 2 ** before.length; chosen++) {
    const run = [...before].filter((_, index) => (chosen >> index) & 1);
    const places = run.map((id) => after.indexOf(id));
    if (places.every((place, index) => place >= 0 && (index === 0 || place > places[index - 1]!)))
      longest = Math.max(longest, run.length);
  }
  return longest;
}

function* permutations(letters: string): Generator<string> {
  if (letters.length <= 1) yield letters;
  for (const letter of letters) for (const rest of permutations(letters.replace(letter, ''))) yield letter + rest;
}

describe('a list of records', () => {
  it('moves as few records as any order needs, and comes out right', () => {
    const before = 'abcdef';
    for (const after of permutations(before)) {
      const patches = between(before, after);
      expect(moved(patches), after).toBe(before.length - longestRun(before, after));
      expect(applyPatches({ list: records(before) }, patches as Patch[]), after).toEqual({ list: records(after) });
    }
  });

  it('counts records that came and went apart from those that moved', () => {
    for (const [before, after] of [
      ['abcdef', 'xbadyf'],
      ['abc', 'defcba'],
      ['abcdefg', 'gfeabcd'],
      ['', 'ab'],
      ['ab', ''],
    ] as const) {
      const patches = between(before, after);
      expect(moved(patches), `${before} to ${after}`).toBe(after.length - longestRun(before, after));
      expect(applyPatches({ list: records(before) }, patches as Patch[])).toEqual({ list: records(after) });
    }
  });

  it('says one record that moves to the front in two patches, whatever the length of the list', () => {
    expect(between('abcdefghijklmnop', 'pabcdefghijklmno')).toEqual([
      { op: 'remove', path: ['list', 15] },
      { op: 'add', path: ['list', 0], value: { id: 'p' } },
    ]);
  });
});
