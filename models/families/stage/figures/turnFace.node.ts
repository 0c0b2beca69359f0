/** Turns a face to the side: its features slide, its outline stays. */
import { clamp } from '../noise.ts';
import { createSurface } from '../surface.node.ts';
import type { Drawing } from './drawing.node.ts';

/** The drawing with its face turned to the right by `turn`, 0 to 0.5. */
export function turnFace(drawing: Drawing, turn: number): Drawing {
  const { height, width } = drawing.surface;
  const from = drawing.surface.context.getImageData(0, 0, width, height).data;
  const surface = createSurface(width, height);
  const image = surface.context.createImageData(width, height);
  for (let y = 0; y < height; y++) {
    const v = clamp((y - drawing.pad) / drawing.boxHeight);
    const bulge = 1 - (2 * v - 1) ** 2;
    for (let x = 0; x < width; x++) {
      const u = clamp((x - drawing.pad) / drawing.boxWidth);
      const sx = clamp(x - 0.17 * turn * (1 - (2 * u - 1) ** 2) * bulge * drawing.boxWidth, 0, width - 1.001);
      const left = Math.floor(sx);
      const share = sx - left;
      const at = (y * width + x) * 4;
      const a = (y * width + left) * 4;
      for (let channel = 0; channel < 4; channel++)
        image.data[at + channel] = from[a + channel]! * (1 - share) + from[a + 4 + channel]! * share + 0.5;
    }
  }
  surface.context.putImageData(image, 0, 0);
  return { ...drawing, surface };
}
