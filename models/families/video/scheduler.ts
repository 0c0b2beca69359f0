/** Flow matching by Euler steps (Wan's `flow-euler`): x_t = (1 - sigma) data + sigma noise, velocity = noise - data. */

/** Noise levels from 1 to 0, `steps` + 1 of them, shifted towards noise: s' = shift s / (1 + (shift - 1) s). */
export function flowSigmas(steps: number, shift: number): Float64Array {
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`steps must be a whole number from 1, not ${steps}`);
  const sigmas = new Float64Array(steps + 1);
  for (let i = 0; i <= steps; i += 1) {
    const line = 1 - i / steps;
    sigmas[i] = (shift * line) / (1 + (shift - 1) * line);
  }
  return sigmas;
}

/** One Euler step in place: latents += (sigmaNext - sigma) velocity. */
export function eulerStep(latents: Float32Array, velocity: Float32Array, sigma: number, sigmaNext: number): void {
  const delta = sigmaNext - sigma;
  for (let i = 0; i < latents.length; i += 1) latents[i] = latents[i]! + delta * velocity[i]!;
}

/** This step's prediction of the finished latents: x - sigma velocity. */
export function estimateData(latents: Float32Array, velocity: Float32Array, sigma: number): Float32Array {
  const data = new Float32Array(latents.length);
  for (let i = 0; i < data.length; i += 1) data[i] = latents[i]! - sigma * velocity[i]!;
  return data;
}

/** Classifier-free guidance, u + weight (c - u), written into `conditional`. */
export function applyGuidance(conditional: Float32Array, unconditional: Float32Array, weight: number): void {
  for (let i = 0; i < conditional.length; i += 1) {
    const u = unconditional[i]!;
    conditional[i] = u + weight * (conditional[i]! - u);
  }
}
