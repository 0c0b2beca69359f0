/** The regular grid of a stream that may not be regular. */
import { commonRates, type Rate } from '../../time/ticks.ts';

/** Faster ones are clocks that a header takes for a rate: 90,000 in a transport stream. */
const highestFps = 1000;
/** What cameras and screens run at beside the rates of sequences. */
const fastRates: readonly Rate[] = [
  ...[90, 165, 180, 200, 300, 360, 480, 600, 960, 1000].map((num) => ({ num, den: 1 })),
  { num: 48000, den: 1001 },
  { num: 480000, den: 1001 },
];
const usualRates = [...commonRates, ...fastRates];
/** Phones write 29.98 for 29.97 and the like. */
const snapShare = 0.0006;
/** Measured distances carry Matroska's milliseconds. */
const measuredSnapShare = 0.003;

/**
 * From ffprobe's avg_frame_rate and r_frame_rate ('num/den') and the usual distance of frames where it was measured
 * (s): a phone that dropped seven frames still shot at 30, and averages 28. 30 where nothing makes sense.
 */
export function rateOfStream(average: string, real: string, usualStepSeconds: number | null): Rate {
  const said = [parseRate(average), parseRate(real)].find((rate) => rate !== null && isSane(rate)) ?? null;
  const measuredFps = usualStepSeconds ? 1 / usualStepSeconds : null;
  if (
    measuredFps !== null &&
    measuredFps >= 0.1 &&
    measuredFps <= highestFps &&
    (said === null || !near(said, measuredFps, 0.01))
  ) {
    return snap(measuredFps, measuredSnapShare) ?? { num: Math.round(measuredFps * 1000), den: 1000 };
  }
  if (said === null) return { num: 30, den: 1 };
  const known = snap(said.num / said.den, snapShare);
  // a coarse clock makes 165 frames a second 165.14 in the header, one long first frame makes 25 of them 24.8:
  // the usual distance, measured over many frames, says what was meant
  const meant = measuredFps !== null && !near(said, measuredFps, snapShare) ? snap(measuredFps, snapShare) : null;
  return known ?? meant ?? reduce(said);
}

/** The rate at which every frame of an animation begins on a slot. */
export function rateOfGrid(stepSeconds: number): Rate {
  const fps = 1 / stepSeconds;
  return snap(fps, measuredSnapShare) ?? reduce({ num: Math.round(fps * 1000), den: 1000 });
}

function isSane(rate: Rate): boolean {
  return rate.num / rate.den <= highestFps && rate.num / rate.den >= 0.1;
}

function near(rate: Rate, fps: number, share: number): boolean {
  return Math.abs(rate.num / rate.den - fps) / fps < share;
}

function snap(fps: number, share: number): Rate | null {
  const distance = (rate: Rate) => Math.abs(rate.num / rate.den - fps);
  return usualRates.filter((rate) => near(rate, fps, share)).sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** 'num/den' or 'num:den'; null for anything else, zeros included. */
export function parseRate(text: string): Rate | null {
  const parts = /^(\d+)[/:](\d+)$/.exec(text);
  const num = Number(parts?.[1] ?? 0);
  const den = Number(parts?.[2] ?? 0);
  return num > 0 && den > 0 ? { num, den } : null;
}

/** Small numbers: ffmpeg's filters keep rates in 32 bits. */
function reduce(rate: Rate): Rate {
  const divisor = gcd(rate.num, rate.den);
  const small = { num: rate.num / divisor, den: rate.den / divisor };
  return small.num <= 1_000_000 && small.den <= 1_000_000
    ? small
    : { num: Math.round((small.num / small.den) * 1000), den: 1000 };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
