/**
 * Sounds for requests without words. Colour and movement do not tell what a place sounds like (a blue picture may be
 * the sea, a motorway or a wall), so the surroundings are not guessed: a quiet room tone, and for movement a sound that
 * fits most things that move.
 */
import type { PictureAnalysis } from '../../families/soundtrack/features.ts';
import type { FeelName } from '../../families/soundtrack/moods.ts';

/** Movements per second above which they get sounds of their own. */
const livelyFrom = 0.5;

/** Suggested words, all known to the starter pack. Deterministic; `picture` is null if there is none. */
export function suggestSounds(picture: PictureAnalysis | null): string {
  if (picture === null) return 'quiet room';
  const lively = picture.onsets.length / Math.max(1, picture.durationSeconds) > livelyFrom;
  return lively ? 'quiet room, soft impact' : 'quiet room, cloth rustling';
}

/** A mood for the music from light, movement and cuts, for prompts that name none. */
export function moodOfPicture(picture: PictureAnalysis | null): FeelName {
  if (picture === null) return 'calm';
  const light = mean(picture.brightness);
  const motion = mean(picture.motion);
  const cutsPerMinute = (picture.cuts.length * 60) / Math.max(1, picture.durationSeconds);
  if (light < 0.25) return motion > 0.35 ? 'tense' : 'mysterious';
  if (cutsPerMinute > 20 || motion > 0.45) return 'driving';
  if (motion > 0.3) return light > 0.5 ? 'happy' : 'epic';
  return light > 0.6 ? 'dreamy' : 'calm';
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}
