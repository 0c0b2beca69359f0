import type { SourceColour } from '../../../ffmpeg/sourceColour.ts';
import type { FrameShape } from '../interpolate/rawFrame.ts';
import { lumaShares } from '../lumaShares.ts';

/** Brightness in the levels of a format, of red, green and blue in 0..1. */
export function lumaOf(
  { peak, samples }: FrameShape,
  { matrix, range }: SourceColour,
): (red: number, green: number, blue: number) => number {
  const [kr, kb] = lumaShares(matrix);
  const kg = 1 - kr - kb;
  const whole = range === 'pc' || samples.model === 'gray';
  const black = whole ? 0 : 2 ** (samples.bitDepth - 8) * 16;
  const scale = whole ? peak : 2 ** (samples.bitDepth - 8) * 219;
  return (red, green, blue) => black + scale * (kr * red + kg * green + kb * blue);
}
