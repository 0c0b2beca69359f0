/**
 * Reads a free sentence into who is in the scene, what they do and wear, where, when, in which style and with which
 * camera move. By rules, not a network: every word is accounted for as used, guessed or not used.
 */
import type { Cast } from '../cast.ts';
import { fitMotion } from './fitMotion.ts';
import { readMotion, readSide } from './rules/actions.ts';
import { readAdjective, readSizeBeforeName } from './rules/adjectives.ts';
import { readCamera } from './rules/camera.ts';
import { readName, readPronoun } from './rules/figures.ts';
import { readGarment } from './rules/garments.ts';
import { readNegation } from './rules/negation.ts';
import { readOpeningOrder, readOrder } from './rules/orders.ts';
import { readPhrase, readPlaceWord, readWorldWord } from './rules/places.ts';
import { readRelation } from './rules/relations.ts';
import type { EditOrder, SaidFigure, SaidScene } from './said.ts';
import { hasWeather, sentenceOf, type SceneWords } from './sentence.ts';
import { isSilent } from './silent.ts';
import { isPunctuation, tokenise } from './tokens.ts';
import { Walk, type Draft } from './walk.ts';
import type { WorldPart } from './world.ts';

/** Context of the words. */
export interface ReadOptions {
  /** The edit, if the words do not name it themselves. */
  readonly order?: EditOrder;
  /** What the known frames show, in words. It supplies what the prompt leaves open, unless that is an edit. */
  readonly about?: string | null;
  /** No frames are known: a place with times of day is shown by day unless a time is named, in all windows alike. */
  readonly isFresh?: boolean;
  /** Number of reference pictures, whose subjects the words may not name. */
  readonly referenceCount?: number;
}

/** Reads one prompt. Never throws: a sentence without sense is a scene without figures. */
export function readScene(prompt: string, cast: Cast, options: ReadOptions = {}): SaidScene {
  const { order = null, about = null, isFresh = false, referenceCount = 0 } = options;
  const known = about ? walkOver(about, cast, { order: null, referenceCount: 0, hasKnownFigures: false }) : null;
  const hasKnownFigures = known !== null && known.figures.length > 0;
  const walk = walkOver(prompt, cast, { order, referenceCount, hasKnownFigures });
  if (known) fillFrom(walk, known);
  const place = cast.places.find(({ name }) => name === walk.said.place?.name);
  if (isFresh && place?.hasTimes && cast.times['day']) walk.said.time ??= { name: 'day', span: null };
  return finish(walk);
}

const rules: readonly ((walk: Walk) => number)[] = [
  readNegation,
  readOpeningOrder,
  readPhrase,
  readCamera,
  readPlaceWord,
  readGarment,
  readRelation,
  readPronoun,
  readSizeBeforeName,
  readName,
  readAdjective,
  readOrder,
  readSide,
  readLikeness,
  readMotion,
  readWorldWord,
  readUnlisted,
];

function walkOver(prompt: string, cast: Cast, options: Walk['options']): Walk {
  const walk = new Walk(tokenise(prompt, cast), cast, options);
  while (walk.at < walk.tokens.length) {
    let taken = 0;
    if (isPunctuation(walk.word())) {
      walk.isDressing &&= walk.word() === ',';
      taken = 1;
    }
    for (let i = 0; taken === 0 && i < rules.length; i += 1) taken = rules[i]!(walk);
    walk.at += Math.max(1, taken);
  }
  walk.dropPending();
  return walk;
}

/** Reads 'make it look like an oil painting'. */
function readLikeness(walk: Walk): number {
  if (!/^looks? like$/.test(walk.words(2))) return 0;
  walk.account.use(walk.span(2));
  return 2;
}

/** Reads an unknown word. A noun takes the adjectives before it; an adjective among others does not. */
function readUnlisted(walk: Walk): number {
  // Those named before 'while' are not the subjects of the verb after it.
  if (walk.word() === 'while' || walk.word() === 'when') walk.named = [];
  if (isSilent(walk.word())) return 1;
  walk.account.drop(walk.span());
  const next = walk.word(1);
  if (next === '' || isPunctuation(next) || (isSilent(next) && next !== 'and')) walk.dropPending();
  return 1;
}

/** Fills in who, where, when and how from another sentence where this one says nothing and is not an edit. */
function fillFrom(walk: Walk, other: Walk): void {
  if (walk.order !== null) return;
  if (walk.figures.length === 0) walk.figures = other.figures.map((figure) => ({ ...figure, motionSpan: null }));
  for (const part of Object.keys(walk.said) as WorldPart[]) {
    const said = other.said[part];
    if (said) walk.said[part] ??= { name: said.name, span: null };
  }
}

function finish(walk: Walk): SaidScene {
  const figures = settleFigures(walk);
  const { said, cast, order } = walk;
  const scene: SceneWords = {
    place: said.place?.name ?? '',
    time: said.time?.name ?? '',
    weather: said.weather?.name ?? '',
    style: said.style?.name ?? '',
    camera: said.camera?.name ?? '',
    order,
  };
  if (said.weather?.span && !hasWeather(scene, cast)) walk.account.drop(said.weather.span);
  return {
    reading: { text: sentenceOf(figures, scene, cast), ...walk.account.lists() },
    textAtRest: sentenceOf(figures, { ...scene, camera: '' }, cast),
    figures,
    place: scene.place,
    time: scene.time,
    weather: hasWeather(scene, cast) ? scene.weather : '',
    style: scene.style,
    camera: scene.camera || 'still',
    order,
    target: targetOf(walk),
  };
}

function settleFigures(walk: Walk): SaidFigure[] {
  const { cast, order, said } = walk;
  // 'replace the cat with a dog', 'turn the fox into a panda': the last figure named is the new one.
  const kept: Draft[] =
    order === 'remove'
      ? []
      : order === 'replace' && walk.figures.length > 1
        ? [{ ...walk.figures.at(-1)!, relation: null }]
        : walk.figures;
  const isWet = kept.some(({ motion }) => motion === 'swim');
  const water = cast.places.find(({ medium }) => medium === 'water')?.name;
  if (!said.place && order === null && isWet && water !== undefined) said.place = { name: water, span: null };
  const place = cast.places.find(({ name }) => name === said.place?.name);
  const medium = isWet && place?.medium !== 'surface' ? 'water' : (place?.medium ?? 'ground');
  return kept.map((draft) => {
    const { motionSpan, isMotionGuess: _, ...figure } = draft;
    const { relation } = figure;
    const asked = figure.motion ?? (relation?.kind === 'after' ? (kept[relation.to]?.motion ?? null) : null);
    const motion = fitMotion({ ...figure, motion: asked }, cast, medium);
    if (motionSpan && motion !== asked) walk.account.guess(motionSpan, cast.motions[motion]?.[0] ?? motion);
    return { ...figure, motion };
  });
}

function targetOf({ figures, order }: Walk): SaidFigure | null {
  const named = figures[0];
  const isAboutOne = order === 'remove' || order === 'wear' || (order === 'replace' && figures.length > 1);
  if (!named || !isAboutOne) return null;
  const { motionSpan: _, isMotionGuess: __, ...figure } = named;
  return { ...figure, motion: 'stand', relation: null, wears: order === 'wear' ? '' : named.wears };
}
