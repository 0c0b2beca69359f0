/** Words for places, times, weather, looks and the camera that a pack may know under another name. */

/** Places for a word; the first one that the pack has counts. It is a guess unless the word is the place's own name. */
export const placeWords: Readonly<Record<string, readonly string[]>> = {
  stars: ['space'],
  planet: ['space'],
  galaxy: ['space'],
  trees: ['forest'],
  dunes: ['desert'],
  sahara: ['desert'],
  sea: ['sea', 'beach'],
  ocean: ['sea', 'beach'],
  waves: ['sea', 'beach'],
  coast: ['beach'],
  shore: ['beach'],
  seaside: ['beach'],
  sand: ['beach'],
  reef: ['underwater'],
  lake: ['lake', 'beach'],
  pond: ['lake', 'beach'],
  river: ['river', 'beach'],
  stream: ['river', 'beach'],
  creek: ['river', 'beach'],
  mountains: ['mountain', 'snow'],
  mountain: ['mountain', 'snow'],
  peak: ['mountain', 'snow'],
  cliff: ['mountain', 'snow'],
  alps: ['mountain', 'snow'],
  arctic: ['snow'],
  antarctica: ['snow'],
  ice: ['snow'],
  jungle: ['jungle', 'forest'],
  rainforest: ['jungle', 'forest'],
  farm: ['farm', 'meadow'],
  barn: ['farm', 'meadow'],
  countryside: ['farm', 'meadow'],
  field: ['meadow'],
  grass: ['meadow'],
  lawn: ['garden', 'meadow'],
  hill: ['meadow'],
  hills: ['meadow'],
  savannah: ['meadow'],
  savanna: ['meadow'],
  prairie: ['meadow'],
  garden: ['garden', 'meadow'],
  park: ['garden', 'meadow'],
  orchard: ['garden', 'meadow'],
  harbour: ['harbour', 'beach'],
  harbor: ['harbour', 'beach'],
  port: ['harbour', 'beach'],
  pier: ['harbour', 'beach'],
  docks: ['harbour', 'beach'],
  volcano: ['volcano'],
  lava: ['volcano'],
  sky: ['clouds'],
  clouds: ['clouds'],
  air: ['clouds'],
  playground: ['playground', 'garden'],
  fair: ['playground'],
  carnival: ['playground'],
  kitchen: ['kitchen', 'room'],
  classroom: ['classroom', 'room'],
  school: ['classroom', 'room'],
  bedroom: ['room'],
  house: ['room'],
  indoors: ['room'],
  stage: ['stage', 'room'],
  theatre: ['stage', 'room'],
  theater: ['stage', 'room'],
  concert: ['stage', 'room'],
  cave: ['cave'],
  cavern: ['cave'],
  moon: ['moon', 'space'],
  road: ['city'],
  downtown: ['city'],
  village: ['city'],
  town: ['city'],
  street: ['city'],
};

/** Other spellings and plain synonyms of places, which are not guesses. */
export const samePlaces: ReadonlySet<string> = new Set(['ocean', 'harbor', 'theater', 'woods', 'cavern']);

/** Times of day in addition to the pack's own phrases. */
export const timeWords: Readonly<Record<string, { readonly time: string; readonly isGuess: boolean }>> = {
  nighttime: { time: 'night', isGuess: false },
  midnight: { time: 'night', isGuess: true },
  moonlit: { time: 'night', isGuess: true },
  morning: { time: 'day', isGuess: true },
  noon: { time: 'day', isGuess: true },
  afternoon: { time: 'day', isGuess: true },
  dawn: { time: 'sunset', isGuess: true },
  sunrise: { time: 'sunset', isGuess: true },
  twilight: { time: 'sunset', isGuess: true },
};

/** Weather by the pack's name. */
export const weatherWords: Readonly<Record<string, readonly string[]>> = {
  rain: ['rain', 'rains', 'raining', 'rainy', 'pouring', 'drizzle', 'rain falls', 'rain is falling', 'falling rain'],
  snowfall: ['snowing', 'snows', 'snowfall', 'snowstorm', 'blizzard', 'snow falls', 'snow is falling', 'falling snow'],
  fog: ['fog', 'foggy', 'mist', 'misty', 'haze'],
  leaves: ['falling leaves', 'leaves falling', 'leaves fall', 'leaves are falling'],
  sparks: ['sparks', 'embers', 'sparks fly'],
};

/** Looks under another name; not a guess if the word means the look itself. */
export const styleWords: Readonly<Record<string, { readonly style: string; readonly isGuess: boolean }>> = {
  watercolor: { style: 'watercolour', isGuess: false },
  aquarelle: { style: 'watercolour', isGuess: false },
  pixelated: { style: 'pixel art', isGuess: false },
  papercut: { style: 'paper cut', isGuess: false },
  cartoon: { style: 'comic', isGuess: true },
  manga: { style: 'comic', isGuess: true },
  anime: { style: 'comic', isGuess: true },
  sketch: { style: 'pencil', isGuess: true },
  '8-bit': { style: 'pixel art', isGuess: true },
  cyberpunk: { style: 'neon', isGuess: true },
  origami: { style: 'paper cut', isGuess: true },
  impressionist: { style: 'oil painting', isGuess: true },
};

/** Nouns that belong to a look's name when they follow it. */
export const styleNouns = [
  'sketch',
  'drawing',
  'painting',
  'style',
  'illustration',
  'art',
  'look',
  'animation',
] as const;

/** Phrases for camera moves: [words, move]. */
export const cameraPhrases: readonly (readonly [string, string])[] = [
  ['zoom in', 'push in'],
  ['zooms in', 'push in'],
  ['zooming in', 'push in'],
  ['dolly in', 'push in'],
  ['push in', 'push in'],
  ['pushes in', 'push in'],
  ['close in', 'push in'],
  ['zoom out', 'pull out'],
  ['zooms out', 'pull out'],
  ['zooming out', 'pull out'],
  ['pull back', 'pull out'],
  ['pulls back', 'pull out'],
  ['pull out', 'pull out'],
  ['pulls out', 'pull out'],
  ['dolly out', 'pull out'],
  ['pan left', 'pan left'],
  ['pans left', 'pan left'],
  ['panning left', 'pan left'],
  ['pan right', 'pan right'],
  ['pans right', 'pan right'],
  ['panning right', 'pan right'],
  ['tilt up', 'tilt up'],
  ['tilts up', 'tilt up'],
  ['crane up', 'tilt up'],
  ['tilt down', 'tilt down'],
  ['tilts down', 'tilt down'],
  ['crane down', 'tilt down'],
  ['handheld camera', 'shake'],
  ['shaky camera', 'shake'],
  ['camera shake', 'shake'],
  ['camera shakes', 'shake'],
  ['camera rolls', 'roll'],
  ['camera sways', 'roll'],
];

/** Adverbs that may stand between 'the camera' and its move. */
export const cameraAdverbs: ReadonlySet<string> = new Set(
  'slowly smoothly gently quickly gradually steadily slightly then also and to the is'.split(' '),
);

/** Words next to 'camera' that show that it films, for moves that do not exist here. */
export const filmingWords: ReadonlySet<string> = new Set(
  (
    'follows follow following tracks track tracking orbits orbit orbiting circles circle circling rotates moves move ' +
    'moving flies rises descends shot shots angle angles movement movements motion view work pan pans panning tilt ' +
    'tilts tilting zoom zooms zooming dolly dollies captures capturing shows showing focuses focusing starts begins ' +
    'remains stays static fixed stationary pulls pushes glides'
  ).split(' '),
);
