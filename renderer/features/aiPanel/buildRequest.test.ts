import { beforeEach, describe, expect, it } from 'vitest';
import { createClip, createProject } from '../../../core/document/create.ts';
import { activeSequence } from '../../../core/document/query.ts';
import type { Mask } from '../../../core/document/schema.ts';
import { ticksFromSeconds } from '../../../core/time/ticks.ts';
import { emptySelection, useEditor } from '../../services/store.ts';
import { sampleMedia, sampleTake } from '../../../core/commands/testing/samples.ts';
import { samplePack } from '../../testing/fakeConnection.ts';
import { sampleOf } from '../../../core/actions/testing/sampleRequests.ts';
import { longestPrompt } from '../../../core/actions/requestBase.ts';
import { buildRequest } from './buildRequest.ts';
import { useDraft, type Draft } from '../../services/aiDraft.ts';

const mask: Mask = { kind: 'box', x: 0.1, y: 0.1, width: 0.3, height: 0.3, featherPx: 4 };
const build = (action: 'generate' | 'inpaint' | 'restyle', words: string, more: Partial<Draft> = {}) => {
  const draft = useDraft.getState();
  return buildRequest(
    useEditor.getState(),
    action,
    { ...draft, prompts: { ...draft.prompts, [action]: words }, ...more },
    'starter',
    1,
  );
};
const select = (clipId: string) => useEditor.setState({ selection: { ...emptySelection, clipIds: [clipId] } });

/** Two shots of 2 s with a gap of 2 s between them. */
beforeEach(() => {
  const document = structuredClone(createProject('Test'));
  document.media['m'] = sampleMedia('m', 10);
  const track = activeSequence(document).tracks.find((each) => each.role === 'picture')!;
  const shot = (id: string, seconds: number) => ({
    ...createClip(id, { kind: 'media', mediaId: 'm' }, ticksFromSeconds(seconds), ticksFromSeconds(2)),
    id,
  });
  track.clips.push(shot('before', 0), shot('after', 4));
  useEditor.setState({ document, selection: emptySelection, masks: {} });
});

describe('what is asked for', () => {
  it('is refused as long as the words are longer than is read, and not cut', () => {
    expect(build('generate', 'x'.repeat(longestPrompt))).toMatchObject({
      ok: true,
      request: { prompt: 'x'.repeat(longestPrompt) },
    });
    expect(build('generate', 'x'.repeat(longestPrompt + 1))).toEqual({ ok: false, need: 'shorterPrompt' });
  });

  it('carries the mask of what is to stay when the background is restyled, and none when everything is', () => {
    select('before');
    useEditor.setState({ masks: { before: mask } });
    expect(build('restyle', 'pencil', { scope: 'background' })).toMatchObject({
      ok: true,
      request: { scope: 'background', mask },
    });
    expect(build('restyle', 'pencil', { scope: 'everything' })).toMatchObject({
      ok: true,
      request: { scope: 'everything', mask: null },
    });
    useEditor.setState({ masks: {} });
    expect(build('restyle', 'pencil', { scope: 'masked' })).toEqual({ ok: false, need: 'mask' });
    // words draw nothing into footage
    expect(build('inpaint', 'a hat')).toEqual({ ok: false, need: 'picture' });
  });

  it('fills a gap from the last frame before it to the first one after it', () => {
    const trackId = activeSequence(useEditor.getState().document!).tracks.find((each) => each.role === 'picture')!.id;
    useEditor.setState({
      selection: {
        ...emptySelection,
        gap: { trackId, startTicks: ticksFromSeconds(2), durationTicks: ticksFromSeconds(2) },
      },
    });
    const built = build('generate', '');
    expect(built).toMatchObject({
      ok: true,
      request: {
        action: 'fillGap',
        durationTicks: ticksFromSeconds(2),
        firstFrame: { kind: 'media', mediaId: 'm', sourceTicks: ticksFromSeconds(2) - 1 },
        lastFrame: { kind: 'media', mediaId: 'm', sourceTicks: 0 },
      },
    });
  });
});

describe('the size of what is generated', () => {
  const upscale = (more: Partial<Draft> = {}) => {
    const built = build('generate', 'a fox', more);
    return built.ok && built.request.action === 'generate' ? built.request.upscale : 'none';
  };
  const packs = (factor: 4 | null) =>
    useEditor.setState({ packs: [{ ...samplePack, video: { ...samplePack.video!, upscale: factor } }] });

  it('is the pack’s, or four times that where it was chosen and the pack has an upscaler', () => {
    packs(4);
    expect([upscale(), upscale({ upscale: true }), upscale({ upscale: false })]).toEqual([null, 4, null]);
    packs(null);
    expect(upscale({ upscale: true })).toBe(null);
  });

  it('of another take is that of the clip’s others until another is chosen', () => {
    packs(4);
    const document = structuredClone(useEditor.getState().document!);
    const clip = activeSequence(document)
      .tracks.flatMap((track) => track.clips)
      .find((each) => each.id === 'before')!;
    clip.reference = { kind: 'generated' };
    clip.generation = {
      request: sampleOf('generate', { upscale: 4 }),
      takeIds: [],
      activeTakeId: null,
      failure: null,
    };
    useEditor.setState({ document });
    select('before');
    expect([upscale(), upscale({ upscale: false }), upscale({ asNewClip: true })]).toEqual([4, null, null]);
    clip.generation.request = sampleOf('extend');
    expect(upscale({ upscale: true })).toBe('none');
  });
});

describe('loudness of a soundtrack', () => {
  const asked = () => {
    const built = buildRequest(useEditor.getState(), 'soundtrack', useDraft.getState(), 'starter', 1);
    return built.ok && built.request.action === 'soundtrack' ? built.request.loudnessLufs : null;
  };

  it('is the first preset, then the choice in this project; another project starts from its last soundtrack', () => {
    useEditor.setState({ projectId: 'one' });
    expect(asked()).toBe(-16);
    useDraft.setState({ loudness: -23 });
    expect(asked()).toBe(-23);
    useEditor.setState({ projectId: 'two' });
    expect(asked()).toBe(-16);
    const document = structuredClone(useEditor.getState().document!);
    const made = (clipId: string, loudnessLufs: number, takeIds: string[]) => {
      const clip = activeSequence(document)
        .tracks.flatMap((track) => track.clips)
        .find((each) => each.id === clipId)!;
      clip.generation = {
        request: sampleOf('soundtrack', { stem: 'music', loudnessLufs }),
        takeIds,
        activeTakeId: null,
        failure: null,
      };
    };
    document.takes['early'] = { ...sampleTake('early', 2), createdAt: '2026-01-01' };
    document.takes['late'] = { ...sampleTake('late', 2), createdAt: '2026-02-02' };
    made('before', -14, ['late']);
    made('after', -23, ['early']);
    useEditor.setState({ document });
    expect(asked()).toBe(-14);
    useDraft.setState({ loudness: null });
  });

  it('of another take is its own, unless one was chosen for these very stems', () => {
    const document = structuredClone(useEditor.getState().document!);
    const sequence = activeSequence(document);
    const track = sequence.tracks.find((each) => each.kind === 'audio')!;
    for (const id of ['rain', 'steps']) {
      const request = sampleOf('soundtrack', {
        loudnessLufs: -14,
        sequenceRange: { sequenceId: sequence.id, startTicks: 0, durationTicks: ticksFromSeconds(2) },
      });
      document.takes[`${id}-take`] = sampleTake(`${id}-take`, 2);
      track.clips.push({
        ...createClip(id, { kind: 'generated' }, ticksFromSeconds(id === 'rain' ? 0 : 3), ticksFromSeconds(2)),
        id,
        generation: { request, takeIds: [`${id}-take`], activeTakeId: `${id}-take`, failure: null },
      });
    }
    useEditor.setState({ document, projectId: 'two' });
    useDraft.setState({ loudness: -16, takeLoudness: { clipIds: 'rain', lufs: -23 } });
    select('rain');
    expect(asked()).toBe(-23);
    select('steps');
    expect(asked()).toBe(-14);
    useDraft.setState({ loudness: null, takeLoudness: null });
  });
});
