/** How footage is continued past its edge, and how much of it is shown again for that. */
import { secondsFromTicks, ticksPerSecond, type Ticks } from '../../time/ticks.ts';

/**
 * slow: the last second, slower and slower. pingPong: back and forth. hold: the last frame with living grain. carryOn:
 * the motion of the last frames goes on for half a second and comes to rest. roomTone: sound alone.
 */
export const extendWays = ['slow', 'pingPong', 'hold', 'carryOn', 'roomTone'] as const;
export type ExtendWay = (typeof extendWays)[number];
/** Ways that make pictures. */
export const pictureWays = ['slow', 'carryOn', 'hold', 'pingPong'] as const satisfies readonly ExtendWay[];

/** The way of requests that name none. */
export const usualWay: ExtendWay = 'hold';

const longestLeadTicks: Ticks = 2 * ticksPerSecond;
const turnTicks: Ticks = ticksPerSecond / 4;

/** Ticks at the shot's edge that the new clip shows again, slower: it then begins there. `ownTicks`: of the shot. */
export function leadTicks(way: ExtendWay, extraTicks: Ticks, ownTicks: Ticks): Ticks {
  // half of the shot, at most, is shown another way than it was filmed
  const most = Math.floor(ownTicks / 2);
  if (way === 'slow') return Math.min(most, Math.max(ticksPerSecond, Math.min(longestLeadTicks, extraTicks)));
  return way === 'pingPong' ? Math.min(most, turnTicks) : 0;
}

/** For sentences. */
export function secondsOf(ticks: Ticks): number {
  return Math.round(secondsFromTicks(ticks) * 10) / 10;
}
