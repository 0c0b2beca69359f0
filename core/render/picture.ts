/** The public face of core/render: what is to be seen and heard at a tick, for both backends. */
export { pictureAt, sequenceDuration } from './pictureAt.ts';
export { soundSegments, gainAt } from './soundSegments.ts';
export { sampleToleranceTicks } from './sourceTime.ts';
