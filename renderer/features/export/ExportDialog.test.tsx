// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineConnection, MachineStatus } from '../../../core/contract/contract.ts';
import type { Job } from '../../../core/contract/jobs.ts';
import { sentence } from '../../../core/contract/sentence.ts';
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

it('says that the frame is being drawn until it is there', async () => {
  const other = fakeConnection(new URLSearchParams());
  let draw = () => {};
  const drawn = new Promise<void>((resolve) => (draw = resolve));
  const call = (method: string, params: unknown): Promise<unknown> =>
    method === 'render.frame'
      ? drawn.then(() => ({ url: '/f.png' }))
      : other.call(method as 'jobs.submit', params as never);
  replaceConnection({ ...other, call: call as EngineConnection['call'] });
  render(<ExportDialog />);
  expect(await screen.findByText('Drawing this frame…')).toBeTruthy();
  draw();
  fireEvent.load(await screen.findByRole('img'));
  expect(screen.queryByText('Drawing this frame…')).toBeNull();
});

it('words the notices of a finished export', () => {
  const notice = sentence('render.otherEncoder', { wanted: 'hevc_nvenc', used: 'libx265' });
  const job = {
    id: 'one',
    spec: { kind: 'export', projectId: 'p', settings: { preset: 'h264-1080p', outputPath: '/films/film.mp4' } },
    state: 'done',
    createdAt: '',
    finishedAt: null,
    notices: [notice],
    failure: null,
    outputPath: null,
  } as unknown as Job;
  useEditor.setState({ jobs: { one: job } });
  render(<ExportQueue />);
  expect(screen.getByText(notice.text)).toBeTruthy();
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
