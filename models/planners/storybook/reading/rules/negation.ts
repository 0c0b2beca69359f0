/** Negation: 'no dog', 'without a hat', 'does not run'. What is negated is not shown. */
import { motionWords } from '../motionWords.ts';
import { isSilent } from '../silent.ts';
import { isPunctuation } from '../tokens.ts';
import type { Walk } from '../walk.ts';

const denials: ReadonlySet<string> = new Set(['no', 'without', 'not', 'never', 'nobody', 'nothing', 'neither', 'nor']);
/** Words that end a negation. */
const ends: ReadonlySet<string> = new Set('in on at by under near and but or with through'.split(' '));

/** Reads a negation and the words it negates. */
export function readNegation(walk: Walk): number {
  const word = walk.word();
  if (!denials.has(word) && !/n't$/.test(word)) return 0;
  let length = 1;
  if (word === 'nobody' || word === 'nothing') {
    walk.account.drop(walk.span());
    return 1;
  }
  for (; length <= 5; length += 1) {
    const next = walk.word(length);
    if (next === '' || isPunctuation(next) || (ends.has(next) && length > 1)) break;
    const name = walk.nameAt(length);
    if (name) {
      length += name.length;
      break;
    }
    if (motionWords.has(next) || (!isSilent(next) && !walk.isAdjective(next))) {
      length += 1;
      break;
    }
  }
  walk.account.drop(walk.span(length));
  walk.dropPending();
  return length;
}
