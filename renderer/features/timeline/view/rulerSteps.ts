/** Which times the ruler writes and where it only ticks. */
import { framesPerSecond, ticksAtFrame, frameAtTicks, type Rate, type Ticks } from '../../../../core/time/ticks.ts';

export interface RulerSteps {
  /** Frames between written timecodes, and between small ticks. */
  readonly labelFrames: number;
  readonly tickFrames: number;
}

/** Room for 'HH:MM:SS:FF' in 10 px figures and some air. */
const labelRoomPx = 96;

/** Steps an editor counts in: frames, then seconds, then minutes and hours; each with its subdivision. */
export function rulerSteps(pixelsPerSecond: number, rate: Rate): RulerSteps {
  const base = Math.round(framesPerSecond(rate));
  const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000, 86_400];
  const candidates: RulerSteps[] = [
    { labelFrames: 1, tickFrames: 1 },
    { labelFrames: 5, tickFrames: 1 },
    { labelFrames: 10, tickFrames: 1 },
    ...seconds.map((second) => ({ labelFrames: second * base, tickFrames: secondsTick(second, base) })),
  ];
  const pxPerFrame = pixelsPerSecond / framesPerSecond(rate);
  return candidates.find((candidate) => candidate.labelFrames * pxPerFrame >= labelRoomPx) ?? candidates.at(-1)!;
}

function secondsTick(seconds: number, base: number): number {
  switch (seconds) {
    case 1:
      // fifths, or quarters at 24: ticks have to meet the next second
      return base % 5 === 0 ? base / 5 : base % 4 === 0 ? base / 4 : 1;
    case 2:
      return base;
    case 15:
      return 5 * base;
    case 60:
    case 600:
      return (seconds / 6) * base;
    default:
      return (seconds / 5) * base;
  }
}

export interface RulerTick {
  readonly ticks: Ticks;
  readonly labelled: boolean;
}

/** Ticks of the ruler between two times. */
export function rulerTicksBetween(
  fromTicks: Ticks,
  toTicks: Ticks,
  steps: RulerSteps,
  rate: Rate,
): readonly RulerTick[] {
  const first = Math.floor(Math.max(0, frameAtTicks(fromTicks, rate)) / steps.labelFrames) * steps.labelFrames;
  const last = frameAtTicks(toTicks, rate);
  const result: RulerTick[] = [];
  for (let frame = first; frame <= last; frame += steps.tickFrames) {
    result.push({ ticks: ticksAtFrame(frame, rate), labelled: frame % steps.labelFrames === 0 });
  }
  return result;
}
