import type { SourceColour } from '../../../ffmpeg/sourceColour.ts';
import type { FrameShape } from '../interpolate/rawFrame.ts';

/** Red and blue's shares of brightness. */
const shares: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
  bt2020nc: [0.2627, 0.0593],
  bt2020c: [0.2627, 0.0593],
};
const hdShares = [0.2126, 0.0722] as const;

/** Brightness in the levels of a format, of red, green and blue in 0..1. */
export function lumaOf(
  { peak, samples }: FrameShape,
  { matrix, range }: SourceColour,
): (red: number, green: number, blue: number) => number {
  const [kr, kb] = shares[matrix] ?? hdShares;
  const kg = 1 - kr - kb;
  const whole = range === 'pc' || samples.model === 'gray';
  const black = whole ? 0 : 2 ** (samples.bitDepth - 8) * 16;
  const scale = whole ? peak : 2 ** (samples.bitDepth - 8) * 219;
  return (red, green, blue) => black + scale * (kr * red + kg * green + kb * blue);
}
