/**
 * The planner of packs whose soundtrack models this project trained. Rules turn a prompt into sounds for the text
 * encoder, voices of foley, and the music and its players.
 */
import type { SoundtrackFamily } from '../../families/pack.ts';
import type { PackReader } from '../../families/pipeline.ts';
import type { PictureAnalysis } from '../../families/soundtrack/features.ts';
import {
  plainSoundtrackPlanner,
  type SoundtrackPlan,
  type SoundtrackPlanner,
} from '../../families/soundtrack/planner.ts';
import { cleanPrompt } from '../../families/soundtrack/text.ts';
import type { WordReading } from '../../families/wordReading.ts';
import { foleyVoices } from './foleyVoices.ts';
import { moodInWords } from './moodWords.ts';
import { keyInWords, tempoInWords } from './musicWords.ts';
import { playersInWords } from './playerWords.ts';
import { readWords } from './reading.ts';
import { seaIn } from './sea.ts';
import { moodOfPicture, suggestSounds } from './suggest.ts';

/** The planner that a pack's manifest asks for. `readText` reads a file of the pack. */
export function soundtrackPlannerOf(
  { vocabulary }: Pick<SoundtrackFamily, 'vocabulary'>,
  readText: PackReader['readText'],
): SoundtrackPlanner {
  if (vocabulary === undefined) return plainSoundtrackPlanner;
  let kept: ReadonlySet<string> | null = null;
  const words = async (): Promise<ReadonlySet<string>> =>
    (kept ??= new Set((await readText(vocabulary)).split(/\s+/).filter(Boolean)));
  const read = async (prompt: string): Promise<WordReading> => readWords(cleanPrompt(prompt), await words());
  return {
    read,
    plan: async (prompt, picture) => planFor(cleanPrompt(prompt), await read(prompt), picture),
  };
}

function planFor(prompt: string, reading: WordReading, picture: PictureAnalysis | null): SoundtrackPlan {
  // words that name no sound stay beside the neutral ones: the encoder may still make something of their letters
  const unheard = reading.text === '' ? [prompt, suggestSounds(picture)].filter((part) => part !== '') : null;
  const text = unheard?.join(', ') ?? reading.text;
  return {
    reading: { ...reading, text },
    foleyVoices: foleyVoices(text),
    swell: seaIn(text),
    music: {
      feel: moodInWords(prompt) ?? moodOfPicture(picture),
      bpm: tempoInWords(prompt),
      key: keyInWords(prompt),
      players: playersInWords(prompt),
    },
  };
}
