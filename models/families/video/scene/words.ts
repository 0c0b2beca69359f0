/** What the words around a name say. English as people type it; the pack's own phrases (cast.json) are added by readScene.ts. */
import type { MotionName } from './motion.ts';

/** Of which one figure can do something to another. */
export type Relation = 'behind' | 'in front of' | 'beside' | 'on' | 'towards' | 'after' | 'above' | 'into';

export const motionWords: Readonly<Record<string, MotionName>> = Object.fromEntries(
  (
    [
      ['walk', 'walk walks walking stroll strolls strolling wander wanders wandering march marches marching stride strides creep creeps move moves moving go goes going climb climbs crawl crawls crawling approach approaches enter enters explore explores tiptoe trudge trudges hike hikes parade parades'],
      ['run', 'run runs running race races racing sprint sprints sprinting gallop gallops galloping trot trots rush rushes hurry hurries dash dashes chase chases chasing jog jogs jogging flee flees'],
      ['jump', 'jump jumps jumping hop hops hopping leap leaps leaping skip skips'],
      ['bounce', 'bounce bounces bouncing'],
      ['stand', 'stand stands standing wait waits waiting sit sits sitting sleep sleeps sleeping rest rests resting look looks looking watch watches watching lie lies lying pose poses posing stay stays smile smiles smiling eat eats eating read reads reading still'],
      ['dance', 'dance dances dancing play plays playing celebrate celebrates wave waves waving sing sings singing cook cooks cooking perform performs cheer cheers juggle juggles sway sways swaying laugh laughs paint paints talk talks'],
      ['spin', 'spin spins spinning rotate rotates rotating twirl twirls twirling whirl whirls turn turns turning'],
      ['drive', 'drive drives driving ride rides riding travel travels travelling cruise cruises sail sails sailing speed speeds'],
      ['fly', 'fly flies flying soar soars soaring glide glides gliding flutter flutters launch launches'],
      ['float', 'float floats floating hover hovers hovering drift drifts drifting'],
      ['swim', 'swim swims swimming dive dives diving paddle paddles'],
      ['roll', 'roll rolls rolling tumble tumbles'],
      ['slide', 'slide slides sliding skate skates skating ski skis skiing surf surfs surfing skid skids'],
      ['fall', 'fall falls falling drop drops dropping sink sinks sinking'],
      ['rise', 'rise rises rising ascend ascends'],
      ['swing', 'swing swings swinging'],
      ['shake', 'shake shakes shaking tremble trembles trembling shiver shivers shivering'],
    ] as const
  ).flatMap(([motion, words]) => words.split(' ').map((word) => [word, motion])),
);

/** Longest first where one begins another. */
export const relationPhrases: readonly (readonly [string, Relation])[] = [
  ['in front of', 'in front of'], ['on top of', 'on'], ['next to', 'beside'], ['beside', 'beside'], ['besides', 'beside'], ['near', 'beside'], ['by the side of', 'beside'],
  ['behind', 'behind'], ['towards', 'towards'], ['toward', 'towards'], ['follows', 'after'], ['following', 'after'], ['after', 'after'], ['chases', 'after'], ['chasing', 'after'],
  ['above', 'above'], ['over', 'above'], ['collides with', 'into'], ['crashes into', 'into'], ['bumps into', 'into'], ['meets', 'into'], ['on', 'on'], ['with', 'beside'],
];

export const counts: Readonly<Record<string, number>> = { two: 2, '2': 2, both: 2, pair: 2, couple: 2, three: 3, '3': 3, four: 4, '4': 4, several: 3, some: 3, many: 4 };

/** Skin tones, 1 light to 5 dark; said of people alone, so that 'a white horse' stays white. */
export const toneWords: Readonly<Record<string, number>> = { pale: 1, 'light-skinned': 1, fair: 1, white: 1, tanned: 3, 'olive-skinned': 3, asian: 2, latino: 3, indian: 4, brown: 4, 'brown-skinned': 4, african: 5, black: 5, 'dark-skinned': 5 };

export const otherColours: Readonly<Record<string, string>> = {
  crimson: 'red', scarlet: 'red', golden: 'yellow', gold: 'yellow', violet: 'purple', lilac: 'purple', magenta: 'pink', navy: 'blue', azure: 'blue', turquoise: 'blue', cyan: 'blue', teal: 'green', lime: 'green', emerald: 'green',
  silver: 'white', grey: 'white', gray: 'white', beige: 'brown', tan: 'brown', dark: 'black', blond: 'yellow', blonde: 'yellow', ginger: 'orange', rosy: 'pink',
};

export const otherGarments: Readonly<Record<string, string>> = {
  'top hat': 'hat', tophat: 'hat', gown: 'dress', skirt: 'dress', robe: 'dress', jacket: 'coat', raincoat: 'coat', cloak: 'coat', cape: 'coat', blanket: 'coat', vest: 'shirt', 't-shirt': 'shirt', jumper: 'shirt', sweater: 'shirt', pullover: 'shirt', hoodie: 'shirt',
  shawl: 'scarf', spectacles: 'glasses', shades: 'sunglasses', tiara: 'crown', beret: 'cap', bonnet: 'straw hat', sombrero: 'straw hat', 'sun hat': 'straw hat',
};

/** Names that are also verbs or colours: a name only after an article, a number or an adjective. */
export const alsoVerbs: ReadonlySet<string> = new Set('saw rose watch ring fly duck bear bow row drum train can fan light park seal crane swallow bat ram cook star stars orange sea planet globe door house home tie key bell horn fire sun moon bed field sled ship model guard'.split(' '));

/** Looks under another name. */
export const styleWords: Readonly<Record<string, string>> = { ink: 'comic', cartoon: 'comic', manga: 'comic', sketch: 'pencil', aquarelle: 'watercolour', watercolor: 'watercolour', pixelated: 'pixel art', '8-bit': 'pixel art', cyberpunk: 'neon', papercut: 'paper cut', origami: 'paper cut', impressionist: 'oil painting' };

export const sizesSaid: Readonly<Record<string, string>> = { large: 'big', enormous: 'big', gigantic: 'big', huge: 'big', giant: 'big', great: 'big', mini: 'small', miniature: 'small', baby: 'small', tall: 'big' };

/** Words for places the pack may have under another name: the first that it has. */
export const placeWords: Readonly<Record<string, readonly string[]>> = {
  stars: ['space'], planet: ['space'], galaxy: ['space'], trees: ['forest'], dunes: ['desert'], sahara: ['desert'],
  sea: ['sea', 'beach'], ocean: ['sea', 'beach'], waves: ['sea', 'beach'], coast: ['beach'], shore: ['beach'], seaside: ['beach'], island: ['beach'], sand: ['beach'], reef: ['underwater'],
  lake: ['lake', 'beach'], pond: ['lake', 'beach'], river: ['river', 'beach'], stream: ['river', 'beach'], creek: ['river', 'beach'],
  mountains: ['mountain', 'snow'], mountain: ['mountain', 'snow'], peak: ['mountain', 'snow'], cliff: ['mountain', 'snow'], alps: ['mountain', 'snow'], arctic: ['snow'], antarctica: ['snow'], ice: ['snow'],
  jungle: ['jungle', 'forest'], rainforest: ['jungle', 'forest'], farm: ['farm', 'meadow'], barn: ['farm', 'meadow'], countryside: ['farm', 'meadow'], field: ['meadow'], lawn: ['garden', 'meadow'], hill: ['meadow'], hills: ['meadow'],
  savannah: ['meadow'], savanna: ['meadow'], prairie: ['meadow'], garden: ['garden', 'meadow'], park: ['garden', 'meadow'], orchard: ['garden', 'meadow'],
  harbour: ['harbour', 'beach'], harbor: ['harbour', 'beach'], port: ['harbour', 'beach'], pier: ['harbour', 'beach'], docks: ['harbour', 'beach'], volcano: ['volcano', 'desert'], lava: ['volcano', 'desert'],
  sky: ['clouds'], clouds: ['clouds'], air: ['clouds'], playground: ['playground', 'garden'], fair: ['playground', 'city'], carnival: ['playground', 'city'],
  kitchen: ['kitchen', 'room'], classroom: ['classroom', 'room'], school: ['classroom', 'room'], bedroom: ['room'], house: ['room'], indoors: ['room'], inside: ['room'],
  stage: ['stage', 'room'], theatre: ['stage', 'room'], theater: ['stage', 'room'], concert: ['stage', 'room'], club: ['stage', 'room'], cave: ['cave'], cavern: ['cave'], moon: ['moon', 'space'],
  road: ['city'], downtown: ['city'], village: ['city'], town: ['city'], street: ['city'],
};

export const weatherPhrases: readonly (readonly [string, string])[] = [
  ['rain', 'rain'], ['rains', 'rain'], ['raining', 'rain'], ['rainy', 'rain'], ['pouring', 'rain'], ['drizzle', 'rain'], ['snowing', 'snowfall'], ['snows', 'snowfall'], ['snowfall', 'snowfall'], ['snowstorm', 'snowfall'], ['blizzard', 'snowfall'], ['snow falls', 'snowfall'], ['snow is falling', 'snowfall'], ['falling snow', 'snowfall'],
  ['fog', 'fog'], ['foggy', 'fog'], ['mist', 'fog'], ['misty', 'fog'], ['haze', 'fog'], ['falling leaves', 'leaves'], ['leaves falling', 'leaves'], ['leaves fall', 'leaves'], ['leaves are falling', 'leaves'], ['sparks', 'sparks'], ['embers', 'sparks'], ['sparks fly', 'sparks'],
];

export const cameraPhrases: readonly (readonly [string, string])[] = [
  ['zoom in', 'push in'], ['zooms in', 'push in'], ['zooming in', 'push in'], ['dolly in', 'push in'], ['close in', 'push in'], ['zoom out', 'pull out'], ['zooms out', 'pull out'], ['zooming out', 'pull out'], ['pull back', 'pull out'], ['pulls back', 'pull out'], ['dolly out', 'pull out'],
  ['pan left', 'pan left'], ['pans left', 'pan left'], ['pan right', 'pan right'], ['pans right', 'pan right'], ['tilt up', 'tilt up'], ['tilts up', 'tilt up'], ['crane up', 'tilt up'], ['tilt down', 'tilt down'], ['tilts down', 'tilt down'], ['crane down', 'tilt down'],
  ['handheld camera', 'shake'], ['shaky camera', 'shake'], ['camera shake', 'shake'], ['camera shakes', 'shake'], ['camera rolls', 'roll'], ['camera sways', 'roll'],
];
