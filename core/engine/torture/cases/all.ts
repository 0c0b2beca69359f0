/** The whole set. */
import type { TortureCase } from '../torture.ts';
import { films } from './films.ts';
import { sounds } from './sounds.ts';

/** Every case. Names are unique. */
export const allCases: readonly TortureCase[] = [...films, ...sounds];
