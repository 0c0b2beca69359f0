import { describe, expect, it, vi } from 'vitest';
import type { JournalEntry } from '../../core/document/journal.ts';
import { createOutbox, storedEntries } from './outbox.ts';

const entry = (seq: number): JournalEntry => ({
  seq,
  kind: 'command',
  label: 'splitClips',
  patches: [],
  inverse: [],
  target: null,
  at: '',
});

function fakeStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

function setUp(send: (entries: readonly JournalEntry[]) => Promise<{ savedSeq: number; savedAt: string }>) {
  const storage = fakeStorage();
  const failed = vi.fn();
  const changed = vi.fn();
  return {
    storage,
    failed,
    changed,
    outbox: createOutbox({ send, failed, changed, storage, storageKey: 'k', retryMs: 1_000_000 }),
  };
}

describe('outbox', () => {
  it('sends each entry at once and counts it until it is on disk', async () => {
    const { outbox, changed } = setUp(async (entries) => ({ savedSeq: entries.at(-1)!.seq, savedAt: 'now' }));
    outbox.add(entry(1));
    expect(changed).toHaveBeenLastCalledWith(1, null);
    await outbox.flush();
    expect(changed).toHaveBeenLastCalledWith(0, 'now');
  });

  it('keeps order: what is added while a send is on its way goes with the next one', async () => {
    const sent: number[][] = [];
    const { outbox } = setUp(async (entries) => {
      sent.push(entries.map((e) => e.seq));
      return { savedSeq: entries.at(-1)!.seq, savedAt: '' };
    });
    outbox.add(entry(1));
    outbox.add(entry(2));
    outbox.add(entry(3));
    await outbox.flush();
    expect(sent).toEqual([[1], [2, 3]]);
  });

  it('loses nothing while the engine is away, and keeps a copy outside the window', async () => {
    let away = true;
    const { outbox, storage, failed } = setUp(async (entries) => {
      if (away) throw new Error('closed');
      return { savedSeq: entries.at(-1)!.seq, savedAt: '' };
    });
    outbox.add(entry(1));
    await outbox.flush();
    outbox.add(entry(2));
    await outbox.flush();
    expect(failed).toHaveBeenCalledTimes(1);
    expect(storedEntries(storage, 'k').map((e) => e.seq)).toEqual([1, 2]);
    away = false;
    await outbox.flush();
    expect(outbox.waiting).toEqual([]);
    expect(storedEntries(storage, 'k')).toEqual([]);
  });
});
