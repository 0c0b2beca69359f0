/**
 * Whether a text asks for the sound of the sea. A rule and nothing learned: the model draws windows of five seconds and
 * loses the slow swell of waves, so the pipeline lays one over (families/soundtrack/swell.ts). A word that names the
 * sea counts only where it is the thing that sounds: 'sea waves', 'the ocean at night', but not 'sea lions barking' or
 * 'a beach party'; 'waves' alone only with words that describe water, so not 'radio waves'.
 */
const places = /^(?:seas?|oceans?|surf|seaside|seashore|beach(?:es)?)$/u;
/** What may follow a place without making it a name for something else. */
const afterPlace =
  /^(?:waves?|water|waters|swell|surf|foam|wash|breakers|tides?|shore|at|in|by|on|near|from|with|under|behind|beyond|outside|below|over|washing|rolling|roaring|crashing|breaking|lapping|rushing|murmuring|whispering|roars?|rolls?|crashes|breaks|sounds?|ambience|ambiance)$/u;
const beforeWaves =
  /^(?:the|some|of|sea|ocean|big|small|little|huge|high|low|gentle|slow|soft|calm|quiet|loud|heavy|strong|distant|rough|wild|foaming|rolling|crashing|breaking|lapping|washing)$/u;
const notOnTop = /\b(?:underwater|under ?water|under the (?:sea|ocean)|deep ?sea|diving|submarine|aquarium|coral)\b/u;
/** Sounds that go on all the time and do not come in waves: the swell is then half as deep. */
const steady =
  /\b(?:rain|rainfall|drizzle|downpour|thunder|thunderstorm|storm|wind|breeze|birds?|birdsong|crickets|insects|city|traffic|street|crowd|voices|room|fire|campfire|machines|factory|party|cheering|helicopter|chainsaw)\b/u;

/** 0 = no sea, 1 = the sea alone, 0.5 = the sea beside something steady. `text` in lower case. */
export function seaIn(text: string): number {
  if (notOnTop.test(text)) return 0;
  const isSea = text
    .split(/[,;.]|\b(?:and|then|while|plus)\b/u)
    .some((phrase) => phraseIsSea(phrase.match(/[\p{L}]+/gu) ?? []));
  return isSea ? (steady.test(text) ? 0.5 : 1) : 0;
}

function phraseIsSea(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const [before, after] = [words[at - 1], words[at + 1]];
    if (places.test(word)) return after === undefined || afterPlace.test(after);
    return (
      word === 'waves' && (before === undefined || beforeWaves.test(before)) && !/^(?:at|goodbye)$/u.test(after ?? '')
    );
  });
}
