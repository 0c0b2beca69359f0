/** Looks that lead the eye, made for masks: what is around a thing out of focus or dim, or a face as a mosaic. */
import { format } from '../../../ffmpeg/colour.ts';
import { filter } from '../../../ffmpeg/filterGraph.ts';
import { contrasted, eachOf, mixed, saturated, type ColourChange } from './colourMath.ts';
import type { LookDrawing } from './drawing.ts';

/** Of the blur at full strength, and of a mosaic's squares at none and at full strength, in units. */
const blurUnits = 15;
const leastSquare = 10;
const mostSquare = 34;
/** A blur this wide, in px, is drawn at half the size. */
const wideBlurPx = 5;

/**
 * Out of focus. Under a mask, what lies outside the mask gives no colour: a thing before a blurred background has no
 * halo of its own colours around it.
 */
export const blurred: LookDrawing = (stage, source, strength) => {
  const sigma = blurUnits * strength;
  const rgb = stage.rgb(source);
  const cover = stage.cover();
  if (!cover) return stage.blur(rgb, sigma);
  // of 16 bits ffmpeg's blend multiplies beyond what its integers hold
  const deep = format('gbrp12le');
  const { width, height } = stage.frames.size;
  const isWide = stage.px(sigma) >= wideBlurPx;
  const smaller = isWide ? [filter('scale', { w: width >> 1 || 1, h: height >> 1 || 1, flags: 'area' })] : [];
  const [weights, masks] = stage.copies(stage.chain(cover, deep), 2);
  const weighted = stage.chain(stage.blend(stage.chain(rgb, deep), weights!, 'multiply'), ...smaller);
  const blur = isWide ? sigma / 2 : sigma;
  const divided = stage.blend(stage.blur(weighted, blur), stage.blur(stage.chain(masks!, ...smaller), blur), 'divide');
  const larger = isWide ? [filter('scale', { w: width, h: height, flags: 'bicubic' })] : [];
  return stage.chain(divided, ...larger, format('gbrp'));
};

/** Squares of one colour each: nothing of the picture finer than them is left. */
export const mosaic: LookDrawing = (stage, source, strength) => {
  const { width, height } = stage.frames.size;
  const square = Math.max(2, stage.px(leastSquare + (mostSquare - leastSquare) * strength));
  const columns = Math.max(1, Math.round(width / square));
  const rows = Math.max(1, Math.round(height / square));
  return stage.chain(
    stage.rgb(source),
    filter('scale', { w: columns, h: rows, flags: 'area' }),
    filter('scale', { w: width, h: height, flags: 'neighbor' }),
  );
};

/** Dim and pale: what is not dimmed stands in the light. */
export const dimmed: LookDrawing = (stage, source, strength) =>
  stage.recolour(stage.rgb(source), 'dimmed', (colour) => mixed(colour, inShade(colour), strength));

const inShade: ColourChange = (colour) =>
  eachOf(saturated(colour, 0.55), (value) => contrasted(value, 1.05, 0.5) * 0.3);
