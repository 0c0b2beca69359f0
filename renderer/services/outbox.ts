/**
 * Journal entries on their way to disk. Entries are sent immediately; while the engine cannot be reached they wait here
 * (and in localStorage, in case the window closes) and are sent in order once it answers again. The engine ignores
 * entries it already has.
 */
import type { JournalEntry } from '../../core/document/journal.ts';

export interface OutboxPorts {
  /** Answers when the entries are on disk. Rejects when they are not: they are then kept. */
  send(entries: readonly JournalEntry[]): Promise<{ savedSeq: number; savedAt: string }>;
  /** Called after every change: how many wait, and when the last were saved. */
  changed(waiting: number, savedAt: string | null): void;
  /** A refusal that is not the connection's fault (disk full, read-only). Said once until something is saved again. */
  failed(error: unknown): void;
  /** localStorage, or a stand-in. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
  readonly storageKey: string;
  /** ms before a refused save is tried again. */
  readonly retryMs: number;
}

export interface Outbox {
  add(entry: JournalEntry): void;
  /** Sends what waits, now. Call it when the connection is open again. */
  flush(): Promise<void>;
  readonly waiting: readonly JournalEntry[];
  dispose(): void;
}

/** Reads the entries that an earlier window left unsent; empty when there are none or they are damaged. */
export function storedEntries(storage: Pick<Storage, 'getItem'> | null, key: string): readonly JournalEntry[] {
  const text = storage?.getItem(key);
  if (!text) return [];
  try {
    const entries = JSON.parse(text) as JournalEntry[];
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}

/** Creates an outbox that sends entries in order and retries while the engine cannot be reached. */
export function createOutbox(ports: OutboxPorts): Outbox {
  let waiting: JournalEntry[] = [];
  let sending: Promise<void> | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let failureSaid = false;
  let disposed = false;

  const remember = () => {
    try {
      if (waiting.length === 0) ports.storage?.removeItem(ports.storageKey);
      else ports.storage?.setItem(ports.storageKey, JSON.stringify(waiting));
    } catch (error) {
      // localStorage is full: the entries still wait in memory
      if (!(error instanceof DOMException)) throw error;
    }
  };

  const sendAll = async () => {
    while (waiting.length > 0 && !disposed) {
      const batch = waiting;
      let answer: { savedSeq: number; savedAt: string };
      try {
        answer = await ports.send(batch);
      } catch (error) {
        if (disposed) return;
        remember();
        if (!failureSaid) ports.failed(error);
        failureSaid = true;
        retry ??= setTimeout(() => {
          retry = null;
          void flush();
        }, ports.retryMs);
        return;
      }
      failureSaid = false;
      waiting = waiting.filter((entry) => entry.seq > answer.savedSeq);
      remember();
      ports.changed(waiting.length, answer.savedAt);
      // an engine that answers without saving anything would be asked for ever
      if (waiting.length > 0 && waiting[0]!.seq === batch[0]!.seq) return;
    }
  };

  const flush = (): Promise<void> =>
    (sending ??= sendAll().finally(() => {
      sending = null;
    }));

  return {
    add(entry) {
      waiting = [...waiting, entry];
      ports.changed(waiting.length, null);
      void flush();
    },
    flush,
    get waiting() {
      return waiting;
    },
    dispose() {
      disposed = true;
      if (retry) clearTimeout(retry);
    },
  };
}
