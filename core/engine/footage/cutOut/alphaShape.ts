/** Raw frames with alpha: the planes of `frameShape`, then the opacity at the picture's own size. */
import { opaque, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Size } from '../../../render/place.ts';
import { frameShape, planesOf, type FrameShape, type Plane } from '../interpolate/rawFrame.ts';

/** How they lie in memory. */
export interface AlphaShape extends FrameShape {
  readonly colours: FrameShape;
}

/** `samples`: with alpha. */
export function alphaShape(samples: SampleFormat, size: Size): AlphaShape {
  const colours = frameShape(opaque(samples), size);
  const planes = [...colours.planes, size];
  const bytes = colours.bytes + size.width * size.height * (samples.bitDepth > 8 ? 2 : 1);
  return { samples, size, planes, bytes, peak: colours.peak, colours };
}

/** The planes of a frame: colours, and opacity. */
export function withOpacity(frame: Uint8Array, shape: AlphaShape): { colours: readonly Plane[]; alpha: Plane } {
  const planes = planesOf(frame, shape);
  return { colours: planes.slice(0, -1), alpha: planes.at(-1)! };
}

/** Opacity at the size of a plane with fewer samples: the mean of the pixels that each covers. */
export function reducedTo(alpha: Plane, { width, height }: Size, chromaShift: SampleFormat['chromaShift']): Plane {
  if (width === alpha.width && height === alpha.height) return alpha;
  const data = new Uint16Array(width * height);
  const [across, down] = [1 << chromaShift.x, 1 << chromaShift.y];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let row = y * down; row < Math.min(alpha.height, (y + 1) * down); row++)
        for (let at = x * across; at < Math.min(alpha.width, (x + 1) * across); at++, count++)
          sum += alpha.data[row * alpha.width + at]!;
      // rounded down: only what is opaque all over counts as that
      data[y * width + x] = count === 0 ? 0 : Math.floor(sum / count);
    }
  }
  return { width, height, data };
}
