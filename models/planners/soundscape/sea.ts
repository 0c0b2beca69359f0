/**
 * Whether a text asks for the sound of the sea. This is a rule, not learned: the model's five-second windows lose the
 * slow swell of waves, so the pipeline adds one (families/soundtrack/swell.ts). A word for the sea counts only if the
 * sea itself sounds: 'sea waves', 'the ocean at night', but not 'sea lions barking' or 'a beach party'. 'waves' alone
 * counts only with words that describe water, so not 'radio waves'.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const places = words('sea seas ocean oceans surf seaside seashore beach beaches');
/** Words that may follow a place without turning it into something else. */
const afterPlace = words(
  'wave waves water waters swell surf foam wash breakers tide tides shore at in by on near from with under behind ' +
    'beyond outside below over washing rolling roaring crashing breaking lapping rushing murmuring whispering roar ' +
    'roars roll rolls crashes breaks sound sounds ambience ambiance',
);
const beforeWaves = words(
  'the some of sea ocean big small little huge high low gentle slow soft calm quiet loud heavy strong distant rough ' +
    'wild foaming rolling crashing breaking lapping washing',
);
/** Words after 'waves' that make it a greeting. */
const afterGreeting = words('at goodbye');
const notOnTop = /\b(?:underwater|under ?water|under the (?:sea|ocean)|deep ?sea|diving|submarine|aquarium|coral)\b/u;
/** Continuous sounds that do not come in waves: next to them the swell is half as deep. */
const steady = words(
  'rain rainfall drizzle downpour thunder thunderstorm storm wind breeze bird birds birdsong crickets insects city ' +
    'traffic street crowd voices room fire campfire machines factory party cheering helicopter chainsaw',
);

/** Depth of the swell for a lower-case text: 0 = no sea, 1 = the sea alone, 0.5 = the sea and something steady. */
export function seaIn(text: string): number {
  if (notOnTop.test(text)) return 0;
  const isSea = text.split(/[,;.]|\b(?:and|then|while|plus)\b/u).some((phrase) => phraseIsSea(wordsIn(phrase)));
  if (!isSea) return 0;
  return wordsIn(text).some((word) => steady.has(word)) ? 0.5 : 1;
}

const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}]+/gu) ?? [];

function phraseIsSea(phrase: readonly string[]): boolean {
  return phrase.some((word, at) => {
    const [before, after] = [phrase[at - 1], phrase[at + 1]];
    if (places.has(word)) return after === undefined || afterPlace.has(after);
    if (word !== 'waves' || (after !== undefined && afterGreeting.has(after))) return false;
    return before === undefined || beforeWaves.has(before);
  });
}
