/**
 * What sounds on and what strikes, asked for in one breath ('leaves rustling and twigs snapping'): the model was taught
 * one
 * kind of foley at a time and would choose. Each is drawn by itself, and the stem is their sum.
 */
const soundsOn =
  /^(?:leaf|leaves|rustl(?:e|es|ing)|bush(?:es)?|engines?|motors?|revving|pouring|sliding|skating|skiing|wheels|rolling|skateboard|scraping|sweeping|dragging)$/u;
const strikes =
  /^(?:twigs?|branch(?:es)?|snap(?:s|ping)?|cracks?|footsteps?|steps?|splash(?:es|ing)?|doors?|glass(?:es)?|claps?|clapping|impacts?|hits?|thuds?|bangs?|knock(?:s|ing)?|bells?|bounc(?:e|es|ing)|jump(?:s|ing)?|land(?:s|ing)|bark(?:s|ing)?|meow(?:s|ing)?|chirp(?:s|ing)?|drops|dripping|ticking|clangs?|whoosh(?:es)?|hammer|brakes|squeal)$/u;

/**
 * The text as it is, or its phrases that sound on and its phrases that strike, where it has both. What is neither goes
 * with neither.
 */
export function foleyVoices(text: string): readonly string[] {
  const phrases = text
    .split(/\s*(?:[,;.]|\b(?:and|with|then|while|under|over|plus)\b)\s*/u)
    .filter((phrase) => phrase !== '');
  const has = (phrase: string, kind: RegExp): boolean =>
    (phrase.match(/[\p{L}]+/gu) ?? []).some((word) => kind.test(word));
  const on = phrases.filter((phrase) => has(phrase, soundsOn));
  const struck = phrases.filter((phrase) => has(phrase, strikes) && !has(phrase, soundsOn));
  return on.length > 0 && struck.length > 0 ? [on.join(', '), struck.join(', ')] : [text];
}

/** Each voice is drawn by a seed of its own. */
export const voiceSeed = (seed: number, voice: number): number => (seed + 7919 * voice) >>> 0;
