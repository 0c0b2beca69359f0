/** What a place is made of: a description, so that a new place is a few lines of data. */
import type { Light, LightName } from '../light.ts';
import type { TimeName, WeatherName } from '../names.ts';
import type { Hills } from '../paint/hills.node.ts';
import type { Mountains } from '../paint/mountains.node.ts';
import type { TreeRow } from '../paint/trees.node.ts';
import type { Patches } from '../paint/ground.node.ts';

/** One layer behind the actors, from far to near. */
export type PlaceLayer =
  | ({ readonly kind: 'mountains' } & Mountains)
  | ({ readonly kind: 'hills' } & Hills)
  | ({ readonly kind: 'trees' } & Omit<TreeRow, 'kind'> & { readonly tree: TreeRow['kind'] });

/** A place. */
export interface Place {
  /** Its light by the time of day; rooms and space have one for all. */
  readonly light: (time: TimeName, weather: WeatherName) => LightName;
  /** Changes to that light. */
  readonly tinted?: (light: Light) => Light;
  readonly sky: { readonly clouds: number; readonly veils: number };
  readonly layers: (seed: number) => readonly PlaceLayer[];
  readonly ground: (seed: number) => Patches;
  /** Tufts near the actors: how many of grass and of flowers. */
  readonly tufts: { readonly grass: number; readonly flowers: number };
}

/** The light of outdoor places. */
export const outdoors = (time: TimeName, weather: WeatherName): LightName =>
  time === 'day' && (weather === 'rain' || weather === 'fog' || weather === 'snowfall') ? 'overcast' : time;
