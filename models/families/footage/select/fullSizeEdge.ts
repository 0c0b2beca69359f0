/**
 * A mask that was found in a small picture, at the full size of that picture: the fast guided filter (He and Sun, 2015)
 * with a guide of three colours. Near the mask's edge it is a linear function of the colours, found in the small
 * picture and applied to the full one, so that hair and edges lie where the full picture has them.
 */
import { boxMean } from './guidedFilter.ts';
import { planeOf, withinPicture, type Picture, type Plane, type Rect } from './raster.ts';

/** px of the small mask that an edge may lie off, and that its colours are looked at in. */
const reachPx = 4;
/** Variance of a colour, of 0..1, below which it says nothing. */
const epsilon = 4e-4;
/** How much of the filter's veil is stretched away; a half stays a half. */
const contrast = 1.5;

/** One factor a colour and an offset: planes of the small picture's part `within`. */
interface Linear {
  readonly within: Rect;
  readonly r: Plane;
  readonly g: Plane;
  readonly b: Plane;
  readonly offset: Plane;
  /** 0 = all around is outside the mask, 1 = inside. */
  readonly near: Plane;
}

/** The mask at the picture's size, 0..255. A mask as large as the picture gets its edges alone. */
export function fullSizeEdge(mask: Plane, picture: Picture): Uint8Array {
  const made = new Uint8Array(picture.width * picture.height);
  const within = edgeBounds(mask);
  const [sx, sy] = [mask.width / picture.width, mask.height / picture.height];
  const linear = within && linearIn(mask, picture, within);
  const columns = Float32Array.from({ length: picture.width }, (_, x) => (x + 0.5) * sx - 0.5);
  for (let y = 0; y < picture.height; y++) {
    const v = (y + 0.5) * sy - 0.5;
    const row = Math.max(0, Math.min(mask.height - 1, Math.round(v))) * mask.width;
    const isBeside = !linear || v < linear.within.top || v > linear.within.bottom - 1;
    for (let x = 0; x < picture.width; x++) {
      const u = columns[x]!;
      const at = y * picture.width + x;
      if (isBeside || u < linear.within.left || u > linear.within.right - 1) {
        made[at] = mask.data[row + Math.max(0, Math.min(mask.width - 1, Math.round(u)))]! >= 0.5 ? 255 : 0;
        continue;
      }
      made[at] = valueAt(linear, u - linear.within.left, v - linear.within.top, picture.data, at * 3);
    }
  }
  return made;
}

function valueAt({ r, g, b, offset, near }: Linear, u: number, v: number, colours: Uint8Array, from: number): number {
  const { width, height } = r;
  const [x, y] = [u | 0, v | 0];
  const [fx, fy] = [u - x, v - y];
  const at = y * width + x;
  const right = x < width - 1 ? at + 1 : at;
  const [below, across] = y < height - 1 ? [at + width, right + width] : [at, right];
  const [n0, n1, n2, n3] = [near.data[at]!, near.data[right]!, near.data[below]!, near.data[across]!];
  // far from any edge
  if (n0 <= 0.001 && n1 <= 0.001 && n2 <= 0.001 && n3 <= 0.001) return 0;
  if (n0 >= 0.999 && n1 >= 0.999 && n2 >= 0.999 && n3 >= 0.999) return 255;
  const [w0, w1, w2, w3] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
  const reds = r.data[at]! * w0 + r.data[right]! * w1 + r.data[below]! * w2 + r.data[across]! * w3;
  const greens = g.data[at]! * w0 + g.data[right]! * w1 + g.data[below]! * w2 + g.data[across]! * w3;
  const blues = b.data[at]! * w0 + b.data[right]! * w1 + b.data[below]! * w2 + b.data[across]! * w3;
  const rest = offset.data[at]! * w0 + offset.data[right]! * w1 + offset.data[below]! * w2 + offset.data[across]! * w3;
  const value = (reds * colours[from]! + greens * colours[from + 1]! + blues * colours[from + 2]!) / 255 + rest;
  const stretched = (value - 0.5) * contrast + 0.5;
  return stretched <= 0 ? 0 : stretched >= 1 ? 255 : stretched * 255 + 0.5;
}

/** The rectangle of the small mask that holds its edges and what is looked at around them; null for none. */
function edgeBounds(mask: Plane): Rect | null {
  const { data, width, height } = mask;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x]!;
      const isEdge =
        (value > 0.02 && value < 0.98) ||
        (x > 0 && Math.abs(value - data[y * width + x - 1]!) > 0.5) ||
        (y > 0 && Math.abs(value - data[(y - 1) * width + x]!) > 0.5);
      if (!isEdge) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  const margin = 3 * reachPx;
  if (right <= left) return null;
  return withinPicture(
    { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin },
    mask,
  );
}

/** Means, covariances and the linear function of each pixel's neighbourhood. */
function linearIn(mask: Plane, picture: Picture, within: Rect): Linear {
  const { width, height } = { width: within.right - within.left, height: within.bottom - within.top };
  const [r, g, b] = reduced(picture, mask, within);
  const part = planeOf(width, height);
  for (let y = 0; y < height; y++) {
    const from = (within.top + y) * mask.width + within.left;
    part.data.set(mask.data.subarray(from, from + width), y * width);
  }
  const mean = (plane: Plane): Float32Array => boxMean(plane, reachPx).data;
  const product = (a: Plane, c: Plane): Plane => {
    const data = new Float32Array(a.data.length);
    for (let i = 0; i < data.length; i++) data[i] = a.data[i]! * c.data[i]!;
    return { data, width, height };
  };
  const meanOf = { r: mean(r), g: mean(g), b: mean(b), m: mean(part) };
  const withMask = { r: mean(product(r, part)), g: mean(product(g, part)), b: mean(product(b, part)) };
  const squares = {
    ...{ rr: mean(product(r, r)), rg: mean(product(r, g)), rb: mean(product(r, b)) },
    ...{ gg: mean(product(g, g)), gb: mean(product(g, b)), bb: mean(product(b, b)) },
  };
  const factor = [planeOf(width, height), planeOf(width, height), planeOf(width, height)] as const;
  const offset = planeOf(width, height);
  for (let i = 0; i < offset.data.length; i++) {
    const m = meanOf.m[i]!;
    offset.data[i] = m;
    if (m < 0.002 || m > 0.998) continue;
    const [mr, mg, mb] = [meanOf.r[i]!, meanOf.g[i]!, meanOf.b[i]!];
    const [kr, kg, kb] = solved(
      squares.rr[i]! - mr * mr + epsilon,
      squares.rg[i]! - mr * mg,
      squares.rb[i]! - mr * mb,
      squares.gg[i]! - mg * mg + epsilon,
      squares.gb[i]! - mg * mb,
      squares.bb[i]! - mb * mb + epsilon,
      withMask.r[i]! - mr * m,
      withMask.g[i]! - mg * m,
      withMask.b[i]! - mb * m,
    );
    factor[0].data[i] = kr;
    factor[1].data[i] = kg;
    factor[2].data[i] = kb;
    offset.data[i] = m - kr * mr - kg * mg - kb * mb;
  }
  return {
    within,
    r: boxMean(factor[0], reachPx),
    g: boxMean(factor[1], reachPx),
    b: boxMean(factor[2], reachPx),
    offset: boxMean(offset, reachPx),
    near: boxMean({ data: meanOf.m, width, height }, reachPx),
  };
}

/** Solves a symmetric 3 x 3 system by Cramer's rule. */
function solved(
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  const [A, B, C] = [d * f - e * e, c * e - b * f, b * e - c * d];
  const determinant = a * A + b * B + c * C;
  if (!(determinant > 1e-15)) return [0, 0, 0];
  const [D, E, F] = [a * f - c * c, b * c - a * e, a * d - b * b];
  return [
    (A * x + B * y + C * z) / determinant,
    (B * x + D * y + E * z) / determinant,
    (C * x + E * y + F * z) / determinant,
  ];
}

/** The part of the picture at the mask's size, by areas; colours 0..1. */
function reduced(picture: Picture, mask: Plane, within: Rect): [Plane, Plane, Plane] {
  const [width, height] = [within.right - within.left, within.bottom - within.top];
  const planes: [Plane, Plane, Plane] = [planeOf(width, height), planeOf(width, height), planeOf(width, height)];
  const [sx, sy] = [picture.width / mask.width, picture.height / mask.height];
  for (let y = 0; y < height; y++) {
    const top = Math.floor((within.top + y) * sy);
    const bottom = Math.max(top + 1, Math.min(picture.height, Math.floor((within.top + y + 1) * sy)));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((within.left + x) * sx);
      const right = Math.max(left + 1, Math.min(picture.width, Math.floor((within.left + x + 1) * sx)));
      let [r, g, b] = [0, 0, 0];
      for (let py = top; py < bottom; py++) {
        for (let px = left, at = (py * picture.width + left) * 3; px < right; px++, at += 3) {
          r += picture.data[at]!;
          g += picture.data[at + 1]!;
          b += picture.data[at + 2]!;
        }
      }
      const scale = 1 / (255 * (bottom - top) * (right - left));
      const to = y * width + x;
      planes[0].data[to] = r * scale;
      planes[1].data[to] = g * scale;
      planes[2].data[to] = b * scale;
    }
  }
  return planes;
}
