// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { activeSequence, findClip, type ClipPlace } from '../../core/document/query.ts';
import type { Take } from '../../core/document/schema.ts';
import { samplePack } from '../testing/fakeConnection.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { acceptSmooth, smoothNumbers, smoothOffer } from './smooth.ts';
import { freshSession, useEditor } from './store.ts';

const { getState } = useEditor;
const footagePack = { ...samplePack, id: 'footage', video: null, soundtrack: null, footage: { smooth: true } };

beforeEach(() => {
  useEditor.setState({ ...freshSession(), document: sampleProject(), readOnly: false, packs: [footagePack] });
});

const place = (clipId: string): ClipPlace => findClip(getState().document!, clipId)!;

/** A film of 30 frames a second in a sequence of 30, played at a speed. */
function playedAt(percent: number): ClipPlace {
  const { id: sequenceId, tracks } = activeSequence(getState().document!);
  const clips = tracks.filter(({ kind }) => kind === 'video').flatMap((track) => track.clips);
  const { id: clipId } = clips.find(({ reference, generation }) => reference.kind === 'media' && !generation)!;
  const speed = { num: percent, den: 100 };
  getState().run('setClipSpeed', { sequenceId, clipId, speed, reversed: false, ripple: true });
  return place(clipId);
}

it('offers nothing for a film that has frames enough', () => {
  expect([100, 200].map((percent) => smoothOffer(getState(), playedAt(percent)))).toEqual([null, null]);
});

it('offers twice the frames at half speed, from the part of the film that the clip shows', () => {
  const { clip } = playedAt(50);
  const offer = smoothOffer(getState(), place(clip.id))!;
  expect(offer).toMatchObject({ why: 'slow', rate: { num: 60, den: 1 }, packId: 'footage' });
  expect(offer.source).toMatchObject({ kind: 'media', startTicks: clip.sourceInTicks });
  expect(offer.source.durationTicks * 2).toBeCloseTo(clip.durationTicks, -1);
  expect(smoothNumbers(offer)).toEqual({ own: '30', sequence: '30', made: '60', times: 2 });
});

it('says which pack is missing instead of asking for one that cannot', () => {
  useEditor.setState({ packs: [samplePack] });
  expect(smoothOffer(getState(), playedAt(50))?.packId).toBeNull();
});

it('the request goes onto the clip; a take with those frames needs no other, a slower clip does', () => {
  const { clip } = playedAt(50);
  const offer = smoothOffer(getState(), place(clip.id))!;
  acceptSmooth(place(clip.id), offer);
  const request = place(clip.id).clip.generation!.request;
  expect(request).toMatchObject({ action: 'smooth', rate: { num: 60, den: 1 }, packId: 'footage' });
  const made: Take = {
    ...Object.values(getState().document!.takes)[0]!,
    id: 'smooth-take',
    action: 'smooth',
    rate: { num: 60, den: 1 },
    parentTakeId: null,
  };
  getState().run('addTake', { take: made, clipId: clip.id });
  expect(place(clip.id).clip.generation!.activeTakeId).toBe('smooth-take');
  expect(smoothOffer(getState(), place(clip.id))).toBeNull();
  const slower = smoothOffer(getState(), playedAt(25))!;
  // from what was filmed, not from the frames in between
  expect([slower.rate, slower.source.kind]).toEqual([{ num: 120, den: 1 }, 'media']);
});
