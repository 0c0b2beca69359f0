/**
 * Why a SoundFont cannot be used, as a sentence. The parser is a model family's and speaks English alone; what it found
 * is also kept on disk as text.
 */
import { plainSentence, sentence, type Sentence } from '../../contract/sentence.ts';

const known: readonly (readonly [RegExp, (...found: string[]) => Sentence])[] = [
  [/^it is not a SoundFont/, () => sentence('soundFontReason.notOne')],
  [
    /^it is cut short: (\d+) of (\d+) bytes$/,
    (has, whole) => sentence('soundFontReason.cutShort', { has: has!, whole: whole! }),
  ],
  [/^it is damaged \((.*)\)$/s, (reason) => sentence('soundFontReason.damaged', { reason: reason! })],
  [/^there are no instruments in it$/, () => sentence('soundFontReason.noInstruments')],
  [/^there are only drums in it$/, () => sentence('soundFontReason.onlyDrums')],
  [
    /^it has (\d+) MB; up to (\d+) MB are played$/,
    (size, most) => sentence('soundFontReason.tooLarge', { size: size!, most: most! }),
  ],
];

/** The sentence for an English reason; the reason itself where it is another program's. */
export function soundFontReason(text: string): Sentence {
  for (const [pattern, word] of known) {
    const found = pattern.exec(text);
    if (found) return word(...found.slice(1));
  }
  return plainSentence(text);
}
