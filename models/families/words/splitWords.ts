/** Tokens to words. After `split_to_word_tokens` and `merge_punctuations` of OpenAI's Whisper (MIT). */
import { textOf, type TokenTable } from './tokens.ts';

/** A word with the range of tokens that spell it; `text` has no spaces around it. */
export interface SpelledWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether a space stands before it; never in languages that are written without. */
  readonly spaced: boolean;
}

/** Written without spaces between words: each character is a word. */
const unspaced = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue']);
const opening = /^["'“¿([{<«„‘\-‐—「『（《【]+$/u;
const closing = /^["'.。,，!！?？:：;；”)\]}、…»’」』）》】%]+$/u;

/** `tokens`: text tokens only. */
export function splitWords(tokens: readonly number[], language: string, table: TokenTable): readonly SpelledWord[] {
  const pieces = wholeCharacters(tokens, table);
  const words = unspaced.has(language) ? pieces : joinedBySpaces(pieces);
  return withPunctuation(words.filter(({ text }) => text.trim() !== ''));
}

/** A character may be several tokens: they are kept together. */
function wholeCharacters(tokens: readonly number[], table: TokenTable): SpelledWord[] {
  const pieces: SpelledWord[] = [];
  for (let from = 0; from < tokens.length;) {
    let to = from + 1;
    while (to < tokens.length && to - from < 8 && textOf(tokens.slice(from, to), table).includes('\uFFFD')) to++;
    pieces.push(piece(textOf(tokens.slice(from, to), table), from, to));
    from = to;
  }
  return pieces;
}

function piece(text: string, from: number, to: number): SpelledWord {
  return { text: text.trimStart(), from, to, spaced: /^\s/.test(text) };
}

function joinedBySpaces(pieces: readonly SpelledWord[]): SpelledWord[] {
  const words: SpelledWord[] = [];
  for (const next of pieces) {
    const last = words.at(-1);
    if (!last || next.spaced || isMark(next.text)) words.push(next);
    else words[words.length - 1] = { ...last, text: last.text + next.text, to: next.to };
  }
  return words;
}

function isMark(text: string): boolean {
  return /^\p{P}$/u.test(text) && text !== "'" && text !== '’' && text !== '-';
}

/** Marks belong to the word that they stand at. */
function withPunctuation(pieces: readonly SpelledWord[]): readonly SpelledWord[] {
  const words: SpelledWord[] = [];
  let opened: SpelledWord[] = [];
  const append = (more: SpelledWord) => {
    const last = words.pop();
    words.push(last ? { ...last, text: last.text + more.text, to: more.to } : more);
  };
  for (const next of pieces) {
    if (opened.length === 0 && !next.spaced && closing.test(next.text)) append(next);
    else if (opening.test(next.text)) opened.push(next);
    else {
      const [first = next] = opened;
      const text = opened.map((mark) => mark.text).join('') + next.text;
      words.push({ text, from: first.from, to: next.to, spaced: first.spaced });
      opened = [];
    }
  }
  for (const mark of opened) append(mark);
  return words.map((word) => ({ ...word, text: word.text.trim() }));
}
