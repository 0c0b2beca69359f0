/** The list of notices: repeated notices are counted, errors come first, and each belongs to a project. */
import type { Notice } from './editor.ts';
import type { NoticeWords } from './noticeWords.ts';

/** More would only be scrolled past; the oldest go. */
const keptNotices = 100;
const ranks = { error: 0, warning: 1, info: 2 } as const;

/** Adds a notice, or counts it to the same one that is there. */
export function withNotice(
  notices: readonly Notice[],
  said: Pick<Notice, 'level' | 'words' | 'projectId' | 'offer' | 'subject'>,
  at: string,
): readonly Notice[] {
  const same = (notice: Notice) =>
    notice.level === said.level && notice.projectId === said.projectId && sameWords(notice.words, said.words);
  const before = notices.find(same);
  const notice: Notice = {
    ...said,
    id: before?.id ?? crypto.randomUUID(),
    count: (before?.count ?? 0) + 1,
    at,
    seen: false,
  };
  return [...notices.filter((other) => other !== before), notice].slice(-keptNotices);
}

function sameWords(a: NoticeWords, b: NoticeWords): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Errors, warnings, the rest; the newest of each first. */
export function inOrder(notices: readonly Notice[]): readonly Notice[] {
  return notices.toReversed().toSorted((a, b) => ranks[a.level] - ranks[b.level]);
}

/** The notice for the status bar: the most severe unread one, else the newest that is no trouble. */
export function topNotice(notices: readonly Notice[]): Notice | null {
  const unread = inOrder(notices.filter((notice) => !notice.seen))[0];
  return unread ?? notices.findLast((notice) => notice.level === 'info') ?? null;
}

/** Failures of `subject` count as read once it has succeeded: they stay in the list, and leave the status bar. */
export function withSuccess(notices: readonly Notice[], subject: string): readonly Notice[] {
  return notices.map((notice) => (notice.subject === subject ? { ...notice, seen: true } : notice));
}

/** Those that still count once another project is open; null = none is. */
export function noticesFor(notices: readonly Notice[], projectId: string | null): readonly Notice[] {
  return notices.filter((notice) => notice.projectId === null || notice.projectId === projectId);
}
