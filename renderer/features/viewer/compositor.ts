/**
 * Draws a picture description on a 2D canvas: the preview's half of 'one description, two backends'.
 * 2D rather than WebGL: without a GPU it is 3 to 8 times faster, with one it is accelerated anyway (FIELD-NOTES).
 */
import type { Layer, LayerSource, PictureAtTick, PictureLayer, TitleLayer } from '../../../core/render/layers.ts';
import { bundledCjkFamily, drawTitle } from '../../../core/render/title.ts';
import { secondsFromTicks, type Ticks } from '../../../core/time/ticks.ts';
import type { DrawnFrame, PictureSource } from './decode/pictureSource.ts';
import { patchedFrame } from './patchedFrame.ts';

export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * Finds the source of a layer: 'unknown' until the engine has said what there is, null while there is no playable file.
 */
export type FindSource = (clipId: string, source: LayerSource) => PictureSource | 'unknown' | null;

export interface DrawWords {
  /** Written on a clip that has nothing to show yet. */
  pending(clipId: string): string;
  /** Written where a file cannot be shown; `missing`: it is gone, rather than not ready. */
  offline(source: LayerSource): { readonly text: string; readonly missing: boolean };
}

/** What was drawn: pictures from files, and notes in place of pictures that are not to be had (yet). */
export interface Drawn {
  readonly pictures: number;
  readonly notes: number;
  /** A source that covers what is below it is only opening, and was left out: what is seen already is to stay. */
  readonly held: boolean;
}

/** A frame; 'opening': there will be one in a moment; `absent`: the file that gives none. */
type Found = DrawnFrame | 'opening' | { readonly absent: LayerSource };

const missingGround = '#3a1c2a';
const waitingGround = '#1f1f1f';

/** The files that a layer is put together from: its source, then the patches over it. `key` names a decoder. */
export function filesOf(layer: PictureLayer): { key: string; source: LayerSource; sourceTicks: Ticks }[] {
  return [
    { key: layer.clipId, source: layer.source, sourceTicks: layer.sourceTicks },
    ...layer.patches.map(({ takeId, sourceTicks }) => ({
      key: `${layer.clipId} ${takeId}`,
      source: { kind: 'take' as const, id: takeId },
      sourceTicks,
    })),
  ];
}

/** Decodes what the picture needs, exactly, then draws it. */
export async function drawExact(
  context: Context2d,
  picture: PictureAtTick,
  find: FindSource,
  words: DrawWords,
): Promise<Drawn> {
  const frames = await Promise.all(
    picture.layers.map(async (layer): Promise<Found | null> => {
      if (layer.kind !== 'picture') return null;
      const found = filesOf(layer).map(async (file): Promise<Found> => {
        const source = find(file.key, file.source);
        if (source === 'unknown') return 'opening';
        return (await source?.frameAt(secondsFromTicks(file.sourceTicks))) ?? { absent: file.source };
      });
      return together(layer, await Promise.all(found));
    }),
  );
  return drawLayers(context, picture, frames, words);
}

/** Draws what is decoded by now. */
export function drawPlaying(context: Context2d, picture: PictureAtTick, find: FindSource, words: DrawWords): Drawn {
  const frames = picture.layers.map((layer): Found | null => {
    if (layer.kind !== 'picture') return null;
    const found = filesOf(layer).map((file): Found => {
      const source = find(file.key, file.source);
      if (source === 'unknown') return 'opening';
      const frame = source?.peek(secondsFromTicks(file.sourceTicks));
      return frame ?? (source?.opening ? 'opening' : { absent: file.source });
    });
    return together(layer, found);
  });
  return drawLayers(context, picture, frames, words);
}

/** A layer is shown whole or not at all: never its source without the patches over it. */
function together(layer: PictureLayer, found: readonly Found[]): Found {
  const absent = found.find((each) => isAbsent(each));
  if (absent !== undefined) return absent;
  if (found.includes('opening')) return 'opening';
  const [base, ...patches] = found as readonly DrawnFrame[];
  return layer.patches.length === 0
    ? base!
    : patchedFrame(
        base!,
        patches.map((frame, index) => ({ frame, box: layer.patches[index]!.box })),
      );
}

function isAbsent(found: Found | null): found is { readonly absent: LayerSource } {
  return found !== null && typeof found === 'object' && 'absent' in found;
}

function drawLayers(
  context: Context2d,
  picture: PictureAtTick,
  frames: readonly (Found | null)[],
  words: DrawWords,
): Drawn {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#000';
  context.fillRect(0, 0, picture.width, picture.height);
  picture.layers.forEach((layer, index) => {
    const frame = frames[index] ?? null;
    if (frame !== 'opening') drawLayer(context, layer, frame, words, picture);
  });
  context.restore();
  const missing = picture.layers.filter(
    (layer, index) => layer.kind === 'pending' || isAbsent(frames[index] ?? null),
  ).length;
  // a layer that only fades in may come a moment late over what is below it; without one that covers all there would be
  // a black flash
  const held = picture.layers.some((layer, index) => frames[index] === 'opening' && layer.opacity === 1);
  const pictures = frames.filter((frame) => frame !== null && frame !== 'opening' && !isAbsent(frame)).length;
  return { pictures, notes: missing, held };
}

function drawLayer(
  context: Context2d,
  layer: Layer,
  frame: DrawnFrame | { readonly absent: LayerSource } | null,
  words: DrawWords,
  picture: PictureAtTick,
): void {
  if (layer.opacity <= 0) return;
  context.save();
  context.globalAlpha = layer.opacity;
  context.translate(layer.centreX, layer.centreY);
  if (layer.rotationDegrees !== 0) context.rotate((layer.rotationDegrees * Math.PI) / 180);
  const { crop, width, height } = layer;
  const part = {
    left: crop.left,
    top: crop.top,
    width: 1 - crop.left - crop.right,
    height: 1 - crop.top - crop.bottom,
  };
  if (part.width > 0 && part.height > 0) {
    const x = (part.left - 0.5) * width;
    const y = (part.top - 0.5) * height;
    switch (layer.kind) {
      case 'picture':
        if (frame && !isAbsent(frame)) frame.draw(context, part, x, y, part.width * width, part.height * height);
        else {
          const { text, missing } = words.offline(frame?.absent ?? layer.source);
          drawNote(
            context,
            x,
            y,
            part.width * width,
            part.height * height,
            text,
            missing ? missingGround : waitingGround,
          );
        }
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
    context.rect(
      crop.left * picture.width,
      crop.top * picture.height,
      (1 - crop.left - crop.right) * picture.width,
      (1 - crop.top - crop.bottom) * picture.height,
    );
    context.clip();
  }
  drawTitle(context, layer.title, picture.width, picture.height);
}

function drawNote(
  context: Context2d,
  x: number,
  y: number,
  width: number,
  height: number,
  text: string,
  ground: string,
): void {
  context.fillStyle = ground;
  context.fillRect(x, y, width, height);
  const size = Math.max(10, Math.round(height / 26));
  context.font = `500 ${size}px 'Inter Variable', '${bundledCjkFamily}', system-ui, sans-serif`;
  context.fillStyle = 'rgb(255 255 255 / .82)';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x + width / 2, y + height / 2, width * 0.9);
}
