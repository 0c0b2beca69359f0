/** Places by, on and under the water. */
import { colours, outdoors, type Place } from './place.ts';

const firs = colours('#1C3B38', '#2F5A48', '#6A9468');
const shoreRock = colours('#6E6660', '#9C9284', '#CFC4B0');
const palms = colours('#1E5A3C', '#3E9A4C', '#A9D45E');

/** A lake before mountains, seen from its shore. */
export const lake: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.45, veils: 0.5 },
  layers: (seed) => [
    {
      kind: 'mountains',
      z: 46,
      base: 2,
      height: 11,
      frequency: 0.055,
      seed: seed + 1,
      colours: colours('#3F4A72', '#6D7BA0', '#B7B6C2'),
      snow: 0.25,
    },
    {
      kind: 'hills',
      z: 34,
      base: 1.6,
      swing: 1.6,
      frequency: 0.1,
      seed: seed + 2,
      colours: colours('#23484A', '#3F6E58', '#86A066'),
    },
    { kind: 'trees', tree: 'fir', z: 30, count: 44, heights: [1.6, 2.9], seed: seed + 3, colours: firs },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#5A7A44', '#8EA858', '#CBD07E'), seed }),
  water: { deep: colours('#17406B')[0], shallow: colours('#2F7E96')[0], waves: 0.8, far: Infinity, near: 4.6 },
  tufts: { grass: 16, flowers: 4 },
};

/** The open sea to the horizon. */
export const sea: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.7, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 60,
      base: 0.1,
      swing: 2.6,
      frequency: 0.05,
      seed: seed + 1,
      colours: colours('#49708A', '#7CA08E', '#C9C49A'),
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#0E4F86', '#1D7AA2', '#2A9DB5'), seed }),
  water: { deep: colours('#0E4F86')[0], shallow: colours('#2A9DB5')[0], waves: 1.6, far: Infinity, near: 0 },
};

/** Sand, palms and the sea behind. */
export const beach: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.55, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 50,
      base: 0.4,
      swing: 3.4,
      frequency: 0.06,
      seed: seed + 1,
      colours: colours('#3F7080', '#6FA58A', '#CCC89A'),
    },
    {
      kind: 'trees',
      tree: 'palm',
      z: 5.7,
      count: 4,
      heights: [2.4, 3.3],
      seed: seed + 2,
      colours: palms,
      gap: [0, 2.2],
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#D9A86C', '#EFCB8C', '#FBE6B6'), seed, detail: 0.35 }),
  water: { deep: colours('#0F5F93')[0], shallow: colours('#3CC0BE')[0], waves: 1.1, far: Infinity, near: 7.2 },
  props: () => [{ name: 'crab', x: -1.9, z: 3.9, height: 0.22 }],
  rocks: {
    at: [
      { x: 2.7, z: 6.4, height: 0.36 },
      { x: 3.3, z: 6.8, height: 0.5 },
    ],
    colours: shoreRock,
  },
  litter: { colours: shoreRock, pebbles: 90, shells: 14, hasTrack: true },
};

/** A river through green banks. */
export const river: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.45, veils: 0.25 },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 30,
      base: 1.8,
      swing: 2,
      frequency: 0.07,
      seed: seed + 1,
      colours: colours('#3F7A58', '#6FAE62', '#C5DC7E'),
    },
    {
      kind: 'trees',
      tree: 'leaf',
      z: 16,
      count: 14,
      heights: [1.9, 3],
      seed: seed + 2,
      colours: colours('#2F6B3A', '#4F9A45', '#9CCB58'),
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#3F8038', '#78B848', '#C6DE66'), seed }),
  water: { deep: colours('#1C5A86')[0], shallow: colours('#4AA6B4')[0], waves: 1, far: 9, near: 4.4 },
  rocks: {
    at: [
      { x: -2.3, z: 4.25, height: 0.3 },
      { x: -2.7, z: 4.4, height: 0.42 },
      { x: 2.2, z: 4.3, height: 0.22 },
    ],
    colours: shoreRock,
  },
  litter: { colours: shoreRock, pebbles: 60 },
  tufts: { grass: 14, flowers: 7 },
};

/** Houses along a quay, boats on the water. */
export const harbour: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.6, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 40,
      base: 1,
      swing: 1.8,
      frequency: 0.08,
      seed: seed + 1,
      colours: colours('#4A7060', '#7A9C70', '#C4C68C'),
    },
    {
      kind: 'buildings',
      z: 20,
      heights: [1.9, 3.2],
      widths: [1.3, 2.1],
      walls: colours('#D98E6A', '#E7C39A', '#9DB4B8', '#C9798A', '#E3B24F'),
      roofs: 'gabled',
      seed: seed + 2,
    },
  ],
  ground: (seed) => ({ kind: 'floor', colours: colours('#8A6A4C', '#B08C66'), pattern: 'boards', seed, rug: null }),
  water: { deep: colours('#123F66')[0], shallow: colours('#2F7E96')[0], waves: 0.9, far: 20, near: 4.2, hasQuay: true },
  props: () => [
    { name: 'sailboat', x: -3.2, z: 9.5, height: 2.2, y: -0.15 },
    { name: 'motor boat', x: 3.4, z: 8, height: 0.9, y: -0.12 },
    { name: 'barrel', x: 1.85, z: 3.9, height: 0.55 },
    { name: 'anchor', x: -1.8, z: 3.8, height: 0.6 },
  ],
};

/** Sand, corals and rays of light under the sea. */
export const underwater: Place = {
  light: () => 'underwater',
  backdrop: { kind: 'depths' },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 20,
      base: 1,
      swing: 1.5,
      frequency: 0.16,
      seed: seed + 1,
      colours: colours('#16618C', '#2C86A6', '#7FC4BE'),
    },
    {
      kind: 'hills',
      z: 11,
      base: 0.35,
      swing: 0.9,
      frequency: 0.22,
      seed: seed + 2,
      colours: colours('#145A80', '#2E8A9A', '#A8D6B0'),
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#C2A070', '#E0C890', '#FBF0C4'), seed, detail: 0.4 }),
  rocks: {
    at: [
      { x: -2.4, z: 5.4, height: 0.5 },
      { x: 2.9, z: 6.4, height: 0.75 },
      { x: -3.6, z: 7.4, height: 0.9 },
    ],
    colours: colours('#3F6A74', '#6E9A98', '#B4CDB4'),
  },
  litter: { colours: shoreRock, pebbles: 110, shells: 16 },
  rays: 1.4,
  tufts: { grass: 16, flowers: 3 },
};
