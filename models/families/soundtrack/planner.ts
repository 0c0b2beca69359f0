/**
 * Interface of planners, which turn a request's words into what the pipeline generates. What words mean to a pack is
 * known only to its planner in models/planners.
 */
import type { WordReading } from '../wordReading.ts';
import type { PictureAnalysis } from './features.ts';
import type { FeelName } from './moods.ts';
import type { Key } from './musicPlan.ts';
import { anyPlayers, type PlayerWishes } from './orchestration.ts';

/** The music that words or picture ask for. */
export interface MusicWishes {
  readonly feel: FeelName;
  /** Requested beats per minute; null = the mood's own. */
  readonly bpm: number | null;
  readonly key: Key | null;
  readonly players: PlayerWishes;
}

/** What a request's words and picture ask for. */
export interface SoundtrackPlan {
  /** Its `text` goes to the text encoder. */
  readonly reading: WordReading;
  /** Texts of foley that are generated separately and summed. */
  readonly foleyVoices: readonly string[];
  /** Depth of the swell laid over ambience, 0 (none) to 1 (the sea by itself). */
  readonly swell: number;
  readonly music: MusicWishes;
}

/** A planner serves one pack; it reads the pack's word files on first use and keeps them. */
export interface SoundtrackPlanner {
  /** Reads the words alone; `text` is '' if they name no sound. */
  read(prompt: string): Promise<WordReading>;
  plan(prompt: string, picture: PictureAnalysis | null): Promise<SoundtrackPlan>;
}

/** Passes the words on unchanged, for packs whose text encoder reads any sentence. */
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
