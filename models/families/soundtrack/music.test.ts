import { expect, test } from 'vitest';
import type { GraphSession } from '../pipeline.ts';
import { bass, drum, lead, piano, pluck, strings } from './instruments.ts';
import { renderNotes } from './musicRender.ts';
import { samplePiece } from './musicSampler.ts';
import { notesFromTokens, planForm, tokenId, tokenKinds, tokenNames } from './musicTokens.ts';
import { planTempo } from './pipeline.ts';
import { Random } from './random.ts';

/** Logits that depend only on the token before: enough to see the grammar hold. */
const fakeMusic: GraphSession = {
  inputNames: ['token', 'position', 'past'],
  outputNames: ['logits', 'present'],
  run: async (feeds) => {
    const tokens = feeds['token']!.data as BigInt64Array;
    const logits = new Float32Array(tokens.length * tokenNames.length);
    const last = Number(tokens[tokens.length - 1]);
    for (let id = 0; id < tokenNames.length; id++) logits[(tokens.length - 1) * tokenNames.length + id] = Math.sin(id * 12.9898 + last * 78.233) * 3;
    return { logits: { type: 'float32', data: logits, dims: [1, tokens.length, tokenNames.length] }, present: feeds['past']! as never };
  },
};

test('the language has the 243 tokens the model was trained on', () => {
  expect(tokenNames).toHaveLength(243);
  expect(tokenKinds[tokenId('PAD_60')]).toBe('note');
  expect(tokenKinds[0]).toBe('end');
});

test('sampled pieces keep the grammar and the form', async () => {
  const form = planForm(12);
  const tokens = await samplePiece(fakeMusic, { mood: 'happy', tempoBucket: 2, form, temperature: 1 }, new Random(3), { checkCancelled: () => {} }, () => {});
  expect(tokens.filter((id) => tokenKinds[id] === 'bar')).toHaveLength(12);
  expect(tokens.filter((id) => tokenKinds[id] === 'section').map((id) => tokenNames[id]!.slice(4))).toEqual(form);
  for (const [i, id] of tokens.entries()) if (tokenKinds[id] === 'duration') expect(tokenKinds[tokens[i - 1]!]).toBe('note');
  for (const note of notesFromTokens(tokens)) expect(note.startSixteenth).toBeLessThan(12 * 16);
});

test('a form ends, whatever its length', () => {
  for (let bars = 1; bars < 60; bars++) {
    expect(planForm(bars)).toHaveLength(bars);
    expect(planForm(bars).at(-1)).toBe('last');
  }
});

test('an asked tempo is kept, another is bent so that whole bars fill the time', () => {
  expect(planTempo('happy', 45, 90).bpm).toBe(90);
  const free = planTempo('happy', 45, undefined);
  expect((free.bars * 240) / free.bpm).toBeCloseTo(45, 0);
});

test('instruments speak at their pitch, start without a click and end in silence', () => {
  for (const play of [piano, strings, pluck, bass, lead]) {
    const sound = play(57, 0.5);
    expect(sound.every(Number.isFinite)).toBe(true);
    expect(Math.max(...sound.map(Math.abs))).toBeGreaterThan(0.05);
    expect(Math.max(...sound.map(Math.abs))).toBeLessThan(3);
    expect(Math.abs(sound[sound.length - 1]!)).toBeLessThan(1e-3);
  }
  for (let i = 0; i < 6; i++) expect(drum(i).every(Number.isFinite)).toBe(true);
});

test('the same notes and seed give the same samples, of exactly the asked count', () => {
  const notes = notesFromTokens(['BAR', 'SEC_verse', 'CHORD_0maj', 'DYN_2', 'POS_0', 'DRUM_kick', 'BASS_36', 'DUR_4', 'PAD_60', 'DUR_8', 'POS_4', 'MEL_72', 'DUR_4'].map(tokenId));
  const order = { mood: 'happy', bpm: 100, keySemitones: 2, sampleCount: 50001, seed: 9, hitSeconds: [0.5] } as const;
  const one = renderNotes(notes, order);
  expect(one.left).toHaveLength(50001);
  expect(renderNotes(notes, order).left).toEqual(one.left);
  expect(Math.max(...one.left.map(Math.abs))).toBeGreaterThan(0.01);
});
