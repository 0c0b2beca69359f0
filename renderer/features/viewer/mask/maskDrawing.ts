/** Draws the mask that is being painted. */
import type { Layer } from '../../../../core/render/layers.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the hand holds: the tool, where the pointer is, and where a box was begun. Lengths in px of the sequence. */
export interface MaskHand {
  readonly tool: 'select' | 'brush' | 'erase' | 'box';
  readonly brushPx: number;
  readonly pointer: Point | null;
  readonly boxStart: Point | null;
  /** The mask alone, white on black. */
  readonly matte: boolean;
}

/** The mask over the picture, and the hand over the mask. */
export function drawMask(
  context: CanvasRenderingContext2D,
  painted: CanvasImageSource,
  layer: Layer,
  hand: MaskHand,
): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(layer.centreX, layer.centreY);
  context.rotate((layer.rotationDegrees * Math.PI) / 180);
  context.globalAlpha = hand.matte ? 1 : 0.72;
  context.drawImage(painted, -layer.width / 2, -layer.height / 2, layer.width, layer.height);
  context.restore();
  if (hand.matte) blacken(context);
  else tint(context);
  drawHand(context, hand);
}

/** Puts black behind the mask: how soft its edge is shows best so. */
function blacken(context: CanvasRenderingContext2D): void {
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#000';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = 'source-over';
}

/** Colours what was painted, then hatches it: the mask reads without its colour too. */
function tint(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  const colour = getComputedStyle(context.canvas).getPropertyValue('--mask').trim();
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-atop';
  context.strokeStyle = 'rgb(255 255 255 / .35)';
  context.lineWidth = 2;
  context.beginPath();
  for (let x = -height; x < width; x += 14) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.globalCompositeOperation = 'source-over';
}

function drawHand(context: CanvasRenderingContext2D, { tool, brushPx, pointer, boxStart }: MaskHand): void {
  if (pointer && (tool === 'brush' || tool === 'erase')) {
    for (const [style, line] of [
      ['rgb(0 0 0 / .6)', 3],
      ['#fff', 1.25],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = line;
      context.beginPath();
      context.arc(pointer.x, pointer.y, brushPx, 0, Math.PI * 2);
      context.stroke();
    }
  }
  if (boxStart && pointer) {
    context.setLineDash([6, 6]);
    context.strokeStyle = '#fff';
    context.lineWidth = 2;
    context.strokeRect(boxStart.x, boxStart.y, pointer.x - boxStart.x, pointer.y - boxStart.y);
    context.setLineDash([]);
  }
}
