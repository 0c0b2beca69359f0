import { beforeEach, describe, expect, it } from 'vitest';
import { sampleOf } from '../../core/actions/testing/sampleRequests.ts';
import { findClip } from '../../core/document/query.ts';
import type { GenerationRequest } from '../../core/document/schema.ts';
import { samplePack } from '../testing/fakeConnection.ts';
import { sampleProject, seconds } from '../testing/sampleProject.ts';
import { compareTakes, upscalable, upscaleTake } from './generation.ts';
import { useEditor } from './store.ts';

const { getState, setState } = useEditor;

beforeEach(() => setState({ document: sampleProject(), compare: null, playing: 1, playheadTicks: seconds(1) }));

it('comparing goes to the clip when the playhead is elsewhere, and leaves it alone when it is there', () => {
  expect(compareTakes('made-1')).toBe(true);
  expect([getState().playheadTicks, getState().playing, getState().compare]).toMatchObject([
    seconds(16.5),
    0,
    { a: 't1', b: 't2' },
  ]);
  setState({ playheadTicks: seconds(18) });
  compareTakes('made-1');
  expect(getState().playheadTicks).toBe(seconds(18));
});

it('there is nothing to compare where there is one thing to show', () => {
  expect([compareTakes('flower-0'), getState().compare, getState().playheadTicks]).toEqual([false, null, seconds(1)]);
});

describe('upscaling a take', () => {
  const clip = () => findClip(getState().document!, 'made-1')!.clip;
  beforeEach(() => setState({ packs: [samplePack], jobs: {}, staleClips: {}, projectId: null }));

  it('asks for the same take by its own seed, four times as wide and high; undo takes the asking back', () => {
    const { request } = clip().generation!;
    const shown = getState().document!.takes['t2']!;
    getState().run('setGeneration', {
      sequenceId: getState().document!.activeSequenceId,
      clipId: 'made-1',
      request: { ...request, seed: 99 },
    });
    upscaleTake('made-1');
    expect(clip().generation).toMatchObject({
      request: { ...request, seed: shown.seed, upscale: 4 },
      takeIds: ['t1', 't2'],
      activeTakeId: 't2',
    });
    getState().undo();
    expect(clip().generation!.request).toEqual({ ...request, seed: 99 });
  });

  it('is not there for what is large, stale, made from another clip, or made by a pack without an upscaler', () => {
    const could = (change: () => void) => {
      setState({ document: sampleProject(), packs: [samplePack], staleClips: {} });
      change();
      return upscalable(getState(), clip()) !== null;
    };
    const asked = (request: GenerationRequest) => () => {
      const document = sampleProject();
      const { generation } = findClip(document, 'made-1')!.clip;
      generation!.request = request;
      setState({ document });
    };
    expect(could(() => undefined)).toBe(true);
    expect(could(asked(sampleOf('generate', { upscale: 4 })))).toBe(false);
    expect(could(asked(sampleOf('extend')))).toBe(false);
    expect(could(() => setState({ staleClips: { 'made-1': true } }))).toBe(false);
    expect(could(() => setState({ packs: [{ ...samplePack, video: { ...samplePack.video!, upscale: null } }] }))).toBe(
      false,
    );
    expect(could(() => setState({ packs: [{ ...samplePack, video: { ...samplePack.video!, width: 512 } }] }))).toBe(
      false,
    );
  });
});
