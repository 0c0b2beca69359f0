/** The shadow of what stands on the ground: dark where it touches, its outline laid down to one side. Pure. */
import type { Box } from '../../../render/place.ts';
import type { PictureLevels } from './pictureLevels.ts';
import { heightOf, mapQuad, placeIn, type Point, type Quad } from './quad.ts';
import { blurred } from './softly.ts';

/** Where a picture touches the ground, in fractions of it. */
export interface Foot {
  /** The lowest row with anything in it. */
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Pixels that count as part of the thing. */
const solidFrom = 96;
/** Part of its height, from the lowest row up, that the foot's width is taken from. */
const footPart = 0.06;

/** The foot of a picture of rgba; null for one that is wholly transparent. */
export function footOf(rgba: Uint8Array, width: number, height: number): Foot | null {
  let [top, bottom] = [height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (rgba[(y * width + x) * 4 + 3]! < solidFrom) continue;
      top = Math.min(top, y);
      bottom = y;
      break;
    }
  }
  if (bottom < 0) return null;
  let [left, right] = [width, 0];
  for (let y = Math.max(top, Math.floor(bottom - footPart * (bottom - top))); y <= bottom; y++) {
    for (let x = 0; x < width; x++) {
      if (rgba[(y * width + x) * 4 + 3]! < solidFrom) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
    }
  }
  return { bottom: (bottom + 1) / height, left: left / width, right: right / width };
}

/** Of the thing's height: how far the shadow reaches to a side, and up in the frame along the ground. */
const [sideways, upwards] = [0.55, 0.1];
const [castShare, contactShare] = [0.42, 0.6];
const darkest = 0.85;

/** Where the shadow of a picture at a place lies. */
export function shadowQuad(quad: Quad, { bottom }: Foot, side: number): Quad {
  const height = heightOf(quad);
  const [left, right] = [placeIn(quad, 0, bottom), placeIn(quad, 1, bottom)];
  const lean = (at: Point): Point => ({ x: at.x + side * sideways * height, y: at.y - upwards * height });
  // the picture's part under the foot has no shadow: it is transparent
  return [lean(left), lean(right), right, left];
}

/** How dark each pixel of the box becomes, 0..1. */
export function drawShadow(
  picture: PictureLevels,
  quad: Quad,
  foot: Foot,
  { shadow, shadowSide }: { readonly shadow: number; readonly shadowSide: number },
  box: Box,
): Float32Array {
  const height = heightOf(quad);
  const laid = shadowQuad(quad, foot, shadowSide);
  const upper = { ...picture.draw([stretched(laid, foot)], box) };
  const outline = new Float32Array(box.width * box.height);
  for (let i = 0; i < outline.length; i++) outline[i] = upper.data[i * 4 + 3]!;
  const cast = blurred(outline, box.width, box.height, Math.min(24, 0.035 * height));
  const contact = contactOf(quad, foot);
  const made = new Float32Array(outline.length);
  for (let i = 0; i < made.length; i++) {
    const [x, y] = [box.x + (i % box.width), box.y + Math.floor(i / box.width)];
    const [dx, dy] = [(x - contact.x) / contact.across, (y - contact.y) / contact.down];
    const near = Math.exp(-1.6 * (dx * dx + dy * dy) ** 1.5);
    made[i] = Math.min(darkest, shadow * (castShare * cast[i]! + contactShare * near) * 1.15);
  }
  return made;
}

/** The quad of the whole picture whose part above the foot lies in `laid`. */
function stretched(laid: Quad, { bottom }: Foot): Quad {
  return mapQuad(laid, (corner, index) => {
    if (index < 2) return corner;
    const above = laid[index === 2 ? 1 : 0];
    return { x: above.x + (corner.x - above.x) / bottom, y: above.y + (corner.y - above.y) / bottom };
  });
}

function contactOf(quad: Quad, { bottom, left, right }: Foot) {
  const [from, to] = [placeIn(quad, left, bottom), placeIn(quad, right, bottom)];
  const across = Math.max(2, (Math.hypot(to.x - from.x, to.y - from.y) / 2) * 1.12);
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, across, down: Math.max(1.5, 0.2 * across) };
}

/** How far beyond the picture's corners a shadow may reach, px. */
export function shadowMargin(quad: Quad): number {
  return Math.ceil(0.1 * heightOf(quad)) + 4;
}
