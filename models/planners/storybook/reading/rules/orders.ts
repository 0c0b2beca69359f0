/** Edits, and what they apply to. */
import { articles } from '../silent.ts';
import type { EditOrder } from '../said.ts';
import type { Walk } from '../walk.ts';

const orders: Readonly<Record<string, EditOrder>> = {
  add: 'add',
  put: 'add',
  insert: 'add',
  place: 'add',
  remove: 'remove',
  erase: 'remove',
  delete: 'remove',
  replace: 'replace',
  swap: 'replace',
  turn: 'replace',
  dress: 'wear',
  give: 'wear',
};

/** Reads an edit at the very start: 'dress the penguin ...', where 'dress' is a verb. */
export function readOpeningOrder(walk: Walk): number {
  return walk.at === 0 && articles.has(walk.word(1)) ? readOrder(walk) : 0;
}

/** Reads an edit before any figure is named. */
export function readOrder(walk: Walk): number {
  const order = Object.hasOwn(orders, walk.word()) ? orders[walk.word()]! : null;
  if (order === null || walk.figures.length > 0) return 0;
  walk.order = order;
  walk.account.use(walk.span());
  return 1;
}
