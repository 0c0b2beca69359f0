import { beforeEach, describe, expect, it } from 'vitest';
import type { MediaAssets } from '../../../core/contract/contract.ts';
import type { SoundSegment } from '../../../core/render/layers.ts';
import { replaceConnection } from '../../services/connection.ts';
import { freshSession, useEditor } from '../../services/store.ts';
import { fakeConnection } from '../../testing/fakeConnection.ts';
import { sampleProject } from '../../testing/sampleProject.ts';
import { soundUrlOf } from './soundUrl.ts';

const stream = (streamIndex: number, url: string | null) => ({ streamIndex, url }) as MediaAssets['sounds'][number];
const segment = (streamIndex?: number) =>
  ({ source: { kind: 'media', id: 'flower' }, ...(streamIndex === undefined ? {} : { streamIndex }) }) as SoundSegment;

function show(changes: Partial<MediaAssets>): void {
  const assets = {
    mediaId: 'flower',
    originalUrl: '/original',
    originalPlayable: true,
    proxyUrl: '/proxy',
    ...changes,
  };
  useEditor.setState({ mediaAssets: { flower: assets as MediaAssets } });
}
const played = (streamIndex?: number) => {
  const url = soundUrlOf(useEditor.getState(), segment(streamIndex));
  return url === null ? null : new URL(url, 'http://here').pathname;
};

beforeEach(() => {
  replaceConnection({ ...fakeConnection(new URLSearchParams()), url: (path) => path });
  useEditor.setState({ ...freshSession(), document: sampleProject() });
});

describe('The preview plays', () => {
  it('the first sound from the file, or from its proxy', () => {
    show({ sounds: [stream(1, null), stream(2, '/second')] });
    expect([played(), played(1)]).toEqual(['/original', '/original']);
    show({ sounds: [stream(1, null)], originalPlayable: false });
    expect(played()).toBe('/proxy');
  });

  it('the first sound decoded, where the file cannot be cut exactly', () => {
    show({ sounds: [stream(1, '/first')] });
    expect(played()).toBe('/first');
  });

  it('another sound decoded; while that is not there yet, nothing in its place', () => {
    show({ sounds: [stream(1, null), stream(2, '/second'), stream(3, null)] });
    expect([played(2), played(3)]).toEqual(['/second', null]);
  });

  it('the first sound of a file that lacks the chosen one, as the exporter does', () => {
    show({ sounds: [stream(1, null)] });
    expect(played(7)).toBe('/original');
  });

  it('nothing of a file that is missing', () => {
    show({ sounds: [stream(1, null)] });
    useEditor.setState({ missingMediaIds: ['flower'] });
    expect(played()).toBeNull();
  });
});
