/** Where a regenerated part begins and ends and how it is crossfaded. Positions in samples at 48 kHz. */
import type { SoundtrackPart } from './contract.ts';
import type { MusicPlan } from './musicPlan.ts';

/** Longest crossfade at each end of a part; a quarter of the part if that is shorter. */
const longestJointSeconds = 0.24;
/**
 * Positions and lengths in samples. `fadeIn` begins at `fromFade`, `fadeOut` ends at `toFade`; both lie in [from, to).
 * A length of 0 means that the stem itself begins or ends there.
 */
export interface Joint {
  readonly from: number;
  readonly to: number;
  readonly fadeIn: number;
  readonly fadeOut: number;
}

/** The joint of a part in a stem. Throws RangeError if the part does not lie in the stem. */
export function jointOf(part: Pick<SoundtrackPart, 'fromSeconds' | 'toSeconds'>, sampleCount: number): Joint {
  const from = Math.max(0, Math.round(part.fromSeconds * 48000));
  const to = Math.min(sampleCount, Math.round(part.toSeconds * 48000));
  if (!(to - from >= 4800))
    throw new RangeError(
      `a part from ${part.fromSeconds} to ${part.toSeconds} s cannot be regenerated: ` +
        'it must hold at least a tenth of a second of the stem',
    );
  return withFades(from, to, sampleCount);
}

function withFades(from: number, to: number, sampleCount: number): Joint {
  const fade = Math.min(Math.round(longestJointSeconds * 48000), Math.floor((to - from) / 4));
  return { from, to, fadeIn: from === 0 ? 0 : fade, fadeOut: to === sampleCount ? 0 : fade };
}

/**
 * The bars a part covers, from the first it touches to the last. Music is joined at bar lines: the fade ends where a
 * bar begins, so that its first beat sounds in full. If the nearest bar line lies more than half a bar inside the part,
 * the joint is at the first or last beat inside instead, and the bar of that beat is rewritten.
 */
export function barsWithin(
  plan: MusicPlan,
  { from, to }: Joint,
  sampleCount: number,
): { from: number; to: number; joint: Joint } {
  const starts = plan.bars.map((bar) => Math.round(bar.startSeconds * 48000));
  const beats = plan.bars.flatMap((bar) =>
    Array.from({ length: Math.ceil(bar.sixteenths / 4) }, (_, beat) =>
      Math.round((bar.startSeconds + 4 * beat * bar.sixteenthSeconds) * 48000),
    ),
  );
  const first = Math.max(
    0,
    starts.findLastIndex((start) => start <= from),
  );
  const after = starts.findIndex((start) => start >= to);
  const last = after < 0 ? starts.length : after;
  const halfBar = (starts.length > 1 ? starts[1]! - starts[0]! : sampleCount) / 2;
  const fade = Math.round(longestJointSeconds * 48000);
  const entry = starts.find((start) => start - fade >= from && start <= from + halfBar && start < to);
  const exit = starts.findLast((start) => start <= to && start >= to - halfBar && start - fade > (entry ?? from));
  // a part shorter than two bars has no room for that
  const roomy = to - from >= 4 * halfBar;
  const beatIn = roomy ? beats.find((beat) => beat - fade >= from) : undefined;
  const beatOut = roomy ? beats.findLast((beat) => beat <= to) : undefined;
  const begin = from === 0 ? 0 : (entry ?? beatIn) === undefined ? from : (entry ?? beatIn)! - fade;
  const end = to === sampleCount ? to : (exit ?? beatOut ?? to);
  const joint = withFades(begin, end, sampleCount);
  const firstNew = entry === undefined || from === 0 ? first : starts.indexOf(entry);
  return {
    from: firstNew,
    to: Math.max(firstNew + 1, exit === undefined || to === sampleCount ? last : starts.indexOf(exit)),
    joint,
  };
}
