/** Words for figures: the cast's names, and words close enough in meaning to be drawn as one of them. */
import { longestName, plural, type Cast } from '../cast.ts';

/** A word for a figure. */
export interface Name {
  /** Index in the cast. */
  readonly entry: number;
  /** A plural: 'dogs', 'mice'. */
  readonly isMany: boolean;
  /** The word means something near to the figure, not the figure itself. */
  readonly isGuess: boolean;
}

/**
 * Additional words of a pack's cast (`also`) that mean the figure itself. All others are guesses, or dropped.
 */
const sameMeaning = new Set(
  (
    'infant kid toddler little_boy little_girl guy gentleman lady human somebody blonde grandma grandmother ' +
    'grandparent santa santa_claus cook spaceman cosmonaut fireman policeman cop sorcerer bicyclist lifter ' +
    'rhinoceros hippopotamus bunny rex t-rex serpent brown_bear small_yellow_bird chicken blowfish bumblebee ' +
    'honeybee ladybug automobile race_car lorry bike motorbike skates sledge sleigh motorboat plane aeroplane ' +
    'chopper ufo fungus four-leaf grape maize capsicum peanut loaf hotcake burger fries hotdog donut cup_of_coffee ' +
    'soccer_ball wand yarn pawn sax headphone couch tv camcorder projector flashlight envelope package extinguisher ' +
    'luggage cup_of_tea ax eyeglasses bookbag trainers boulder flame droplet sparkle barrier loaf spacecraft ' +
    'spaceship car'
  )
    .split(' ')
    .map((word) => word.replaceAll('_', ' ')),
);

/** Additional words of a pack's cast that do not mean the figure: verbs, adjectives, kinds of sport. */
const misleading = new Set(
  (
    'rex cabbie skater saucer lifesaver maple pepperoni bday cube iceberg futbol soccer tennis rugby bowling ' +
    'badminton boxing glove chess playground drumsticks studio notes seat sit sleep reflection reflector mobile ' +
    'photo alarm mantelpiece news mail cutting locked sweeping shopping packing brush dental extinguish kitchen pick ' +
    'screw climb dish archer archery explosion scale fuel fuelpump gas hand dressed safety athletic christian ferris ' +
    'coaster eruption mountain barber mortar sunny glow glowing ringed drop barbell desktop bilberry clover bath'
  ).split(' '),
);

/** Words that the cast lacks, by the figure to draw for them. Each should be acceptable to a viewer. */
const nearFigures: Readonly<Record<string, string>> = {
  dog: 'retriever, golden retriever, corgi, husky, beagle, dachshund, german shepherd, collie, border collie, spaniel, bulldog, mutt, doggy, pup, dalmatian, greyhound',
  cat: 'tabby, feline, siamese, kitty, tomcat',
  lion: 'lioness, lion cub',
  tiger: 'tiger cub',
  cheetah: 'jaguar',
  wolf: 'coyote',
  bear: 'bear cub',
  panda: 'panda bear, panda cub',
  bird: 'sparrow, finch, robin, songbird, canary, bluebird',
  crow: 'raven, blackbird',
  duck: 'mallard',
  whale: 'humpback, humpback whale, blue whale, orca',
  fish: 'trout, salmon, carp, tuna, koi',
  'tropical fish': 'clownfish',
  snake: 'cobra, python, viper',
  crocodile: 'alligator',
  lizard: 'gecko, iguana, chameleon',
  monkey: 'chimpanzee, baboon',
  beetle: 'bug, insect',
  butterfly: 'moth',
  sheep: 'ewe',
  goat: 'ibex',
  deer: 'stag, fawn, reindeer, antelope',
  moose: 'elk',
  horse: 'mare, stallion, colt',
  ox: 'yak',
  pig: 'hog',
  child: 'youngster, schoolchild',
  boy: 'son, schoolboy',
  girl: 'schoolgirl',
  man: 'dude, bloke, father, dad',
  woman: 'mother, mum, mom',
  'old man': 'grandpa, grandad, grandfather, elderly man',
  'old woman': 'granny, elderly woman',
  person: 'someone, tourist, traveller, traveler, teacher, stranger, neighbour, neighbor',
  walker: 'hiker, pedestrian',
  runner: 'jogger, sprinter',
  doctor: 'nurse, surgeon',
  ninja: 'samurai',
  'rock star': 'guitarist',
  wizard: 'magician, mage',
  witch: 'sorceress',
  elf: 'gnome',
  ogre: 'monster, troll',
  ghost: 'spirit, spectre',
  robot: 'android, cyborg',
  alien: 'extraterrestrial, martian',
  clown: 'jester',
  car: 'convertible, hatchback',
  'racing car': 'supercar',
  'fire engine': 'fire truck, firetruck',
  van: 'minivan',
  bus: 'coach, minibus',
  tram: 'streetcar',
  scooter: 'moped',
  sailboat: 'sailing boat, rowing boat, rowboat, fishing boat',
  ship: 'vessel',
  'ocean liner': 'cruise ship',
  canoe: 'kayak',
  airplane: 'airliner, aircraft',
  rocket: 'space shuttle',
  house: 'cottage, mansion',
  hut: 'cabin, shed',
  castle: 'fortress',
  tower: 'lighthouse',
  church: 'cathedral',
  shop: 'store',
  tree: 'birch, willow, maple tree, beech',
  'fir tree': 'spruce',
  daisy: 'flower, wildflower',
  'potted plant': 'houseplant, plant',
  chair: 'armchair',
  sofa: 'settee',
  'alarm clock': 'clock',
  books: 'book',
  'open book': 'notebook, diary',
  phone: 'smartphone, cellphone, mobile phone',
  violin: 'cello, viola',
  guitar: 'ukulele',
  trumpet: 'trombone',
  cookie: 'biscuit',
  'birthday cake': 'cake',
  'bowl of ice cream': 'ice cream',
  present: 'gift',
  statue: 'monument, sculpture',
  fire: 'campfire, bonfire',
  balloon: 'hot air balloon',
  comet: 'meteor, shooting star',
  'light bulb': 'street lamp',
  'teddy bear': 'teddy',
  rock: 'cliff rock',
  'full moon': 'moon',
};

/** Words of `nearFigures` that mean the same. */
const nearButSame = new Set(
  'doggy fire_truck firetruck streetcar smartphone cellphone mobile_phone settee gift teddy grandpa grandad grandfather pup'
    .split(' ')
    .map((word) => word.replaceAll('_', ' ')),
);

const indexes = new WeakMap<Cast, ReadonlyMap<string, Name>>();

/** Every name of the cast, with additional words and plurals. */
export function namesOf(cast: Cast): ReadonlyMap<string, Name> {
  const known = indexes.get(cast);
  if (known) return known;
  const index = new Map<string, Name>();
  const add = (word: string, name: Name): void => {
    if (!index.has(word)) index.set(word, name);
  };
  const further: { word: string; entry: number; isGuess: boolean }[] = [];
  cast.entries.forEach(({ name, also }, entry) => {
    add(name, { entry, isMany: false, isGuess: false });
    for (const word of also)
      if (!misleading.has(word) && !word.endsWith(' in clothes'))
        further.push({ word, entry, isGuess: !sameMeaning.has(word) });
  });
  for (const [name, words] of Object.entries(nearFigures)) {
    const entry = cast.entries.findIndex((figure) => figure.name === name);
    if (entry >= 0)
      for (const word of words.split(', ')) further.push({ word, entry, isGuess: !nearButSame.has(word) });
  }
  // A further word may be a plural of the name itself ('dogs', 'mice').
  cast.entries.forEach(({ name }, entry) => add(plural(name), { entry, isMany: true, isGuess: false }));
  for (const { word, entry, isGuess } of further) add(word, { entry, isMany: false, isGuess });
  for (const { word, entry, isGuess } of further) add(plural(word), { entry, isMany: true, isGuess });
  indexes.set(cast, index);
  return index;
}

/** A name in a prompt. */
export interface FoundName extends Name {
  /** Length in tokens. */
  readonly length: number;
}

/** The longest name at the start of the words. */
export function longestNameIn(words: readonly string[], cast: Cast): FoundName | null {
  const index = namesOf(cast);
  for (let length = Math.min(longestName, words.length); length >= 1; length -= 1) {
    const name = index.get(words.slice(0, length).join(' '));
    if (name) return { ...name, length };
  }
  return null;
}

/** Names that are also verbs, colours or places: they count only after an article, a number or an adjective. */
export const alsoOtherWords: ReadonlySet<string> = new Set(
  (
    'saw rose watch ring fly duck bear bow row drum train can fan light park seal crane swallow bat ram cook star ' +
    'stars orange sea planet globe door house home tie key bell horn fire sun moon bed field sled ship model guard ' +
    'present target log judge slide anchor pilot plate gear letter school hammer shield scroll box sponge spoon ' +
    'plant coach pencil crayon snow cloud painting stone boxing glass book gate present store mail shop bank saws ' +
    'roses watches rings flies ducks bears bows drums trains fans seals bats rams cooks guards presents targets logs ' +
    'judges anchors pilots plates gears letters hammers shields scrolls sponges spoons plants coaches stores mails ' +
    'shops banks'
  ).split(' '),
);

/** Names that are clothes after 'wearing' and figures elsewhere. */
export const clothing: ReadonlySet<string> = new Set(
  (
    'gloves socks coat t-shirt jeans dress kimono tie safety_vest sneakers boots rubber_boots helmet fire_helmet ' +
    'goggles top_hat crown straw_hat cap graduation_cap glasses sunglasses scarf backpack handbag'
  )
    .split(' ')
    .map((word) => word.replaceAll('_', ' ')),
);
