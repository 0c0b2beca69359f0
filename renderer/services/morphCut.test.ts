// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import type { CutMatch } from '../../core/contract/joins.ts';
import type { EngineConnection } from '../../core/contract/contract.ts';
import { sentence } from '../../core/contract/sentence.ts';
import { startI18n } from '../i18n/i18n.ts';
import { fakeConnection } from '../testing/fakeConnection.ts';
import { sampleProject, seconds } from '../testing/sampleProject.ts';
import { replaceConnection } from './connection.ts';
import { morphCut } from './morphCut.ts';
import { sequenceOf } from './selectors.ts';
import { emptySelection, freshSession, setOutbox, useEditor } from './store.ts';

const { getState, setState } = useEditor;
const frame = seconds(1 / 30);
let match: CutMatch = { framesBefore: 4, framesAfter: 3, refusal: null };
const spans = () =>
  sequenceOf(getState())!
    .tracks.find(({ role }) => role === 'picture')!
    .clips.map((clip) => [clip.id, clip.startTicks, clip.startTicks + clip.durationTicks] as const);

beforeEach(async () => {
  await startI18n('en');
  setOutbox(null, 1);
  const other = fakeConnection(new URLSearchParams());
  const call = (method: string, params: never) =>
    method === 'joins.matchCut' ? Promise.resolve(match) : other.call(method as never, params);
  replaceConnection({ ...other, call: call as EngineConnection['call'] });
  const selection = { ...emptySelection, clipIds: ['roof-5'] };
  setState({ ...freshSession(), document: sampleProject(), projectId: 'p', readOnly: false, selection });
});

it('stands between the frames that were found, and is one step of the history', async () => {
  match = { framesBefore: 4, framesAfter: 3, refusal: null };
  const before = spans();
  await morphCut();
  const [from, to] = [seconds(7) - 4 * frame, seconds(7) + 3 * frame];
  expect(spans().find(([id]) => id === 'roof-5')![2]).toBe(from);
  expect(spans().find(([id]) => id === 'cupsA-7')![1]).toBe(to);
  const morph = spans().find(([, start]) => start === from)!;
  expect(morph[2]).toBe(to);
  const clip = sequenceOf(getState())!
    .tracks.flatMap(({ clips }) => clips)
    .find(({ id }) => id === morph[0])!;
  expect(clip.generation!.request).toMatchObject({
    ...{ action: 'fillGap', way: 'morph' },
    firstFrame: { mediaId: 'roof' },
    lastFrame: { mediaId: 'cupsA', sourceTicks: seconds(30) + 3 * frame },
  });
  getState().undo();
  expect(spans()).toEqual(before);
});

it('says at once that it looks, before the answer is there', async () => {
  match = { framesBefore: 4, framesAfter: 3, refusal: null };
  const searching = morphCut();
  expect(getState().notices.at(-1)!.words).toMatchObject({ kind: 'words', key: 'shell:morphSearch' });
  await searching;
  expect(getState().notices.at(-1)!.words).toMatchObject({ sentence: { key: 'join.cutMatched' } });
});

it('where the pictures are too different it says so and changes nothing', async () => {
  match = { framesBefore: 0, framesAfter: 0, refusal: sentence('join.tooDifferent') };
  const before = spans();
  await morphCut();
  expect(spans()).toEqual(before);
  expect(getState().notices.at(-1)!.words).toMatchObject({ kind: 'sentence', sentence: { key: 'join.tooDifferent' } });
});
