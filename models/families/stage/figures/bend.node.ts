/** Bends a drawing along a wave: strips that share their edges, so no seam shows. */
import type { Surface } from '../surface.node.ts';
import { createSurface } from '../surface.node.ts';
import type { Drawing } from './drawing.node.ts';

const strips = 24;

/**
 * Draws the drawing with every column moved: `rise` answers by how much at a share of the box's width, in shares of
 * its height, upwards. Strips are sheared between whole columns on a surface of their own.
 */
export function drawBent(context: Surface['context'], drawing: Drawing, rise: (u: number) => number): void {
  const { boxHeight, boxWidth, pad, surface } = drawing;
  const { canvas, height, width } = surface;
  const edges = Array.from({ length: strips + 1 }, (_, index) => Math.round((width * index) / strips));
  const moves = edges.map((x) => -rise((x - pad) / boxWidth) * boxHeight);
  const margin = Math.ceil(Math.max(...moves.map(Math.abs))) + 1;
  const bent = createSurface(width, height + 2 * margin);
  for (let strip = 0; strip < strips; strip++) {
    const left = edges[strip]!;
    const across = edges[strip + 1]! - left;
    if (across === 0) continue;
    const slope = (moves[strip + 1]! - moves[strip]!) / across;
    bent.context.setTransform(1, slope, 0, 1, left, margin + moves[strip]!);
    bent.context.drawImage(canvas, left, 0, across, height, 0, 0, across, height);
  }
  context.drawImage(bent.canvas, 0, -margin);
}

/** Draws the drawing with its part above `pivot` (a share of the height, downwards) stretched `stretch` times. */
export function drawRaised(context: Surface['context'], drawing: Drawing, pivot: number, stretch: number): void {
  const { boxHeight, pad, surface } = drawing;
  const { canvas, height, width } = surface;
  const cut = Math.round(pad + pivot * boxHeight);
  const margin = Math.ceil(cut * Math.max(0, stretch - 1)) + 1;
  const raised = createSurface(width, height + margin);
  const top = Math.round(cut * stretch);
  raised.context.drawImage(canvas, 0, 0, width, cut, 0, margin + cut - top, width, top);
  raised.context.drawImage(canvas, 0, cut, width, height - cut, 0, margin + cut, width, height - cut);
  context.drawImage(raised.canvas, 0, -margin);
}
