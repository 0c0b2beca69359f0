// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { EngineConnection, FolderListing } from '../../core/contract/contract.ts';
import { startI18n } from '../i18n/i18n.ts';
import { replaceConnection } from '../services/connection.ts';
import { useChooser } from '../services/dialogs.ts';
import { fakeConnection } from '../testing/fakeConnection.ts';
import { FileChooser } from './FileChooser.tsx';

await startI18n('en');
afterEach(cleanup);

/** The chooser over an engine whose listings are answered by hand. */
function openChooser() {
  useChooser.setState({ lastFolder: null });
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
  return { asked, answers, field: screen.getByRole<HTMLInputElement>('textbox'), user: userEvent.setup() };
}

const listing = (folder: string, parent: string) => ({ folder, parent, entries: [] }) as unknown as FolderListing;

it('keeps what is typed while the listing of the first folder is still on its way', async () => {
  const { asked, answers, field, user } = openChooser();
  await user.type(field, '/films');
  await act(async () => answers[0]!(listing('/home/me', '/home')));
  expect(field.value).toBe('/films');
  await user.keyboard('{Enter}');
  expect(asked).toEqual([null, '/films']);
  await act(async () => answers[1]!(listing('/films', '/')));
  expect(field.value).toBe('/films');
});

it('lets what is typed take the place of a path that arrives in the field meanwhile', async () => {
  const { asked, answers, field, user } = openChooser();
  await user.click(field);
  await act(async () => answers[0]!(listing('/home/me', '/home')));
  await user.keyboard('/films{Enter}');
  expect(asked).toEqual([null, '/films']);
});
