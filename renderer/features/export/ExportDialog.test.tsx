// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MachineStatus } from '../../../core/contract/contract.ts';
import type { Job } from '../../../core/contract/jobs.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { engine, replaceConnection } from '../../services/connection.ts';
import { freshSession, useEditor } from '../../services/store.ts';
import { fakeConnection } from '../../testing/fakeConnection.ts';
import { sampleProject } from '../../testing/sampleProject.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { ExportQueue } from './ExportQueue.tsx';

await startI18n('en');

beforeEach(() => {
  replaceConnection(fakeConnection(new URLSearchParams()));
  useEditor.setState({
    ...freshSession(),
    document: sampleProject(),
    projectId: 'p',
    folder: '/p/Film.fwproj',
    screen: 'editor',
    readOnly: false,
    jobs: {},
    dialog: 'export',
  });
});
afterEach(cleanup);

it('offers presets, and closes on Escape', async () => {
  render(<ExportDialog />);
  expect(await screen.findByRole('dialog', { name: 'Export' })).toBeTruthy();
  expect(screen.getByText('Frames, PNG')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  expect(useEditor.getState().dialog).toBeNull();
});

it('lists a finished export with the ways to its file', async () => {
  const job = {
    id: 'one',
    spec: { kind: 'export', projectId: 'p', settings: { preset: 'h264-1080p', outputPath: '/films/film.mp4' } },
    state: 'done',
    createdAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:01:00Z',
    fraction: 1,
    notices: [],
    failure: null,
    queuePlace: null,
    secondsLeft: null,
    outputPath: '/films/film.mp4',
  } as unknown as Job;
  useEditor.setState({ jobs: { one: job } });
  render(<ExportQueue />);
  expect(screen.getByText('film.mp4')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy path' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Play here' })).toBeTruthy();
  const called = vi.spyOn(engine(), 'call');
  act(() => useEditor.setState({ machine: { opensFiles: true } as MachineStatus }));
  expect(screen.queryByRole('button', { name: 'Play here' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(called).toHaveBeenCalledWith('jobs.openOutput', { jobId: 'one' });
});
