/** The drawing of each look, by its name. */
import type { LookId } from '../../../actions/restyle/looks.ts';
import type { LookDrawing } from './drawing.ts';
import { blueprint, duotone, ink, neon, pencil } from './drawings.ts';
import { blurred, dimmed, mosaic } from './focus.ts';
import { cinema, instant, monochrome, noir, oldFilm, vividSlide, warmNegative } from './films.ts';
import { clay, comic, oil, pixelArt, watercolour } from './paintings.ts';
import { dusk, night } from './light.ts';
import { autumn, winter } from './seasons.ts';
import { fog, rain, snow } from './weather.ts';

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
  blurred,
  mosaic,
  dimmed,
};

/** Looks that are better for knowing where sky and ground are. */
export const looksOfScenes: ReadonlySet<LookId> = new Set(['dusk', 'night', 'rain', 'snow', 'fog', 'winter']);

/** Of these, looks that give the sky other colours where they find one. */
export const looksOfSkies: ReadonlySet<LookId> = new Set(['dusk', 'night']);
