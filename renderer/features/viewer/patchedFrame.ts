import type { PatchOver } from '../../../core/render/layers.ts';
import type { DrawnFrame, Part } from './decode/pictureSource.ts';

type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface PatchFrame {
  readonly frame: DrawnFrame;
  readonly box: PatchOver['box'];
}

/** A frame with patches over it as one picture, so that crop, rotation and opacity apply to the whole. */
export function patchedFrame(base: DrawnFrame, patches: readonly PatchFrame[]): DrawnFrame {
  return {
    timestamp: base.timestamp,
    width: base.width,
    height: base.height,
    draw(context, part, x, y, width, height) {
      // half transparent, or cropped: put together first, else the base would show through, or a patch beside it
      if (context.globalAlpha === 1 && isWhole(part))
        return drawOver(context, base, patches, part, x, y, width, height);
      const surface = surfaceOf(Math.ceil(width), Math.ceil(height));
      drawOver(surface, base, patches, part, 0, 0, width, height);
      context.drawImage(surface.canvas, 0, 0, width, height, x, y, width, height);
    },
  };
}

function isWhole({ left, top, width, height }: Part): boolean {
  return left === 0 && top === 0 && width === 1 && height === 1;
}

function drawOver(
  context: Context2d,
  base: DrawnFrame,
  patches: readonly PatchFrame[],
  part: Part,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  base.draw(context, part, x, y, width, height);
  for (const { frame, box } of patches) {
    frame.draw(
      context,
      { left: 0, top: 0, width: 1, height: 1 },
      x + ((box.x - part.left) / part.width) * width,
      y + ((box.y - part.top) / part.height) * height,
      (box.width / part.width) * width,
      (box.height / part.height) * height,
    );
  }
}

let shared: OffscreenCanvasRenderingContext2D | null = null;

/** One for all: what is put together is drawn on before the next is. */
function surfaceOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  if (shared?.canvas.width !== width || shared.canvas.height !== height) {
    shared = new OffscreenCanvas(width, height).getContext('2d')!;
  } else shared.clearRect(0, 0, width, height);
  return shared;
}
