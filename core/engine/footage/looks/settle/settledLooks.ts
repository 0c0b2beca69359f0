/** Which looks are settled. */
import type { LookId } from '../../../../actions/restyle/looks.ts';

/** Their strokes and lines would jump with the source's noise. */
const stroked: ReadonlySet<LookId> = new Set([
  'watercolour',
  'oil',
  'pencil',
  'ink',
  'comic',
  'pixelArt',
  'clay',
  'neon',
  'blueprint',
]);

/** Grain, dust, drops and flakes move on purpose: what is drawn with them is not settled. */
const moving: ReadonlySet<LookId> = new Set([
  'warmNegative',
  'vividSlide',
  'cinema',
  'instant',
  'monochrome',
  'noir',
  'oldFilm',
  'rain',
  'snow',
  'fog',
]);

/** Whether what these looks draw is settled. */
export function isSettled(looks: readonly LookId[]): boolean {
  return looks.some((look) => stroked.has(look)) && !looks.some((look) => moving.has(look));
}

/** Lines alone: they flicker most, and a trace of one that moved on is hardly seen. */
const ofLines: ReadonlySet<LookId> = new Set(['ink', 'neon', 'blueprint']);

/** Whether these looks draw lines alone. */
export function isOfLines(looks: readonly LookId[]): boolean {
  return looks.every((look) => ofLines.has(look));
}
