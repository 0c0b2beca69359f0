/**
 * A sensible sentence from the picture alone, shown before anything runs; and the music's mood from words or picture.
 */
import type { PictureAnalysis } from './features.ts';
import { feelInWords, feels, type FeelName } from './moods.ts';
import { orchestraWords } from './orchestration.ts';

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Pure: the same picture gets the same words, all of them known to the starter pack. */
export function suggestSoundtrackPrompt(picture: PictureAnalysis | null): string {
  if (picture === null) return 'quiet room';
  const [red, green, blue] = picture.meanColour;
  const light = mean(picture.brightness);
  const lively = picture.onsets.length / Math.max(1, picture.durationSeconds);
  const steps = lively > 0.5;
  if (light < 0.22)
    return red > blue * 1.35 && red > 0.12
      ? 'crackling fire, soft impact'
      : steps
        ? 'night insects, footsteps'
        : 'night insects, cloth rustling';
  if (green > red * 1.06 && green > blue * 1.1)
    return steps ? 'forest birds, footsteps on grass' : 'forest birds, leaves in the wind';
  if (light > 0.68 && blue >= green) return steps ? 'cold wind, footsteps in snow' : 'cold wind, cloth rustling';
  // old film and grey rooms: no colour says where it is
  if (mean(picture.colour) < 0.08) return steps ? 'quiet room, footsteps on wood' : 'quiet room, cloth rustling';
  if (blue > red * 1.15) return light > 0.45 ? (steps ? 'sea waves, splash' : 'sea waves, wind') : 'stream, splash';
  if (light > 0.72) return steps ? 'wind, footsteps' : 'wind, cloth rustling';
  if (red > blue * 1.35) return steps ? 'quiet room, footsteps on wood' : 'quiet room, cloth rustling';
  return steps ? 'city street, footsteps' : 'city street, whoosh';
}

/** The music's mood from the prompt's words, else from light and movement. */
export function chooseMood(prompt: string, picture: PictureAnalysis | null): FeelName {
  const named = feelInWords(prompt);
  if (named !== null) return named;
  if (picture === null) return 'calm';
  const light = mean(picture.brightness);
  const motion = mean(picture.motion);
  const cutsPerMinute = (picture.cuts.length * 60) / Math.max(1, picture.durationSeconds);
  if (light < 0.25) return motion > 0.35 ? 'tense' : 'mysterious';
  if (cutsPerMinute > 20 || motion > 0.45) return 'driving';
  if (motion > 0.3) return light > 0.5 ? 'happy' : 'epic';
  return light > 0.6 ? 'dreamy' : 'calm';
}

const musicWords: ReadonlySet<string> = new Set([
  'music',
  'song',
  'melody',
  'tune',
  'tempo',
  'key',
  'bpm',
  'solo',
  ...orchestraWords,
  ...Object.values(feels).flatMap(({ words }) => words),
]);

/** Words that say how the music goes: no sounds, and not unknown. */
export function isMoodWord(word: string): boolean {
  return musicWords.has(word) || musicWords.has(word.replace(/s$/, ''));
}
