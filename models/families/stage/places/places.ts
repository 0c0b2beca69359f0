/** The places by name. */
import { clouds, moon, space } from './heavens.ts';
import { cave, city, classroom, kitchen, room, stage } from './indoors.ts';
import { desert, farm, forest, garden, jungle, meadow, mountain, playground, snow, volcano } from './outdoors.ts';
import type { Place } from './place.ts';
import { beach, harbour, lake, river, sea, underwater } from './waters.ts';

const table = {
  meadow,
  forest,
  beach,
  desert,
  snow,
  city,
  room,
  underwater,
  space,
  lake,
  sea,
  mountain,
  jungle,
  river,
  farm,
  garden,
  harbour,
  volcano,
  clouds,
  playground,
  kitchen,
  classroom,
  stage,
  cave,
  moon,
} satisfies Record<string, Place>;

/** Names of the places. */
export type PlaceName = keyof typeof table;
/** The names in order. */
export const placeNames = Object.keys(table) as PlaceName[];

/** The place of a name. */
export const placeOf = (name: PlaceName): Place => table[name];
