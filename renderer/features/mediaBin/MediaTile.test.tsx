// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { MediaAssets } from '../../../core/contract/contract.ts';
import type { Job } from '../../../core/contract/jobs.ts';
import { sentence } from '../../../core/contract/sentence.ts';
import { i18n, startI18n } from '../../i18n/i18n.ts';
import { replaceConnection } from '../../services/connection.ts';
import { freshSession, useEditor } from '../../services/store.ts';
import { fakeConnection } from '../../testing/fakeConnection.ts';
import { sampleProject } from '../../testing/sampleProject.ts';
import { MediaTile } from './MediaTile.tsx';

await startI18n('en');
replaceConnection(fakeConnection(new URLSearchParams()));
afterEach(cleanup);

it('shows that a file is being read until there is a picture of it, and no longer than that', () => {
  const document = sampleProject();
  const item = Object.values(document.media)[0]!;
  const blank = { mediaId: item.id, posterUrl: null, peaksUrl: null, proxyReason: null } as MediaAssets;
  const job = {
    id: 'j',
    spec: { kind: 'mediaCache', projectId: 'p', mediaId: item.id },
    state: 'running',
    fraction: 0,
  };
  const show = (assets: MediaAssets | undefined, state: string, missing = false) => {
    cleanup();
    useEditor.setState({
      ...freshSession(),
      document,
      mediaAssets: assets ? { [item.id]: assets } : {},
      jobs: { j: { ...job, state } as unknown as Job },
      missingMediaIds: missing ? [item.id] : [],
    });
    render(<MediaTile item={item} list={false} uses={1} />);
    return screen.queryByTestId('waits') !== null;
  };
  expect(show(undefined, 'queued')).toBe(true);
  expect(show(blank, 'running')).toBe(true);
  expect(show(blank, 'failed')).toBe(false);
  expect(show(undefined, 'done', true)).toBe(false);
  expect(show({ ...blank, peaksUrl: 'data:application/octet-stream;base64,AAAA' }, 'running')).toBe(false);
});

it('marks a file that there is something to know of, and says what, in the language of the window', async () => {
  const document = sampleProject();
  const item = Object.values(document.media)[0]!;
  const details = { video: null, timecode: null, remarks: [sentence('mediaRemark.subtitles')], damage: [] };
  const assets = { mediaId: item.id, posterUrl: null, peaksUrl: null, sounds: [], details } as unknown as MediaAssets;
  useEditor.setState({ ...freshSession(), document, mediaAssets: { [item.id]: assets } });
  for (const list of [false, true]) {
    render(<MediaTile item={item} list={list} uses={1} />);
    expect(screen.getByRole('img', { name: '1 remark' })).toBeTruthy();
    expect(screen.getByRole('option').getAttribute('aria-label')).toContain('Its subtitles are left out.');
    cleanup();
  }
  await i18n.changeLanguage('zh');
  render(<MediaTile item={item} list={false} uses={1} />);
  expect(screen.getByRole('option').getAttribute('aria-label')).toContain('其字幕流已忽略。');
  await i18n.changeLanguage('en');
});

it('says why a file cannot be used, in the language of the window', async () => {
  const document = sampleProject();
  const item = Object.values(document.media)[0]!;
  const problem = sentence('media.empty', { name: 'roof.mp4' });
  const assets = { mediaId: item.id, posterUrl: null, peaksUrl: null, problem } as unknown as MediaAssets;
  useEditor.setState({ ...freshSession(), document, mediaAssets: { [item.id]: assets } });
  const { unmount } = render(<MediaTile item={item} list={false} uses={1} />);
  expect(screen.getByText('Cannot be used')).toBeTruthy();
  expect(screen.getByRole('option').getAttribute('aria-label')).toBe(`${item.name}, ${problem.text}`);
  unmount();
  await i18n.changeLanguage('zh');
  render(<MediaTile item={item} list={false} uses={1} />);
  expect(screen.getByText('无法使用')).toBeTruthy();
  expect(screen.getByTitle('“roof.mp4”为空（0 字节）。')).toBeTruthy();
});
