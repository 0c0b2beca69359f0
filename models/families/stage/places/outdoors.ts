/** Places under the open sky. */
import { fromHex } from '../colour.ts';
import { colours, outdoors, type Place } from './place.ts';

const leaves = colours('#2F6B3A', '#4F9A45', '#9CCB58');
const needles = colours('#16324A', '#274F63', '#5D8C8C');

/** A green field with a path, hills and far mountains. */
export const meadow: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.45, veils: 0.25 },
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
    kind: 'patches',
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
    light.isMoon || light.stars > 0 ? light : { ...light, haze: fromHex('#D6EBC0'), hazeDensity: 0.045 },
  backdrop: { kind: 'sky', clouds: 0.2, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'trees',
      tree: 'leaf',
      z: 28,
      count: 30,
      heights: [3.2, 6.4],
      seed: seed + 1,
      colours: colours('#3E7A4E', '#6AA862', '#BBDD86'),
    },
    {
      kind: 'trees',
      tree: 'leaf',
      z: 16,
      count: 13,
      heights: [3.4, 5.6],
      seed: seed + 2,
      colours: colours('#2A5A3A', '#4C8F46', '#A8CE5E'),
      gap: [-0.6, 1.6],
    },
    {
      kind: 'trees',
      tree: 'leaf',
      z: 9,
      count: 7,
      heights: [3.4, 5.2],
      seed: seed + 3,
      colours: colours('#1F5230', '#3F853E', '#95C954'),
      gap: [-0.4, 1.9],
    },
    {
      kind: 'trees',
      tree: 'bush',
      z: 8.5,
      count: 14,
      heights: [0.3, 0.7],
      seed: seed + 4,
      colours: leaves,
      gap: [-0.4, 1.2],
    },
  ],
  ground: (seed) => ({
    kind: 'patches',
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
  backdrop: { kind: 'sky', clouds: 0.35, veils: 0.3 },
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
  ground: (seed) => ({ kind: 'patches', colours: colours('#B9CCEF', '#DCE8FA', '#FBFDFF'), seed }),
  litter: { colours: colours('#6A7690', '#97A3BA', '#C6D0E0'), pebbles: 16, hasTrack: true },
};

const sandstone = colours('#8E5A3C', '#C08A58', '#E8C08A');

/** Dunes under a wide sky. */
export const desert: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.1, veils: 0.5 },
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
  ground: (seed) => ({ kind: 'patches', colours: colours('#C98B4F', '#E8B470', '#FBDBA0'), seed, detail: 0.3 }),
  rocks: {
    at: [
      { x: -2.5, z: 5.8, height: 0.4 },
      { x: 3, z: 7.4, height: 0.6 },
    ],
    colours: sandstone,
  },
  litter: { colours: sandstone, pebbles: 150, cracks: 8 },
};

/** Ranges behind ranges, firs at their feet. */
export const mountain: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.5, veils: 0.3 },
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
    kind: 'patches',
    colours: colours('#4A6F48', '#86A055', '#D2CC80'),
    seed,
    path: { colours: colours('#9A8466', '#CDB98E'), middleAt: (z) => 0.4 * Math.sin(z * 0.6 + seed), halfWidth: 0.38 },
  }),
  tufts: { grass: 8, flowers: 4 },
};

/** Great leaves and palms in a green haze. */
export const jungle: Place = {
  light: outdoors,
  tinted: (light) => (light.stars > 0 ? light : { ...light, haze: fromHex('#A9D8A8'), hazeDensity: 0.04 }),
  backdrop: { kind: 'sky', clouds: 0.1, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'trees',
      tree: 'leaf',
      z: 26,
      count: 34,
      heights: [4.6, 6.8],
      seed: seed + 1,
      colours: colours('#2E6A4A', '#5A9C5A', '#A8D07E'),
    },
    {
      kind: 'trees',
      tree: 'palm',
      z: 15,
      count: 15,
      heights: [3.6, 5.4],
      seed: seed + 2,
      colours: colours('#1E5A3C', '#3E9A4C', '#A9D45E'),
    },
    {
      kind: 'trees',
      tree: 'palm',
      z: 9.5,
      count: 7,
      heights: [2.8, 4],
      seed: seed + 3,
      colours: colours('#1E5A3C', '#3E9A4C', '#A9D45E'),
    },
    {
      kind: 'trees',
      tree: 'bush',
      z: 8.6,
      count: 22,
      heights: [0.4, 0.9],
      seed: seed + 4,
      colours: colours('#1F5A38', '#3E8E48', '#8CCB58'),
    },
  ],
  ground: (seed) => ({
    kind: 'patches',
    colours: colours('#2F5E34', '#568A3E', '#93B858'),
    seed,
    path: { colours: colours('#7A5E3E', '#A9865A'), middleAt: (z) => 0.5 * Math.sin(z * 0.5 + seed), halfWidth: 0.4 },
  }),
  rays: 0.8,
  tufts: { grass: 18, flowers: 6 },
};

/** Fields in stripes, a barn and a fence of trees. */
export const farm: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.5, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'hills',
      z: 34,
      base: 1.6,
      swing: 1.6,
      frequency: 0.06,
      seed: seed + 1,
      colours: colours('#5A8A58', '#8CB862', '#D5D87E'),
    },
    {
      kind: 'hills',
      z: 20,
      base: 0.8,
      swing: 0.8,
      frequency: 0.1,
      seed: seed + 2,
      colours: colours('#B89A48', '#DDBE5E', '#F2DE8E'),
    },
    {
      kind: 'trees',
      tree: 'leaf',
      z: 13,
      count: 6,
      heights: [1.8, 2.6],
      seed: seed + 3,
      colours: leaves,
      gap: [-1.6, 2.6],
    },
  ],
  ground: (seed) => ({
    kind: 'patches',
    colours: colours('#8A7A3A', '#B3A04E', '#D9CB72'),
    seed,
    detail: 0.7,
    path: { colours: colours('#A97E52', '#CDA676'), middleAt: () => 0.6, halfWidth: 0.5 },
  }),
  props: () => [
    { name: 'old house', x: -2.6, z: 9.5, height: 2.4 },
    { name: 'tractor', x: 3.4, z: 7.4, height: 0.9 },
    { name: 'wheat', x: -1.9, z: 4.6, height: 0.55 },
    { name: 'wheat', x: 2.3, z: 4.3, height: 0.5 },
    { name: 'wheat', x: -2.6, z: 5.2, height: 0.55 },
  ],
  tufts: { grass: 12, flowers: 2 },
};

/** A hedge, beds of flowers and a house. */
export const garden: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.45, veils: 0.25 },
  layers: (seed) => [
    { kind: 'trees', tree: 'leaf', z: 17, count: 11, heights: [2.2, 3.4], seed: seed + 2, colours: leaves },
    {
      kind: 'trees',
      tree: 'bush',
      z: 9.4,
      count: 26,
      heights: [0.7, 0.95],
      seed: seed + 3,
      colours: colours('#24623A', '#418A46', '#8CC45C'),
    },
  ],
  ground: (seed) => ({
    kind: 'patches',
    colours: colours('#3F8038', '#78B848', '#B9DA66'),
    seed,
    path: { colours: colours('#C4B49A', '#E2D6BE'), middleAt: (z) => 0.35 * Math.sin(z * 0.9), halfWidth: 0.36 },
  }),
  props: () => [
    { name: 'house with garden', x: -3, z: 10.5, height: 2.6 },
    { name: 'sunflower', x: 2.5, z: 5.2, height: 0.85 },
    { name: 'sunflower', x: 3.1, z: 5.6, height: 0.8 },
    { name: 'tulip', x: -1.7, z: 4.1, height: 0.42 },
    { name: 'tulip', x: -2.1, z: 4.4, height: 0.42 },
    { name: 'rose', x: 1.75, z: 4, height: 0.42 },
    { name: 'fountain', x: 2.1, z: 8.6, height: 1.2 },
  ],
  tufts: { grass: 8, flowers: 16 },
};

/** Slides and wheels on a wide path. */
export const playground: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.5, veils: 0.2 },
  layers: (seed) => [
    {
      kind: 'buildings',
      z: 30,
      heights: [2.6, 5],
      widths: [1.6, 2.6],
      walls: colours('#C9B49A', '#B5C0C4', '#D9C0A0'),
      roofs: 'flat',
      seed: seed + 1,
    },
    { kind: 'trees', tree: 'leaf', z: 16, count: 12, heights: [2, 3.2], seed: seed + 2, colours: leaves },
  ],
  ground: (seed) => ({
    kind: 'patches',
    colours: colours('#4C8A3E', '#86C050', '#CCE272'),
    seed,
    path: { colours: colours('#D9B984', '#F0DCB0'), middleAt: () => 0, halfWidth: 1.5 },
  }),
  props: () => [
    { name: 'playground slide', x: -2.5, z: 6.6, height: 1.7 },
    { name: 'ferris wheel', x: 3.6, z: 12, height: 4 },
    { name: 'carousel horse', x: 2.6, z: 5.6, height: 1.1 },
  ],
  tufts: { grass: 8, flowers: 6 },
};

const lavaRock = colours('#2E2430', '#574246', '#8C6A60');

/** Dark slopes under a glowing mountain. */
export const volcano: Place = {
  light: outdoors,
  tinted: (light) => ({ ...light, haze: fromHex('#B4564A'), hazeDensity: 0.022 }),
  backdrop: { kind: 'sky', clouds: 0.6, veils: 0.5 },
  layers: (seed) => [
    {
      kind: 'mountains',
      z: 52,
      base: 1.5,
      height: 8,
      frequency: 0.06,
      seed: seed + 2,
      colours: colours('#3A2A38', '#5E4048', '#8A5A54'),
      snow: 0,
    },
    {
      kind: 'hills',
      z: 21,
      base: 0.7,
      swing: 0.9,
      frequency: 0.12,
      seed: seed + 3,
      colours: colours('#2E2430', '#4E3A3E', '#7A5648'),
    },
  ],
  ground: (seed) => ({
    kind: 'patches',
    colours: colours('#33282E', '#574246', '#86645A'),
    seed,
    path: { colours: colours('#D9602E', '#F6A23E'), middleAt: (z) => 1.8 + 0.5 * Math.sin(z * 0.7), halfWidth: 0.22 },
  }),
  props: () => [{ name: 'volcano', x: -4.5, z: 30, height: 9 }],
  rocks: {
    at: [
      { x: -2.2, z: 5, height: 0.45 },
      { x: 2.9, z: 6.5, height: 0.6 },
      { x: -3.4, z: 8, height: 0.8 },
    ],
    colours: lavaRock,
  },
  litter: { colours: lavaRock, pebbles: 150, cracks: 26 },
};
