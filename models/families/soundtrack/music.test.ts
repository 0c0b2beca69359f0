import { expect, test } from 'vitest';
import type { GraphSession } from '../pipeline.ts';
import { drum } from './instruments.ts';
import { bendMode, planMusic } from './musicPlan.ts';
import { feelNames, feels } from './moods.ts';
import { BuiltInPlayer } from './musicRender.ts';
import { scoreOf } from './musicScore.ts';
import { samplePiece } from './musicSampler.ts';
import { notesFromTokens, tokenId, tokenKinds, tokenNames } from './musicTokens.ts';
import { anyPlayers, chooseEnsemble, ensembles, instrumentNames } from './orchestration.ts';
import { Random } from './random.ts';
import { firstDifference } from '../../../core/time/testing/firstDifference.node.ts';

/** Logits that depend only on the token before: enough to see the grammar hold. */
const fakeMusic: GraphSession = {
  inputNames: ['token', 'position', 'past'],
  outputNames: ['logits', 'present'],
  run: async (feeds) => {
    const tokens = feeds['token']!.data as BigInt64Array;
    const logits = new Float32Array(tokens.length * tokenNames.length);
    const last = Number(tokens[tokens.length - 1]);
    for (let id = 0; id < tokenNames.length; id++)
      logits[(tokens.length - 1) * tokenNames.length + id] = Math.sin(id * 12.9898 + last * 78.233) * 3;
    return {
      logits: { type: 'float32', data: logits, dims: [1, tokens.length, tokenNames.length] },
      present: feeds['past']! as never,
    };
  },
};

test('the language has the 243 tokens the model was trained on', () => {
  expect(tokenNames).toHaveLength(243);
  expect(tokenKinds[tokenId('PAD_60')]).toBe('note');
  expect(tokenKinds[0]).toBe('end');
});

test('sampled pieces keep the grammar and the form', async () => {
  const form = planMusic('happy', 27.7, null, []).bars.map((bar) => bar.section);
  const tokens = await samplePiece(
    fakeMusic,
    { mood: 'happy', tempoBucket: 2, form, settled: true, temperature: 1 },
    new Random(3),
    { checkCancelled: () => {} },
    () => {},
  );
  expect(tokens.filter((id) => tokenKinds[id] === 'bar')).toHaveLength(form.length);
  expect(tokens.filter((id) => tokenKinds[id] === 'section').map((id) => tokenNames[id]!.slice(4))).toEqual(form);
  for (const [i, id] of tokens.entries())
    if (tokenKinds[id] === 'duration') expect(tokenKinds[tokens[i - 1]!]).toBe('note');
  for (const note of notesFromTokens(tokens)) expect(note.startSixteenth).toBeLessThan(12 * 16);
});

test('a piece ends, whatever its length, and its bars fill the time', () => {
  for (const feel of feelNames) {
    for (let seconds = 2; seconds < 130; seconds += 7.3) {
      const { bars, bpm } = planMusic(feel, seconds, null, []);
      const end = bars.at(-1)!;
      expect(end.section).toBe('last');
      expect(end.startSeconds + end.sixteenthSeconds * end.sixteenths).toBeCloseTo(seconds, 6);
      if (seconds > 12) expect(Math.abs(bpm / feels[feel].bpm - 1)).toBeLessThan(0.13);
    }
  }
});

test('sections begin on the cuts: by bars that stretch a little, or at an asked tempo on the nearest beat', () => {
  const cuts = [7.1, 9, 15.8, 24.3, 33];
  const free = planMusic('happy', 45, null, cuts);
  const begun = free.bars.filter((bar) => bar.onCut).map((bar) => bar.startSeconds);
  expect(begun.length).toBeGreaterThanOrEqual(3);
  for (const start of begun) expect(Math.min(...cuts.map((cut) => Math.abs(cut - start)))).toBeLessThan(1e-6);
  for (const bar of free.bars) expect(Math.abs((bar.sixteenthSeconds * 16 * free.bpm) / 240 - 1)).toBeLessThan(0.13);
  for (const [i, bar] of free.bars.entries()) if (bar.onCut) expect(bar.section).not.toBe(free.bars[i - 1]!.section);

  const kept = planMusic('happy', 45, 120, cuts);
  expect(kept.bpm).toBe(120);
  const onBeat = kept.bars.filter((bar) => bar.onCut).map((bar) => bar.startSeconds);
  expect(onBeat.length).toBe(4);
  for (const start of onBeat) expect(Math.min(...cuts.map((cut) => Math.abs(cut - start)))).toBeLessThanOrEqual(0.2501);
  for (let i = 1; i < kept.bars.length; i++)
    expect(kept.bars[i]!.startSeconds).toBeCloseTo(
      kept.bars[i - 1]!.startSeconds + kept.bars[i - 1]!.sixteenths * 0.125,
      6,
    );
});

test('another mode keeps the tonic and the fifth', () => {
  const major = [0, 2, 4, 5, 7, 9, 11];
  expect(major.map((p) => bendMode(60 + p, 'minor') - 60)).toEqual([0, 2, 3, 5, 7, 8, 11]);
  expect([0, 2, 3, 5, 7, 8, 10].map((p) => bendMode(60 + p, 'major') - 60)).toEqual([0, 2, 4, 5, 7, 9, 11]);
});

test('an ensemble, the melody, the figure under it and the drums are as asked for', () => {
  expect(feelNames.length).toBeGreaterThanOrEqual(12);
  expect(instrumentNames.length).toBeGreaterThanOrEqual(12);
  const plain = feels.calm.ensemble;
  expect(chooseEnsemble(anyPlayers, plain)).toEqual(plain);
  for (const name of Object.keys(ensembles) as (keyof typeof ensembles)[])
    expect(chooseEnsemble({ ...anyPlayers, ensemble: name }, plain)).toEqual(ensembles[name]);
  const two = chooseEnsemble({ ...anyPlayers, instruments: ['cello', 'harp'] }, plain);
  expect([two.name, two.seats.MEL.name, two.seats.ARP.name]).toEqual(['cello and harp', 'cello', 'harp']);
  const alone = chooseEnsemble(
    { ...anyPlayers, instruments: ['piano'], solo: true, drums: 'none' },
    feels.happy.ensemble,
  );
  expect(new Set(Object.values(alone.seats).map(({ name }) => name))).toEqual(new Set(['piano']));
  expect(alone.kit.levels).toEqual([0, 0, 0, 0, 0]);
  expect(plain.kit.levels).toEqual([0, 0, 0, 0, 0]);
  expect(chooseEnsemble({ ...anyPlayers, drums: 'wanted' }, plain).kit.levels).toEqual([1, 1, 1, 1, 1]);
});

/** Every instrument that anything can call. */
const everyInstrument = new Map(
  Object.values(ensembles)
    .flatMap((ensemble) => Object.values(ensemble.seats))
    .concat(feelNames.flatMap((name) => Object.values(feels[name].ensemble.seats)))
    .map((seat) => [seat.name, seat.play]),
);

test.each([...everyInstrument])('%s speaks at its pitch, starts without a click and ends in silence', (_name, play) => {
  const sound = play(57, 0.6);
  expect(sound.every(Number.isFinite)).toBe(true);
  expect(Math.max(...sound.map(Math.abs))).toBeGreaterThan(0.05);
  expect(Math.max(...sound.map(Math.abs))).toBeLessThan(3);
  expect(Math.abs(sound[0]!)).toBeLessThan(0.05);
  expect(Math.abs(sound[sound.length - 1]!)).toBeLessThan(1e-3);
  // its period: the strongest autocorrelation near 220 Hz and its octaves lies on one of them
  const middle = sound.subarray(6000, 22000);
  const like = (lag: number): number => {
    let product = 0;
    for (let i = 0; i + lag < middle.length; i++) product += middle[i]! * middle[i + lag]!;
    return product / (middle.length - lag);
  };
  let best = 0;
  for (let lag = 190; lag < 480; lag++) if (like(lag) > like(best || 190)) best = lag;
  expect(Math.min(Math.abs(48000 / best / 220 - 1), Math.abs(48000 / best / 110 - 1))).toBeLessThan(0.02);
});

test('drums are finite', () => {
  for (let i = 0; i < 7; i++) expect(drum(i).every(Number.isFinite)).toBe(true);
});

test('the same notes and seed give the same samples, whatever the blocks', () => {
  const notes = notesFromTokens(
    [
      'BAR',
      'SEC_verse',
      'CHORD_0maj',
      'DYN_2',
      'POS_0',
      'DRUM_kick',
      'BASS_36',
      'DUR_4',
      'PAD_60',
      'DUR_8',
      'POS_4',
      'MEL_72',
      'DUR_4',
    ].map(tokenId),
  );
  const order = {
    plan: planMusic('happy', 2, 120, []),
    ensemble: feels.happy.ensemble,
    keySemitones: 2,
    mode: null,
    seed: 9,
    hitSeconds: [0.5],
  };
  const played = (block: number): Float32Array => {
    const player = new BuiltInPlayer(scoreOf(notes, order));
    const out = new Float32Array(50001);
    for (let at = 0; at < out.length; at += block)
      player.render(out.subarray(at, at + block), new Float32Array(Math.min(block, out.length - at)));
    return out;
  };
  const whole = played(50001);
  expect(Math.max(...whole.map(Math.abs))).toBeGreaterThan(0.01);
  expect(firstDifference(played(50001), whole)).toBe(-1);
  expect(firstDifference(played(4096), whole)).toBe(-1);
});
