/**
 * From the user's words to what is to be selected: 'the cup on the left', 'everything but the person', 'the
   second car
 * from the right', 左边的杯子, 除了人以外的一切. Nothing is guessed: a word that is not known is answered with itself.
 */
import type { ThingName } from './nanodet.ts';
import { backgroundWords, skyWords, subjectWords, thingWords, type ThingWords } from './thingWords.ts';

/** Which of several things of a kind. */
export type Which =
  | { readonly by: 'best' | 'all' | 'largest' | 'smallest' | 'middle' }
  /** `index` counts from 0 at the named side. */
  | { readonly by: 'left' | 'right' | 'top' | 'bottom'; readonly index: number };

/** What a kind of words means. */
export type Kind = ThingName | 'subject' | 'sky';

/** One thing, or several of a kind. */
export interface Named {
  readonly kind: Kind;
  /** As the user wrote it. */
  readonly word: string;
  readonly which: Which;
}

/** What the words ask for. */
export interface WordsReading {
  readonly named: readonly Named[];
  /** Everything but what is named. */
  readonly isExcept: boolean;
  /** Words that mean nothing here, as written. */
  readonly unknown: readonly string[];
}

interface Phrase {
  readonly kind: Kind | 'background';
  readonly text: string;
  /** It means all of a kind. */
  readonly isMany: boolean;
}

/** Reads words in English or Chinese. */
export function readWords(text: string): WordsReading {
  const plain = text.trim().toLowerCase().replace(/[’]/g, "'");
  return /\p{Script=Han}/u.test(plain) ? readChinese(plain) : readEnglish(plain);
}

const kinds: readonly (readonly [Kind | 'background', ThingWords])[] = [
  ...(Object.entries(thingWords) as [ThingName, ThingWords][]),
  ['subject', subjectWords],
  ['sky', skyWords],
  ['background', backgroundWords],
];

const irregular: Readonly<Record<string, string>> = {
  person: 'persons',
  man: 'men',
  woman: 'women',
  child: 'children',
  knife: 'knives',
  goose: 'geese',
  calf: 'calves',
  ox: 'oxen',
  mouse: 'mice',
  lady: 'ladies',
  baby: 'babies',
  puppy: 'puppies',
  kitty: 'kitties',
  lorry: 'lorries',
  ferry: 'ferries',
  pony: 'ponies',
};
/** These mean several, or have no other plural. */
const alwaysMany = new Set(['people', 'everybody', 'everyone', 'cattle', 'luggage']);
const neverMany = new Set(['sheep', 'skis', 'scissors', 'aircraft', 'skies', 'surroundings', 'rest', 'glass', 'bus']);

function pluralOf(word: string): string {
  const cut = word.lastIndexOf(' ') + 1;
  const last = word.slice(cut);
  const plural = irregular[last] ?? (/(s|x|ch|sh)$/.test(last) ? `${last}es` : `${last}s`);
  return word.slice(0, cut) + plural;
}

const englishPhrases: readonly Phrase[] = kinds
  .flatMap(([kind, { english }]) =>
    english.flatMap((text): Phrase[] => [
      { kind, text, isMany: alwaysMany.has(text) },
      ...(alwaysMany.has(text) || (neverMany.has(text) && text !== 'glass' && text !== 'bus')
        ? []
        : [{ kind, text: pluralOf(text), isMany: true }]),
    ]),
  )
  .toSorted((a, b) => b.text.length - a.text.length);

const ordinals: Readonly<Record<string, number>> = {
  first: 0,
  second: 1,
  third: 2,
  fourth: 3,
  fifth: 4,
  '1st': 0,
  '2nd': 1,
  '3rd': 2,
  '4th': 3,
  '5th': 4,
};
// prettier-ignore
const glue = new Set([
  'a', 'an', 'the', 'my', 'his', 'her', 'their', 'this', 'that', 'these', 'those', 'please', 'select', 'mask',
    'pick', 'find', 'choose', 'cut', 'out', 'take', 'show', 'me', 'only', 'just', 'on', 'in', 'at', 'to', 'of',
    'from', 'side', 'hand', 'one', 'ones', 'with', 'picture', 'frame', 'image', 'shot', 'is', 'who', 'which',
    'there', 'here', 'and', 'or', 'it', 'are', 'by', 'far', 'near', 'very', 'most',
]);
const sides: Readonly<Record<string, 'left' | 'right' | 'top' | 'bottom'>> = {
  ...{ left: 'left', leftmost: 'left', 'left-hand': 'left', right: 'right', rightmost: 'right', 'right-hand': 'right' },
  ...{ top: 'top', topmost: 'top', upper: 'top', above: 'top', bottom: 'bottom', lower: 'bottom', below: 'bottom' },
};
const sizes: Readonly<Record<string, 'largest' | 'smallest' | 'middle' | 'all'>> = {
  ...{
    largest: 'largest',
    biggest: 'largest',
    big: 'largest',
    large: 'largest',
    nearest: 'largest',
    closest: 'largest',
  },
  ...{ smallest: 'smallest', small: 'smallest', little: 'smallest', farthest: 'smallest', furthest: 'smallest' },
  ...{ middle: 'middle', centre: 'middle', center: 'middle', central: 'middle' },
  ...{ all: 'all', every: 'all', each: 'all', both: 'all' },
};
const exceptEnglish =
  /\b(?:everything|all|anything)?\s*(?:but|except(?:\s+for)?|apart from|other than|without)\b|\bnot\b/;
const restEnglish = /\b(?:everything|all|anything)(?:\s+else)?\s+(?:behind|around)\b/;

function readEnglish(text: string): WordsReading {
  const except = exceptEnglish.exec(text) ?? restEnglish.exec(text);
  const isExcept = except !== null;
  const body = except ? text.slice(except.index + except[0].length) : text;
  const before = except ? text.slice(0, except.index) : '';
  const parts = body.split(/,|;|\+|&|\band\b|\bplus\b/).filter((part) => part.trim() !== '');
  const readings = parts.map((part) => readEnglishPart(part));
  const unknown = [...unknownIn(before), ...readings.flatMap((reading) => reading.unknown)];
  return finished(
    readings.flatMap(({ found }) => (found ? [found] : [])),
    isExcept,
    unknown,
  );
}

interface PartReading {
  readonly found: (Omit<Named, 'kind'> & { readonly kind: Kind | 'background' }) | null;
  readonly unknown: readonly string[];
}

function unknownIn(text: string): string[] {
  return (text.match(/[\p{L}\p{N}'-]+/gu) ?? []).filter((word) => !glue.has(word) && word !== 'everything');
}

function readEnglishPart(part: string): PartReading {
  const phrase = englishPhrases.find(({ text }) => new RegExp(`(?:^|[^\\p{L}])${text}(?:$|[^\\p{L}])`, 'u').test(part));
  const rest = phrase ? part.replace(new RegExp(`(^|[^\\p{L}])${phrase.text}(?=$|[^\\p{L}])`, 'u'), '$1 ') : part;
  const words = rest.match(/[\p{L}\p{N}'-]+/gu) ?? [];
  let which: Which = { by: phrase?.isMany ? 'all' : 'best' };
  let index = 0;
  const unknown: string[] = [];
  for (const word of words) {
    const side = sides[word];
    if (side) which = { by: side, index: 0 };
    else if (word in sizes) which = { by: sizes[word]! };
    else if (word in ordinals) index = ordinals[word]!;
    else if (!glue.has(word)) unknown.push(word);
  }
  if ('index' in which) which = { ...which, index };
  // 'the second cup' counts as one reads
  else if (index > 0 || /\bfirst\b|\b1st\b/.test(rest)) which = { by: 'left', index };
  if (!phrase) return { found: null, unknown: unknown.length > 0 ? unknown : [part.trim()] };
  return { found: { kind: phrase.kind, word: phrase.text, which }, unknown };
}

const chinesePhrases: readonly Phrase[] = kinds
  .flatMap(([kind, { chinese }]) => chinese.map((text) => ({ kind, text, isMany: text === '大家' })))
  .toSorted((a, b) => b.text.length - a.text.length);
const chineseGlue =
  /请|选中|选择|选取|选|抠出|抠|只要|只|那个|这个|那只|这只|那些|这些|一个|一只|一位|个|只|位|条|辆|张|把|瓶|画面|里面|里|中的|上的|的|侧|边|面|最|在|是|那|这|外|部分|所有东西/gu;
const chineseExcept = /除了|除去|除|以外|之外|外面|不要|一切|全部东西|所有东西|其他一切/gu;
const chineseOrdinals = ['一', '二', '三', '四', '五'];

function readChinese(text: string): WordsReading {
  const isExcept = /除|以外|之外|不要/u.test(text);
  const body = isExcept ? text.replace(chineseExcept, ' ') : text;
  const parts = body.split(/[,，、;；和与及跟\s]+/u).filter((part) => part.replace(chineseGlue, '').trim() !== '');
  const readings = parts.map(readChinesePart);
  return finished(
    readings.flatMap(({ found }) => (found ? [found] : [])),
    isExcept,
    readings.flatMap(({ unknown }) => unknown),
  );
}

function readChinesePart(part: string): PartReading {
  const phrase = chinesePhrases.find(({ text }) => part.includes(text));
  let rest = phrase ? part.replace(phrase.text, ' ') : part;
  let which: Which = { by: phrase?.isMany ? 'all' : 'best' };
  const take = (pattern: RegExp, then: (found: RegExpExecArray) => void): void => {
    const found = pattern.exec(rest);
    if (!found) return;
    then(found);
    rest = rest.replace(found[0], ' ');
  };
  take(/所有|全部|每个|每一个|两个|几个|们/u, () => (which = { by: 'all' }));
  take(/最大|大|最近|近处/u, () => (which = { by: 'largest' }));
  take(/最小|小|最远|远处/u, () => (which = { by: 'smallest' }));
  take(/中间|中央|正中|居中/u, () => (which = { by: 'middle' }));
  take(/左/u, () => (which = { by: 'left', index: 0 }));
  take(/右/u, () => (which = { by: 'right', index: 0 }));
  take(/上[边面方]|顶/u, () => (which = { by: 'top', index: 0 }));
  take(/下[边面方]|底/u, () => (which = { by: 'bottom', index: 0 }));
  take(/第([一二三四五])|第([1-5])/u, ([, chinese, digit]) => {
    const index = chinese ? chineseOrdinals.indexOf(chinese) : Number(digit) - 1;
    which = 'index' in which ? { ...which, index } : { by: 'left', index };
  });
  take(/从|数|起/u, () => undefined);
  take(/数|起/u, () => undefined);
  const left = rest.replace(chineseGlue, '').trim();
  if (!phrase) return { found: null, unknown: [part.replace(chineseGlue, '').trim() || part] };
  return { found: { kind: phrase.kind, word: phrase.text, which }, unknown: left === '' ? [] : [left] };
}

function finished(
  found: readonly NonNullable<PartReading['found']>[],
  isExcept: boolean,
  unknown: readonly string[],
): WordsReading {
  // the background is everything but the subject
  const isBackground = found.length > 0 && found.every(({ kind }) => kind === 'background');
  const named = found.map(({ kind, ...each }): Named => ({ ...each, kind: kind === 'background' ? 'subject' : kind }));
  return { named, isExcept: isBackground ? !isExcept : isExcept, unknown };
}
