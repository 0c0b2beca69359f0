import { expect, it } from 'vitest';
import type { MediaAssets } from '../../../../core/contract/contract.ts';
import { findClip } from '../../../../core/document/query.ts';
import { freshSession, useEditor } from '../../../services/store.ts';
import { sampleProject } from '../../../testing/sampleProject.ts';
import { materialOf } from './clipParts.ts';

it('a clip’s wave is that of the sound stream it plays: the first, or the one that was chosen', () => {
  const document = sampleProject();
  const { clip } = findClip(document, 'voice-1')!;
  const sounds = [1, 2, 3].map((streamIndex) => ({
    streamIndex,
    peaksUrl: streamIndex === 3 ? null : `/peaks-${streamIndex}`,
  }));
  const assets = { mediaId: 'voice', peaksUrl: '/peaks-1', sounds } as unknown as MediaAssets;
  useEditor.setState({ ...freshSession(), document, mediaAssets: { voice: assets } });
  const wave = (soundStream?: number) => materialOf(useEditor.getState(), { ...clip, soundStream }).peaksUrl;
  expect([wave(), wave(1), wave(2)]).toEqual(['/peaks-1', '/peaks-1', '/peaks-2']);
  // not another stream's while its own is still to come
  expect(wave(3)).toBeNull();
  // a file put in this one's place may lack the stream
  expect(wave(99)).toBe('/peaks-1');
});
