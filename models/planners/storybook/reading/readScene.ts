/**
 * A sentence as people write it -> who is in the scene, what each does and wears, where, when, in which style and under
 * which
 * camera; and the sentence said again in the words of the model's training. Rules, not a network: every word that is
 * not used is
 * named to the user.
 */
import type { WordReading } from '../../../families/wordReading.ts';
import { longestName, type Cast, type Medium } from '../cast.ts';
import { motionNames, type MotionName } from '../staging/motion.ts';
import {
  alsoVerbs,
  cameraPhrases,
  counts,
  motionWords,
  otherColours,
  otherGarments,
  placeWords,
  relationPhrases,
  sizesSaid,
  styleWords,
  toneWords,
  weatherPhrases,
  type Relation,
} from './words.ts';
import { translateChinese } from './translateChinese.ts';
import { nearestKnownWord } from './prompt.ts';
import { silentWords } from './synonyms.ts';

export interface SaidFigure {
  /** Index in the cast. */
  readonly entry: number;
  readonly colour: string;
  /** 'red hat', 'crown', '' for nothing. */
  readonly wears: string;
  /** 0 = as drawn. */
  readonly tone: number;
  readonly size: 'small' | 'normal' | 'big';
  readonly motion: MotionName;
  /** Null where nothing was said. */
  readonly way: 1 | -1 | null;
  readonly side: 'left' | 'middle' | 'right' | null;
  /** To an earlier or later figure. */
  readonly relation: { readonly kind: Relation; readonly to: number } | null;
}

export type EditOrder = 'add' | 'remove' | 'replace' | 'wear' | null;

export interface SaidScene {
  /** Its text is the sentence in the words of the training. */
  readonly reading: WordReading;
  /** The same without the camera's move: for what comes after it. */
  readonly textAtRest: string;
  readonly figures: readonly SaidFigure[];
  /** '' where none was said. */
  readonly place: string;
  readonly camera: string;
  readonly order: EditOrder;
  /**
   * Whom an order is about, as they look before it: 'remove the fox', 'replace the cat with a dog', 'dress the
   * penguin'.
   */
  readonly target: SaidFigure | null;
}

interface Draft {
  entry: number;
  colour: string;
  wears: string;
  tone: number;
  size: 'small' | 'normal' | 'big';
  motion: MotionName | null;
  way: 1 | -1 | null;
  side: 'left' | 'middle' | 'right' | null;
  relation: { kind: Relation; to: number } | null;
}

const articles: ReadonlySet<string> = new Set([
  'a',
  'an',
  'the',
  'another',
  'one',
  'his',
  'her',
  'its',
  'their',
  'my',
  'your',
  'this',
  'that',
  'some',
]);
const pronouns: ReadonlySet<string> = new Set(['it', 'her', 'him', 'them']);
const ofPlaces: ReadonlySet<string> = new Set([
  'in',
  'on',
  'at',
  'by',
  'near',
  'among',
  'through',
  'to',
  'across',
  'under',
  'over',
  'along',
  'towards',
  'into',
  'from',
  'amid',
]);
const bodyGarments: ReadonlySet<string> = new Set(['shirt', 'coat', 'dress']);
const wearing: ReadonlySet<string> = new Set(['wearing', 'wears', 'in', 'with', 'has', 'dressed']);

/**
 * `order`: what the words are to do where they do not say it themselves. `about`: what the frames to be changed show,
 * in words;
 * without an order, all that the prompt does not say is as it was there.
 */
export function readScene(prompt: string, cast: Cast, order: EditOrder = null, about: string | null = null): SaidScene {
  const reader = readerOf(prompt, cast, order);
  if (about) reader.fillFrom(readerOf(about, cast, null));
  return reader.finish();
}

/**
 * Of frames of which nothing is known: a place that has times of day, and was given none, is shown by day, or parts of
 * a clip would choose apart.
 */
export function readFreshScene(prompt: string, cast: Cast, about: string | null = null): SaidScene {
  const reader = readerOf(prompt, cast, null);
  if (about) reader.fillFrom(readerOf(about, cast, null));
  reader.settleTime();
  return reader.finish();
}

function readerOf(prompt: string, cast: Cast, order: EditOrder): Reader {
  const unknown = new Set<string>();
  const english = translateChinese(prompt, cast, unknown);
  const words = (english.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[,:.;]/gu) ?? []).map((word) =>
    word.replace(/['’]s$/u, ''),
  );
  const reader = new Reader(words, cast, unknown, order);
  reader.read();
  return reader;
}

/** One walk over the words from left to right. */
class Reader {
  readonly #words: readonly string[];
  readonly #cast: Cast;
  readonly #unknown: Set<string>;
  readonly #world: World;
  readonly #figures: Draft[] = [];
  #at = 0;
  /** Adjectives since the last noun. */
  #colour = '';
  #tone = 0;
  #size: Draft['size'] = 'normal';
  #count = 1;
  #motionBefore: MotionName | null = null;
  #relation: Relation | null = null;
  #wearsNext = '';
  #openGarment = false;
  #place = '';
  #time = '';
  #weather = '';
  #style = '';
  #camera = '';
  #order: EditOrder;

  constructor(words: readonly string[], cast: Cast, unknown: Set<string>, order: EditOrder) {
    this.#order = order;
    this.#words = words;
    this.#cast = cast;
    this.#unknown = unknown;
    this.#world = worldOf(cast);
  }

  read(): void {
    while (this.#at < this.#words.length) {
      const taken =
        this.#readOpening() ||
        this.#readPhrase() ||
        this.#readPlaceWord() ||
        this.#readGarment() ||
        this.#readRelation() ||
        this.#readName() ||
        this.#readWord();
      this.#at += Math.max(1, taken);
    }
  }

  /** Who, where, when and how the other says, where this one says nothing and orders nothing. */
  fillFrom(other: Reader): void {
    if (this.#order !== null) return;
    if (this.#figures.length === 0) this.#figures.push(...other.#figures);
    this.#place ||= other.#place;
    this.#time ||= other.#time;
    this.#weather ||= other.#weather;
    this.#style ||= other.#style;
    this.#camera ||= other.#camera;
  }

  settleTime(): void {
    const place = this.#cast.places.find(({ name }) => name === this.#place);
    if (place?.hasTimes && this.#cast.times['day']) this.#time ||= 'day';
  }

  finish(): SaidScene {
    const figures = this.#finish();
    const said = {
      place: this.#place,
      time: this.#time,
      weather: this.#weather,
      style: this.#style,
      camera: this.#camera,
      order: this.#order,
    };
    return {
      textAtRest: sentence(figures, { ...said, camera: '' }, this.#cast),
      reading: this.#reading(sentence(figures, said, this.#cast)),
      figures,
      place: this.#place,
      camera: this.#camera || 'still',
      order: this.#order,
      target: this.#target(),
    };
  }

  #reading(text: string): WordReading {
    const isUsed = (word: string): boolean =>
      /[\p{L}\p{N}]/u.test(word) && !this.#unknown.has(word) && !silentWords.has(word) && !articles.has(word);
    return { text, used: [...new Set(this.#words.filter(isUsed))], guessed: [], unused: [...this.#unknown] };
  }

  #ahead(count: number): string {
    return this.#words.slice(this.#at, this.#at + count).join(' ');
  }

  /** An order at the very start: 'dress the penguin …', where 'dress' is no dress. */
  #readOpening(): number {
    return this.#at === 0 && articles.has(this.#words[1] ?? '') && this.#readOrder(this.#words[0]!) ? 1 : 0;
  }

  /** 'to the stars', 'by the sea': a place, though stars are things too. */
  #readPlaceWord(): number {
    const found = this.#world.words.get(this.#words[this.#at]!);
    if (found?.kind !== 'place' || this.#place) return 0;
    const before = this.#words[this.#at - 1] === 'the' ? this.#words[this.#at - 2] : this.#words[this.#at - 1];
    if (!ofPlaces.has(before ?? '')) return 0;
    this.#set(found);
    return 1;
  }

  /** The pack's own phrases for places, times, styles and camera moves. */
  #readPhrase(): number {
    for (let count = 6; count >= 2; count -= 1) {
      if (this.#at + count > this.#words.length) continue;
      const phrase = this.#ahead(count).replace(/ ?[:,]$/, '');
      const found = this.#world.phrases.get(phrase);
      if (!found) continue;
      this.#set(found);
      return count;
    }
    return 0;
  }

  #set({ kind, name }: Found): void {
    if (kind === 'place') this.#place = this.#place || name;
    else if (kind === 'time') this.#time = name;
    else if (kind === 'weather') this.#weather = name;
    else if (kind === 'style') this.#style = name;
    else this.#camera = name;
  }

  /** 'in a red hat' of the figure before; 'put a hat on the fox' of the figure after. */
  #readGarment(): number {
    let ahead = 0;
    let opened = this.#openGarment;
    while (wearing.has(this.#words[this.#at + ahead] ?? '')) {
      opened = true;
      ahead += 1;
    }
    if (articles.has(this.#words[this.#at + ahead] ?? '')) ahead += 1;
    let colour = '';
    const between: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      const rest = this.#words.slice(this.#at + ahead);
      const garment = garmentAt(rest, this.#cast);
      if (garment) {
        const puts =
          this.#order !== null &&
          this.#figures.length === 0 &&
          this.#words.slice(this.#at + ahead + garment.length).some((word) => word === 'on' || word === 'to');
        const before = this.#figures.at(-1);
        if (!puts && !(opened && before)) return 0;
        const said =
          `${this.#cast.colouredGarments.includes(garment.name) ? colour || this.#colour : ''} ${garment.name}`.trim();
        if (puts) {
          this.#wearsNext = said;
          this.#order = 'wear';
        } else if (this.#cast.entries[before!.entry]!.wears.includes(garment.name)) before!.wears = said;
        // Of somebody drawn with clothes of their own, these take the colour.
        else if (
          this.#cast.entries[before!.entry]!.kind === 'bust' &&
          (colour || this.#colour) &&
          bodyGarments.has(garment.name)
        )
          before!.colour = colour || this.#colour;
        else this.#unknown.add(garment.said);
        between.forEach((word) => this.#unknown.add(word));
        this.#colour = '';
        return ahead + garment.length;
      }
      const word = rest[0];
      if (!word || /[,.;:]/.test(word) || this.#cast.index.has(word)) return 0;
      const hue = this.#colourOf(word);
      if (hue) colour = hue;
      else if (!silentWords.has(word)) between.push(word);
      ahead += 1;
    }
    return 0;
  }

  #readRelation(): number {
    if (this.#figures.length === 0) return 0;
    for (const [phrase, relation] of relationPhrases) {
      const count = phrase.split(' ').length;
      if (this.#ahead(count) !== phrase) continue;
      if (phrase.startsWith('chas')) this.#figures.at(-1)!.motion ??= 'run';
      // Before another name: 'on the beach' is a place. 'behind it', 'follows': of the one named before.
      let next = this.#at + count;
      while (
        next < this.#words.length &&
        (articles.has(this.#words[next]!) || this.#isAdjective(this.#words[next]!)) &&
        !pronouns.has(this.#words[next]!)
      )
        next += 1;
      if (this.#nameAt(next)) this.#relation = relation;
      else if (
        this.#figures.length > 1 &&
        (pronouns.has(this.#words[this.#at + count] ?? '') || phrase === 'follows' || phrase === 'behind')
      )
        this.#relate(this.#figures.length - 1, relation, this.#figures.length - 2);
      else return 0;
      return count;
    }
    return 0;
  }

  #relate(which: number, kind: Relation, to: number): void {
    const figure = this.#figures[which]!;
    figure.relation ??= { kind, to };
    if (kind === 'after' && figure.motion === 'run') this.#figures[to]!.motion ??= 'run';
  }

  #isAdjective(word: string): boolean {
    return (
      Boolean(this.#colourOf(word)) ||
      [counts, toneWords, sizesSaid, motionWords].some((table) => Object.hasOwn(table, word)) ||
      this.#world.sizes.has(word)
    );
  }

  #colourOf(word: string): string {
    return this.#cast.colours.includes(word) ? word : Object.hasOwn(otherColours, word) ? otherColours[word]! : '';
  }

  /** The longest name that begins at a word: its entry and its length. */
  #nameAt(at: number): { entry: number; length: number; many: boolean } | null {
    for (let length = Math.min(longestName, this.#words.length - at); length >= 1; length -= 1) {
      const phrase = this.#words.slice(at, at + length).join(' ');
      const entry = this.#cast.index.get(phrase);
      if (entry === undefined) continue;
      if (length === 1 && alsoVerbs.has(phrase)) {
        const before = this.#words[at - 1] ?? '';
        if (!articles.has(before) && !this.#isAdjective(before)) continue;
        // 'an orange cat': a colour when a name follows.
        if (this.#colourOf(phrase) && this.#nameAt(at + 1)) continue;
      }
      const said = this.#cast.entries[entry]!;
      return { entry, length, many: phrase !== said.name && !said.also.includes(phrase) };
    }
    return null;
  }

  /** 'the camera slowly zooms in': nothing that is to be drawn. */
  #isTheFilmsCamera(): boolean {
    if (this.#words[this.#at] !== 'camera') return false;
    return [1, 2].some((after) =>
      [2, 3, 4].some(
        (count) =>
          this.#world.phrases.get(this.#words.slice(this.#at + after, this.#at + after + count).join(' '))?.kind ===
          'camera',
      ),
    );
  }

  #readName(): number {
    if (this.#isTheFilmsCamera()) return 1;
    const found = this.#nameAt(this.#at);
    if (!found) return 0;
    this.#addFigures(found.entry, found.many && this.#count === 1 ? 2 : this.#count);
    return found.length;
  }

  #addFigures(entry: number, count: number): void {
    const people = this.#cast.entries[entry]!.tones > 0;
    const before = this.#figures.length - 1;
    for (let copy = 0; copy < count && this.#figures.length < this.#cast.slots; copy += 1) {
      const wears =
        this.#wearsNext && this.#cast.entries[entry]!.wears.includes(this.#wearsNext.split(' ').slice(-1)[0]!)
          ? this.#wearsNext
          : '';
      this.#figures.push({
        entry,
        wears,
        size: this.#size,
        motion: this.#motionBefore,
        way: null,
        side: null,
        colour: people && this.#tone ? '' : this.#colour,
        tone: people ? this.#tone : 0,
        relation: null,
      });
    }
    if (this.#relation && before >= 0 && this.#figures.length > before + 1)
      this.#relate(before, this.#relation, before + 1);
    this.#colour = '';
    this.#tone = 0;
    this.#size = 'normal';
    this.#count = 1;
    this.#motionBefore = null;
    this.#relation = null;
    this.#wearsNext = '';
    this.#openGarment = false;
  }

  #readWord(): number {
    const word = this.#words[this.#at]!;
    if (/^[,.;:]$/.test(word) || articles.has(word)) return 1;
    if (Object.hasOwn(counts, word)) this.#count = counts[word]!;
    else if (Object.hasOwn(toneWords, word) && this.#personFollows()) this.#tone = toneWords[word]!;
    else if (this.#colourOf(word)) this.#colour = this.#colourOf(word);
    else if (this.#world.sizes.has(word)) this.#size = this.#world.sizes.get(word)!;
    else if (Object.hasOwn(sizesSaid, word)) this.#size = sizesSaid[word] as Draft['size'];
    else if (this.#readOrder(word)) return 1;
    else if (wearing.has(word)) this.#openGarment = word !== 'in' && word !== 'with';
    else if (this.#readSide(word)) return 1;
    else if (Object.hasOwn(motionWords, word)) this.#moves(motionWords[word]!);
    else if (this.#world.words.has(word)) this.#set(this.#world.words.get(word)!);
    else return this.#readUnlisted(word);
    return 1;
  }

  /** 'a hound': after an article or an adjective, and not before a name itself. */
  #isNounPlace(): boolean {
    const before = this.#words[this.#at - 1] ?? '';
    return (
      (articles.has(before) || this.#isAdjective(before) || this.#words.length === 1) && !this.#nameAt(this.#at + 1)
    );
  }

  #personFollows(): boolean {
    const next = this.#nameAt(this.#at + 1) ?? this.#nameAt(this.#at + 2);
    return next !== null && this.#cast.entries[next.entry]!.tones > 0;
  }

  #readOrder(word: string): boolean {
    const orders: Readonly<Record<string, EditOrder>> = {
      add: 'add',
      put: 'add',
      insert: 'add',
      place: 'add',
      remove: 'remove',
      erase: 'remove',
      delete: 'remove',
      replace: 'replace',
      swap: 'replace',
      turn: 'replace',
      dress: 'wear',
      give: 'wear',
    };
    const order = Object.hasOwn(orders, word) ? orders[word]! : null;
    if (!order || this.#figures.length > 0) return false;
    // 'replace the cat with a dog': only the dog is to be drawn.
    this.#order = order;
    return true;
  }

  #readSide(word: string): boolean {
    if (word !== 'left' && word !== 'right' && word !== 'middle' && word !== 'center' && word !== 'centre')
      return word === 'leftwards' || word === 'rightwards' ? this.#goes(word === 'leftwards' ? -1 : 1) : false;
    const before = this.#words.slice(Math.max(0, this.#at - 3), this.#at);
    const figure = this.#figures.at(-1);
    if (!figure) return true;
    if (before.includes('to') && word !== 'middle') return this.#goes(word === 'left' ? -1 : 1);
    if (before.includes('from')) return this.#goes(word === 'left' ? 1 : -1);
    figure.side = word === 'left' || word === 'right' ? word : 'middle';
    return true;
  }

  #goes(way: 1 | -1): boolean {
    for (const figure of this.#figures) figure.way ??= way;
    return true;
  }

  #moves(motion: MotionName): void {
    if (this.#figures.length === 0 || this.#nounSoon()) {
      this.#motionBefore = motion;
      return;
    }
    // 'a fox and a rabbit jump': of all who have nothing to do yet.
    for (const figure of this.#figures) figure.motion ??= motion;
    if (this.#figures.at(-1)!.motion === 'stand' && motion !== 'stand') this.#figures.at(-1)!.motion = motion;
  }

  /** 'a swimming hippo': the next word is a name, and an article stood before. */
  #nounSoon(): boolean {
    return (
      this.#nameAt(this.#at + 1) !== null &&
      (articles.has(this.#words[this.#at - 1] ?? '') || this.#isAdjective(this.#words[this.#at - 1] ?? ''))
    );
  }

  #readUnlisted(word: string): number {
    if (silentWords.has(word)) return 1;
    const known = nearestKnownWord(word, this.#world.vocabulary);
    if (known && this.#world.words.has(known)) this.#set(this.#world.words.get(known)!);
    else if (known && Object.hasOwn(motionWords, known)) this.#moves(motionWords[known]!);
    else if (Object.hasOwn(this.#cast.near, word) && this.#isNounPlace())
      this.#addFigures(this.#cast.index.get(this.#cast.near[word]!)!, this.#count);
    else this.#unknown.add(word);
    return 1;
  }

  #finish(): SaidFigure[] {
    const { order } = this;
    // 'replace the cat with a dog', 'turn the fox into a panda': the last one named is what is wanted.
    const kept =
      order === 'replace' && this.#figures.length > 1
        ? [{ ...this.#figures.at(-1)!, relation: null }]
        : order === 'remove'
          ? []
          : this.#figures;
    const medium = this.#cast.places.find((place) => place.name === this.#place)?.medium ?? 'ground';
    const wet = kept.some((figure) => figure.motion === 'swim');
    if (!this.#place && order === null && wet)
      this.#place = this.#cast.places.find((place) => place.medium === 'water')?.name ?? '';
    return kept.map((figure) => ({
      ...figure,
      motion: fitting(
        {
          ...figure,
          motion:
            figure.motion ?? (figure.relation?.kind === 'after' ? (kept[figure.relation.to]?.motion ?? null) : null),
        },
        this.#cast,
        wet && medium !== 'surface' ? 'water' : medium,
      ),
    }));
  }

  #target(): SaidFigure | null {
    const [named] = this.#figures;
    if (
      !named ||
      (this.#order !== 'remove' && this.#order !== 'wear' && !(this.#order === 'replace' && this.#figures.length > 1))
    )
      return null;
    return { ...named, motion: 'stand', relation: null, wears: this.#order === 'wear' ? '' : named.wears };
  }

  get order(): EditOrder {
    return this.#order;
  }
}

/** What nobody said, by what it is; and what makes no sense, made sense of: a car does not walk. */
function fitting({ entry, motion, relation }: Draft, cast: Cast, medium: Medium): MotionName {
  const { kind } = cast.entries[entry]!;
  if (relation?.kind === 'on') return motion ?? 'stand';
  const vehicle = kind === 'vehicle' || kind === 'boat';
  if (motion === null) {
    if (medium === 'water') return kind === 'swimmer' ? 'swim' : 'float';
    if (medium === 'space') return 'float';
    if (medium === 'surface' && !vehicle && kind !== 'flyer' && kind !== 'sky') return 'swim';
    return vehicle ? 'drive' : kind === 'flyer' ? 'fly' : kind === 'sky' || kind === 'swimmer' ? 'float' : 'stand';
  }
  if (vehicle && (motion === 'walk' || motion === 'run')) return 'drive';
  if ((medium === 'water' || medium === 'surface') && (motion === 'walk' || motion === 'run')) return 'swim';
  return motion;
}

interface Found {
  readonly kind: 'place' | 'time' | 'weather' | 'style' | 'camera';
  readonly name: string;
}

interface World {
  readonly phrases: ReadonlyMap<string, Found>;
  readonly words: ReadonlyMap<string, Found>;
  readonly sizes: ReadonlyMap<string, 'small' | 'normal' | 'big'>;
  readonly vocabulary: ReadonlySet<string>;
}

const worlds = new WeakMap<Cast, World>();

function worldOf(cast: Cast): World {
  const known = worlds.get(cast);
  if (known) return known;
  const phrases = new Map<string, Found>();
  const words = new Map<string, Found>();
  const add = (kind: Found['kind'], name: string, said: readonly string[]): void => {
    for (const phrase of said) {
      const clean = phrase.replace(/[:,]/g, '').trim();
      for (const variant of [
        clean,
        clean.replace(/^(\w+) (a|an) /, '$1 the '),
        clean.replace(/^(among|on|in) (?!a |an |the )/, '$1 the '),
      ])
        if (variant.includes(' ')) phrases.set(variant, { kind, name });
      // The word that carries it: 'in a forest' -> forest.
      const content = clean.split(' ').filter((word) => !silentWords.has(word) && !articles.has(word));
      if (content.length === 1 && kind !== 'camera') words.set(content[0]!, { kind, name });
    }
  };
  for (const place of cast.places) add('place', place.name, [place.name, ...place.phrases]);
  for (const [name, said] of Object.entries(cast.times)) add('time', name, [name, ...said]);
  for (const [name, said] of Object.entries(cast.weathers)) add('weather', name, said);
  for (const [phrase, weather] of weatherPhrases) {
    if (weather in cast.weathers)
      (phrase.includes(' ') ? phrases : words).set(phrase, { kind: 'weather', name: weather });
  }
  for (const [name, said] of Object.entries(cast.styles))
    add('style', name, [name, ...said.filter((phrase) => !phrase.startsWith('an illustration'))]);
  for (const [name, said] of Object.entries(cast.cameras))
    add('camera', name, [
      ...said,
      ...(name === 'still' ? ['camera still'] : [`camera ${name.replace(/^\w+/, '$&s')}`, name]),
    ]);
  for (const [phrase, name] of cameraPhrases) if (name in cast.cameras) phrases.set(phrase, { kind: 'camera', name });
  for (const [word, choices] of Object.entries(placeWords)) {
    const name = choices.find((choice) => cast.places.some((place) => place.name === choice));
    if (name && !words.has(word)) words.set(word, { kind: 'place', name });
  }
  for (const [word, name] of Object.entries(styleWords))
    if (name in cast.styles && !words.has(word)) words.set(word, { kind: 'style', name });
  const sizes = new Map(
    Object.entries(cast.sizeWords).flatMap(([size, said]) =>
      said.map((word) => [word, size as 'small' | 'normal' | 'big'] as const),
    ),
  );
  const world = { phrases, words, sizes, vocabulary: new Set([...words.keys(), ...Object.keys(motionWords)]) };
  worlds.set(cast, world);
  return world;
}

function garmentAt(words: readonly string[], cast: Cast): { name: string; said: string; length: number } | null {
  for (const length of [2, 1]) {
    const said = words.slice(0, length).join(' ');
    if (words.length < length) continue;
    if (cast.garments.includes(said)) return { name: said, said, length };
    if (Object.hasOwn(otherGarments, said)) return { name: otherGarments[said]!, said, length };
  }
  return null;
}

const tones: Readonly<Record<number, string>> = {
  1: 'light-skinned',
  2: 'fair-skinned',
  3: 'tanned',
  4: 'brown-skinned',
  5: 'dark-skinned',
};

const article = (words: string): string => (/^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`);

/** In the grammar of the training's captions (models/training/world/captions.py). */
function sentence(
  figures: readonly SaidFigure[],
  scene: { place: string; time: string; weather: string; style: string; camera: string; order: EditOrder },
  cast: Cast,
): string {
  const subjects = figures.map((figure) => {
    const { name } = cast.entries[figure.entry]!;
    const size = figure.size === 'normal' ? '' : (cast.sizeWords[figure.size]?.[0] ?? '');
    const noun = article([size, figure.tone ? tones[figure.tone] : '', figure.colour, name].filter(Boolean).join(' '));
    const wears = figure.wears ? ` in ${/glasses$/.test(figure.wears) ? '' : 'a '}${figure.wears}` : '';
    const verb = cast.motions[figure.motion]?.[0] ?? '';
    const way = figure.way === null ? '' : figure.way > 0 ? ' to the right' : ' to the left';
    const side = figure.side === null ? '' : figure.side === 'middle' ? ' in the middle' : ` on the ${figure.side}`;
    return `${noun}${wears} ${verb}${way}${side}`.trim();
  });
  const where = cast.places.find(({ name }) => name === scene.place);
  const place = where?.phrases[0] ?? '';
  // It does not rain in a room: the model never saw weather where there is no time of day.
  const indoors = where ? !where.hasTimes : false;
  const time = scene.time ? (cast.times[scene.time]?.[0] ?? '') : '';
  const weather = scene.weather && !indoors ? (cast.weathers[scene.weather]?.[0] ?? '') : '';
  const style = scene.style && scene.style !== 'storybook' ? `${scene.style}: ` : '';
  const camera = scene.camera && scene.camera !== 'still' ? `, ${cast.cameras[scene.camera]?.[0] ?? ''}` : '';
  const who = subjects.join(' and ') || (scene.order === 'remove' || place || time ? 'an empty place' : '');
  return `${style}${[who, place, time, weather].filter(Boolean).join(' ')}${camera}`.trim();
}

export const isMotion = (word: string): word is MotionName => (motionNames as readonly string[]).includes(word);
