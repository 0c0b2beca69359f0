/** Adjectives wait for the name that they describe. */
import { countPhrases, counts, moreSizes, shades, toneAdjectives, toneWords } from '../describingWords.ts';
import type { Pending, Walk } from '../walk.ts';

/** Reads a count, colour, size or skin tone. */
export function readAdjective(walk: Walk): number {
  const phrase = countPhrases.get(walk.words(2));
  if (phrase) {
    wait(walk, { kind: 'count', value: phrase.count, isGuess: phrase.isGuess, span: walk.span(2), takenFor: null });
    return 2;
  }
  const skin = readSkin(walk);
  if (skin > 0) return skin;
  const word = walk.word();
  const span = walk.span();
  const count = counts.get(word);
  if (count) wait(walk, { kind: 'count', value: count.count, isGuess: count.isGuess, span, takenFor: null });
  else if (Object.hasOwn(toneWords, word)) wait(walk, { kind: 'tone', value: toneWords[word]!, span, takenFor: null });
  else if (walk.colourOf(word) !== '') {
    const takenFor = Object.hasOwn(shades, word) && !walk.cast.colours.includes(word) ? walk.colourOf(word) : null;
    wait(walk, { kind: 'colour', value: walk.colourOf(word), span, takenFor });
  } else return readSize(walk);
  return 1;
}

/** Reads a size that is also a name: 'a baby' is a baby, 'a baby elephant' a small elephant. */
export function readSizeBeforeName(walk: Walk): number {
  return moreSizes.has(walk.word()) && walk.nameAt(1) ? readSize(walk) : 0;
}

function readSize(walk: Walk): number {
  const size = walk.sizeOf(walk.word());
  if (size === null) return 0;
  const takenFor =
    moreSizes.get(walk.word())?.isGuess && !isOwnSize(walk) ? (walk.cast.sizeWords[size]?.[0] ?? size) : null;
  wait(walk, { kind: 'size', value: size, span: walk.span(), takenFor });
  return 1;
}

const isOwnSize = (walk: Walk): boolean =>
  Object.values(walk.cast.sizeWords).some((words) => words.includes(walk.word()));

/** Reads 'a woman with dark skin'. */
function readSkin(walk: Walk): number {
  if (walk.word(1) !== 'skin' || !Object.hasOwn(toneAdjectives, walk.word())) return 0;
  const figure = walk.figures[walk.lastNamed];
  if (figure && walk.cast.entries[figure.entry]!.tones > 0) {
    figure.tone = toneAdjectives[walk.word()]!;
    walk.account.use(walk.span(2));
  } else walk.account.drop(walk.span(2));
  return 2;
}

/** A later adjective of the same kind replaces the earlier one. */
function wait(walk: Walk, pending: Pending): void {
  for (const before of walk.pending) if (before.kind === pending.kind) walk.account.drop(before.span);
  walk.pending = [...walk.pending.filter(({ kind }) => kind !== pending.kind), pending];
}
