/** The places by name. */
import { desert, forest, meadow, mountain, snow } from './outdoors.ts';
import type { Place } from './place.ts';

const table = { meadow, forest, snow, desert, mountain } satisfies Record<string, Place>;

/** Names of the places. */
export type PlaceName = keyof typeof table;
/** The names in order. */
export const placeNames = Object.keys(table) as PlaceName[];

/** The place of a name. */
export const placeOf = (name: PlaceName): Place => table[name];
