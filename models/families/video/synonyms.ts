/**
 * Words people use, and words a small pack may know instead, nearest first. The prompt rewriter takes the first that the
 * pack's vocabulary holds; a pack that knows the word itself never gets here. Several words may stand for one.
 */
export const synonyms: Readonly<Record<string, readonly string[]>> = {
  // animals
  dog: ['fox'], puppy: ['dog', 'fox'], wolf: ['dog', 'fox'], coyote: ['fox'], kitty: ['cat', 'fox'], lion: ['tiger', 'cheetah', 'giraffe'], tiger: ['cheetah', 'giraffe'],
  jaguar: ['cheetah', 'giraffe'], panther: ['cheetah', 'fox'], puma: ['cheetah', 'fox'], lynx: ['cat', 'fox'], bear: ['panda'], teddy: ['panda'], raccoon: ['panda', 'fox'], koala: ['panda'],
  cow: ['horse', 'pig'], bull: ['horse', 'pig'], donkey: ['horse', 'giraffe'], zebra: ['horse', 'giraffe'], foal: ['pony', 'horse'], deer: ['horse', 'giraffe'], unicorn: ['horse', 'giraffe'], camel: ['giraffe'],
  llama: ['giraffe'], mammoth: ['elephant'], rhino: ['hippo', 'elephant'], rhinoceros: ['hippo', 'elephant'], hog: ['pig'], boar: ['pig'], sheep: ['rabbit', 'pig'], lamb: ['rabbit', 'pig'],
  mouse: ['rabbit', 'frog'], squirrel: ['rabbit', 'fox'], hamster: ['rabbit'], lizard: ['dragon', 'dinosaur'], dino: ['dinosaur'], crocodile: ['dinosaur'], alligator: ['dinosaur'],
  snake: ['dragon', 'dinosaur'], bird: ['duck', 'chick'], goose: ['duck', 'chick'], swan: ['duck', 'penguin'], hen: ['chick'], rooster: ['chick'], parrot: ['flamingo', 'chick'], stork: ['flamingo', 'penguin'], owl: ['penguin'],
  shark: ['fish', 'frog'], goldfish: ['fish'], whale: ['fish'], dolphin: ['fish'], squid: ['octopus'], jellyfish: ['octopus'], crab: ['turtle'], snail: ['turtle'],
  // what a very small pack may lack
  cat: ['fox'], kitten: ['cat', 'fox'], rabbit: ['panda'], bunny: ['rabbit', 'panda'], hare: ['rabbit', 'panda'], hippo: ['elephant'], hippopotamus: ['hippo', 'elephant'], cheetah: ['giraffe'], leopard: ['cheetah', 'giraffe'], dragon: ['dinosaur'], turtle: ['frog'], tortoise: ['turtle', 'frog'], horse: ['giraffe'], pony: ['horse', 'giraffe'], duck: ['chick'], flamingo: ['penguin'], fish: ['frog'], octopus: ['frog'], bus: ['car'],
  // things
  truck: ['bus', 'car'], lorry: ['bus', 'car'], van: ['bus', 'car'], coach: ['bus', 'car'], taxi: ['car'], jeep: ['car'], vehicle: ['car'], tractor: ['car'], ship: ['boat', 'rocket'],
  plane: ['airplane', 'rocket'], airplane: ['rocket'], aeroplane: ['rocket'], spacecraft: ['rocket'], shuttle: ['rocket'], ball: ['balloon'], kite: ['balloon'],
  // people: the first packs have none
  person: ['panda'], man: ['panda'], woman: ['fox'], girl: ['fox'], boy: ['frog'], child: ['frog'],
  // places
  field: ['meadow'], lawn: ['grass'], garden: ['meadow'], park: ['meadow'], countryside: ['meadow'], farm: ['meadow'], hill: ['meadow'], hills: ['meadow'], jungle: ['forest'],
  wood: ['forest'], rainforest: ['forest'], savannah: ['meadow', 'grass'], savanna: ['meadow', 'grass'], prairie: ['meadow', 'grass'], shore: ['beach'], coast: ['beach'], seaside: ['beach'], island: ['beach'], lake: ['sea'], river: ['sea'], sahara: ['desert'],
  dune: ['dunes'], arctic: ['snow'], ice: ['snow'], antarctica: ['snow'], mountain: ['snow'], mountains: ['snow'], road: ['street'], downtown: ['city'],
  urban: ['city'], village: ['town'], house: ['room'], kitchen: ['room'], bedroom: ['room'], indoors: ['room'], inside: ['room'], ocean: ['sea'], reef: ['underwater'],
  cosmos: ['space'], galaxy: ['space'], universe: ['space'], moon: ['planet'], star: ['stars'], sky: ['space'],
  // times
  morning: ['day'], noon: ['day'], daylight: ['daytime'], afternoon: ['day'], sunrise: ['sunset'], dawn: ['sunset'], twilight: ['dusk'], midnight: ['night'], nighttime: ['night'],
  // motions
  move: ['walks'], moves: ['walks'], go: ['walks'], goes: ['walks'], trot: ['walks'], stroll: ['strolls'], wander: ['strolls'], march: ['walks'], gallop: ['runs'],
  sprint: ['runs'], rush: ['races'], leap: ['jumps'], leaps: ['jumps'], bounce: ['jumps'], bounces: ['jumps'], rotate: ['spins'], rotates: ['spins'], twirl: ['spins'],
  whirl: ['spins'], sit: ['stands'], sits: ['stands'], sleep: ['waits'], sleeps: ['waits'], rest: ['waits'], rests: ['waits'], dive: ['swims'], dives: ['swims'],
  glide: ['flies'], glides: ['flies'], soar: ['flies'], drift: ['floats'], drifts: ['floats'], travel: ['drives'], travels: ['drives'], ride: ['drives'], rides: ['drives'],
  // looks
  watercolor: ['watercolour'], aquarelle: ['watercolour'], sketch: ['pencil'], sketched: ['pencil'], graphite: ['pencil'], cartoon: ['comic'], manga: ['comic'],
  large: ['big'], enormous: ['huge'], gigantic: ['giant'], mini: ['tiny'], crimson: ['red'], scarlet: ['red'], pink: ['red'], orange: ['yellow'], golden: ['yellow'],
  gold: ['yellow'], navy: ['blue'], azure: ['blue'], lime: ['green'], delete: ['remove'], insert: ['add'], place: ['put'], swap: ['replace'], change: ['replace'],
  center: ['middle'], centre: ['middle'], snowy: ['snowy', 'snow'], sunny: ['day'], moonlit: ['moonlight'], dark: ['night'],
};

/** Words that carry no picture: left out of the rewritten prompt without being reported. */
export const silentWords: ReadonlySet<string> = new Set(
  'a an and are as at be been but by for from has have he her here his i in into is it its me my of on or our over please she so some that the their there these they this through to under up very was we were when where which while who with you your show make create generate video clip picture image scene film shot'.split(' '),
);
