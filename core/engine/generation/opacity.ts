/**
 * The opacity of a patch, as the planes of its source's own samples: 0 leaves the source's value, the greatest value
 * takes the made one. Pure.
 */
import { overlayFormat, planeSizes, type SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { Box } from '../../render/place.ts';
import type { Shape } from './maskShapes.node.ts';

/** The smallest box of whole chroma samples around all that is not transparent; null when everything is. */
export function boxAround(opacity: Shape, format: SampleFormat): Box | null {
  const { width, height, data } = opacity;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  if (right === 0) return null;
  // only some formats can be laid on in part (layPatches.ts)
  if (overlayFormat(format) === null) return { x: 0, y: 0, width, height };
  const { x, y } = format.chromaShift;
  const down = (px: number, shift: number) => (px >> shift) << shift;
  const up = (px: number, shift: number, most: number) => Math.min(most, down(px + (1 << shift) - 1, shift));
  const from = { x: down(left, x), y: down(top, y) };
  return { ...from, width: up(right, x, width) - from.x, height: up(bottom, y, height) - from.y };
}

/**
 * One raw frame of the box, `box.width` by `rows` pixels in `format`. A chroma sample takes the least opacity of the
 * pixels it covers, so that none outside the mask gets colour from inside. Rows beyond the box are transparent.
 */
export function opacityFrame(opacity: Shape, box: Box, format: SampleFormat, rows: number): Uint8Array {
  const sizes = planeSizes(format, { width: box.width, height: rows });
  const samples = sizes.reduce((sum, size) => sum + size.width * size.height, 0);
  const wide = format.bitDepth > 8;
  const bytes = new Uint8Array(samples * (wide ? 2 : 1));
  const view = new DataView(bytes.buffer);
  const most = 2 ** format.bitDepth - 1;
  let at = 0;
  for (const [plane, size] of sizes.entries()) {
    const shift = plane === 0 ? { x: 0, y: 0 } : format.chromaShift;
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++, at++) {
        const value = leastOf(opacity, box, x << shift.x, y << shift.y, 1 << shift.x, 1 << shift.y);
        if (wide) view.setUint16(at * 2, Math.round((value * most) / 255), true);
        else bytes[at] = value;
      }
    }
  }
  return bytes;
}

/** The least opacity among the pixels of a chroma sample that lie in the picture; 0 for one that has none there. */
function leastOf(opacity: Shape, box: Box, left: number, top: number, width: number, height: number): number {
  let least = 256;
  for (let y = top; y < Math.min(top + height, box.height); y++) {
    for (let x = left; x < Math.min(left + width, box.width); x++)
      least = Math.min(least, opacity.data[(box.y + y) * opacity.width + box.x + x] ?? 0);
  }
  return least === 256 ? 0 : least;
}
