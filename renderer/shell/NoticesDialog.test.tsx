// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { activeSequence } from '../../core/document/query.ts';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { words } from '../services/noticeWords.ts';
import { useEditor } from '../services/store.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { NoticesDialog } from './NoticesDialog.tsx';

await startI18n('en');

beforeEach(() => useEditor.setState({ notices: [], projectId: 'p', document: sampleProject(), readOnly: false }));
afterEach(async () => {
  cleanup();
  await i18n.changeLanguage('en');
});

const lines = () => screen.getAllByRole('listitem').map((line) => within(line).getByRole('paragraph').textContent);

it('lists errors first, and counts what was said again', () => {
  const { notify } = useEditor.getState();
  notify('error', 'The disk is full.');
  notify('info', 'No GPU answered.');
  notify('info', 'No GPU answered.');
  render(<NoticesDialog />);
  expect(lines()).toEqual(['The disk is full.', 'No GPU answered. ×2']);
  expect(useEditor.getState().notices.every((notice) => notice.seen)).toBe(true);
});

it('speaks the language of the moment', async () => {
  useEditor.getState().notify('info', words('shell:exported', { name: 'film.mp4' }));
  await i18n.changeLanguage('zh');
  render(<NoticesDialog />);
  expect(lines()).toEqual([i18n.t('shell:exported', { name: 'film.mp4', lng: 'zh' })]);
});

it('does what a notice offers, and takes the notice away', async () => {
  const document = useEditor.getState().document!;
  const shot = Object.values(document.media).find((item) => item.video)!;
  useEditor
    .getState()
    .notify('info', words('shell:matchSequence', { name: shot.name, width: 1, height: 1, rate: '24' }), {
      offer: { kind: 'matchSequence', mediaId: shot.id },
    });
  render(<NoticesDialog />);
  await userEvent.click(screen.getByRole('button', { name: 'Match sequence' }));
  const { width, height, rate } = activeSequence(useEditor.getState().document!);
  expect({ width, height, rate }).toEqual({
    width: shot.video!.width,
    height: shot.video!.height,
    rate: shot.video!.rate,
  });
  expect(useEditor.getState().notices).toEqual([]);
});
