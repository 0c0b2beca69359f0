/** A sensible sentence from the picture alone, shown before anything runs; and the music's mood from words or picture. */
import type { PictureAnalysis } from './features.ts';
import type { Mood } from './musicTokens.ts';

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
  if (light < 0.22) return red > blue * 1.35 && red > 0.12 ? 'crackling fire, soft impact' : steps ? 'night insects, footsteps' : 'night insects, cloth rustling';
  if (green > red * 1.06 && green > blue * 1.1) return steps ? 'forest birds, footsteps on grass' : 'forest birds, leaves in the wind';
  if (blue > red * 1.15) return light > 0.45 ? (steps ? 'sea waves, splash' : 'sea waves, wind') : 'stream, splash';
  if (light > 0.72) return steps ? 'cold wind, footsteps in snow' : 'wind, cloth rustling';
  if (red > blue * 1.35) return steps ? 'quiet room, footsteps on wood' : 'quiet room, cloth rustling';
  return steps ? 'city street, footsteps' : 'city street, whoosh';
}

const moodWords: Readonly<Record<Mood, readonly string[]>> = {
  calm: ['calm', 'peaceful', 'relaxing', 'quiet', 'gentle', 'ambient', 'piano', 'slow', 'meditation', 'sleep'],
  happy: ['happy', 'cheerful', 'joy', 'joyful', 'upbeat', 'sunny', 'summer', 'birthday', 'party', 'celebration', 'fun'],
  sad: ['sad', 'melancholy', 'lonely', 'grief', 'loss', 'rainy', 'farewell', 'sorrow'],
  epic: ['epic', 'heroic', 'orchestra', 'orchestral', 'trailer', 'battle', 'grand', 'cinematic', 'victory', 'adventure'],
  tense: ['tense', 'suspense', 'danger', 'thriller', 'horror', 'scary', 'chase', 'storm'],
  playful: ['playful', 'funny', 'comedy', 'children', 'child', 'kids', 'cute', 'puppy', 'kitten', 'cartoon', 'game'],
  dreamy: ['dreamy', 'dream', 'space', 'magic', 'magical', 'underwater', 'stars', 'floating', 'snow', 'winter'],
  driving: ['driving', 'rock', 'guitar', 'energetic', 'action', 'sport', 'sports', 'race', 'fast', 'car', 'vehicle', 'motorcycle', 'skateboard', 'electronic'],
  romantic: ['romantic', 'love', 'wedding', 'tender', 'sunset', 'couple', 'warm', 'strings'],
  mysterious: ['mysterious', 'mystery', 'dark', 'night', 'strange', 'fog', 'secret', 'cave', 'ghost'],
};

/** Mood from the prompt's words, else from light and movement. */
export function chooseMood(prompt: string, picture: PictureAnalysis | null): Mood {
  const words = prompt.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  for (const word of words) {
    for (const [mood, list] of Object.entries(moodWords) as [Mood, readonly string[]][]) if (list.includes(word)) return mood;
  }
  if (picture === null) return 'calm';
  const light = mean(picture.brightness);
  const motion = mean(picture.motion);
  const cutsPerMinute = (picture.cuts.length * 60) / Math.max(1, picture.durationSeconds);
  if (light < 0.25) return motion > 0.35 ? 'tense' : 'mysterious';
  if (cutsPerMinute > 20 || motion > 0.45) return 'driving';
  if (motion > 0.3) return light > 0.5 ? 'happy' : 'epic';
  return light > 0.6 ? 'dreamy' : 'calm';
}

export function isMoodWord(word: string): boolean {
  return word === 'music' || Object.values(moodWords).some((list) => list.includes(word));
}
