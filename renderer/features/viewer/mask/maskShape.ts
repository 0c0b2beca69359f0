/** The shape of a mask while it is painted: one box stays a box, anything else is a painting. */

/** In fractions of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `free` = whatever the canvas holds. */
export type MaskShape = 'empty' | 'free' | Box;

/** The shape with one more box on it. A box outside the picture, or without an area, changes nothing. */
export function withBox(shape: MaskShape, box: Box): MaskShape {
  const inside = insidePicture(box);
  if (inside.width <= 0 || inside.height <= 0) return shape;
  if (shape === 'empty') return inside;
  if (shape === 'free') return 'free';
  if (contains(inside, shape)) return inside;
  return contains(shape, inside) ? shape : 'free';
}

function insidePicture({ x, y, width, height }: Box): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, width: Math.min(1, x + width) - left, height: Math.min(1, y + height) - top };
}

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
