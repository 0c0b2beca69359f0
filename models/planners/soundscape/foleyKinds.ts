/**
 * The kinds of foley that the starter's model was trained on, and every phrase that its training used for them: the
 * table FOLEY of models/training/soundtrack/prompts.py, which a test compares. `sustained` kinds sound for as long as
 * something moves (training/soundtrack/foley.py makes them from motion); the others sound at events.
 */
export interface FoleyKind {
  readonly name: string;
  readonly sustained: boolean;
  readonly phrases: readonly string[];
}

const kind = (name: string, sustained: boolean, phrases: string): FoleyKind => ({
  name,
  sustained,
  phrases: phrases.split(', '),
});

/** Every kind, in the order of the training table. */
export const foleyKinds: readonly FoleyKind[] = [
  kind(
    'steps_wood',
    false,
    'footsteps on wood, wooden floor footsteps, walking indoors, steps on stairs, heels on a floor, ' +
      'someone walking in a house, dancing',
  ),
  kind(
    'steps_stone',
    false,
    'footsteps, footsteps on stone, walking, person walking, steps, footsteps on concrete, running, ' +
      'pavement footsteps, a man walking, a woman walking, runner, jogging',
  ),
  kind(
    'steps_gravel',
    false,
    'footsteps on gravel, walking on gravel, gravel, crunching steps, walking on a path, hiking, stones crunching',
  ),
  kind('steps_snow', false, 'footsteps in snow, walking in snow, crunching snow, snow steps, boots in the snow'),
  kind(
    'steps_grass',
    false,
    'footsteps on grass, walking on grass, steps in the grass, running through a field, animal walking, ' +
      'horse walking, dog running',
  ),
  kind('steps_sand', false, 'footsteps on sand, walking on the beach, steps in sand, barefoot, walking in the desert'),
  kind(
    'splash',
    false,
    'splash, splashing, jumping into water, water splash, swimming, diving in, fish jumping, puddle, ' +
      'stone thrown in water, swimmer',
  ),
  kind(
    'whoosh',
    false,
    'whoosh, swish, fast movement, passing by, flying past, swing, sword, transition, swoosh, throw, ' +
      'throwing, spinning, fast motion',
  ),
  kind('door', false, 'door, door closing, door slam, closing a door, door shuts, cupboard, car door, drawer'),
  kind('glass_break', false, 'glass breaking, breaking glass, window smash, shattering, broken bottle, smash, crash'),
  kind('twig', false, 'twigs snapping, twig, branch breaking, snapping, snap, cracking branches, breaking wood, crack'),
  kind('drop', false, 'water drops, dripping, drip, drops, leaking tap, water drop, bubbles, bubble, pop'),
  kind(
    'clock',
    false,
    'clock, ticking, clock ticking, tick, watch, ticking clock, typing, keyboard, click, button, camera click',
  ),
  kind('clap', false, 'clap, clapping, hands clapping, hand clap, slap'),
  kind('bird_call', false, 'bird, bird call, bird chirp, a bird, chirp, sparrow, parrot, seagull, chick'),
  kind('cat', false, 'cat, meow, cat meowing, kitten, a cat'),
  kind('jump', false, 'jump, jumping, leap, hop, taking off, getting up'),
  kind('brakes', false, 'brakes, brake squeal, squeak, squeaking, screech, tyres screeching, creak, stopping car'),
  kind('paper', false, 'paper, page turning, book, paper rustling, newspaper, wrapping, cards, letter'),
  kind(
    'cloth',
    false,
    'cloth, clothes, fabric, cloth rustling, jacket, flag, person moving, gesture, hug, sitting down, ' +
      'body movement, blanket',
  ),
  kind('leaf_rustle', false, 'leaves rustling, rustle, rustling, bushes, leaves, plants, bush'),
  kind(
    'impact_soft',
    false,
    'soft impact, thud, fall, falling, pillow, punch, soft hit, bump, drop on carpet, body fall',
  ),
  kind(
    'impact_hard',
    false,
    'hard impact, impact, hit, bang, hammer, collision, hitting, box falling, object falls, stone falls, ' +
      'wood hit, blocks',
  ),
  kind('metal', false, 'metal, metal clang, clang, metal hit, pan, pot, tools, anvil, metallic impact, robot, chain'),
  kind('bell', false, 'bell, bells, church bell, ringing, bicycle bell, chime, ding, gong, alarm, ring'),
  kind(
    'glass_clink',
    false,
    'glass, glasses, clink, toast, glass clinking, bottle, dishes, cups, plate, cutlery, cheers with glasses, crystal',
  ),
  kind(
    'bounce',
    false,
    'ball, ball bouncing, bounce, bouncing, bouncing ball, basketball, football, tennis, kick, ball kick, rolling ball',
  ),
  kind('knock', false, 'knock, knocking, knocking on a door, wooden knock, tapping, tap, drumming, woodpecker'),
  kind(
    'land',
    false,
    'landing, land, jump and landing, stomp, heavy step, giant, touch down, heavy fall, boom, explosion',
  ),
  kind(
    'engine',
    true,
    'engine, engine revving, car engine, motor, motorcycle, car, all-terrain vehicle, revving, truck, ' +
      'driving, engine idle, tractor, boat, vehicle, race car',
  ),
  kind('pour', true, 'water pouring, pouring, pouring water, tap water, filling a glass, coffee pouring, tea'),
  kind(
    'leaves',
    true,
    'leaves in the wind, moving through leaves, walking through leaves, autumn leaves, rustling leaves, ' +
      'animal in the bushes',
  ),
  kind(
    'slide',
    true,
    'sliding, slide, skiing, skating, sledge, dragging, skis, scraping, brushing, sweeping, sawing by hand, snowboard',
  ),
  kind(
    'wheels',
    true,
    'wheels, rolling, skateboard, bicycle, cart, train, rolling wheels, bike, tram, pram, roller skates, riding',
  ),
  kind('dog', false, 'dog, dog barking, bark, barking, puppy, a dog'),
  kind('rooster', false, 'rooster, cock crowing, rooster crowing, farm, chicken'),
  kind('sneeze', false, 'sneeze, sneezing, person sneezing, achoo, cough'),
  kind('baby', false, 'baby, baby crying, crying, child crying, infant'),
];
