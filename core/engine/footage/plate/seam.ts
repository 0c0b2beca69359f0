/**
 * The seam in the gradient domain: what differs between the fill and the frame just outside the hole is spread into it
 * as a membrane (Perez and others, Poisson image editing, 2003), so that no edge shows where light drifted. Differences
 * as small as noise are left alone: they would make the fill tremble. Pure.
 */
import { pullPush } from './pullPush.ts';
import type { PlaneRegion } from './region.ts';

const noise = 0.75;
const mostDifference = 14;
const mostCorrection = 10;
/** The ring is not certain of its values: the membrane passes between them. */
const trust = 0.12;

/** Adds the membrane to the hidden samples that other frames showed. `chosen`: of each sample that was asked about. */
export function healSeam(region: PlaneRegion, chosen: Float32Array, level: number): void {
  const { width, height, result, asked, hiddenCount } = region;
  const differences = new Float32Array(width * height);
  const weights = new Float32Array(width * height);
  let any = false;
  for (let i = hiddenCount; i < asked.length; i++) {
    const difference = result[asked[i]!]! - chosen[i]!;
    if (!(Math.abs(difference) < mostDifference * level)) continue;
    differences[asked[i]!] = difference;
    weights[asked[i]!] = trust;
    any = true;
  }
  if (!any) return;
  const smooth = pullPush(differences, weights, width, height);
  for (let i = 0; i < hiddenCount; i++) {
    if (Number.isNaN(chosen[i]!)) continue;
    const wanted = smooth[asked[i]!]!;
    const size = Math.min(mostCorrection * level, Math.max(0, Math.abs(wanted) - noise * level));
    result[asked[i]!]! += Math.sign(wanted) * size;
  }
}
