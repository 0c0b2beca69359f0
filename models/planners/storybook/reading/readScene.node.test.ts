import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCast } from '../cast.ts';
import { placeFigures } from '../staging/placeFigures.ts';
import { readScene } from './readScene.ts';
import type { SaidScene } from './said.ts';

const pack = new URL('../../../packs/starter/video/', import.meta.url);
const cast = readCast(readFileSync(new URL('cast.json', pack), 'utf8'));
const read = (prompt: string): SaidScene => readScene(prompt, cast);
const names = (scene: SaidScene): string[] => scene.figures.map(({ entry }) => cast.entries[entry]!.name);

describe('readScene', () => {
  it('finds who, what, where and when', () => {
    const scene = read('A big red fox runs to the left on the beach at sunset, the camera pans right');
    expect(names(scene)).toEqual(['fox']);
    expect(scene.figures[0]).toMatchObject({ colour: 'red', size: 'big', motion: 'run', way: -1 });
    expect(scene).toMatchObject({
      place: 'beach',
      camera: 'pan right',
      reading: { unused: [], text: 'a big red fox runs to the left on the beach at sunset, the camera pans right' },
    });
  });

  it.each([
    ['two rabbits hop towards a giant carrot', ['rabbit', 'rabbit', 'carrot']],
    ['a police car and a fire engine race down the street', ['police car', 'fire engine']],
    ['the three penguins dance in the snow', ['penguin', 'penguin', 'penguin']],
    ['a kitten', ['cat']],
    ['a hound', ['dog']],
    ['a picture of two women', ['woman', 'woman']],
    ['一只红色的狐狸在海滩上跑', ['fox']],
    ['河马游泳', ['hippo']],
  ])('%s', (prompt, expected) => {
    expect(names(read(prompt))).toEqual(expected);
  });

  it('tells the camera that films from one that is to be drawn', () => {
    expect(read('a fox in the desert, camera slowly zooms in')).toMatchObject({
      camera: 'push in',
      reading: { text: 'a fox stands still in the desert, the camera moves in' },
    });
    expect(read('a camera in the desert').reading.text).toBe('a camera stands still in the desert');
  });

  it('tells a place from a thing, a colour from a fruit, and a verb from a name', () => {
    expect(read('a rocket flies to the stars')).toMatchObject({ place: 'space' });
    expect(names(read('a rocket flies to the stars'))).toEqual(['rocket']);
    expect(read('an orange cat').figures).toMatchObject([{ colour: 'orange' }]);
    expect(names(read('an orange on the grass'))).toEqual(['orange']);
    expect(names(read('the dog saw a cat'))).toEqual(['dog', 'cat']);
    expect(names(read('a cat among the trees'))).toEqual(['cat']);
  });

  it('puts clothes on who wears them, and says what nobody can wear', () => {
    expect(read('a penguin in a red lace gown').figures).toMatchObject([{ wears: 'red dress' }]);
    expect(read('dress the penguin in a red gown')).toMatchObject({ order: 'wear', figures: [{ wears: 'red dress' }] });
    expect(read('put a blue hat on the fox')).toMatchObject({ order: 'wear', figures: [{ wears: 'blue hat' }] });
    expect(read('a fox wearing sunglasses and a rabbit').figures).toMatchObject([
      { wears: 'sunglasses' },
      { wears: '' },
    ]);
    expect(read('a car wearing sunglasses').reading.unused).toEqual(['sunglasses']);
  });

  it('reads skin tones of people alone', () => {
    expect(read('a dark-skinned woman').figures).toMatchObject([{ tone: 5, colour: '' }]);
    expect(read('a black horse').figures).toMatchObject([{ tone: 0, colour: 'black' }]);
  });

  it('relates figures to each other', () => {
    const on = read('a monkey on a horse runs in the desert');
    expect(on.figures[0]!.relation).toEqual({ kind: 'on', to: 1 });
    expect(read('a bear under a tree, a chick behind it').figures.at(-1)!.relation).toEqual({ kind: 'behind', to: 1 });
    const chase = read('a dog chases a rabbit');
    expect(chase.figures).toMatchObject([{ motion: 'run', relation: { kind: 'after', to: 1 } }, { motion: 'run' }]);
    expect(read('a cat on the beach').figures).toMatchObject([{ relation: null }]);
  });

  it('makes sense of nonsense: cars drive, and swimmers are under water', () => {
    expect(read('a bus walks in the city').figures).toMatchObject([{ motion: 'drive' }]);
    expect(read('a small hippo swims')).toMatchObject({ place: 'underwater', figures: [{ motion: 'swim' }] });
  });

  it('reads edits', () => {
    expect(read('remove the cat')).toMatchObject({ order: 'remove', figures: [] });
    expect(names(read('replace the cat with a dog'))).toEqual(['dog']);
    expect(names(read('turn the fox into a panda'))).toEqual(['panda']);
    expect(readScene('the cat', cast, { order: 'remove' }).figures).toEqual([]);
    expect(names(readScene('a dog', cast, { order: 'add' }))).toEqual(['dog']);
    expect(read('add a blue car on the left')).toMatchObject({
      order: 'add',
      figures: [{ colour: 'blue', side: 'left' }],
    });
  });

  it('reports words that it could not use', () => {
    expect(read('a quokka yodels in a meadow').reading.unused).toEqual(['quokka', 'yodels']);
    expect(read('constructor __proto__ a cat').figures).toHaveLength(1);
    expect(read('   ').figures).toEqual([]);
  });
});

describe('readScene of somebody whom only a picture shows', () => {
  it('lets the picture be who a pronoun means, without calling it a guess', () => {
    const { figures, reading } = readScene('she walks on the moon', cast, { referenceCount: 1 });
    expect(figures).toMatchObject([{ motion: 'walk' }]);
    expect(reading).toMatchObject({ used: ['she', 'walks', 'moon'], guessed: [], unused: [] });
    const two = readScene('she and he walk in the city at night', cast, { referenceCount: 2 });
    expect(two.figures).toMatchObject([{ motion: 'walk' }, { motion: 'walk' }]);
  });

  it('gives a verb without a subject to the picture', () => {
    const { figures, reading } = readScene('it dances quixotically', cast, { referenceCount: 1 });
    expect(figures).toMatchObject([{ motion: 'dance' }]);
    expect(reading).toMatchObject({ used: ['dances'], unused: ['quixotically'] });
    expect(readScene('it dances', cast)).toMatchObject({ figures: [], reading: { unused: ['dances'] } });
  });

  it('takes a pronoun for those in the frames that are to be changed', () => {
    const { figures, reading } = readScene('she is in the snow', cast, { about: 'a red fox runs on the beach' });
    expect(figures).toHaveLength(1);
    expect(reading).toMatchObject({ text: 'a red fox runs in the snow', guessed: [] });
  });
});

describe('placeFigures', () => {
  const aspect = 16 / 9;

  it('gives the same places for the same seed and others for another', () => {
    const scene = read('a fox walks in a meadow');
    expect(placeFigures(scene, cast, 7, aspect)).toEqual(placeFigures(scene, cast, 7, aspect));
    expect(placeFigures(scene, cast, 7, aspect)).not.toEqual(placeFigures(scene, cast, 8, aspect));
  });

  it('puts far figures into the first slots', () => {
    const { figures } = placeFigures(read('a wizard behind a castle'), cast, 1, aspect);
    expect(figures.map(({ said }) => said)).toEqual([0, 1]);
  });

  it('seats a rider on what it rides', () => {
    const { figures } = placeFigures(read('a monkey on a horse runs'), cast, 1, aspect);
    const [horse, monkey] = [
      figures.find(({ said }) => said === 1)!.placed,
      figures.find(({ said }) => said === 0)!.placed,
    ];
    expect(monkey.foot).toBeLessThan(horse.foot - horse.height * 0.5);
    expect(monkey).toMatchObject({ x: horse.x, motion: 'run', way: horse.way });
  });

  it('lets a pursuer run behind, the same way', () => {
    const { figures } = placeFigures(read('a dog chases a rabbit to the right'), cast, 3, aspect);
    const [dog, rabbit] = [
      figures.find(({ said }) => said === 0)!.placed,
      figures.find(({ said }) => said === 1)!.placed,
    ];
    expect(dog.way).toBe(1);
    expect(rabbit.way).toBe(1);
    expect(rabbit.x).toBeGreaterThan(dog.x + 0.3);
  });
});

describe('readScene of what is already there', () => {
  const about = 'a red fox runs to the left on the beach by day';

  it('keeps who, where and what of it that the words leave open', () => {
    expect(readScene('at night', cast, { about })).toMatchObject({
      reading: { text: 'a red fox runs to the left on the beach at night' },
      place: 'beach',
    });
    expect(readScene('watercolour', cast, { about }).reading.text).toBe(
      'watercolour: a red fox runs to the left on the beach by day',
    );
  });

  it('goes by the words alone where they name somebody, or order something', () => {
    expect(names(readScene('a panda dances', cast, { about }))).toEqual(['panda']);
    expect(readScene('remove the fox', cast, { about })).toMatchObject({ figures: [], place: '' });
  });

  it('repeats a standing figure without a word left over', () => {
    expect(read('a person stands still in the snow by day')).toMatchObject({
      reading: { unused: [] },
      figures: [{ motion: 'stand' }],
    });
  });

  it('knows which figure an edit applies to', () => {
    const target = (prompt: string): string | null => {
      const { target: who } = read(prompt);
      return who && cast.entries[who.entry]!.name;
    };
    expect(target('remove the fox')).toBe('fox');
    expect(target('replace the cat with a dog')).toBe('cat');
    expect(target('dress the penguin in a red gown')).toBe('penguin');
    expect(read('dress the penguin in a red gown').target).toMatchObject({ wears: '' });
    expect(target('add a fox')).toBeNull();
    expect(target('replace it with a dog')).toBeNull();
  });
});

describe('readScene in a larger world', () => {
  const grown = readCast(
    JSON.stringify({
      ...JSON.parse(readFileSync(new URL('cast.json', pack), 'utf8')),
      places: [
        ...cast.places.filter(({ name }) => name === 'beach' || name === 'room' || name === 'underwater'),
        { name: 'sea', phrases: ['on the sea'], medium: 'surface', hasTimes: true },
      ],
      weathers: { rain: ['in the rain', 'while it rains'], snowfall: ['while snow falls'] },
    }),
  );

  it('reads weather, and leaves it out where there is no sky', () => {
    expect(readScene('a fox walks on the beach in heavy rain', grown).reading.text).toBe(
      'a fox walks on the beach in the rain',
    );
    expect(readScene('it is snowing, a fox on the beach', grown).reading.text).toBe(
      'a fox stands still on the beach while snow falls',
    );
    expect(readScene('a fox in a room while it rains', grown).reading.text).toBe('a fox stands still in a room');
  });

  it('shows a place of which nothing is known by day, where no time was said and there are times', () => {
    const fresh = (prompt: string): string => readScene(prompt, cast, { isFresh: true }).reading.text;
    expect(fresh('a fox walks in the snow')).toBe('a fox walks in the snow by day');
    expect(fresh('a fox walks in the snow at night')).toBe('a fox walks in the snow at night');
    expect(fresh('a fox walks in a room')).toBe('a fox walks in a room');
    expect(fresh('a fox walks')).toBe('a fox walks');
    expect(read('a fox walks in the snow').reading.text).toBe('a fox walks in the snow');
  });

  it('lets nobody walk on the sea', () => {
    expect(readScene('a fox runs across the ocean', grown).figures).toMatchObject([{ motion: 'swim' }]);
    expect(readScene('a sailboat at sea', grown).figures).toMatchObject([{ motion: 'drive' }]);
  });
});
