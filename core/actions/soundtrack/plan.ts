import { secondsFromTicks } from '../../time/ticks.ts';
import type { SoundtrackRequest } from './schema.ts';

/** What the soundtrack family is asked for. Times in seconds after the start of the request. */
export interface SoundPlan {
  readonly durationSeconds: number;
  /** Inside the duration only. */
  readonly hitSeconds: readonly number[];
  /** The part to regenerate; null = the whole. */
  readonly part: { readonly fromSeconds: number; readonly toSeconds: number } | null;
}

/** The request in seconds. */
export function planSoundtrack({ durationTicks, hitTicks, part }: SoundtrackRequest): SoundPlan {
  const durationSeconds = secondsFromTicks(durationTicks);
  return {
    durationSeconds,
    hitSeconds: hitTicks.map(secondsFromTicks).filter((seconds) => seconds >= 0 && seconds < durationSeconds),
    part: part
      ? {
          fromSeconds: secondsFromTicks(part.startTicks),
          toSeconds: secondsFromTicks(part.startTicks + part.durationTicks),
        }
      : null,
  };
}
