/** One clip's edges. The source under what stays does not move. */
import { toSourceTicks } from '../../document/sources.ts';
import type { Clip } from '../../document/schema.ts';
import type { Ticks } from '../../time/ticks.ts';
import { newId } from '../../document/create.ts';

/** Moves the start by `deltaTicks` (later = shorter); the end stays. */
export function moveStart(clip: Clip, deltaTicks: Ticks): void {
  if (deltaTicks === 0) return;
  const sourceTicks = toSourceTicks(clip, Math.abs(deltaTicks)) * Math.sign(deltaTicks);
  clip.startTicks += deltaTicks;
  clip.durationTicks -= deltaTicks;
  // rounding at odd speeds can pass 0 by a tick
  if (!clip.reversed) clip.sourceInTicks = Math.max(0, clip.sourceInTicks + sourceTicks);
}

/** Moves the end by `deltaTicks` (later = longer); the start stays. */
export function moveEnd(clip: Clip, deltaTicks: Ticks): void {
  if (deltaTicks === 0) return;
  const before = toSourceTicks(clip, clip.durationTicks);
  clip.durationTicks += deltaTicks;
  if (clip.reversed)
    clip.sourceInTicks = Math.max(0, clip.sourceInTicks + before - toSourceTicks(clip, clip.durationTicks));
}

/** Cuts the clip at a tick inside it and returns the rest as a new clip with the same link and takes. */
export function splitOff(clip: Clip, plain: Clip, atTicks: Ticks): Clip {
  const right: Clip = { ...structuredClone(plain), id: newId() };
  moveStart(right, atTicks - plain.startTicks);
  moveEnd(clip, atTicks - plain.startTicks - plain.durationTicks);
  clip.fadeOutTicks = 0;
  right.fadeInTicks = 0;
  fitFades(clip);
  fitFades(right);
  return right;
}

/** Shortens a clip's fades until both fit into it, the fade-out first. */
export function fitFades(clip: Clip): void {
  if (clip.fadeInTicks > clip.durationTicks) clip.fadeInTicks = clip.durationTicks;
  if (clip.fadeInTicks + clip.fadeOutTicks > clip.durationTicks)
    clip.fadeOutTicks = clip.durationTicks - clip.fadeInTicks;
}
