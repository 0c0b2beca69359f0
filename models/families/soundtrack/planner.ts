/**
 * From a request's words to what the pipeline makes. What the words of one pack mean lives in a planner under
 * models/planners; the family knows none of them.
 */
import type { WordReading } from '../wordReading.ts';
import type { PictureAnalysis } from './features.ts';
import type { FeelName } from './moods.ts';
import type { Key } from './musicPlan.ts';
import { anyPlayers, type PlayerWishes } from './orchestration.ts';

/** What is to be played, as far as the words (or the picture) say it. */
export interface MusicWishes {
  readonly feel: FeelName;
  /** Beats a minute asked for; null = the mood's own. */
  readonly bpm: number | null;
  readonly key: Key | null;
  readonly players: PlayerWishes;
}

/** What a request's words and picture ask for. */
export interface SoundtrackPlan {
  /** `text` is what the text encoder is given. */
  readonly reading: WordReading;
  /** Texts of foley that are generated one at a time and summed. */
  readonly foleyVoices: readonly string[];
  /** Depth of the swell laid over ambience, 0 (none) to 1 (the sea by itself). */
  readonly swell: number;
  readonly music: MusicWishes;
}

/** One planner serves one pack; it reads the pack's word files when first asked, and keeps them. */
export interface SoundtrackPlanner {
  /** Reads the words alone; `text` is '' where they name no sound. */
  read(prompt: string): Promise<WordReading>;
  plan(prompt: string, picture: PictureAnalysis | null): Promise<SoundtrackPlan>;
}

/** Gives the words to the text encoder as they are: for packs whose text encoder reads any sentence. */
export const plainSoundtrackPlanner: SoundtrackPlanner = {
  read: async (prompt) => readPlainly(prompt),
  plan: async (prompt) => {
    const reading = readPlainly(prompt);
    return {
      reading,
      foleyVoices: [reading.text],
      swell: 0,
      music: { feel: 'calm', bpm: null, key: null, players: anyPlayers },
    };
  },
};

function readPlainly(prompt: string): WordReading {
  const text = prompt.trim().replace(/\s+/g, ' ');
  return { text, used: text.split(' ').filter(Boolean), guessed: [], unused: [] };
}
