// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { activeSequence, findClip, type ClipPlace } from '../../core/document/query.ts';
import type { Take } from '../../core/document/schema.ts';
import { samplePack } from '../testing/fakeConnection.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { cleanPicture, comparePicture, noChoice, pictureOffer, pictureRequest } from './cleanPicture.ts';
import { takeBelow } from './clipTakes.ts';
import { freshSession, useEditor } from './store.ts';

const { getState } = useEditor;
const pack = { ...samplePack, id: 'footage', video: null, soundtrack: null, footage: { smooth: false, upscale: true } };

beforeEach(() => {
  useEditor.setState({ ...freshSession(), document: sampleProject(), readOnly: false, packs: [pack] });
});

const place = (clipId: string): ClipPlace => findClip(getState().document!, clipId)!;
const film = (): ClipPlace => {
  const { tracks } = activeSequence(getState().document!);
  const clips = tracks.filter(({ kind }) => kind === 'video').flatMap((track) => track.clips);
  const { id } = clips.find(({ reference, generation }) => reference.kind === 'media' && !generation)!;
  return place(id);
};

it('asks for nothing while nothing is chosen', () => {
  const offer = pictureOffer(getState(), film())!;
  expect(pictureRequest(film(), offer, noChoice)).toBeNull();
  expect(pictureRequest(film(), offer, { ...noChoice, scale: 2 })).toMatchObject({ action: 'enhance', scale: 2 });
});

it('of a photograph only the size is changed', () => {
  const offer = { ...pictureOffer(getState(), film())!, still: true };
  expect(pictureRequest(film(), offer, { ...noChoice, denoise: 1, deflicker: true })).toBeNull();
  expect(pictureRequest(film(), offer, { ...noChoice, scale: 2, denoise: 1 })).toMatchObject({ denoise: 0, scale: 2 });
});

it('says which pack is missing instead of asking for one that cannot', () => {
  useEditor.setState({ packs: [samplePack] });
  const offer = pictureOffer(getState(), film())!;
  expect([offer.packId, pictureRequest(film(), offer, { ...noChoice, scale: 2 })]).toEqual([null, null]);
});

it('a cleaned take shows what it was made with, is made again of what was filmed, and compared with it', () => {
  const { id } = film().clip;
  const choice = { ...noChoice, denoise: 0.5 };
  cleanPicture(place(id), pictureRequest(place(id), pictureOffer(getState(), place(id))!, choice)!);
  const some = Object.values(getState().document!.takes)[0]!;
  const take: Take = { ...some, id: 'cleaned', action: 'enhance', kind: 'video', parentTakeId: null };
  getState().run('addTake', { take, clipId: id });
  expect(pictureOffer(getState(), place(id))).toMatchObject({ cleaned: choice, source: { kind: 'media' } });
  comparePicture(place(id));
  expect(getState().compare).toMatchObject({ clipId: id, a: null, b: 'cleaned' });
});

it('a restyled take is cleaned as it is shown, and once only', () => {
  const { id } = film().clip;
  const some = Object.values(getState().document!.takes)[0]!;
  const look: Take = { ...some, id: 'look', action: 'restyle', kind: 'video', parentTakeId: null, sourceStartTicks: 0 };
  cleanPicture(place(id), pictureRequest(place(id), pictureOffer(getState(), place(id))!, { ...noChoice, scale: 2 })!);
  getState().run('addTake', { take: look, clipId: id });
  const offer = pictureOffer(getState(), place(id))!;
  expect(offer).toMatchObject({ cleaned: null, madeBefore: true, source: { kind: 'take', id: 'look' } });
  cleanPicture(place(id), pictureRequest(place(id), offer, { ...noChoice, scale: 2 })!);
  getState().run('addTake', {
    take: { ...look, id: 'larger', action: 'enhance', parentTakeId: 'look' },
    clipId: id,
  });
  expect(pictureOffer(getState(), place(id))).toMatchObject({
    cleaned: { ...noChoice, scale: 2 },
    source: { kind: 'take', id: 'look' },
  });
  comparePicture(place(id));
  expect(getState().compare).toMatchObject({ a: 'look', b: 'larger' });
  const { takes } = getState().document!;
  const circle = {
    ...getState().document!,
    takes: { ...takes, larger: { ...takes['larger']!, parentTakeId: 'larger' } },
  };
  expect(takeBelow(circle, circle.takes['larger'], 'enhance')).toBeNull();
});
