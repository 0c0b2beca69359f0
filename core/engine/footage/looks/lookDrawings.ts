/** The drawing of each look, by its name. */
import type { LookId } from '../../../actions/restyle/looks.ts';
import type { LookDrawing } from './drawing.ts';
import { blueprint, duotone, ink, neon, pencil } from './drawings.ts';
import { cinema, instant, monochrome, noir, oldFilm, vividSlide, warmNegative } from './films.ts';
import { clay, comic, oil, pixelArt, watercolour } from './paintings.ts';
import { autumn, dusk, fog, night, rain, snow, winter } from './weather.ts';

/** Every look of the catalogue has a drawing. */
export const lookDrawings: Readonly<Record<LookId, LookDrawing>> = {
  watercolour,
  oil,
  pencil,
  ink,
  comic,
  pixelArt,
  clay,
  neon,
  duotone,
  blueprint,
  warmNegative,
  vividSlide,
  cinema,
  instant,
  monochrome,
  noir,
  oldFilm,
  dusk,
  night,
  rain,
  snow,
  fog,
  autumn,
  winter,
};
