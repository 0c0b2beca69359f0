/**
 * Draws a picture description on a 2D canvas: the preview's half of 'one description, two backends'.
 * 2D rather than WebGL: without a GPU it is 3 to 8 times faster, with one it is accelerated anyway (FIELD-NOTES).
 */
import type { Layer, LayerSource, PictureAtTick, TitleLayer } from '../../../core/render/layers.ts';
import { drawTitle } from '../../../core/render/title.ts';
import { secondsFromTicks } from '../../../core/time/ticks.ts';
import type { DrawnFrame, PictureSource } from './decode/pictureSource.ts';

export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Finds the opened source of a layer; null while the engine has no playable file for it. */
export type FindSource = (clipId: string, source: LayerSource) => PictureSource | null;

export interface DrawWords {
  /** Written on a clip that has nothing to show yet. */
  pending(clipId: string): string;
  /** Written where a file cannot be shown. */
  offline(source: LayerSource): string;
}

/** What was drawn: pictures from files, and notes in place of pictures that are not to be had (yet). */
export interface Drawn {
  readonly pictures: number;
  readonly notes: number;
}

/** Decodes what the picture needs, exactly, then draws it. */
export async function drawExact(context: Context2d, picture: PictureAtTick, find: FindSource, words: DrawWords): Promise<Drawn> {
  const frames = await Promise.all(
    picture.layers.map((layer) =>
      layer.kind === 'picture' ? (find(layer.clipId, layer.source)?.frameAt(secondsFromTicks(layer.sourceTicks)) ?? null) : null,
    ),
  );
  return drawLayers(context, picture, frames, words);
}

/** Draws what is decoded by now. */
export function drawPlaying(context: Context2d, picture: PictureAtTick, find: FindSource, words: DrawWords): Drawn {
  const frames = picture.layers.map((layer) =>
    layer.kind === 'picture' ? (find(layer.clipId, layer.source)?.peek(secondsFromTicks(layer.sourceTicks)) ?? null) : null,
  );
  return drawLayers(context, picture, frames, words);
}

function drawLayers(context: Context2d, picture: PictureAtTick, frames: readonly (DrawnFrame | null)[], words: DrawWords): Drawn {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#000';
  context.fillRect(0, 0, picture.width, picture.height);
  picture.layers.forEach((layer, index) => drawLayer(context, layer, frames[index] ?? null, words, picture));
  context.restore();
  const fromFiles = picture.layers.filter((layer) => layer.kind === 'picture').length;
  const pictures = frames.filter((frame) => frame !== null).length;
  return { pictures, notes: fromFiles - pictures + picture.layers.filter((layer) => layer.kind === 'pending').length };
}

function drawLayer(context: Context2d, layer: Layer, frame: DrawnFrame | null, words: DrawWords, picture: PictureAtTick): void {
  if (layer.opacity <= 0) return;
  context.save();
  context.globalAlpha = layer.opacity;
  context.translate(layer.centreX, layer.centreY);
  if (layer.rotationDegrees !== 0) context.rotate((layer.rotationDegrees * Math.PI) / 180);
  const { crop, width, height } = layer;
  const part = { left: crop.left, top: crop.top, width: 1 - crop.left - crop.right, height: 1 - crop.top - crop.bottom };
  if (part.width > 0 && part.height > 0) {
    const x = (part.left - 0.5) * width;
    const y = (part.top - 0.5) * height;
    switch (layer.kind) {
      case 'picture':
        if (frame) frame.draw(context, part, x, y, part.width * width, part.height * height);
        else drawNote(context, x, y, part.width * width, part.height * height, words.offline(layer.source), '#3a1c2a');
        break;
      case 'solid':
        context.fillStyle = layer.color;
        context.fillRect(x, y, part.width * width, part.height * height);
        break;
      case 'title':
        drawTitleLayer(context, layer, picture);
        break;
      case 'pending':
        drawNote(context, x, y, part.width * width, part.height * height, words.pending(layer.clipId), '#12332f');
        break;
      default:
        layer satisfies never;
    }
  }
  context.restore();
}

/** Titles are laid out in the whole frame, then moved, scaled and turned like any picture of its size. */
function drawTitleLayer(context: Context2d, layer: TitleLayer, picture: PictureAtTick): void {
  context.scale(layer.width / picture.width, layer.height / picture.height);
  context.translate(-picture.width / 2, -picture.height / 2);
  const { crop } = layer;
  if (crop.left || crop.top || crop.right || crop.bottom) {
    context.beginPath();
    context.rect(crop.left * picture.width, crop.top * picture.height, (1 - crop.left - crop.right) * picture.width, (1 - crop.top - crop.bottom) * picture.height);
    context.clip();
  }
  drawTitle(context, layer.title, picture.width, picture.height);
}

function drawNote(context: Context2d, x: number, y: number, width: number, height: number, text: string, ground: string): void {
  context.fillStyle = ground;
  context.fillRect(x, y, width, height);
  const size = Math.max(10, Math.round(height / 26));
  context.font = `500 ${size}px 'Inter Variable', Inter, system-ui, sans-serif`;
  context.fillStyle = 'rgb(255 255 255 / .82)';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x + width / 2, y + height / 2, width * 0.9);
}
