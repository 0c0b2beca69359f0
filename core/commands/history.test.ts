import { freeze } from 'immer';
import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../document/journal.ts';
import { documentProblems } from '../document/invariants.ts';
import { parseDocument } from '../document/parse.ts';
import type { ProjectDocument } from '../document/schema.ts';
import { CommandRefused } from './refusal.ts';
import { recordCommands, type CommandName, type CommandParams } from './commands.ts';
import {
  applyCommand,
  applyEntry,
  commandEntry,
  emptyHistory,
  rebuildHistory,
  recordEntry,
  redoEntry,
  undoEntry,
  type History,
} from './history.ts';
import { commands } from './registry.ts';
import { randomCommand } from './testing/randomCommand.ts';
import {
  clipOf,
  longProject,
  mediaClip,
  sampleProject,
  sampleRequest,
  sampleTake,
  second,
  seededRandom,
  sequenceOf,
  trackOf,
} from './testing/samples.ts';

const at = '2026-01-01T00:00:00.000Z';
const allNames = Object.keys(commands) as CommandName[];
const undoable = allNames.filter((name) => !(recordCommands as readonly string[]).includes(name));

/** A tiny editor: what the renderer does with history.ts. */
class Editor {
  document: ProjectDocument;
  history: History = emptyHistory;
  constructor(document: ProjectDocument) {
    this.document = document;
  }
  get seq() {
    return this.history.entries.length + 1;
  }
  run<N extends CommandName>(name: N, params: CommandParams[N]): boolean {
    const applied = applyCommand(this.document, name, params);
    if (applied.patches.length === 0) return false;
    this.document = applied.document;
    this.history = recordEntry(this.history, commandEntry(this.seq, name, applied, at));
    return true;
  }
  undo(): boolean {
    return this.step(undoEntry(this.document, this.history, this.seq, at));
  }
  redo(): boolean {
    return this.step(redoEntry(this.document, this.history, this.seq, at));
  }
  private step(step: { document: ProjectDocument; entry: JournalEntry } | null): boolean {
    if (!step) return false;
    this.document = step.document;
    this.history = recordEntry(this.history, step.entry);
    return true;
  }
}

function requireSound(document: ProjectDocument, what: string) {
  const problems = documentProblems(document);
  if (problems.length > 0) throw new Error(`${what}: ${problems.map(({ text }) => text).join('; ')}`);
}

/** What undo must never lose: the takes of a request. */
function start(): ProjectDocument {
  return sampleProject({
    picture: [mediaClip('v1', 0, 4, 10, 'l1'), mediaClip('v2', 4, 4, 20, 'l2'), mediaClip('v3', 10, 5)],
    speech: [mediaClip('a1', 0, 4, 10, 'l1'), mediaClip('a2', 4, 5, 20, 'l2')],
  });
}

/** With a clip that has takes, and a cut with a crossfade, for the walks. */
function startWithTakes(): ProjectDocument {
  const generation = { request: sampleRequest('a ball'), takeIds: ['t1', 't2'], activeTakeId: 't2', failure: null };
  const document = sampleProject({
    picture: trackOf(start(), 'picture').clips,
    speech: trackOf(start(), 'speech').clips,
    overlay: [
      mediaClip('o1', 0, 3),
      mediaClip('o2', 3, 3),
      { ...mediaClip('o3', 6, 6), generation },
      mediaClip('o4', 12, 3),
    ],
  });
  document.takes = { t1: sampleTake('t1'), t2: sampleTake('t2') };
  trackOf(document, 'overlay').transitions = [
    { id: 'x1', kind: 'crossfade', fromClipId: 'o1', toClipId: 'o2', durationTicks: second },
  ];
  return document;
}

describe('every random walk over all commands', () => {
  const counts = new Map<string, number>();

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'keeps the rules, undoes to where it began, redoes to where it was (seed %i)',
    (seed) => {
      const random = seededRandom(seed);
      const editor = new Editor(startWithTakes());
      const before = editor.document;
      const states = [editor.document];
      for (let step = 0; step < 200; step++) {
        const { name, params } = randomCommand(editor.document, random, undoable);
        try {
          if (!editor.run(name, params)) continue;
        } catch (error) {
          if (!(error instanceof CommandRefused))
            throw new Error(`${name} ${JSON.stringify(params)}`, { cause: error });
          expect(error.message).toMatch(/^[A-Z'].*\.$/);
          continue;
        }
        counts.set(name, (counts.get(name) ?? 0) + 1);
        requireSound(editor.document, name);
        states.push(editor.document);
      }
      expect(parseDocument(editor.document)).toMatchObject({ ok: true });
      const end = editor.document;
      for (let index = states.length - 2; index >= 0; index--) {
        editor.undo();
        expect(editor.document).toEqual(states[index]);
      }
      expect(editor.undo()).toBe(false);
      expect(editor.document).toEqual(before);
      while (editor.redo());
      expect(editor.document).toEqual(end);
    },
  );

  test('reached every command', () => {
    expect(undoable.filter((name) => (counts.get(name) ?? 0) < 3)).toEqual([]);
  });

  test.each([11, 12, 13, 14, 15, 16])(
    'with undo, redo and records in between, is what its journal replays to (seed %i)',
    (seed) => {
      const random = seededRandom(seed);
      const editor = new Editor(startWithTakes());
      const before = editor.document;
      const made = new Set<string>();
      for (let step = 0; step < 250; step++) {
        const dice = random();
        if (dice < 0.25) editor.undo();
        else if (dice < 0.4) editor.redo();
        else {
          const { name, params } = randomCommand(editor.document, random, dice < 0.55 ? recordCommands : undoable);
          try {
            editor.run(name, params);
          } catch (error) {
            if (!(error instanceof CommandRefused)) throw error;
          }
        }
        for (const id of Object.keys(editor.document.takes)) made.add(id);
        requireSound(editor.document, `step ${step}`);
        // rule: a take is never lost, and every clip on the timeline knows all takes made for it
        expect(Object.keys(editor.document.takes).sort()).toEqual([...made].sort());
        for (const clip of Object.values(editor.document.sequences).flatMap((sequence) =>
          sequence.tracks.flatMap((track) => track.clips),
        )) {
          if (!clip.generation) continue;
          const own = Object.values(editor.document.takes).filter((take) => take.clipId === clip.id);
          for (const take of own) expect(clip.generation.takeIds).toContain(take.id);
        }
      }
      const journal = JSON.parse(JSON.stringify(editor.history.entries)) as JournalEntry[];
      expect(journal.reduce(applyEntry, before)).toEqual(editor.document);
      expect(rebuildHistory(journal)).toEqual(JSON.parse(JSON.stringify(editor.history)));
    },
  );
});

describe('records are not undone by undoing their neighbours', () => {
  const generated = () => {
    const editor = new Editor(start());
    const { id: sequenceId } = sequenceOf(editor.document);
    return {
      editor,
      sequenceId,
      ask: () => editor.run('setGeneration', { sequenceId, clipId: 'v2', request: sampleRequest('a ball') }),
    };
  };
  const arrive = (editor: Editor, takeId: string, clipId: string | null = 'v2') =>
    editor.run('addTake', { take: sampleTake(takeId), clipId });

  test('undo of the ask keeps the take in the project; redo finds it again, active', () => {
    const { editor, ask } = generated();
    ask();
    arrive(editor, 't1');
    editor.undo();
    expect(clipOf(editor.document, 'v2').generation).toBeNull();
    expect(Object.keys(editor.document.takes)).toEqual(['t1']);
    editor.redo();
    expect(clipOf(editor.document, 'v2').generation).toMatchObject({ takeIds: ['t1'], activeTakeId: 't1' });
  });

  test('a take that arrives while its clip is removed is there when undo restores the clip', () => {
    const { editor, sequenceId, ask } = generated();
    ask();
    editor.run('removeClips', { sequenceId, clipIds: ['v2', 'a2'], ripple: true });
    arrive(editor, 't1');
    editor.undo();
    expect(clipOf(editor.document, 'v2').generation).toMatchObject({ takeIds: ['t1'], activeTakeId: 't1' });
  });

  test('a take that arrives after its clip was moved stays when the move is undone and redone', () => {
    const { editor, sequenceId, ask } = generated();
    ask();
    const overlay = trackOf(editor.document, 'overlay').id;
    const speech = trackOf(editor.document, 'speech').id;
    editor.run('moveClips', {
      sequenceId,
      mode: 'overwrite',
      moves: [
        { clipId: 'v2', trackId: overlay, startTicks: 20 * second },
        { clipId: 'a2', trackId: speech, startTicks: 20 * second },
      ],
    });
    arrive(editor, 't1');
    for (const move of ['undo', 'redo', 'undo'] as const) {
      editor[move]();
      expect(clipOf(editor.document, 'v2').generation).toMatchObject({ takeIds: ['t1'], activeTakeId: 't1' });
    }
  });

  test('undo of choosing a take goes back to the one that was shown', () => {
    const { editor, sequenceId, ask } = generated();
    ask();
    arrive(editor, 't1');
    arrive(editor, 't2');
    editor.run('setActiveTake', { sequenceId, clipId: 'v2', takeId: 't1' });
    editor.undo();
    expect(clipOf(editor.document, 'v2').generation!.activeTakeId).toBe('t2');
    editor.redo();
    expect(clipOf(editor.document, 'v2').generation!.activeTakeId).toBe('t1');
  });

  test('both halves of a placeholder that was split get the take', () => {
    const { editor, sequenceId, ask } = generated();
    ask();
    editor.run('splitClips', { sequenceId, clipIds: ['v2'], atTicks: 6 * second });
    arrive(editor, 't1');
    const halves = trackOf(editor.document, 'picture').clips.filter((clip) => clip.generation);
    expect(halves.map((clip) => clip.generation!.activeTakeId)).toEqual(['t1', 't1']);
    editor.undo();
    editor.redo();
    expect(
      trackOf(editor.document, 'picture').clips.filter((clip) => clip.generation?.activeTakeId === 't1'),
    ).toHaveLength(2);
  });

  test('a relinked file stays relinked', () => {
    const { editor, sequenceId } = generated();
    editor.run('removeMarker', { sequenceId, markerId: addMarker(editor, sequenceId) });
    editor.run('relinkMedia', { item: { ...editor.document.media['media']!, path: '/elsewhere.mp4' } });
    while (editor.undo());
    expect(editor.document.media['media']!.path).toBe('/elsewhere.mp4');
  });
});

function addMarker(editor: Editor, sequenceId: string): string {
  editor.run('addMarker', { sequenceId, marker: { id: 'mark', ticks: 0, name: 'm', kind: 'marker' } });
  return 'mark';
}

describe('a history', () => {
  test('forgets what could be redone once something new is done', () => {
    const editor = new Editor(start());
    editor.run('renameProject', { name: 'One' });
    editor.undo();
    editor.run('renameProject', { name: 'Two' });
    expect(editor.redo()).toBe(false);
    expect(editor.document.name).toBe('Two');
  });

  test('is the same after a restart, and goes on', () => {
    const editor = new Editor(start());
    editor.run('renameProject', { name: 'One' });
    editor.run('renameProject', { name: 'Two' });
    editor.undo();
    const restarted = new Editor(editor.document);
    restarted.history = rebuildHistory(editor.history.entries);
    restarted.redo();
    expect(restarted.document.name).toBe('Two');
    restarted.undo();
    restarted.undo();
    expect(restarted.document.name).toBe('Test');
  });

  test('whose beginning was rotated away still undoes what it knows', () => {
    const editor = new Editor(start());
    editor.run('renameProject', { name: 'One' });
    editor.run('renameProject', { name: 'Two' });
    const history = rebuildHistory(editor.history.entries.slice(1));
    expect(history.undoStack).toEqual([2]);
  });

  test('a command that changes nothing leaves nothing to journal', () => {
    const document = start();
    expect(applyCommand(document, 'renameProject', { name: 'Test' }).patches).toEqual([]);
  });
});

describe('a thousand clips', () => {
  // as in the editor, where every document but the first comes frozen out of a command
  const document = freeze(longProject(500), true);
  const { id: sequenceId } = sequenceOf(document);
  // processor time, not wall time: the bar is about the command, not the load of the machine
  const milliseconds = (work: () => void) => {
    for (let warm = 0; warm < 5; warm++) work();
    const times = Array.from({ length: 15 }, () => {
      const from = process.cpuUsage();
      work();
      const spent = process.cpuUsage(from);
      return (spent.user + spent.system) / 1000;
    });
    return times.sort((a, b) => a - b)[7]!;
  };

  test.each<[string, () => void]>([
    ['split', () => applyCommand(document, 'splitClips', { sequenceId, clipIds: ['v250'], atTicks: 501 * second })],
    [
      'trim',
      () =>
        applyCommand(document, 'trimClip', {
          sequenceId,
          clipId: 'v3',
          edge: 'out',
          toTicks: 7 * second,
          ripple: false,
          linked: true,
        }),
    ],
    [
      'ripple delete at the front',
      () => applyCommand(document, 'removeClips', { sequenceId, clipIds: ['v0', 'a0'], ripple: true }),
    ],
    [
      'insert at the front',
      () =>
        applyCommand(document, 'addClips', {
          sequenceId,
          mode: 'insert',
          clips: [{ trackId: trackOf(document, 'picture').id, clip: mediaClip('new', 0, 2) }],
        }),
    ],
  ])('%s takes a few milliseconds (bar here 25: garbage collection and a busy machine count in)', (name, work) => {
    const median = milliseconds(work);
    console.info(`1,000 clips, ${name}: ${median.toFixed(1)} ms of CPU, patches included`);
    expect(median).toBeLessThan(25);
  });

  test('inserting one clip does not journal the others whole', () => {
    const overwritten = applyCommand(document, 'addClips', {
      sequenceId,
      mode: 'overwrite',
      clips: [{ trackId: trackOf(document, 'overlay').id, clip: mediaClip('new', 0, 2) }],
    });
    expect(overwritten.patches).toHaveLength(1);
    const moved = applyCommand(document, 'removeClips', { sequenceId, clipIds: ['v0', 'a0'], ripple: false });
    expect(moved.patches.map((patch) => patch.op)).toEqual(['remove', 'remove']);
  });
});
