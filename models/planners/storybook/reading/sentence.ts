/** Writes a scene in the grammar of the training captions (models/training/world/captions.py). */
import type { Cast } from '../cast.ts';
import type { EditOrder, SaidFigure } from './said.ts';

const tones: Readonly<Record<number, string>> = {
  1: 'light-skinned',
  2: 'fair-skinned',
  3: 'tanned',
  4: 'brown-skinned',
  5: 'dark-skinned',
};

/** The pack's names for the parts of a scene; '' if none was named. */
export interface SceneWords {
  readonly place: string;
  readonly time: string;
  readonly weather: string;
  readonly style: string;
  readonly camera: string;
  readonly order: EditOrder;
}

const withArticle = (words: string): string => (/^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`);

/** The sentence for the text encoder. */
export function sentenceOf(figures: readonly SaidFigure[], scene: SceneWords, cast: Cast): string {
  const where = cast.places.find(({ name }) => name === scene.place);
  const place = where?.phrases[0] ?? '';
  const time = scene.time ? (cast.times[scene.time]?.[0] ?? '') : '';
  const weather = hasWeather(scene, cast) ? (cast.weathers[scene.weather]?.[0] ?? '') : '';
  const style = scene.style && scene.style !== 'storybook' ? `${scene.style}: ` : '';
  const camera = scene.camera && scene.camera !== 'still' ? `, ${cast.cameras[scene.camera]?.[0] ?? ''}` : '';
  const subjects = figures.map((figure) => subjectOf(figure, cast)).join(' and ');
  const who = subjects || (scene.order === 'remove' || place || time ? 'an empty place' : '');
  return `${style}${[who, place, time, weather].filter(Boolean).join(' ')}${camera}`.trim();
}

/** Whether the scene can have weather: in training, places without times of day (a room) have none. */
export function hasWeather({ place, weather }: SceneWords, cast: Cast): boolean {
  const where = cast.places.find(({ name }) => name === place);
  return weather !== '' && (where === undefined || where.hasTimes);
}

function subjectOf(figure: SaidFigure, cast: Cast): string {
  const { name } = cast.entries[figure.entry]!;
  const size = figure.size === 'normal' ? '' : (cast.sizeWords[figure.size]?.[0] ?? '');
  const tone = figure.tone ? tones[figure.tone]! : '';
  const noun = withArticle([size, tone, figure.colour, name].filter(Boolean).join(' '));
  const wears = figure.wears ? ` in ${/glasses$/.test(figure.wears) ? '' : 'a '}${figure.wears}` : '';
  const verb = cast.motions[figure.motion]?.[0] ?? '';
  const way = figure.way === null ? '' : figure.way > 0 ? ' to the right' : ' to the left';
  const side = figure.side === null ? '' : figure.side === 'middle' ? ' in the middle' : ` on the ${figure.side}`;
  return `${noun}${wears} ${verb}${way}${side}`.trim();
}
