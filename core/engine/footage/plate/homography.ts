/** Plane motions: 3 by 3 matrices in rows that take a point of one frame to where it is in another. Pure. */

/** Nine numbers, row by row. */
export type Homography = Float64Array;

/** Nothing moves. */
export function identity(): Homography {
  return Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
}

/** Whether a motion moves nothing at all, to the last bit. */
export function isIdentity(m: Homography): boolean {
  return m.every((value, i) => value === (i % 4 === 0 ? 1 : 0));
}

/** First `b`, then `a`. */
export function compose(a: Homography, b: Homography): Homography {
  const made = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += a[row * 3 + k]! * b[k * 3 + column]!;
      made[row * 3 + column] = sum;
    }
  }
  const scale = made[8]!;
  return Math.abs(scale) > 1e-12 ? made.map((value) => value / scale) : made;
}

/** The way back. A matrix that has none gives the identity. */
export function inverse(m: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = m as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const p = e * i - f * h;
  const q = -(d * i - f * g);
  const r = d * h - e * g;
  const determinant = a * p + b * q + c * r;
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) return identity();
  const made = [
    p,
    -(b * i - c * h),
    b * f - c * e,
    q,
    a * i - c * g,
    -(a * f - c * d),
    r,
    -(a * h - b * g),
    a * e - b * d,
  ];
  return Float64Array.from(made, (value) => value / determinant);
}

/** The same motion in pixels `scale` times as many: pixel centres lie at whole numbers in both. */
export function scaled(m: Homography, scaleX: number, scaleY: number): Homography {
  const up = Float64Array.of(scaleX, 0, (scaleX - 1) / 2, 0, scaleY, (scaleY - 1) / 2, 0, 0, 1);
  return compose(compose(up, m), inverse(up));
}

/** Where a point goes along x; see `movedY`. */
export function movedX(m: Homography, x: number, y: number): number {
  return (m[0]! * x + m[1]! * y + m[2]!) / (m[6]! * x + m[7]! * y + m[8]!);
}

/** Where a point goes along y. */
export function movedY(m: Homography, x: number, y: number): number {
  return (m[3]! * x + m[4]! * y + m[5]!) / (m[6]! * x + m[7]! * y + m[8]!);
}

/** Whether a motion is one that a camera makes between two frames of a shot: nothing turned over, torn or blown up. */
export function isSane(m: Homography, width: number, height: number): boolean {
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const;
  const at = corners.map(([x, y]) => [movedX(m, x, y), movedY(m, x, y), m[6]! * x + m[7]! * y + m[8]!] as const);
  if (at.some(([x, y, w]) => !Number.isFinite(x + y) || w <= 0.2)) return false;
  const area = cross(at[0]!, at[1]!, at[2]!) / 2 + cross(at[3]!, at[2]!, at[1]!) / 2;
  return area > 0.25 * width * height && area < 4 * width * height;
}

function cross(o: readonly number[], a: readonly number[], b: readonly number[]): number {
  return (a[0]! - o[0]!) * (b[1]! - o[1]!) - (a[1]! - o[1]!) * (b[0]! - o[0]!);
}
