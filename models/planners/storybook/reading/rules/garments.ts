/** Clothes: 'in a red hat' for the figure before, 'put a hat on the fox' for the figure after. */
import type { Cast } from '../../cast.ts';
import type { Span } from '../account.ts';
import { nearGarments } from '../describingWords.ts';
import { clothing } from '../names.ts';
import { articles, silentWords } from '../silent.ts';
import { isPunctuation } from '../tokens.ts';
import type { Draft, Walk } from '../walk.ts';

const opensClothes: ReadonlySet<string> = new Set(['wearing', 'wears', 'in', 'with', 'has', 'dressed']);
/** Words that only clothes can follow. */
const dresses: ReadonlySet<string> = new Set(['wearing', 'wears', 'dressed']);
const bodyGarments: ReadonlySet<string> = new Set(['shirt', 'coat', 'dress']);
/** Adjectives that may stand between the article and the garment. */
const longestDescription = 4;

interface Garment {
  /** The pack's name for it. */
  readonly name: string;
  readonly isGuess: boolean;
  readonly length: number;
}

/** Reads one garment with its description. */
export function readGarment(walk: Walk): number {
  let offset = 0;
  while (opensClothes.has(walk.word(offset))) {
    if (dresses.has(walk.word(offset))) walk.isDressing = true;
    offset += 1;
  }
  const isOpen = offset > 0 || walk.isDressing;
  if (walk.isDressing && walk.word(offset) === 'and') offset += 1;
  if (articles.has(walk.word(offset))) offset += 1;
  let hue: Span | null = null;
  const described: Span[] = [];
  for (let step = 0; step < longestDescription; step += 1) {
    const garment = garmentAt(walk, offset);
    if (garment) return dress(walk, garment, { offset, isOpen, hue, described });
    const cloth = isOpen ? clothingAt(walk, offset) : 0;
    if (cloth > 0 && walk.figures.length > 0 && (walk.isDressing || walk.word() === 'in')) {
      walk.account.drop(walk.span(offset + cloth));
      return offset + cloth;
    }
    const word = walk.word(offset);
    if (word === '' || word === 'and' || isPunctuation(word)) return 0;
    if (walk.nameAt(offset)) return endDressing(walk);
    if (walk.colourOf(word)) hue = walk.span(1, offset);
    else if (!silentWords.has(word)) described.push(walk.span(1, offset));
    offset += 1;
  }
  return 0;
}

function endDressing(walk: Walk): number {
  if (!dresses.has(walk.word())) walk.isDressing = false;
  return 0;
}

function garmentAt(walk: Walk, offset: number): Garment | null {
  for (const length of [2, 1]) {
    const said = walk.words(length, offset);
    if (walk.cast.garments.includes(said)) return { name: said, isGuess: false, length };
    if (Object.hasOwn(nearGarments, said) && walk.cast.garments.includes(nearGarments[said]!))
      return { name: nearGarments[said]!, isGuess: true, length };
  }
  return null;
}

/** Length in words of a garment that the painter cannot draw. */
function clothingAt(walk: Walk, offset: number): number {
  return [2, 1].find((length) => clothing.has(walk.words(length, offset))) ?? 0;
}

interface Described {
  readonly offset: number;
  readonly isOpen: boolean;
  readonly hue: Span | null;
  readonly described: readonly Span[];
}

function dress(walk: Walk, garment: Garment, { offset, isOpen, hue, described }: Described): number {
  const { account } = walk;
  const span = walk.span(garment.length, offset);
  const isPutOn = walk.order !== null && walk.figures.length === 0 && isFollowedByPlace(walk, offset + garment.length);
  const before = walk.figures[walk.lastNamed];
  if (!isPutOn && !(isOpen && before)) return 0;
  const waiting = walk.pending.find((pending) => pending.kind === 'colour');
  const colourSpan = hue ?? waiting?.span ?? null;
  const colour = colourSpan ? walk.colourOf(walk.tokens[colourSpan.start]!.word) : '';
  const isColoured = colour !== '' && walk.cast.colouredGarments.includes(garment.name);
  const said = isColoured ? `${colour} ${garment.name}` : garment.name;
  walk.pending = walk.pending.filter((pending) => pending !== waiting);
  let isWorn = true;
  if (isPutOn) {
    walk.order = 'wear';
    walk.pending.push({ kind: 'wears', value: said, span, takenFor: garment.isGuess ? garment.name : null });
  } else isWorn = putOn(walk.cast, before!, garment, said, colour);
  if (!isWorn) account.drop(span);
  else if (garment.isGuess) account.guess(span, garment.name);
  else account.use(span);
  if (colourSpan) {
    if (isWorn && isColoured) markColour(walk, colourSpan, colour);
    else account.drop(colourSpan);
  }
  described.forEach((adjective) => account.drop(adjective));
  return offset + garment.length;
}

function markColour(walk: Walk, span: Span, colour: string): void {
  if (walk.tokens[span.start]!.word === colour) walk.account.use(span);
  else walk.account.guess(span, colour);
}

/** 'put a hat on the fox': a figure follows the garment. */
function isFollowedByPlace(walk: Walk, offset: number): boolean {
  return walk.tokens.slice(walk.at + offset).some(({ word }) => word === 'on' || word === 'to');
}

/** Dresses a figure. False if it cannot wear the garment or already wears one: the painter draws one garment. */
function putOn(cast: Cast, figure: Draft, garment: Garment, said: string, colour: string): boolean {
  const { wears, kind } = cast.entries[figure.entry]!;
  if (figure.wears !== '') return false;
  if (wears.includes(garment.name)) {
    figure.wears = said;
    return true;
  }
  // A figure whose drawing has clothes: those take the colour.
  if (kind !== 'bust' || colour === '' || !bodyGarments.has(garment.name)) return false;
  figure.colour = colour;
  return true;
}
