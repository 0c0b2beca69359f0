/** The whole set. */
import type { TortureCase } from '../torture.ts';
import { films } from './films.ts';
import { rateCases } from './rates.ts';
import { shapeCases } from './shapes.ts';
import { sounds } from './sounds.ts';
import { streamCases } from './streams.ts';
import { timeCases } from './times.ts';

/** Every case. Names are unique. */
export const allCases: readonly TortureCase[] = [
  ...films,
  ...sounds,
  ...rateCases,
  ...shapeCases,
  ...timeCases,
  ...streamCases,
];
