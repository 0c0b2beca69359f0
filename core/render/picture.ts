/** The public face of core/render: what is to be seen and heard at a tick, for both backends. */
export { sequenceDuration } from '../document/query.ts';
export { pictureAt } from './pictureAt.ts';
export { soundSegments, gainAt } from './soundSegments.ts';
export { sampleToleranceTicks } from './sourceTime.ts';
