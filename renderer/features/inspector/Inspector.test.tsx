// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaAssets } from '../../../core/contract/contract.ts';
import { sentence } from '../../../core/contract/sentence.ts';
import { activeSequence, findClip } from '../../../core/document/query.ts';
import type { MediaReference } from '../../../core/document/schema.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { engine, replaceConnection } from '../../services/connection.ts';
import { emptySelection, freshSession, useEditor } from '../../services/store.ts';
import { fakeConnection, samplePack } from '../../testing/fakeConnection.ts';
import { sampleProject } from '../../testing/sampleProject.ts';
import { Inspector } from './Inspector.tsx';

await startI18n('en');
const { getState } = useEditor;
const clipOf = (role: string) =>
  activeSequence(getState().document!).tracks.find((track) => track.role === role && track.clips.length > 0)!.clips[0]!;
const select = (...clipIds: string[]) => getState().setSession({ selection: { ...emptySelection, clipIds } });
const now = (id: string) => findClip(getState().document!, id)!.clip;

beforeEach(() => {
  replaceConnection(fakeConnection(new URLSearchParams()));
  useEditor.setState({ ...freshSession(), document: sampleProject(), readOnly: false, undoStack: [], redoStack: [] });
});
afterEach(cleanup);

it('shows the sequence while nothing is selected', () => {
  render(<Inspector />);
  expect(screen.getByText('Select a clip to change it.')).toBeTruthy();
  expect(screen.getByRole('combobox', { name: 'Picture' })).toBeTruthy();
});

it('applies a typed figure on Enter, in one step', async () => {
  const { id } = clipOf('picture');
  select(id);
  render(<Inspector />);
  const field = screen.getByRole('textbox', { name: 'Speed' });
  await userEvent.clear(field);
  await userEvent.type(field, '50{Enter}');
  expect(document.activeElement).toBe(field);
  await userEvent.tab();
  const { speed } = now(id);
  expect(speed.num / speed.den).toBe(0.5);
  expect(getState().undoStack).toHaveLength(1);
});

it('changes what a title says and where it stands, each in one step', async () => {
  const { id } = clipOf('titles');
  select(id);
  render(<Inspector />);
  const field = screen.getByRole('textbox', { name: 'Title text' });
  fireEvent.change(field, { target: { value: 'Harbour' } });
  fireEvent.blur(field);
  await userEvent.click(screen.getByRole('button', { name: 'Bottom' }));
  const title = now(id).reference as Extract<MediaReference, { kind: 'title' }>;
  expect([title.text, title.vertical]).toEqual(['Harbour', 'bottom']);
  expect(getState().undoStack).toHaveLength(2);
});

it('says under a title’s text that no font here has its characters', async () => {
  const call = vi.spyOn(engine(), 'call').mockImplementation(async (method, params) => {
    if (method !== 'render.missingGlyphs') throw new Error(method);
    return { characters: (params as { text: string }).text.replace(/[a-z]/gi, '') } as never;
  });
  select(clipOf('titles').id);
  render(<Inspector />);
  const field = screen.getByRole('textbox', { name: 'Title text' });
  fireEvent.change(field, { target: { value: '한글' } });
  expect(await screen.findByText(/these characters: 한글\. They are drawn as boxes/)).toBeTruthy();
  fireEvent.change(field, { target: { value: 'Harbour' } });
  await waitFor(() => expect(screen.queryByText(/They are drawn as boxes/)).toBeNull());
  // asked after a pause, not at each letter; before the first change nothing had paused
  expect(call.mock.calls.map(([, params]) => (params as { text: string }).text)).toEqual(['한글', 'Harbour']);
});

it('says why the file of a clip cannot be used', () => {
  const { id, reference } = clipOf('picture');
  const mediaId = reference.kind === 'media' ? reference.mediaId : '';
  const problem = sentence('media.empty', { name: 'roof.mp4' });
  useEditor.setState({ mediaAssets: { [mediaId]: { mediaId, problem } as MediaAssets } });
  select(id);
  render(<Inspector />);
  expect(screen.getByText(problem.text)).toBeTruthy();
});

it('renames and disables a clip', () => {
  const { id } = clipOf('picture');
  select(id);
  render(<Inspector />);
  const name = screen.getByRole('textbox', { name: 'Name' });
  fireEvent.change(name, { target: { value: 'Roof' } });
  fireEvent.blur(name);
  fireEvent.click(screen.getByRole('switch', { name: 'Clip enabled' }));
  expect([now(id).name, now(id).enabled]).toEqual(['Roof', false]);
});

it('has no picture sections for sound', () => {
  const sound = activeSequence(getState().document!).tracks.find(
    (track) => track.kind === 'audio' && track.clips.length > 0,
  )!;
  select(sound.clips[0]!.id);
  render(<Inspector />);
  expect(screen.queryByText('Transform')).toBeNull();
});

const withSounds = (...changes: readonly Partial<MediaAssets['sounds'][number]>[]) =>
  changes.map((change, index) => ({
    streamIndex: index + 1,
    url: null,
    peaksUrl: `/peaks-${index + 1}`,
    title: '',
    language: '',
    channels: 2,
    layout: '',
    sampleRateHz: 48000,
    codec: 'aac',
    ...change,
  }));

const knowing = (mediaId: string, assets: Partial<MediaAssets>) =>
  useEditor.setState({ mediaAssets: { [mediaId]: { mediaId, sounds: [], details: null, ...assets } as MediaAssets } });

describe('A file with several sound streams', () => {
  it('offers each of them; choosing one is one step that undo takes back', async () => {
    const { id } = clipOf('speech');
    knowing('voice', { peaksUrl: '/peaks-1', sounds: withSounds({ language: 'eng' }, { title: 'Director' }) });
    select(id);
    render(<Inspector />);
    const field = screen.getByRole('combobox', { name: 'Stream' });
    expect(field.textContent).toContain('1 · English · stereo');
    await userEvent.click(field);
    await userEvent.click(await screen.findByRole('option', { name: '2 · stereo · Director' }));
    expect(now(id).soundStream).toBe(2);
    act(() => getState().undo());
    expect(now(id)).not.toHaveProperty('soundStream');
  });

  it('has nothing to choose where there is only one', () => {
    knowing('voice', { sounds: withSounds({}) });
    select(clipOf('speech').id);
    render(<Inspector />);
    expect(screen.queryByRole('combobox', { name: 'Stream' })).toBeNull();
  });
});

it('shows what was found in the file of a clip, with damage by its time', () => {
  const video = {
    codec: 'h264',
    pixelFormat: 'yuv420p',
    transfer: 'smpte2084',
    primaries: 'bt2020',
    rate: { num: 25, den: 1 },
    irregular: true,
    fieldOrder: 'top' as const,
  };
  knowing('flower', {
    sounds: withSounds({ language: 'fra' }),
    details: {
      video,
      timecode: '10:00:00:00',
      remarks: [sentence('mediaRemark.subtitles')],
      damage: [{ seconds: 3, what: sentence('media.damagedSound', { name: 'a.ts', seconds: '3.0' }) }],
    },
  });
  select('flower-0');
  render(<Inspector />);
  for (const words of ['Variable, mapped to 25 fps', 'Interlaced, top field first', 'HDR, PQ', '10:00:00:00'])
    expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByText('1 · French · stereo')).toBeTruthy();
  const notes = screen.getByRole('list', { name: 'Remarks about the file' });
  expect([...notes.children].map(({ textContent }) => textContent)).toEqual([
    'a.ts is damaged at 3.0 s: sound is missing or distorted there.',
    'Its subtitles are left out.',
  ]);
});

it('shows the facts of a file that is chosen in the bin while no clip is', () => {
  knowing('flower', { details: { video: null, timecode: '01:00:00;00', remarks: [], damage: [] } });
  getState().setSession({ selection: { ...emptySelection, mediaIds: ['flower'] } });
  render(<Inspector />);
  expect(screen.getByText('flower_timelapse.mp4')).toBeTruthy();
  expect(screen.getByText('01:00:00;00')).toBeTruthy();
});

it('offers smooth slow motion for a slow clip, and asks for it when it is accepted', async () => {
  useEditor.setState({ packs: [{ ...samplePack, id: 'footage', footage: { smooth: true } }] });
  const { id } = clipOf('picture');
  const speed = { num: 1, den: 2 };
  const { id: sequenceId } = activeSequence(getState().document!);
  select(id);
  const { rerender } = render(<Inspector />);
  expect(screen.queryByRole('button', { name: 'Smooth slow motion' })).toBeNull();
  act(() => {
    getState().run('setClipSpeed', { sequenceId, clipId: id, speed, reversed: false, ripple: true });
  });
  rerender(<Inspector />);
  await userEvent.click(screen.getByRole('button', { name: 'Smooth slow motion' }));
  expect(now(id).generation?.request.action).toBe('smooth');
});
