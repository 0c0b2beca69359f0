import type { VideoFacts } from '../../disk/facts.ts';
import type { Size } from '../../render/place.ts';

/** A source's picture as it is decoded and turned upright, before its pixels are made square. px */
export function pictureSize({ codedWidth, codedHeight, rotationDegrees }: VideoFacts): Size {
  const quarter = Math.round(rotationDegrees / 90) % 2 !== 0;
  return quarter ? { width: codedHeight, height: codedWidth } : { width: codedWidth, height: codedHeight };
}
