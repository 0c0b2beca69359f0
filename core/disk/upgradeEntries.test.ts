import { applyPatches, type Patch as ImmerPatch } from 'immer';
import { describe, expect, test } from 'vitest';
import { CommandRefused } from '../commands/refusal.ts';
import type { CommandName } from '../commands/commands.ts';
import { applyCommand, applyEntry } from '../commands/history.ts';
import { commands } from '../commands/registry.ts';
import { diff } from '../commands/shared/diff.ts';
import { randomCommand } from '../commands/testing/randomCommand.ts';
import { mediaClip, sampleProject, seededRandom } from '../commands/testing/samples.ts';
import type { JournalEntry } from '../document/journal.ts';
import { migrateJson, readDocument } from '../document/migrations.ts';
import type { ProjectDocument } from '../document/schema.ts';
import { asVersion1 } from '../document/testing/olderVersions.ts';
import { upgradeEntries } from './upgradeEntries.ts';

const names = Object.keys(commands) as CommandName[];

/** The document after each step, and the journal that version 1 would have written. */
function walk(seed: number, steps: number): { states: ProjectDocument[]; entries: JournalEntry[] } {
  const random = seededRandom(seed);
  const states = [sampleProject({ picture: [mediaClip('v1', 0, 4, 10), mediaClip('v2', 4, 4, 20)] })];
  while (states.length <= steps) {
    const now = states.at(-1)!;
    // half of the steps are about requests
    const drawn = randomCommand(now, random, random() < 0.5 ? ['setGeneration', 'setGenerationFailure'] : names);
    try {
      const { document, patches } = applyCommand(now, drawn.name, drawn.params);
      if (patches.length > 0) states.push(document);
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
    }
  }
  const older = states.map(asVersion1);
  const entries = older.slice(1).map((after, index): JournalEntry => {
    const [patches, inverse] = [diff(older[index], after), diff(after, older[index])];
    return { seq: index + 1, kind: 'command', label: 'x', patches, inverse, target: null, at: '' };
  });
  return { states, entries };
}

/** A state as it opens today. */
function opened(state: ProjectDocument): ProjectDocument {
  const read = readDocument(asVersion1(state));
  if (!read.ok) throw new Error(read.reason);
  return read.document;
}

describe('a journal of version 1', () => {
  test.each([1, 2, 3, 4])('gives every state before and after the snapshot again (walk %i)', (seed) => {
    const { states, entries } = walk(seed, 60);
    const at = 25;
    const upgraded = upgradeEntries({ json: asVersion1(states[at]!), seq: at }, entries, migrateJson);
    expect(upgraded.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq));
    let forwards = opened(states[at]!);
    for (let index = at; index < entries.length; index++) {
      forwards = applyEntry(forwards, upgraded[index]!);
      expect(forwards).toEqual(opened(states[index + 1]!));
    }
    let backwards = opened(states[at]!);
    for (let index = at - 1; index >= 0; index--) {
      backwards = applyPatches(backwards, upgraded[index]!.inverse as ImmerPatch[]);
      expect(backwards).toEqual(opened(states[index]!));
    }
  });

  test('loses only the steps that a damaged line cuts off', () => {
    const { states, entries } = walk(5, 20);
    const damaged = entries.filter(({ seq }) => seq !== 4 && seq !== 15);
    const upgraded = upgradeEntries({ json: asVersion1(states[10]!), seq: 10 }, damaged, migrateJson);
    expect(upgraded.slice(0, 10).map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    // what cannot be converted stays, so that opening can say how much is lost
    expect(upgraded.slice(10)).toEqual(entries.slice(15));
  });

  test('upgraded twice is the same: a crash between its two writes does no harm', () => {
    const { states, entries } = walk(6, 30);
    const from = { json: asVersion1(states[12]!), seq: 12 };
    const once = upgradeEntries(from, entries, migrateJson);
    expect(upgradeEntries(from, once, migrateJson)).toEqual(once);
  });
});
