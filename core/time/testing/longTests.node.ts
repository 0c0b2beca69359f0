/**
 * Matrices of tests in two sizes. `npm test` takes a few cases of each; `npm run test:long` imports the same file from
 * a `*.long.*` test and takes all of them.
 */

/** Whether this is `npm run test:long`. */
export const isLong = process.env['FRAMEWRIGHT_LONG_TESTS'] === '1';

/** The cases at these places; all of them in the long tests. Throws where there is no such place. */
export function fewOf<T>(cases: readonly T[], ...places: number[]): T[] {
  if (isLong) return [...cases];
  return places.map((place) => {
    if (place >= cases.length) throw new RangeError(`there are ${cases.length} cases, none at ${place}`);
    return cases[place]!;
  });
}
