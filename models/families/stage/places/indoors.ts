/** Rooms, and places with walls. */
import { colours, outdoors, type Place } from './place.ts';

/** A living room with a window at dusk. */
export const room: Place = {
  light: () => 'room',
  backdrop: { kind: 'sky', clouds: 0, veils: 0 },
  layers: (seed) => [
    {
      kind: 'wall',
      z: 5.6,
      paper: colours('#6FA096', '#7DAEA0'),
      pattern: 'stripes',
      wainscot: colours('#E9D8B6')[0],
      window: true,
      board: false,
      shelf: true,
      seed,
    },
  ],
  ground: (seed) => ({
    kind: 'floor',
    colours: colours('#B0703F', '#D9A164'),
    pattern: 'boards',
    seed,
    rug: { x: 0.1, z: 3.5, radius: 1.15, rings: colours('#E9B766', '#4A7C92', '#F3E6C8', '#C95F50') },
  }),
  props: () => [
    { name: 'sofa', x: 2.05, z: 5, height: 1.05 },
    { name: 'potted plant', x: -1.55, z: 5.1, height: 0.95 },
  ],
};

/** Tiles, and food within reach. */
export const kitchen: Place = {
  light: () => 'room',
  backdrop: { kind: 'sky', clouds: 0, veils: 0 },
  layers: (seed) => [
    {
      kind: 'wall',
      z: 5.6,
      paper: colours('#C4D4D8', '#DCE6E8'),
      pattern: 'tiles',
      wainscot: colours('#D9B98A')[0],
      window: true,
      board: false,
      shelf: false,
      seed,
    },
  ],
  ground: (seed) => ({ kind: 'floor', colours: colours('#C9B9A4', '#E9DDCB'), pattern: 'tiles', seed, rug: null }),
  props: () => [
    { name: 'stew pot', x: -1.9, z: 5.3, height: 0.42, y: 0.78 },
    { name: 'teapot', x: -1.35, z: 5.3, height: 0.3, y: 0.78 },
    { name: 'bread', x: 1.75, z: 5.3, height: 0.26, y: 0.78 },
    { name: 'apple', x: 2.15, z: 5.3, height: 0.2, y: 0.78 },
    { name: 'chair', x: 2.35, z: 4.9, height: 0.9 },
  ],
};

/** A board, books and a globe. */
export const classroom: Place = {
  light: () => 'room',
  backdrop: { kind: 'sky', clouds: 0, veils: 0 },
  layers: (seed) => [
    {
      kind: 'wall',
      z: 5.6,
      paper: colours('#E4D9B8', '#E9DFC2'),
      pattern: 'stripes',
      wainscot: colours('#9FB0A4')[0],
      window: false,
      board: true,
      shelf: false,
      seed,
    },
  ],
  ground: (seed) => ({ kind: 'floor', colours: colours('#A97B4E', '#CFA270'), pattern: 'boards', seed, rug: null }),
  props: () => [
    { name: 'globe', x: 1.5, z: 5, height: 0.6 },
    { name: 'books', x: -2.2, z: 5, height: 0.55 },
    { name: 'chair', x: 2.45, z: 4.9, height: 0.85 },
  ],
};

/** A stage with a curtain and beams of light. */
export const stage: Place = {
  light: () => 'stage',
  backdrop: { kind: 'sky', clouds: 0, veils: 0 },
  layers: (seed) => [
    {
      kind: 'wall',
      z: 6.4,
      paper: colours('#4A0E22', '#C0304A'),
      pattern: 'curtain',
      wainscot: null,
      window: false,
      board: false,
      shelf: false,
      seed,
    },
  ],
  ground: (seed) => ({
    kind: 'floor',
    colours: colours('#4A2A52', '#7A4A74'),
    pattern: 'boards',
    seed,
    rug: { x: 0, z: 3.4, radius: 1.3, rings: colours('#C68AC4', '#A76AA8', '#7F4E86') },
  }),
  props: () => [
    { name: 'disco ball', x: -1.7, z: 5.4, height: 0.6, y: 2.05 },
    { name: 'disco ball', x: 1.7, z: 5.4, height: 0.6, y: 2.05 },
  ],
  rays: 2.2,
};

const caveRock = colours('#4A4452', '#756C80', '#A8A0B0');

/** Rock all round, light from a hole above. */
export const cave: Place = {
  light: () => 'night',
  tinted: (light) => ({
    ...light,
    disc: null,
    stars: 0,
    hazeDensity: 0.01,
    key: colours('#FFE2B0')[0],
    keyStrength: 0.62,
    ambient: colours('#9A98C8')[0],
    ambientStrength: 0.86,
  }),
  backdrop: { kind: 'sky', clouds: 0, veils: 0 },
  layers: (seed) => [
    {
      kind: 'wall',
      z: 8,
      paper: colours('#3E3A4C', '#7E7688'),
      pattern: 'rock',
      wainscot: null,
      window: false,
      board: false,
      shelf: false,
      seed,
    },
  ],
  ground: (seed) => ({ kind: 'patches', colours: colours('#4A4452', '#6E6674', '#9A909C'), seed }),
  props: () => [
    { name: 'diamond', x: -2.1, z: 6, height: 0.5 },
    { name: 'diamond', x: 2.3, z: 6.8, height: 0.4, y: 0.02 },
  ],
  rocks: {
    at: [
      { x: 1.35, z: 5.4, height: 0.4 },
      { x: -2.6, z: 5, height: 0.7 },
      { x: 3.2, z: 6, height: 0.9 },
    ],
    colours: caveRock,
  },
  litter: { colours: caveRock, pebbles: 130, cracks: 12 },
  rays: 1.2,
};

/** A street of houses with towers behind. */
export const city: Place = {
  light: outdoors,
  backdrop: { kind: 'sky', clouds: 0.4, veils: 0.3 },
  layers: (seed) => [
    {
      kind: 'buildings',
      z: 32,
      heights: [6, 14],
      widths: [1.7, 2.6],
      walls: colours('#6F86A8', '#8A9CB4', '#A9B6C4'),
      roofs: 'flat',
      seed: seed + 1,
    },
    {
      kind: 'buildings',
      z: 10,
      heights: [2.7, 4.2],
      widths: [1.5, 2.4],
      walls: colours('#D98E6A', '#E7C39A', '#9DB4B8', '#C9798A', '#8A9BC9', '#E3B24F'),
      roofs: 'gabled',
      seed: seed + 2,
    },
    {
      kind: 'trees',
      tree: 'leaf',
      z: 8.6,
      count: 4,
      heights: [1.6, 2.1],
      seed: seed + 3,
      colours: colours('#2F6B3A', '#4F9A45', '#9CCB58'),
    },
  ],
  ground: (seed) => ({ kind: 'street', seed }),
};
