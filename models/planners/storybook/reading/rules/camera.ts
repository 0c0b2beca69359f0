/** The filming camera: its moves, and moves it cannot make. */
import { articles } from '../silent.ts';
import type { Walk } from '../walk.ts';
import { cameraAdverbs, filmingWords } from '../worldWords.ts';

const directions: Readonly<Record<string, readonly string[]>> = {
  pan: ['left', 'right'],
  tilt: ['up', 'down'],
};

/** Reads 'the camera slowly zooms in', 'pans gently to the left', 'camera tracking shot', where no camera is drawn. */
export function readCamera(walk: Walk): number {
  if (walk.word() !== 'camera') return readTurn(walk, 0);
  if (!films(walk)) return 0;
  const verb = pastAdverbs(walk, 1);
  for (const count of [3, 2]) {
    const found = walk.world.phrases.get(walk.words(count, verb));
    if (found?.kind !== 'camera') continue;
    walk.set(found, walk.span(verb + count));
    return verb + count;
  }
  const turned = readTurn(walk, verb);
  if (turned > 0) return turned;
  let end = verb;
  while (filmingWords.has(walk.word(end))) end += 1;
  const length = end === verb ? 1 : end;
  walk.account.drop(walk.span(length));
  return length;
}

/** Whether a camera films. 'a camera on a table' is a thing; 'the camera', 'camera angle' and 'a camera move' film. */
function films(walk: Walk): boolean {
  if (filmingWords.has(walk.word(pastAdverbs(walk, 1)))) return true;
  const before = walk.word(-1);
  const isNamed = walk.figures.some(({ entry }) => walk.cast.entries[entry]!.name === 'camera');
  return !isNamed && (before === 'the' || !(articles.has(before) || walk.isAdjective(before)));
}

function pastAdverbs(walk: Walk, offset: number): number {
  let next = offset;
  while (cameraAdverbs.has(walk.word(next))) next += 1;
  return next;
}

/** Reads a pan or tilt with a direction from word `offset`; its span begins at the current word. */
function readTurn(walk: Walk, offset: number): number {
  const verb = /^(pan|tilt)(?:s|n?ing|ting)?$/.exec(walk.word(offset))?.[1];
  if (verb === undefined) return 0;
  const at = pastAdverbs(walk, offset + 1);
  const direction = walk.word(at);
  const name = `${verb} ${direction}`;
  if (!directions[verb]!.includes(direction) || !(name in walk.cast.cameras)) return 0;
  walk.set({ kind: 'camera', name, isGuess: false }, walk.span(at + 1));
  return at + 1;
}
