/** What no frame showed: a smooth surface from the hole's surroundings. Pure. */
import { membrane } from './pullPush.ts';
import type { PlaneRegion } from './region.ts';

/** Fills the hidden samples that nothing was chosen for. `middle`: the value where nothing at all is known. */
export function fillSmooth(region: PlaneRegion, chosen: Float32Array, middle: number): void {
  const { width, height, result, asked, hiddenCount } = region;
  const known = new Uint8Array(width * height).fill(1);
  let open = 0;
  for (let i = 0; i < hiddenCount; i++) {
    if (!Number.isNaN(chosen[i]!)) continue;
    known[asked[i]!] = 0;
    open++;
  }
  if (open === 0) return;
  if (open === known.length) {
    result.fill(middle);
    return;
  }
  const filled = membrane(result, known, width, height);
  for (let i = 0; i < hiddenCount; i++) if (known[asked[i]!] === 0) result[asked[i]!] = filled[asked[i]!]!;
}
