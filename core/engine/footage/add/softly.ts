/** Blurs. Pure. */

/** A Gaussian of `sigma` px, held at the edges. Below a fifth of a pixel nothing changes. */
export function blurred(values: Float32Array, width: number, height: number, sigma: number): Float32Array {
  if (sigma < 0.2 || width * height === 0) return values;
  const radius = Math.max(1, Math.ceil(sigma * 2.6));
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  for (let i = 0; i < kernel.length; i++) kernel[i]! /= sum;
  const rows = along(values, width, height, kernel, radius, 1, width);
  return along(rows, height, width, kernel, radius, width, 1);
}

/** Along one direction: `count` samples a line, `step` apart; `lines` lines, `stride` apart. */
function along(
  values: Float32Array,
  count: number,
  lines: number,
  kernel: Float32Array,
  radius: number,
  step: number,
  stride: number,
): Float32Array {
  const made = new Float32Array(values.length);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const at = i + k;
        sum += kernel[k + radius]! * values[start + (at < 0 ? 0 : at >= count ? count - 1 : at) * step]!;
      }
      made[start + i * step] = sum;
    }
  }
  return made;
}
