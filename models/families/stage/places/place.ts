/** What a place is made of: a description, so that a new place is a few lines of data. */
import { fromHex, type Rgb } from '../colour.ts';
import type { Light, LightName } from '../light.ts';
import type { TimeName, WeatherName } from '../names.ts';
import type { Buildings } from '../paint/buildings.node.ts';
import type { Floor, Patches } from '../paint/ground.node.ts';
import type { Hills } from '../paint/hills.node.ts';
import type { Litter } from '../paint/litter.node.ts';
import type { Mountains } from '../paint/mountains.node.ts';
import type { Rock } from '../paint/stones.node.ts';
import type { TreeRow } from '../paint/trees.node.ts';
import type { Wall } from '../paint/wall.node.ts';
import type { Water } from '../paint/water.node.ts';

/** One layer behind the actors. */
export type PlaceLayer =
  | ({ readonly kind: 'mountains' } & Mountains)
  | ({ readonly kind: 'hills' } & Hills)
  | ({ readonly kind: 'buildings' } & Buildings)
  | ({ readonly kind: 'wall' } & Wall)
  | ({ readonly kind: 'trees' } & Omit<TreeRow, 'kind'> & { readonly tree: TreeRow['kind'] });

/** What lies under the feet; null where nothing does. */
export type PlaceGround =
  | ({ readonly kind: 'patches' } & Patches)
  | ({ readonly kind: 'floor' } & Floor)
  | { readonly kind: 'street'; readonly seed: number }
  | null;

/** A figure of the cast that belongs to the place and stands still. Lengths in people's heights. */
export interface PlaceProp {
  readonly name: string;
  readonly x: number;
  readonly z: number;
  readonly height: number;
  readonly y?: number;
}

/** A place. */
export interface Place {
  /** Its light by the time of day; rooms and space have one for all. */
  readonly light: (time: TimeName, weather: WeatherName) => LightName;
  /** Changes to that light. */
  readonly tinted?: (light: Light) => Light;
  readonly backdrop:
    | { readonly kind: 'sky'; readonly clouds: number; readonly veils: number }
    | { readonly kind: 'space'; readonly planets: boolean }
    | { readonly kind: 'depths' };
  readonly layers: (seed: number) => readonly PlaceLayer[];
  readonly ground: (seed: number) => PlaceGround;
  /** Lies over the ground between its depths. */
  readonly water?: Water;
  readonly props?: (seed: number) => readonly PlaceProp[];
  readonly rocks?: { readonly at: readonly Rock[]; readonly colours: readonly Rgb[] };
  /** What lies on the near ground. */
  readonly litter?: Litter;
  /** Strength of rays of light from above. */
  readonly rays?: number;
  /** Tufts near the actors: how many of grass and of flowers. */
  readonly tufts?: { readonly grass: number; readonly flowers: number };
}

/** The light of outdoor places. */
export const outdoors = (time: TimeName, weather: WeatherName): LightName =>
  time === 'day' && (weather === 'rain' || weather === 'fog' || weather === 'snowfall') ? 'overcast' : time;

/** Colours of '#RRGGBB' texts, as many as given. */
export const colours = <const Hexes extends readonly string[]>(
  ...hexes: Hexes
): { readonly [Index in keyof Hexes]: Rgb } =>
  hexes.map(fromHex) as unknown as { readonly [Index in keyof Hexes]: Rgb };
