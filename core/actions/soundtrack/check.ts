import { secondsFromTicks } from '../../time/ticks.ts';
import { refusal, type Refusal } from '../refusal.ts';
import type { SoundtrackRequest } from './schema.ts';

/** Less cannot be faded in and out. */
const shortestPartSeconds = 0.1;

/** A part to regenerate must be long enough to be faded in and out. */
export function checkSoundtrack({ part, durationTicks }: SoundtrackRequest): Refusal | null {
  if (!part) return null;
  const heardTicks = Math.min(part.durationTicks, durationTicks - part.startTicks);
  return secondsFromTicks(heardTicks) < shortestPartSeconds ? refusal('partTooShort') : null;
}
