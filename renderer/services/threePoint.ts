/** Three-point editing: which part of a source goes where, from the points that are set. Pure; times in ticks. */
import { snapToFrame, ticksPerFrame, type Rate, type Ticks } from '../../core/time/ticks.ts';

export interface Points {
  readonly inTicks: Ticks | null;
  readonly outTicks: Ticks | null;
}

export interface SourcePoints extends Points {
  /** Null for a still, which can be any length. */
  readonly durationTicks: Ticks | null;
  /** How long it stands when no point says so. */
  readonly defaultTicks: Ticks;
}

export interface Placement {
  readonly sourceInTicks: Ticks;
  readonly startTicks: Ticks;
  readonly durationTicks: Ticks;
}

/**
 * The points decide in this order: in and out of the sequence give the length; a single point of the sequence gives the
 * start or the end; without any it starts at the playhead. A source with only an out point is counted back from it.
 * With all four points the source's out point gives way. The length is in whole frames of the sequence, at least one,
 * and never more than the source has.
 */
export function placeSource(
  source: SourcePoints,
  sequence: Points & { readonly playheadTicks: Ticks; readonly rate: Rate },
): Placement {
  const frame = ticksPerFrame(sequence.rate);
  const whole = source.durationTicks ?? Infinity;
  const range = sourceRange(source);
  const bothSet = sequence.inTicks !== null && sequence.outTicks !== null;
  const wanted = bothSet ? sequence.outTicks! - sequence.inTicks! : range.toTicks - range.fromTicks;
  const countedBack = bothSet && source.inTicks === null && source.outTicks !== null;
  let sourceInTicks = countedBack ? Math.max(0, range.toTicks - wanted) : range.fromTicks;
  // a source that ends within a frame still fills it: the last frame is held
  let durationTicks = Math.max(frame, snapToFrame(Math.min(wanted, whole - sourceInTicks), sequence.rate));
  let startTicks = snapToFrame(sequence.inTicks ?? sequence.playheadTicks, sequence.rate);
  if (sequence.inTicks === null && sequence.outTicks !== null) {
    startTicks = snapToFrame(sequence.outTicks, sequence.rate) - durationTicks;
    const before = Math.min(Math.max(0, -startTicks), durationTicks - frame);
    startTicks = Math.max(0, startTicks);
    sourceInTicks += before;
    durationTicks -= before;
  }
  return { sourceInTicks, startTicks, durationTicks };
}

function sourceRange(source: SourcePoints): { readonly fromTicks: Ticks; readonly toTicks: Ticks } {
  const fromTicks = source.durationTicks === null ? 0 : (source.inTicks ?? 0);
  const toTicks = source.durationTicks === null ? source.defaultTicks : (source.outTicks ?? source.durationTicks);
  return { fromTicks, toTicks: Math.min(toTicks, source.durationTicks ?? toTicks) };
}
