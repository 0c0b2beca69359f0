/** What came of words that were to select something, as the window is told. */
import type { Kind, WordsReading } from '../../../../models/families/footage/select/readWords.ts';
import { skyWords, subjectWords, thingWords } from '../../../../models/families/footage/select/thingWords.ts';
import { assertNever } from '../../../time/assertNever.ts';
import type { ThingLabel, WordsAnswer } from '../../../contract/masks.ts';
import type { NamedOutcome } from './selectRun.ts';

/** None of the words names anything that can be found. */
export function unknownWords({ unknown }: WordsReading): WordsAnswer {
  const things = Object.values(thingWords).map(labelOfWords);
  return { outcome: 'unknown', words: unknown, known: [...things, labelOf('sky'), labelOf('subject')] };
}

/** The child's findings with the names of things. */
export function answerOf({ isExcept, unknown }: WordsReading, found: NamedOutcome): WordsAnswer {
  switch (found.outcome) {
    case 'taken': {
      const things = found.things.map(({ kind, seen, taken }) => ({ label: labelOf(kind), seen, taken }));
      return { outcome: 'taken', isExcept, things, unused: unknown };
    }
    case 'notSeen': {
      const others = found.others.map(({ kind, count }) => ({ label: labelOf(kind), count }));
      return { outcome: 'notSeen', label: labelOf(found.kind), others };
    }
    case 'tooFew':
      return { outcome: 'tooFew', label: labelOf(found.kind), count: found.count };
    case 'noOutline':
      return { outcome: 'noOutline', label: labelOf(found.kind), count: found.count };
    case 'noSky':
      return found;
    default:
      return assertNever(found);
  }
}

function labelOf(kind: Kind): ThingLabel {
  return labelOfWords(kind === 'sky' ? skyWords : kind === 'subject' ? subjectWords : thingWords[kind]);
}

function labelOfWords({ english, chinese }: (typeof thingWords)['dog']): ThingLabel {
  return { en: english[0], zh: chinese[0] };
}
