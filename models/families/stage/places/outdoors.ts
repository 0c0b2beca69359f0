/** Places under the open sky. */
import { fromHex, type Rgb } from '../colour.ts';
import { outdoors, type Place } from './place.ts';

const colours = <const Hexes extends readonly string[]>(...hexes: Hexes): { readonly [Index in keyof Hexes]: Rgb } =>
  hexes.map(fromHex) as unknown as { readonly [Index in keyof Hexes]: Rgb };

const leaves = colours('#2F6B3A', '#4F9A45', '#9CCB58');
const needles = colours('#16324A', '#274F63', '#5D8C8C');

/** A green field with a path, hills and far mountains. */
export const meadow: Place = {
  light: outdoors,
  sky: { clouds: 0.45, veils: 0.25 },
  layers: (seed) => [
    {
      kind: 'mountains',
      z: 50,
      base: 2,
      height: 10,
      frequency: 0.05,
      seed: seed + 19,
      colours: colours('#5A74A0', '#86A0BE', '#C6CDD0'),
      snow: 0.45,
    },
    {
      kind: 'hills',
      z: 30,
      base: 1.8,
      swing: 2,
      frequency: 0.07,
      seed: seed + 4,
      colours: colours('#3F7A58', '#6FAE62', '#C5DC7E'),
    },
    { kind: 'trees', tree: 'leaf', z: 22, count: 15, heights: [1.9, 3], seed: seed + 5, colours: leaves },
    {
      kind: 'hills',
      z: 17,
      base: 0.7,
      swing: 0.9,
      frequency: 0.11,
      seed: seed + 6,
      colours: colours('#3E8040', '#79B84E', '#D6E56E'),
    },
    { kind: 'trees', tree: 'leaf', z: 11.5, count: 7, heights: [2, 3], seed: seed + 7, colours: leaves },
  ],
  ground: (seed) => ({
    colours: colours('#3F8038', '#78B848', '#C6DE66'),
    seed,
    path: {
      colours: colours('#C9A66A', '#E6CF98'),
      middleAt: (z) => 0.9 + 0.5 * Math.sin(z * 0.5 + seed),
      halfWidth: 0.42,
    },
  }),
  tufts: { grass: 10, flowers: 9 },
};

/** Leaf trees, near and far. */
export const forest: Place = {
  light: outdoors,
  tinted: (light) =>
    light.isMoon || light.stars > 0 ? light : { ...light, haze: fromHex('#CFE6B8'), hazeDensity: 0.03 },
  sky: { clouds: 0.2, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'trees',
      tree: 'leaf',
      z: 26,
      count: 34,
      heights: [4.2, 6.2],
      seed: seed + 1,
      colours: colours('#3E7A4E', '#6AA862', '#BBDD86'),
    },
    {
      kind: 'trees',
      tree: 'leaf',
      z: 15,
      count: 17,
      heights: [3.4, 5],
      seed: seed + 2,
      colours: colours('#2A5A3A', '#4C8F46', '#A8CE5E'),
    },
    { kind: 'trees', tree: 'leaf', z: 9.5, count: 9, heights: [2.9, 3.9], seed: seed + 3, colours: leaves },
    { kind: 'trees', tree: 'bush', z: 8.5, count: 16, heights: [0.35, 0.7], seed: seed + 4, colours: leaves },
  ],
  ground: (seed) => ({
    colours: colours('#3E6F38', '#6EA046', '#B9D066'),
    seed,
    path: {
      colours: colours('#A9824E', '#D9B878'),
      middleAt: (z) => -0.5 + 0.4 * Math.sin(z * 0.45 + seed),
      halfWidth: 0.4,
    },
  }),
  tufts: { grass: 14, flowers: 4 },
};

/** Firs under snow before mountains. */
export const snow: Place = {
  light: outdoors,
  sky: { clouds: 0.35, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'mountains',
      z: 44,
      base: 2,
      height: 11,
      frequency: 0.06,
      seed: seed + 3,
      colours: colours('#2C3C6A', '#52648F', '#8A9ABB'),
      snow: 1.2,
    },
    { kind: 'trees', tree: 'fir', z: 22, count: 40, heights: [2.4, 4], seed: seed + 4, colours: needles, snow: 0.8 },
    { kind: 'trees', tree: 'fir', z: 13.5, count: 19, heights: [2.4, 4], seed: seed + 5, colours: needles, snow: 1 },
    { kind: 'trees', tree: 'fir', z: 9, count: 10, heights: [2.2, 3.1], seed: seed + 6, colours: needles, snow: 1 },
  ],
  ground: (seed) => ({ colours: colours('#B9CCEF', '#DCE8FA', '#FBFDFF'), seed }),
  tufts: { grass: 0, flowers: 0 },
};

/** Dunes under a wide sky. */
export const desert: Place = {
  light: outdoors,
  sky: { clouds: 0.1, veils: 0.5 },
  layers: (seed) => [
    {
      kind: 'mountains',
      z: 40,
      base: 1.5,
      height: 6,
      frequency: 0.07,
      seed: seed + 8,
      colours: colours('#8E4A3E', '#C07850', '#E09A62'),
      snow: 0,
    },
    {
      kind: 'hills',
      z: 19,
      base: 1,
      swing: 1.3,
      frequency: 0.1,
      seed: seed + 2,
      colours: colours('#B4683F', '#E0A25F', '#FBD793'),
      areDunes: true,
    },
    {
      kind: 'hills',
      z: 11,
      base: 0.34,
      swing: 0.62,
      frequency: 0.15,
      seed: seed + 3,
      colours: colours('#B9713F', '#E6AC66', '#FFE0A0'),
      areDunes: true,
    },
  ],
  ground: (seed) => ({ colours: colours('#C98B4F', '#E8B470', '#FBDBA0'), seed, detail: 0.3 }),
  tufts: { grass: 0, flowers: 0 },
};

/** Ranges behind ranges, firs at their feet. */
export const mountain: Place = {
  light: outdoors,
  sky: { clouds: 0.5, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'mountains',
      z: 60,
      base: 3,
      height: 21,
      frequency: 0.036,
      seed: seed + 1,
      colours: colours('#3F4A72', '#6D7BA0', '#B7B6C2'),
      snow: 0.8,
    },
    {
      kind: 'mountains',
      z: 38,
      base: 1.4,
      height: 8.5,
      frequency: 0.06,
      seed: seed + 2,
      colours: colours('#34486F', '#6478A0', '#B9B4C2'),
      snow: 0.55,
    },
    {
      kind: 'hills',
      z: 22,
      base: 1.2,
      swing: 1.5,
      frequency: 0.1,
      seed: seed + 3,
      colours: colours('#2F5A5A', '#5A8A68', '#B9C27E'),
    },
    {
      kind: 'trees',
      tree: 'fir',
      z: 14,
      count: 22,
      heights: [1.6, 2.9],
      seed: seed + 4,
      colours: colours('#1F4A3E', '#2F6B50', '#6FA56A'),
    },
  ],
  ground: (seed) => ({
    colours: colours('#4A6F48', '#86A055', '#D2CC80'),
    seed,
    path: { colours: colours('#9A8466', '#CDB98E'), middleAt: (z) => 0.4 * Math.sin(z * 0.6 + seed), halfWidth: 0.38 },
  }),
  tufts: { grass: 8, flowers: 4 },
};
