/** Words for the players: an ensemble, single instruments, with or without drums. */
import type { EnsembleName, InstrumentName, PlayerWishes } from '../../families/soundtrack/orchestration.ts';

interface Called<Name> {
  readonly words: string;
  readonly name: Name;
  /** The words name something else, and this is the closest match. */
  readonly isGuess: boolean;
}

const called = <Name extends string>(name: Name, same: string, near = ''): readonly Called<Name>[] => [
  ...listOf(same).map((words) => ({ words, name, isGuess: false })),
  ...listOf(near).map((words) => ({ words, name, isGuess: true })),
];

const listOf = (text: string): readonly string[] => text.split(', ').filter((words) => words !== '');

/** Most specific first. */
const ensembleWords: readonly Called<EnsembleName>[] = [
  called('string quartet', 'string quartet, quartet', 'chamber music'),
  called('orchestra', 'orchestra, orchestral', 'symphony, symphonic, cinematic, film score'),
  called('rock band', 'rock band, rock music, rock song, rock guitar', 'heavy metal, punk'),
  called('jazz trio', 'jazz trio, jazz', 'lounge'),
  called('electronic', 'electronic, electro', 'techno, house music, edm, synthwave, trance'),
  called('folk', 'folk', 'country music, acoustic'),
  called('baroque', 'baroque, harpsichord'),
  called('brass band', 'brass band, marching band', 'fanfare'),
  called('organ and choir', 'church organ', 'hymn, gospel'),
  called('ambient', 'ambient', 'new age'),
  called('music box', 'music box', 'lullaby'),
  called('lo-fi', 'lo-fi, lofi', 'chill'),
].flat();

/** Longer names come first. */
const instrumentWords: readonly Called<InstrumentName>[] = [
  called('electric piano', 'electric piano, rhodes'),
  called('electric guitar', 'electric guitar, distorted guitar, rock guitar'),
  called('music box', 'music box'),
  called('synth pad', 'synth pad'),
  called('piano', 'piano'),
  called('guitar', 'guitar', 'ukulele, banjo, mandolin, lute'),
  called('harpsichord', 'harpsichord'),
  called('harp', 'harp'),
  called('violin', 'violin, fiddle', 'viola'),
  called('cello', 'cello'),
  called('strings', 'strings'),
  called('flute', 'flute'),
  called('clarinet', 'clarinet', 'oboe, saxophone, sax'),
  called('trumpet', 'trumpet', 'trombone'),
  called('brass', 'brass', 'french horn'),
  called('choir', 'choir', 'singing'),
  called('organ', 'organ'),
  called('accordion', 'accordion', 'harmonica, bandoneon'),
  called('vibraphone', 'vibraphone'),
  called('marimba', 'marimba', 'xylophone'),
  called('bells', 'bells'),
  called('music box', '', 'glockenspiel, celesta'),
  called('synth', 'synthesizer, synthesiser, synth'),
].flat();

const everyCall: readonly Called<string>[] = [...ensembleWords, ...instrumentWords];
const longestFirst = [...new Set(everyCall.map(({ words }) => words))].toSorted((a, b) => b.length - a.length);

/** Whether the text contains the word or its plural as a whole word. */
function hears(text: string, word: string): boolean {
  return new RegExp(`(^|[^\\p{L}])${word}s?($|[^\\p{L}])`, 'iu').test(text);
}

/** The players in a prompt. The first instrument plays the melody, the second the figure under it. */
export function playersInWords(prompt: string): PlayerWishes {
  const text = prompt.toLowerCase();
  let rest = text;
  const at = new Map<InstrumentName, number>();
  for (const { words, name } of instrumentWords) {
    if (!hears(rest, words)) continue;
    rest = rest.replaceAll(words, ' ');
    const first = text.indexOf(words);
    at.set(name, Math.min(first < 0 ? text.length : first, at.get(name) ?? Infinity));
  }
  const solo = hears(text, 'solo');
  const without = solo || hears(text, 'no drums') || hears(text, 'without drums');
  return {
    ensemble: ensembleWords.find(({ words }) => hears(text, words))?.name ?? null,
    instruments: [...at].toSorted((a, b) => a[1] - b[1]).map(([name]) => name),
    solo,
    drums: without ? 'none' : hears(text, 'drums') ? 'wanted' : 'asUsual',
  };
}

/** What each word for a player is read as: its own name, or the closest instrument. */
export function playersNamed(prompt: string): readonly Called<string>[] {
  let rest = prompt.toLowerCase();
  return longestFirst.flatMap((words) => {
    if (!hears(rest, words)) return [];
    rest = rest.replaceAll(words, ' ');
    return everyCall.filter((call) => call.words === words).slice(0, 1);
  });
}

/**
 * The prompt without its players ('under a guitar', 'and an orchestra'), which are not sounds. A player that is also a
 * sound (bells) stays.
 */
export function withoutPlayers(prompt: string, isSound: (word: string) => boolean): string {
  const only = longestFirst.filter((words) => !words.split(' ').some(isSound));
  const named = new RegExp(
    `(?:(?<![\\p{L}])(?:under|over|beneath|behind|with|to|by|and|plus)\\s+)?` +
      `(?:(?:a|an|the|some|solo|soft|slow)\\s+)*(?<![\\p{L}])(?:${only.join('|')})s?(?![\\p{L}])`,
    'giu',
  );
  return prompt
    .replace(named, ' ')
    .replace(/\s+([,.;])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/(?:[,;]\s*)+([,;])/g, '$1')
    .replace(/^[\s,;]+|[\s,;]+$/g, '');
}
