// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startI18n } from '../../i18n/i18n.ts';
import { replaceConnection } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';
import { fakeConnection } from '../../testing/fakeConnection.ts';
import { ModelsScreen } from './ModelsScreen.tsx';

await startI18n('en');

beforeEach(() => {
  replaceConnection(fakeConnection(new URLSearchParams()));
  useEditor.setState({ screen: 'models', document: null, packs: [], notices: [] });
});
afterEach(cleanup);

it('lists the packs of this machine, and shows the card as text', async () => {
  render(<ModelsScreen />);
  const rows = await screen.findAllByRole('row', { name: /./ });
  const [pack] = useEditor.getState().packs;
  expect(pack).toBeDefined();
  expect(rows.length).toBeGreaterThanOrEqual(useEditor.getState().packs.length);
  for (const point of pack!.can) expect(screen.getAllByText(point).length).toBeGreaterThan(0);
  await userEvent.click(screen.getByRole('button', { name: 'Model card' }));
  expect(await screen.findByRole('dialog')).toBeTruthy();
});

it('goes back to the start screen when no project is open', async () => {
  render(<ModelsScreen />);
  await userEvent.click(screen.getByRole('button', { name: 'Back' }));
  expect(useEditor.getState().screen).toBe('start');
});
