/** Titles as PNG for the graph: drawn with the bundled fonts, cut to what is visible. */
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { DrawnTitle } from '../../ffmpeg/graph.ts';
import { outputFrame, type Size } from '../../render/place.ts';
import { cjkFamiliesFor } from './cjkFaces.node.ts';
import { drawTitle, titleFontFamily, titleFontFiles, type TitleContext } from '../../render/title.ts';
import type { ClipWindow } from '../../render/windows.ts';

let registeredFrom: string | null = null;

/** Loads the titles' fonts from assets/fonts. Throws FailureError 'notFound' when one is missing. */
export function registerTitleFonts(assets: string): void {
  if (registeredFrom === assets) return;
  for (const { file } of titleFontFiles) {
    const path = join(assets, 'fonts', file);
    if (!GlobalFonts.registerFromPath(path, titleFontFamily))
      throw new FailureError('notFound', sentence('export.fontUnreadable', { path }), path);
  }
  registeredFrom = assets;
}

/** Draws a title with its transform and crop as it lies in the output. null when not one pixel of it is visible. */
export async function drawTitleFile(
  window: ClipWindow,
  sequence: Size,
  output: Size,
  path: string,
): Promise<DrawnTitle | null> {
  if (window.clip.reference.kind !== 'title') throw new Error(`clip ${window.clip.id} is not a title`);
  const canvas = createCanvas(output.width, output.height);
  const context = canvas.getContext('2d');
  const frame = outputFrame(sequence, output);
  const { geometry } = window;
  const { crop } = window.clip;
  context.translate(frame.offsetX, frame.offsetY);
  context.scale(frame.factor, frame.factor);
  context.translate(geometry.centreX, geometry.centreY);
  context.rotate((geometry.rotationDegrees * Math.PI) / 180);
  context.scale(geometry.width / sequence.width, geometry.height / sequence.height);
  context.translate(-sequence.width / 2, -sequence.height / 2);
  context.beginPath();
  context.rect(
    crop.left * sequence.width,
    crop.top * sequence.height,
    (1 - crop.left - crop.right) * sequence.width,
    (1 - crop.top - crop.bottom) * sequence.height,
  );
  context.clip();
  const title = window.clip.reference;
  const families = cjkFamiliesFor(title.text);
  drawTitle(context as unknown as TitleContext, title, sequence.width, sequence.height, families);
  const box = visibleBox(context, output);
  if (!box) return null;
  const cut = createCanvas(box.width, box.height);
  cut.getContext('2d').drawImage(canvas, -box.x, -box.y);
  await writeFile(path, await cut.encode('png'));
  return { path, ...box };
}

/** Smallest box with even sides and corner that holds every pixel that is not wholly transparent. */
function visibleBox(
  context: SKRSContext2D,
  { width, height }: Size,
): { x: number; y: number; width: number; height: number } | null {
  const { data } = context.getImageData(0, 0, width, height);
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4 + 3] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return null;
  const x = left & ~1;
  const y = top & ~1;
  return {
    x,
    y,
    width: Math.min(width - x, (right - x + 2) & ~1),
    height: Math.min(height - y, (bottom - y + 2) & ~1),
  };
}
