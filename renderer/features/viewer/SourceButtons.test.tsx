// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { activeSequence } from '../../../core/document/query.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { openSource, sourceMarks } from '../../services/shown.ts';
import { freshSession, useEditor } from '../../services/store.ts';
import { sampleProject } from '../../testing/sampleProject.ts';
import { ScrubBar } from './ScrubBar.tsx';
import { SourceButtons } from './SourceButtons.tsx';
import { Transport } from './Transport.tsx';

await startI18n('en');
const { getState } = useEditor;
const shot = Object.values(sampleProject().media).find((item) => item.kind === 'video')!;
const clipCount = () => activeSequence(getState().document!).tracks.flatMap((track) => track.clips).length;

beforeEach(() =>
  useEditor.setState({
    ...freshSession(),
    document: sampleProject(),
    screen: 'editor',
    readOnly: false,
    undoStack: [],
  }),
);
afterEach(cleanup);

function View() {
  return (
    <>
      <ScrubBar />
      <SourceButtons />
      <Transport />
    </>
  );
}

it('offers insert and overwrite only while a source is shown', () => {
  render(<View />);
  expect(screen.queryByRole('button', { name: /Insert/ })).toBeNull();
});

it('marks and moves the source, and leaves the timeline where it is', async () => {
  const before = activeSequence(getState().document!);
  openSource(shot.id);
  render(<View />);
  await userEvent.click(screen.getByRole('button', { name: 'One frame forward' }));
  await userEvent.click(screen.getByRole('button', { name: 'Set in point' }));
  const marks = sourceMarks(getState());
  expect(marks.playheadTicks).toBeGreaterThan(0);
  expect(marks.inTicks).toBe(marks.playheadTicks);
  expect(getState().playheadTicks).toBe(0);
  expect(activeSequence(getState().document!)).toBe(before);
});

it('puts the source onto the timeline', async () => {
  openSource(shot.id);
  render(<View />);
  const before = clipCount();
  await userEvent.click(screen.getByRole('button', { name: /Insert/ }));
  expect(clipCount()).toBeGreaterThan(before);
  expect(getState().viewerMode).toBe('source');
});
