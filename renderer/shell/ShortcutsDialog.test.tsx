// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { i18n, startI18n } from '../i18n/i18n.ts';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

await startI18n('en');
afterEach(async () => {
  cleanup();
  await i18n.changeLanguage('en');
});

it('names every action so that it is understood without its menu, and no two alike', () => {
  render(<ShortcutsDialog />);
  expect(screen.getByText('Speed: 25 %')).toBeTruthy();
  expect(screen.queryByText('25 %')).toBeNull();
  const names = screen
    .getAllByRole('button', { name: /^Change shortcut of/ })
    .map((each) => each.getAttribute('aria-label'));
  expect(new Set(names).size).toBe(names.length);
});

it('names them so in Chinese too', async () => {
  await i18n.changeLanguage('zh');
  render(<ShortcutsDialog />);
  expect(screen.getByText(/^.+：25\s?%$/)).toBeTruthy();
});
