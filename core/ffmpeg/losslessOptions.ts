import type { OutputOption } from './option.ts';

/** FFV1 version 3 (RFC 9043): every frame by itself, in slices of its own choice, with checksums. */
export const losslessOptions: readonly OutputOption[] = [
  ['c:v', 'ffv1'],
  ['level', 3],
  ['g', 1],
  ['slicecrc', 1],
];
