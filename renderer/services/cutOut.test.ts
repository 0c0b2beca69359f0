// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { activeSequence, clipEnd, findClip } from '../../core/document/query.ts';
import type { Clip, Track } from '../../core/document/schema.ts';
import { startI18n } from '../i18n/i18n.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { addCutOut, cutOutProblem } from './cutOut.ts';
import { freshSession, useEditor } from './store.ts';

await startI18n('en');
const { getState } = useEditor;
const mask = { kind: 'painted', png: 'data:image/png;base64,AAAA', featherPx: 0 } as const;
let shot: Clip;
let track: Track;

beforeEach(() => {
  const document = sampleProject();
  const tracks = activeSequence(document).tracks.filter(({ kind }) => kind === 'video');
  const isShot = ({ reference, generation }: Clip): boolean => reference.kind === 'media' && generation === null;
  track = tracks.find(({ clips }) => clips.some(isShot))!;
  shot = track.clips.find(isShot)!;
  useEditor.setState({ ...freshSession(), document, readOnly: false, masks: { [shot.id]: mask } });
});

const tracksNow = (): readonly Track[] => activeSequence(getState().document!).tracks;
const placeOf = (id: string) => findClip(getState().document!, id)!;

it('stands right above its shot, shows the same stretch, and asks for what the mask covers', () => {
  const id = addCutOut(shot.id)!;
  const { clip, track: above } = placeOf(id);
  expect(tracksNow().indexOf(above)).toBe(tracksNow().findIndex((each) => each.id === track.id) + 1);
  const { startTicks, durationTicks, sourceInTicks, speed, transform, reference } = shot;
  expect(clip).toMatchObject({ startTicks, durationTicks, sourceInTicks, speed, transform, reference, linkId: null });
  expect(clip.generation!.request).toMatchObject({ action: 'cutOut', mask, source: { kind: 'media' } });
  // its mask can be changed, and cut out again in its place
  expect(getState().masks[id]).toEqual(mask);
});

it('another ground lies between the two for as long as the shot is, and one undo takes all of it back', () => {
  const before = getState().document;
  const film = Object.values(before!.media).find(({ kind }) => kind === 'video')!;
  const id = addCutOut(shot.id, { kind: 'media', mediaId: film.id })!;
  const tracks = tracksNow();
  const at = tracks.findIndex(({ clips }) => clips.some((clip) => clip.id === id));
  expect(tracks[at - 2]!.id).toBe(track.id);
  const grounds = tracks[at - 1]!.clips;
  expect(grounds[0]!.startTicks).toBe(shot.startTicks);
  expect(clipEnd(grounds.at(-1)!)).toBe(clipEnd(shot));
  for (const [index, ground] of grounds.entries()) {
    expect(ground.reference).toEqual({ kind: 'media', mediaId: film.id });
    if (index > 0) expect(ground.startTicks).toBe(clipEnd(grounds[index - 1]!));
  }
  getState().undo();
  expect(getState().document!.sequences).toEqual(before!.sequences);
});

it('a colour stands behind it as a clip of that colour', () => {
  const id = addCutOut(shot.id, { kind: 'colour', color: '#00b140' })!;
  const at = tracksNow().findIndex(({ clips }) => clips.some((clip) => clip.id === id));
  expect(tracksNow()[at - 1]!.clips).toMatchObject([
    { reference: { kind: 'solid', color: '#00b140' }, durationTicks: shot.durationTicks },
  ]);
});

it('a mask that follows is used once it has been followed', () => {
  const keys = [{ sourceTicks: 0, png: mask.png }];
  useEditor.setState({ masks: { [shot.id]: { kind: 'followed', keys, featherPx: 0 } } });
  expect(cutOutProblem(getState(), shot.id)).toBe('notFollowed');
  expect(addCutOut(shot.id)).toBeNull();
  useEditor.setState({ masks: {} });
  expect(cutOutProblem(getState(), shot.id)).toBe('mask');
});
