/**
 * The mask being painted: an alpha picture in the clip's own picture space, `maskWidth` px wide; white is regenerated.
 * A canvas while painting; in the session afterwards a box where it is one, else a PNG data URL, as in the request.
 */
import type { DrawnMask } from '../../../../core/document/schema.ts';
import { withBox, type MaskShape } from './maskShape.ts';

const maskWidth = 1280;
/** Painted masks that can be brought back at once, 4 MB each. */
const keptMasks = 16;

/** A mask on an offscreen canvas, painted with brush, eraser and box. */
export class MaskPainting {
  readonly canvas: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D;
  private readonly kept = new Map<string, OffscreenCanvas>();
  private loads = 0;
  private loaded = 0;
  private shape: MaskShape = 'empty';
  /** Counts what the user did to it: a mask that is read late must not cover that. */
  strokes = 0;

  /** `ratio` = width / height of the clip's picture. */
  constructor(ratio: number) {
    this.canvas = new OffscreenCanvas(maskWidth, Math.max(2, Math.round(maskWidth / ratio)));
    this.context = this.canvas.getContext('2d', { willReadFrequently: true })!;
  }

  /** A mask is being decoded: what is painted now would be stored without it. */
  get isReading(): boolean {
    return this.loaded !== this.loads;
  }

  /** A mask is on its way: nothing may be painted before it is loaded. */
  await(): void {
    this.loads++;
  }

  /**
   * Of loads that overtake each other the last one counts. Boxes, and masks that were painted here, are back when this
   * returns: a stroke right after an undo goes on from what the undo brought back.
   */
  async load(mask: DrawnMask | undefined): Promise<void> {
    const turn = ++this.loads;
    this.clear();
    const kept = mask?.kind === 'painted' ? this.kept.get(mask.png) : undefined;
    if (mask?.kind === 'box') this.fillBox(mask.x, mask.y, mask.width, mask.height);
    if (kept) {
      this.context.drawImage(kept, 0, 0);
      this.shape = 'free';
    }
    if (mask?.kind === 'painted' && !kept) {
      const bitmap = await createImageBitmap(await (await fetch(mask.png)).blob());
      if (turn !== this.loads) return;
      this.lay(bitmap, false);
    }
    this.loaded = turn;
  }

  private keep(png: string): void {
    const copy = new OffscreenCanvas(this.canvas.width, this.canvas.height);
    copy.getContext('2d')!.drawImage(this.canvas, 0, 0);
    this.kept.set(png, copy);
    if (this.kept.size > keptMasks) this.kept.delete(this.kept.keys().next().value!);
  }

  /** Adds a mask that is white on black, or takes it away. */
  lay(mask: CanvasImageSource, takesAway: boolean): void {
    const scratch = new OffscreenCanvas(this.canvas.width, this.canvas.height);
    const context = scratch.getContext('2d')!;
    context.drawImage(mask, 0, 0, scratch.width, scratch.height);
    const pixels = context.getImageData(0, 0, scratch.width, scratch.height);
    // stored as white on black; painted as white on nothing
    for (let index = 0; index < pixels.data.length; index += 4) {
      pixels.data[index + 3] = pixels.data[index]!;
      pixels.data.fill(255, index, index + 3);
    }
    context.putImageData(pixels, 0, 0);
    this.context.globalCompositeOperation = takesAway ? 'destination-out' : 'source-over';
    this.context.drawImage(scratch, 0, 0);
    this.context.globalCompositeOperation = 'source-over';
    this.shape = 'free';
  }

  /** One dab between two points; positions in fractions of the picture, radius in fractions of its width. */
  stroke(from: { x: number; y: number }, to: { x: number; y: number }, radius: number, erase: boolean): void {
    this.strokes++;
    const { width, height } = this.canvas;
    this.context.globalCompositeOperation = erase ? 'destination-out' : 'source-over';
    this.context.strokeStyle = '#fff';
    this.context.lineCap = 'round';
    this.context.lineWidth = Math.max(1, radius * 2 * width);
    this.context.beginPath();
    this.context.moveTo(from.x * width, from.y * height);
    this.context.lineTo(to.x * width + 0.01, to.y * height);
    this.context.stroke();
    this.context.globalCompositeOperation = 'source-over';
    this.shape = 'free';
  }

  /** In fractions of the picture. */
  fillBox(x: number, y: number, width: number, height: number): void {
    this.shape = withBox(this.shape, { x, y, width, height });
    this.context.fillStyle = '#fff';
    this.context.fillRect(
      x * this.canvas.width,
      y * this.canvas.height,
      width * this.canvas.width,
      height * this.canvas.height,
    );
  }

  clear(): void {
    this.shape = 'empty';
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  isEmpty(): boolean {
    if (typeof this.shape === 'object') return false;
    const { data } = this.context.getImageData(0, 0, this.canvas.width, this.canvas.height);
    for (let index = 3; index < data.length; index += 4) if (data[index]! > 0) return false;
    return true;
  }

  /** As a picture, white on black. */
  toPng(): string {
    const flat = document.createElement('canvas');
    flat.width = this.canvas.width;
    flat.height = this.canvas.height;
    const context = flat.getContext('2d')!;
    context.fillStyle = '#000';
    context.fillRect(0, 0, flat.width, flat.height);
    context.drawImage(this.canvas, 0, 0);
    const png = flat.toDataURL('image/png');
    this.keep(png);
    return png;
  }

  /**
   * The mask as it is stored. Encoded at once, not in a promise: an undo that follows a stroke must find the stroke
   * among the steps, on a slow machine too.
   */
  toMask(featherPx: number): DrawnMask {
    if (typeof this.shape === 'object') return { kind: 'box', ...this.shape, featherPx };
    return { kind: 'painted', png: this.toPng(), featherPx };
  }
}

/** A still mask as a picture. */
export function pngOf(mask: DrawnMask): string {
  if (mask.kind === 'painted') return mask.png;
  const painting = new MaskPainting(16 / 9);
  painting.fillBox(mask.x, mask.y, mask.width, mask.height);
  return painting.toPng();
}

/** A picture of a mask in which nothing is. */
export function emptyPng(): string {
  return new MaskPainting(16 / 9).toPng();
}
