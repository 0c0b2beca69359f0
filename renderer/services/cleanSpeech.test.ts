// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { activeSequence, findClip, type ClipPlace } from '../../core/document/query.ts';
import type { Take } from '../../core/document/schema.ts';
import { samplePack } from '../testing/fakeConnection.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { cleanable, cleanAll, cleanSpeechOffer, compareCleaned, matchingGains } from './cleanSpeech.ts';
import { freshSession, useEditor } from './store.ts';

const { getState } = useEditor;
const footage = { smooth: false, cleanSpeech: true };
const pack = { ...samplePack, id: 'footage', video: null, soundtrack: null, footage };

beforeEach(() => {
  useEditor.setState({ ...freshSession(), document: sampleProject(), readOnly: false, packs: [pack] });
});

const place = (clipId: string): ClipPlace => findClip(getState().document!, clipId)!;
const placesOf = (kind: 'audio' | 'video'): ClipPlace[] =>
  activeSequence(getState().document!)
    .tracks.filter((track) => track.kind === kind)
    .flatMap((track) => track.clips)
    .filter(({ reference, generation }) => reference.kind === 'media' && !generation)
    .map(({ id }) => place(id));
const sound = (): ClipPlace => placesOf('audio').find((each) => cleanSpeechOffer(getState(), each))!;

it('is offered for sounds of files, with the part that the clip plays; not for pictures', () => {
  const pictures = placesOf('video');
  expect(pictures.every((each) => cleanSpeechOffer(getState(), each) === null)).toBe(true);
  const { clip } = sound();
  expect(cleanSpeechOffer(getState(), place(clip.id))).toMatchObject({
    source: { kind: 'media', startTicks: clip.sourceInTicks },
    ...{ packId: 'footage', cleanedDb: null, waits: false },
  });
});

it('says that no pack can do it', () => {
  useEditor.setState({ packs: [samplePack] });
  expect(cleanSpeechOffer(getState(), sound())?.packId).toBeNull();
});

it('is asked for the recording again after it was cleaned, and compared with it', () => {
  const { id } = sound().clip;
  cleanAll(cleanable(getState(), [place(id)]), 30);
  expect(place(id).clip.generation!.request).toMatchObject({ action: 'cleanSpeech', attenuationDb: 30 });
  const some = Object.values(getState().document!.takes)[0]!;
  const take: Take = { ...some, id: 'cleaned', action: 'cleanSpeech', kind: 'audio', loudnessChangeDb: -6 };
  getState().run('addTake', { take, clipId: id });
  const offer = cleanSpeechOffer(getState(), place(id))!;
  expect([offer.source.kind, offer.cleanedDb]).toEqual(['media', 30]);
  compareCleaned(place(id));
  expect(getState().compare).toMatchObject({ a: null, b: 'cleaned', heard: 'b' });
});

it('turns down the louder of two, and nothing up', () => {
  const takes = { one: { loudnessChangeDb: -6 }, two: { loudnessChangeDb: 1 } } as unknown as Record<string, Take>;
  expect(matchingGains(takes, { a: null, b: 'one' })).toEqual({ a: -6, b: 0 });
  expect(matchingGains(takes, { a: 'two', b: null })).toEqual({ a: -1, b: 0 });
  expect(matchingGains(takes, { a: null, b: 'other' })).toEqual({ a: 0, b: 0 });
});
