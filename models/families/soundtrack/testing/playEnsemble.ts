/** Five seconds of an ensemble: two bars of one tune. */
import { BuiltInPlayer } from '../musicRender.ts';
import { planMusic } from '../musicPlan.ts';
import { scoreOf, type RenderOrder } from '../musicScore.ts';
import type { Note } from '../musicTokens.ts';
import { SoundFontPlayer, type SoundFont } from '../soundFont.ts';
import { MemorySound } from '../soundStore.ts';

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

/** Plays with a SoundFont, or with the built-in instruments if `font` is null. */
export async function playEnsemble(ensemble: RenderOrder['ensemble'], font: SoundFont | null): Promise<MemorySound> {
  const order: RenderOrder = {
    plan: planMusic('happy', 4, 120, []),
    ensemble,
    keySemitones: 0,
    mode: null,
    seed: 1,
    hitSeconds: [],
  };
  const score = scoreOf([...bar(0), ...bar(16)], order);
  const player = font ? await SoundFontPlayer.open(font, score, order) : new BuiltInPlayer(score);
  const sound = new MemorySound(5 * 48000);
  for (let at = 0; at < sound.sampleCount; at += 48000)
    player.render(sound.left.subarray(at, at + 48000), sound.right.subarray(at, at + 48000));
  return sound;
}
