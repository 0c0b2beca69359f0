// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { EngineConnection, FolderListing } from '../../core/contract/contract.ts';
import { startI18n } from '../i18n/i18n.ts';
import { replaceConnection } from '../services/connection.ts';
import { fakeConnection } from '../testing/fakeConnection.ts';
import { FileChooser } from './FileChooser.tsx';

await startI18n('en');
afterEach(cleanup);

it('keeps what is typed while the listing of the first folder is still on its way', async () => {
  const fake = fakeConnection(new URLSearchParams());
  const asked: (string | null)[] = [];
  const answers: ((listing: FolderListing) => void)[] = [];
  const call = ((method: string, params: { folder: string | null }) => {
    if (method !== 'files.list') return fake.call(method as 'app.status', {});
    asked.push(params.folder);
    return new Promise((resolve) => answers.push(resolve));
  }) as EngineConnection['call'];
  replaceConnection({ ...fake, call });
  render(
    <FileChooser
      request={{ mode: 'open', kind: 'files', title: 'Import', multiple: true, answer: () => undefined } as never}
    />,
  );
  const field = screen.getByRole<HTMLInputElement>('textbox');
  const user = userEvent.setup();
  await user.type(field, '/films');
  await act(async () => answers[0]!({ folder: '/home/me', parent: '/home', entries: [] } as unknown as FolderListing));
  expect(field.value).toBe('/films');
  await user.keyboard('{Enter}');
  expect(asked).toEqual([null, '/films']);
  await act(async () => answers[1]!({ folder: '/films', parent: '/', entries: [] } as unknown as FolderListing));
  expect(field.value).toBe('/films');
});
