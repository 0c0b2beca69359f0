/**
 * Waves are drawn by loudness, not by amplitude: speech at -17 dB would be a seventh of the height. Below this there is
 * silence.
 */
const floorDb = -48;

/** 1 unit of the table is 1/127 of full scale, the peaks' own resolution; in between it goes in a straight line. */
const steps = 127;
const heights = Float32Array.from({ length: steps + 2 }, (_, n) =>
  n === 0 ? 0 : Math.min(1, Math.max(0, 1 - (20 * Math.log10(n / steps)) / floorDb)),
);

/**
 * Share of the height, 0..1, for an amplitude of 0..1: in decibels from the floor up. Looked up: a wave asks thousands
 * of times a frame.
 */
export function waveHeight(amplitude: number): number {
  const at = Math.min(steps, Math.max(0, amplitude * steps));
  const below = Math.floor(at);
  return heights[below]! + (heights[below + 1]! - heights[below]!) * (at - below);
}
