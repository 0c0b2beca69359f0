/** A figure's drawing: an SVG rasterised once a clip, with the light of the place on its roundness. */
import { Image } from '@napi-rs/canvas';
import type { Rgb } from '../colour.ts';
import { litFigure } from './litFigure.ts';
import type { Light } from '../light.ts';
import { clamp } from '../noise.ts';
import { createSurface, type Surface } from '../surface.node.ts';

/** A figure ready to be drawn. Its box is what its alpha fills; `pad` pixels of room lie round it. */
export interface Drawing {
  readonly surface: Surface;
  readonly pad: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
  /** Alpha of the surface, 0 to 255, row by row. */
  readonly alpha: Uint8ClampedArray;
  readonly frame: SvgFrame;
}

const padShare = 0.04;

/** Where a drawing's box lies in its SVG, in the 256 pixels of a trial's width. */
export interface SvgFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Rasterises an SVG so that its alpha box is `height` pixels high; `frame` is the box of another SVG to use instead,
 * for parts of one drawing. Throws if Skia reads no picture in it.
 */
export function rasterise(svg: Uint8Array, height: number, frame?: SvgFrame): Drawing {
  const image = new Image();
  image.src = Buffer.from(svg);
  if (image.width === 0 || image.height === 0) throw new Error('Skia reads no picture in this SVG.');
  const trial = createSurface(256, (256 * image.height) / image.width);
  trial.context.drawImage(image, 0, 0, trial.width, trial.height);
  const box = frame ?? alphaBox(trial);
  const scale = height / box.height;
  const pad = Math.ceil(height * padShare) + 2;
  const surface = createSurface(box.width * scale + 2 * pad, height + 2 * pad);
  surface.context.drawImage(image, pad - box.x * scale, pad - box.y * scale, trial.width * scale, trial.height * scale);
  return withAlpha(surface, pad, box.width * scale, height, box);
}

function withAlpha(surface: Surface, pad: number, boxWidth: number, boxHeight: number, frame: SvgFrame): Drawing {
  const { data } = surface.context.getImageData(0, 0, surface.width, surface.height);
  const alpha = new Uint8ClampedArray(data.length / 4);
  for (let index = 0; index < alpha.length; index++) alpha[index] = data[index * 4 + 3]!;
  return { surface, pad, boxWidth, boxHeight, alpha, frame };
}

/** The smallest box round what is at least half covered. */
function alphaBox(surface: Surface): SvgFrame {
  const { data } = surface.context.getImageData(0, 0, surface.width, surface.height);
  let [left, top, right, bottom] = [surface.width, surface.height, 0, 0];
  for (let y = 0; y < surface.height; y++)
    for (let x = 0; x < surface.width; x++) {
      if (data[(y * surface.width + x) * 4 + 3]! < 96) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  if (right <= left) throw new Error('This drawing is empty.');
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** How a drawing is coloured before it is lit. */
export interface Tint {
  /** Turns the drawing's main hue to that of this colour; null keeps it. */
  readonly recolour: ((colour: Rgb) => Rgb) | null;
  readonly mirrored: boolean;
}

/** The drawing under a light at depth `z`. */
export function lightDrawing(drawing: Drawing, light: Light, z: number, { mirrored, recolour }: Tint): Drawing {
  const { height, width } = drawing.surface;
  const surface = createSurface(width, height);
  const { context } = surface;
  if (mirrored) {
    context.translate(width, 0);
    context.scale(-1, 1);
  }
  context.drawImage(drawing.surface.canvas, 0, 0);
  context.setTransform(1, 0, 0, 1, 0, 0);
  const image = context.getImageData(0, 0, width, height);
  const normals = normalsOf(surface, drawing.boxHeight);
  litFigure(image.data, normals, { width, height, pad: drawing.pad, boxHeight: drawing.boxHeight }, light, z, recolour);
  context.putImageData(image, 0, 0);
  return withAlpha(surface, drawing.pad, drawing.boxWidth, drawing.boxHeight, drawing.frame);
}

/** Blurs of the alpha whose slopes make the roundness: radius in shares of the height, and weight. */
const blurs = [
  [0.02, 0.5],
  [0.06, 0.8],
  [0.13, 1],
] as const;

/** Slopes to the right and upwards, two numbers a pixel, each in -1 to 1. */
function normalsOf(source: Surface, boxHeight: number): Float32Array {
  const { height, width } = source;
  const normals = new Float32Array(width * height * 2);
  // a quarter of the size: what is blurred has no detail left to lose
  const part = 4;
  const small = createSurface(width / part, height / part);
  for (const [radius, weight] of blurs) {
    small.context.clearRect(0, 0, small.width, small.height);
    small.context.filter = `blur(${((radius * boxHeight) / part).toFixed(2)}px)`;
    small.context.drawImage(source.canvas, 0, 0, width / part, height / part);
    small.context.filter = 'none';
    const { data } = small.context.getImageData(0, 0, small.width, small.height);
    const at = (x: number, y: number): number =>
      data[(clamp(y, 0, small.height - 1) * small.width + clamp(x, 0, small.width - 1)) * 4 + 3]! / 255;
    const steep = (weight * 2.4 * radius * boxHeight) / part;
    const slopes = new Float32Array(small.width * small.height * 2);
    for (let y = 0; y < small.height; y++)
      for (let x = 0; x < small.width; x++) {
        slopes[(y * small.width + x) * 2] = ((at(x - 1, y) - at(x + 1, y)) / 2) * steep;
        slopes[(y * small.width + x) * 2 + 1] = ((at(x, y + 1) - at(x, y - 1)) / 2) * steep;
      }
    enlarge(slopes, small.width, small.height, part, normals, width, height);
  }
  return normals;
}

/** Adds small slopes to large ones, smoothly in between. */
function enlarge(
  small: Float32Array,
  smallWidth: number,
  smallHeight: number,
  part: number,
  large: Float32Array,
  width: number,
  height: number,
): void {
  for (let y = 0; y < height; y++) {
    const v = clamp((y + 0.5) / part - 0.5, 0, smallHeight - 1.001);
    const top = Math.floor(v);
    const down = v - top;
    const below = Math.min(top + 1, smallHeight - 1);
    for (let x = 0; x < width; x++) {
      const u = clamp((x + 0.5) / part - 0.5, 0, smallWidth - 1.001);
      const left = Math.floor(u);
      const across = u - left;
      const right = Math.min(left + 1, smallWidth - 1);
      for (let part2 = 0; part2 < 2; part2++) {
        const a = small[(top * smallWidth + left) * 2 + part2]!;
        const b = small[(top * smallWidth + right) * 2 + part2]!;
        const c = small[(below * smallWidth + left) * 2 + part2]!;
        const d = small[(below * smallWidth + right) * 2 + part2]!;
        large[(y * width + x) * 2 + part2]! +=
          (a * (1 - across) + b * across) * (1 - down) + (c * (1 - across) + d * across) * down;
      }
    }
  }
}
