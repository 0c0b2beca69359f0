import { BasicSoundBank } from 'spessasynth_core';
import { expect, test } from 'vitest';
import { feels } from './moods.ts';
import { openPlayer } from './musicPlayer.ts';
import { planMusic } from './musicPlan.ts';
import type { RenderOrder } from './musicScore.ts';
import { notesFromTokens, tokenId } from './musicTokens.ts';
import { openSoundFont } from './soundFont.ts';

/** A SoundFont of one saw wave, 890 bytes, written by the library. */
const tiny = (): ArrayBuffer => BasicSoundBank.getSampleSoundBankFile();
const words = [
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
];
const notes = notesFromTokens(words.map(tokenId));
const order: RenderOrder = {
  plan: planMusic('happy', 2, 120, []),
  ensemble: feels.happy.ensemble,
  keySemitones: 2,
  mode: null,
  seed: 9,
  hitSeconds: [],
};

async function played(font: ArrayBuffer | null, changes: Partial<RenderOrder> = {}, pieces = notes) {
  const { player, playedBy } = await openPlayer(
    { notes: pieces, order: { ...order, ...changes } },
    font && { read: async () => font },
  );
  const left = new Float32Array(3 * 48000);
  const right = new Float32Array(left.length);
  for (let at = 0; at < left.length; at += 48000)
    player.render(left.subarray(at, at + 48000), right.subarray(at, at + 48000));
  return { left, right, playedBy };
}

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
/** Compared as bytes: `toEqual` takes seconds over this many samples. */
const bytesOf = (samples: Float32Array): Buffer => Buffer.from(samples.buffer);
const firstSound = (samples: Float32Array): number => samples.findIndex((value) => Math.abs(value) > 1e-3);

test('the same notes, seed and SoundFont give the same bytes', async () => {
  const one = await played(tiny());
  expect(one.playedBy).toEqual({ kind: 'soundFont' });
  expect(bytesOf((await played(tiny())).left).equals(bytesOf(one.left))).toBe(true);
  expect(rms(one.left)).toBeGreaterThan(0.01);
});

test('a note begins at the sample where the built-in instrument begins it', async () => {
  const melody = notesFromTokens(['BAR', 'SEC_verse', 'CHORD_0maj', 'DYN_2', 'POS_4', 'MEL_72', 'DUR_4'].map(tokenId));
  const [font, builtIn] = [await played(tiny(), {}, melody), await played(null, {}, melody)];
  expect(Math.abs(firstSound(font.left) - firstSound(builtIn.left))).toBeLessThan(96);
});

test('it is about as loud as the built-in instruments, whatever its own level', async () => {
  const melody = notesFromTokens(['BAR', 'SEC_verse', 'CHORD_0maj', 'DYN_2', 'POS_0', 'MEL_72', 'DUR_16'].map(tokenId));
  const [font, builtIn] = [await played(tiny(), {}, melody), await played(null, {}, melody)];
  expect(Math.abs(20 * Math.log10(rms(font.left) / rms(builtIn.left)))).toBeLessThan(6);
});

test('notes end without a click, then there is silence', async () => {
  const { left } = await played(tiny());
  expect(rms(left.subarray(-4800))).toBeLessThan(rms(left) / 10);
});

test('a hit is struck by the built-in low drum too', async () => {
  const { left } = await played(tiny(), { hitSeconds: [0.5] }, []);
  expect(Math.abs(firstSound(left) - 24000)).toBeLessThan(96);
});

test('the built-in instruments replace a broken SoundFont, and the reason is reported', async () => {
  const builtIn = await played(null);
  expect(builtIn.playedBy).toEqual({ kind: 'builtIn', problem: null });
  for (const [bytes, reason] of [
    [new TextEncoder().encode('MThd, not a SoundFont').buffer, 'not a SoundFont'],
    [tiny().slice(0, 500), 'cut short: 500 of 890 bytes'],
    [damaged(), 'damaged'],
    [new ArrayBuffer(0), 'not a SoundFont'],
  ] as const) {
    const broken = await played(bytes);
    expect(broken.playedBy).toEqual({ kind: 'builtIn', problem: expect.stringContaining(reason) as string });
    expect(bytesOf(broken.left).equals(bytesOf(builtIn.left))).toBe(true);
  }
});

test('its own name is read', async () => {
  expect(await openSoundFont(tiny())).toMatchObject({ name: expect.stringMatching(/\S/) as string, presetCount: 1 });
});

/** Its list of presets overwritten. */
function damaged(): ArrayBuffer {
  const bytes = tiny();
  const view = new Uint8Array(bytes);
  const at = Buffer.from(bytes).indexOf('phdr');
  view.fill(0x41, at - 8, at + 20);
  return bytes;
}
