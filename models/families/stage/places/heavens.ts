/** Places off the ground. */
import { colours, outdoors, type Place } from './place.ts';

/** Among stars and planets. */
export const space: Place = {
  light: () => 'space',
  backdrop: { kind: 'space', planets: true },
  layers: () => [],
  ground: () => null,
};

const dust = colours('#5A576E', '#9592A6', '#D8D6DE');

/** Grey dust under black sky. */
export const moon: Place = {
  light: () => 'space',
  backdrop: { kind: 'space', planets: true },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 30,
      base: 0.7,
      swing: 1.3,
      frequency: 0.09,
      seed: seed + 1,
      colours: colours('#57546E', '#8A87A0', '#C9C6D2'),
    },
    {
      kind: 'hills',
      z: 15,
      base: 0.25,
      swing: 0.5,
      frequency: 0.16,
      seed: seed + 2,
      colours: colours('#5F5C76', '#9592A8', '#D2CFD9'),
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#6F6C86', '#A5A2B4', '#D8D6DE'), seed, detail: 0.6 }),
  props: () => [{ name: 'satellite', x: 2.7, z: 8, height: 0.9, y: 1.7 }],
  rocks: {
    at: [
      { x: -2.4, z: 5.6, height: 0.5 },
      { x: 3.1, z: 7, height: 0.4 },
      { x: -1.7, z: 8, height: 0.3 },
    ],
    colours: dust,
  },
  litter: { colours: dust, pebbles: 150, craters: 26, hasTrack: true },
};

/** Above a floor of white clouds. */
export const clouds: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 1, veils: 0.6 },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 30,
      base: 0.8,
      swing: 1.8,
      frequency: 0.14,
      seed: seed + 1,
      colours: colours('#B9CBE4', '#E2ECF6', '#FFFFFF'),
    },
    {
      kind: 'hills',
      z: 14,
      base: 0.3,
      swing: 0.8,
      frequency: 0.24,
      seed: seed + 2,
      colours: colours('#BFD0E8', '#E8F0F8', '#FFFFFF'),
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#C4D4EA', '#E6EEF8', '#FFFFFF'), seed, detail: 0.3 }),
};
