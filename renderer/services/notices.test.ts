import { expect, it } from 'vitest';
import type { Notice } from './editor.ts';
import { inOrder, noticesFor, topNotice, withNotice, withSuccess } from './notices.ts';

const text = (text: string) => ({ kind: 'text', text }) as const;
function said(...all: readonly [Notice['level'], string, string?][]): readonly Notice[] {
  return all.reduce<readonly Notice[]>(
    (list, [level, words, projectId = 'p'], index) =>
      withNotice(list, { level, words: text(words), projectId }, `2026-01-01T00:00:0${index}Z`),
    [],
  );
}
const texts = (notices: readonly Notice[]) =>
  notices.map(({ words, count }) => `${words.kind === 'text' ? words.text : ''} ×${count}`);

it('counts what is said again, and puts it last', () => {
  expect(texts(said(['info', 'a'], ['info', 'b'], ['info', 'a'], ['info', 'a']))).toEqual(['b ×1', 'a ×3']);
});

it('keeps the same words of another level or project apart', () => {
  expect(said(['info', 'a'], ['error', 'a'], ['info', 'a', 'q'])).toHaveLength(3);
});

it('lists errors first, the newest of each first', () => {
  expect(texts(inOrder(said(['error', 'e1'], ['info', 'i'], ['error', 'e2'], ['warning', 'w'])))).toEqual([
    'e2 ×1',
    'e1 ×1',
    'w ×1',
    'i ×1',
  ]);
});

it('shows the gravest that was not read, then the newest that is no trouble', () => {
  const list = said(['info', 'i'], ['error', 'e'], ['warning', 'w']);
  const read = list.map((notice) => ({ ...notice, seen: true }));
  expect(texts([topNotice(list)!])).toEqual(['e ×1']);
  expect(texts([topNotice(read)!])).toEqual(['i ×1']);
  expect(topNotice(read.slice(1))).toBeNull();
  expect(topNotice([])).toBeNull();
});

it('a failure leaves the status bar once the same thing has succeeded, and comes back if it fails again', () => {
  const failed = { level: 'error', words: text('failed'), projectId: 'p', subject: 'clip' } as const;
  const other = { level: 'error', words: text('other'), projectId: 'p', subject: 'export' } as const;
  const both = withNotice(withNotice([], other, ''), failed, '');
  const done = withSuccess(both, 'clip');
  expect(texts(done)).toEqual(['other ×1', 'failed ×1']);
  expect(texts([topNotice(done)!])).toEqual(['other ×1']);
  expect(topNotice(withSuccess(done, 'export'))).toBeNull();
  expect(texts([topNotice(withNotice(done, failed, ''))!])).toEqual(['failed ×2']);
});

it('leaves what another project said behind', () => {
  const list = withNotice(
    said(['info', 'a', 'p'], ['info', 'b', 'q']),
    { level: 'info', words: text('c'), projectId: null },
    '',
  );
  expect(texts(noticesFor(list, 'q'))).toEqual(['b ×1', 'c ×1']);
  expect(texts(noticesFor(list, null))).toEqual(['c ×1']);
});
