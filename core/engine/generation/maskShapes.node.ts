/**
 * Masks as bytes. A shape is coverage at the source's size, 255 = regenerate. Two things are made of it: what the model
 * is to make (at the pack's size, generous: any touched pixel), and where the made picture is laid over the source
 * (at the source's size, feathered inwards: outside the shape it is exactly 0, so the source stays untouched).
 */
import sharp from 'sharp';
import { featherPx } from '../../../models/families/video/compose.ts';
import { FailureError } from '../../contract/errors.ts';
import type { DrawnMask } from '../../document/schema.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';

export interface Shape {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Largest mask that is decoded: that of the largest picture. */
const limitInputPixels = 8192 * 8192;
const insideFrom = 128;
/** A feather must leave something that is fully regenerated. */
const enoughAlpha = 230;

/** Throws FailureError 'badRequest'. `onNotice`: the mask's proportions are not the picture's. */
export async function drawShape(
  mask: DrawnMask,
  width: number,
  height: number,
  onNotice: (said: Sentence) => void,
  mayBeEmpty = false,
): Promise<Shape> {
  const shape =
    mask.kind === 'box' ? drawBox(mask, width, height) : await drawPainted(mask.png, width, height, onNotice);
  if (!mayBeEmpty && !shape.data.some((value) => value >= insideFrom))
    throw new FailureError('badRequest', sentence('generation.emptyMask'));
  return shape;
}

function drawBox(box: Extract<DrawnMask, { kind: 'box' }>, width: number, height: number): Shape {
  const data = new Uint8Array(width * height);
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));
  const left = clamp(box.x * width, width);
  const right = clamp((box.x + box.width) * width, width);
  for (let y = clamp(box.y * height, height); y < clamp((box.y + box.height) * height, height); y++)
    data.fill(255, y * width + left, y * width + right);
  return { data, width, height };
}

async function drawPainted(
  dataUrl: string,
  width: number,
  height: number,
  onNotice: (said: Sentence) => void,
): Promise<Shape> {
  const png = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
  // the mask may come from a stranger's project: no other decoder than PNG's, and no bomb
  if (!png.subarray(0, pngSignature.length).equals(pngSignature))
    throw new FailureError('badRequest', sentence('generation.maskNotPng'));
  try {
    const found = await sharp(png, { limitInputPixels }).metadata();
    if (Math.abs((found.width / found.height) * (height / width) - 1) > 0.01)
      onNotice(
        sentence('generation.maskStretched', {
          mask: `${found.width}x${found.height}`,
          picture: `${width}x${height}`,
        }),
      );
    // strokes on a transparent ground: what is transparent is not painted
    const data = await sharp(png, { limitInputPixels })
      .flatten({ background: '#000' })
      .greyscale()
      .resize(width, height, { fit: 'fill', kernel: 'linear' })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    return { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width, height };
  } catch {
    throw new FailureError('badRequest', sentence('generation.maskUnreadable'));
  }
}

/** The inverted shape. */
export function invert(shape: Shape): Shape {
  return { ...shape, data: shape.data.map((value) => 255 - value) };
}

/**
 * What the model regenerates, 0 or 255, at the pack's size: every pixel that the shape touches, and a border around it
 * as wide as the pipeline's own fade, so that everything laid over the source is fully generated.
 */
export function modelMask(shape: Shape, width: number, height: number): Uint8Array {
  const made = new Uint8Array(width * height);
  const scaleX = shape.width / width;
  const scaleY = shape.height / height;
  const touches = (x: number, y: number): boolean => {
    const left = Math.floor(x * scaleX);
    const right = Math.max(left + 1, Math.ceil((x + 1) * scaleX));
    const bottom = Math.max(Math.floor(y * scaleY) + 1, Math.ceil((y + 1) * scaleY));
    for (let sy = Math.floor(y * scaleY); sy < bottom; sy++) {
      for (let sx = left; sx < right; sx++) if ((shape.data[sy * shape.width + sx] ?? 0) >= insideFrom) return true;
    }
    return false;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!touches(x, y)) continue;
      const from = Math.max(0, x - featherPx);
      const to = Math.min(width, x + featherPx + 1);
      for (let row = Math.max(0, y - featherPx); row <= Math.min(height - 1, y + featherPx); row++)
        made.fill(255, row * width + from, row * width + to);
    }
  }
  return made;
}

/** Opacity of the made picture, 0..255: 0 everywhere outside the shape, rising to 255 within `widthPx` of its edge. */
export async function featherInwards(shape: Shape, widthPx: number): Promise<Shape> {
  const { width, height } = shape;
  const hard = shape.data.map((value) => (value >= insideFrom ? 255 : 0));
  for (let sigma = widthPx / 2; sigma >= 0.3; sigma /= 2) {
    const blurred = await sharp(hard, { raw: { width, height, channels: 1 } })
      .blur(sigma)
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    let most = 0;
    const alpha = hard.map((value, i) => {
      // a straight edge blurs to a half: that is 0, the whole is 255
      const risen = value === 0 ? 0 : Math.max(0, Math.min(255, Math.round(((blurred[i] ?? 0) - 127.5) * 2)));
      most = Math.max(most, risen);
      return risen;
    });
    // a thin stroke would be feathered away: softer edges then give way
    if (most >= enoughAlpha) return { data: alpha, width, height };
  }
  return { data: hard, width, height };
}
