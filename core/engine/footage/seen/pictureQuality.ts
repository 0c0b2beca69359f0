/** How sharp and how light a small frame is. */

/** Of one look. */
export interface PictureQuality {
  /** 0 (crisp) to 1 (blurred) of the crispest part that has any detail; null where nothing has. */
  readonly blur: number | null;
  /** Mean brightness, 0..255. */
  readonly light: number;
  /** Brightness that 95 % of the picture stay below. */
  readonly brightest: number;
  /** Share of the picture at the upper end of the scale. */
  readonly clipped: number;
}

const parts = 4;
const clippedFrom = 250;
/** Mean step between neighbours below which a part has no detail to judge by. */
const leastDetail = 0.8;

/** Judges an rgb24 frame. */
export function pictureQuality(rgb: Uint8Array, width: number, height: number): PictureQuality {
  const grey = new Float32Array(width * height);
  const histogram = new Uint32Array(256);
  for (let i = 0; i < grey.length; i++) {
    const value = 0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!;
    grey[i] = value;
    histogram[Math.min(255, Math.round(value))]!++;
  }
  let [sum, clipped, below, brightest] = [0, 0, 0, 0];
  for (let level = 0; level < 256; level++) {
    sum += level * histogram[level]!;
    if (level >= clippedFrom) clipped += histogram[level]!;
    if (below < 0.95 * grey.length) brightest = level;
    below += histogram[level]!;
  }
  return { blur: leastBlur(grey, width, height), light: sum / grey.length, brightest, clipped: clipped / grey.length };
}

function leastBlur(grey: Float32Array, width: number, height: number): number | null {
  let least: number | null = null;
  const [across, down] = [Math.floor(width / parts), Math.floor(height / parts)];
  for (let row = 0; row < parts; row++) {
    for (let column = 0; column < parts; column++) {
      const blur = blurOf(grey, width, column * across, row * down, across, down);
      if (blur !== null && (least === null || blur < least)) least = blur;
    }
  }
  return least;
}

const reach = 4;

/**
 * What blurring once more would leave of the steps between neighbours (Crété et al. 2007, 'The blur effect'): a crisp
 * part loses most of them. The worse of both directions, so that motion counts.
 */
function blurOf(
  grey: Float32Array,
  width: number,
  left: number,
  top: number,
  across: number,
  down: number,
): number | null {
  let worst: number | null = null;
  for (const [step, length, lines, lineStep] of [
    [1, across, down, width],
    [width, down, across, 1],
  ] as const) {
    let [steps, lost, count] = [0, 0, 0];
    for (let line = 0; line < lines; line++) {
      const base = top * width + left + line * lineStep;
      let before: number | null = null;
      for (let at = reach; at < length - reach; at++) {
        let sum = 0;
        for (let offset = -reach; offset <= reach; offset++) sum += grey[base + (at + offset) * step]!;
        const smooth = sum / (2 * reach + 1);
        if (before !== null) {
          const own = Math.abs(grey[base + at * step]! - grey[base + (at - 1) * step]!);
          steps += own;
          lost += Math.max(0, own - Math.abs(smooth - before));
          count++;
        }
        before = smooth;
      }
    }
    if (count === 0 || steps / count < leastDetail) return null;
    const blur = (steps - lost) / steps;
    if (worst === null || blur > worst) worst = blur;
  }
  return worst;
}
