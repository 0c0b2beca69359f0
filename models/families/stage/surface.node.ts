/** Canvases of Skia that the stage paints on. */
import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { clamp } from './noise.ts';
import type { Rgb } from './colour.ts';

/** A canvas and its drawing context. */
export interface Surface {
  readonly canvas: Canvas;
  readonly context: SKRSContext2D;
  readonly width: number;
  readonly height: number;
}

/** An empty, transparent surface; sizes are rounded up to whole pixels. */
export function createSurface(width: number, height: number): Surface {
  const canvas = createCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
  const context = canvas.getContext('2d');
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  return { canvas, context, width: canvas.width, height: canvas.height };
}

/**
 * Fills a surface from a function of its pixels, evaluated every `step` pixels and smoothed in between; null is
 * transparent.
 */
export function fillSmoothly(surface: Surface, step: number, colourAt: (x: number, y: number) => Rgb | null): void {
  const small = createSurface(surface.width / step, surface.height / step);
  const image = small.context.createImageData(small.width, small.height);
  for (let row = 0; row < small.height; row++)
    for (let column = 0; column < small.width; column++) {
      const colour = colourAt((column + 0.5) * step, (row + 0.5) * step);
      if (!colour) continue;
      const at = (row * small.width + column) * 4;
      for (let channel = 0; channel < 3; channel++) image.data[at + channel] = 255 * clamp(colour[channel]!) + 0.5;
      image.data[at + 3] = 255;
    }
  small.context.putImageData(image, 0, 0);
  surface.context.drawImage(small.canvas, 0, 0, small.width * step, small.height * step);
}
