// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineConnection } from '../../../core/contract/contract.ts';
import { i18n, startI18n } from '../../i18n/i18n.ts';
import { replaceConnection } from '../../services/connection.ts';
import { useEditor } from '../../services/store.ts';
import { fakeConnection, samplePack } from '../../testing/fakeConnection.ts';
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

it('words packs in the language of the window, and says that the card is in English', async () => {
  await i18n.changeLanguage('zh');
  const name = 'Footage tools';
  const other = { ...samplePack, id: 'other', name: 'Somebody’s pack', can: ['Paint.'] };
  const packs = [{ ...samplePack, name, can: ['Take noise out of speech.'] }, other];
  const connection = fakeConnection(new URLSearchParams());
  const call = (async (method: 'packs.list', params: Record<string, never>) =>
    method === 'packs.list' ? packs : connection.call(method, params as never)) as EngineConnection['call'];
  replaceConnection({ ...connection, state: 'open', call });
  render(<ModelsScreen />);
  expect((await screen.findAllByText('实拍素材工具')).length).toBeGreaterThan(0);
  expect(screen.getAllByText('去除人声中的噪声。').length).toBeGreaterThan(0);
  expect(screen.getAllByText('Somebody’s pack').length).toBeGreaterThan(0);
  await userEvent.click(screen.getByRole('button', { name: '模型说明卡' }));
  expect(await screen.findByText('模型说明卡目前只有英文版。')).toBeTruthy();
  await i18n.changeLanguage('en');
});

it('goes back to the start screen when no project is open', async () => {
  render(<ModelsScreen />);
  await userEvent.click(screen.getByRole('button', { name: 'Back' }));
  expect(useEditor.getState().screen).toBe('start');
});
