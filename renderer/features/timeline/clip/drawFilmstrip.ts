/** Draws the part of a clip's filmstrip that is on screen: each tile shows the frame at its own left edge. */
import type { Ticks } from '../../../../core/time/ticks.ts';
import type { Filmstrip } from '../data/filmstrips.ts';

export interface StripPart {
  /** px of the clip that the canvas begins at, and its size in CSS px. */
  readonly offsetPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio: number;
  /** Source ticks a px, and the source tick at the clip's left edge. */
  readonly sourceTicksPerPx: number;
  readonly sourceInTicks: Ticks;
  /** Source tick at the clip's right edge, used backwards. */
  readonly sourceOutTicks: Ticks;
  readonly reversed: boolean;
}

/** Width a tile takes on screen: its own shape at the strip's height. */
export function tileWidthPx(strip: Pick<Filmstrip, 'info'>, heightPx: number): number {
  return Math.max(8, Math.round((heightPx * strip.info.tileWidth) / strip.info.tileHeight));
}

/** Index of the filmstrip tile that shows a source time, clamped to the tiles there are. */
export function tileIndexAt(strip: Pick<Filmstrip, 'info'>, sourceTicks: Ticks): number {
  const index = Math.floor(sourceTicks / strip.info.intervalTicks);
  return Math.max(0, Math.min(strip.info.count - 1, index));
}

/** Draws the visible part of a filmstrip into the context, in CSS px. */
export function drawFilmstrip(context: CanvasRenderingContext2D, strip: Filmstrip, part: StripPart): void {
  const tileWidth = tileWidthPx(strip, part.heightPx);
  const { info, image } = strip;
  context.imageSmoothingQuality = 'medium';
  const first = Math.floor(part.offsetPx / tileWidth);
  const last = Math.floor((part.offsetPx + part.widthPx) / tileWidth);
  for (let tile = first; tile <= last; tile += 1) {
    const leftPx = tile * tileWidth;
    const along = leftPx * part.sourceTicksPerPx;
    const index = tileIndexAt(strip, part.reversed ? part.sourceOutTicks - along : part.sourceInTicks + along);
    const sx = (index % info.columns) * info.tileWidth;
    const sy = Math.floor(index / info.columns) * info.tileHeight;
    const x = (leftPx - part.offsetPx) * part.pixelRatio;
    context.drawImage(
      image,
      sx,
      sy,
      info.tileWidth,
      info.tileHeight,
      x,
      0,
      tileWidth * part.pixelRatio,
      part.heightPx * part.pixelRatio,
    );
    context.fillStyle = 'rgb(0 0 0 / .4)';
    context.fillRect(
      x + tileWidth * part.pixelRatio - part.pixelRatio,
      0,
      part.pixelRatio,
      part.heightPx * part.pixelRatio,
    );
  }
}
