/** Where a layer lands in the output, in whole pixels, as ffmpeg needs it. */
import type { Clip } from '../document/schema.ts';
import type { Geometry } from './windows.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** How the sequence's frame lies in the output's: fitted whole, centred. */
export interface OutputFrame extends Size {
  readonly factor: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** How a sequence's frame lies in an output of another size: scaled to fit and centred. Offsets in output px. */
export function outputFrame(sequence: Size, output: Size): OutputFrame {
  const factor = Math.min(output.width / sequence.width, output.height / sequence.height);
  return {
    ...output,
    factor,
    offsetX: (output.width - sequence.width * factor) / 2,
    offsetY: (output.height - sequence.height * factor) / 2,
  };
}

export interface Placement {
  /** Part of the source's picture to take first, px of it; null = all. */
  readonly sourceCrop: Box | null;
  /** Then scaled to this. */
  readonly scaled: Size;
  /** Then this part of it; null = all. */
  readonly crop: Box | null;
  /** Then turned, radians clockwise; 0 = not. */
  readonly turnRadians: number;
  /** Size after turning, and where its top left comes to lie in the output. */
  readonly box: Box;
}

/** A picture drawn this many times larger than the output is cut before it is enlarged. */
const cutBeforeShare = 2;

/** null when nothing of the layer is inside of the output. `source` = size as shown. */
export function place(geometry: Geometry, crop: Clip['crop'], source: Size, frame: OutputFrame): Placement | null {
  const width = geometry.width * frame.factor;
  const height = geometry.height * frame.factor;
  const centreX = geometry.centreX * frame.factor + frame.offsetX;
  const centreY = geometry.centreY * frame.factor + frame.offsetY;
  const rect = {
    left: centreX - width / 2,
    top: centreY - height / 2,
    right: centreX + width / 2,
    bottom: centreY + height / 2,
  };
  const kept = {
    left: rect.left + crop.left * width,
    top: rect.top + crop.top * height,
    right: rect.right - crop.right * width,
    bottom: rect.bottom - crop.bottom * height,
  };
  if (kept.right - kept.left < 0.5 || kept.bottom - kept.top < 0.5) return null;
  const turn = ((geometry.rotationDegrees % 360) + 360) % 360;
  if (turn !== 0) return placeTurned(rect, kept, (turn * Math.PI) / 180, { centreX, centreY });
  const seen = {
    left: Math.max(0, kept.left),
    top: Math.max(0, kept.top),
    right: Math.min(frame.width, kept.right),
    bottom: Math.min(frame.height, kept.bottom),
  };
  if (seen.right - seen.left < 0.5 || seen.bottom - seen.top < 0.5) return null;
  if (width * height > cutBeforeShare * frame.width * frame.height) return placeCut(rect, seen, source);
  const whole = rounded(rect);
  const part = rounded(seen);
  const same = part.x === whole.x && part.y === whole.y && part.width === whole.width && part.height === whole.height;
  return {
    sourceCrop: null,
    scaled: whole,
    crop: same ? null : { ...part, x: part.x - whole.x, y: part.y - whole.y },
    turnRadians: 0,
    box: part,
  };
}

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Cuts the seen part (outwards to whole, even source pixels) before enlarging, then trims what was too much. */
function placeCut(rect: Edges, seen: Edges, source: Size): Placement {
  const scaleX = source.width / (rect.right - rect.left);
  const scaleY = source.height / (rect.bottom - rect.top);
  const x0 = evenDown((seen.left - rect.left) * scaleX);
  const y0 = evenDown((seen.top - rect.top) * scaleY);
  const x1 = Math.min(source.width, evenDown((seen.right - rect.left) * scaleX) + 2);
  const y1 = Math.min(source.height, evenDown((seen.bottom - rect.top) * scaleY) + 2);
  const enlarged = rounded({
    left: rect.left + x0 / scaleX,
    top: rect.top + y0 / scaleY,
    right: rect.left + x1 / scaleX,
    bottom: rect.top + y1 / scaleY,
  });
  const part = rounded(seen);
  const box = { x: Math.max(part.x, enlarged.x), y: Math.max(part.y, enlarged.y) };
  const size = {
    width: Math.min(part.x + part.width, enlarged.x + enlarged.width) - box.x,
    height: Math.min(part.y + part.height, enlarged.y + enlarged.height) - box.y,
  };
  return {
    sourceCrop: { x: x0, y: y0, width: x1 - x0, height: y1 - y0 },
    scaled: { width: enlarged.width, height: enlarged.height },
    crop: { x: box.x - enlarged.x, y: box.y - enlarged.y, ...size },
    turnRadians: 0,
    box: { ...box, ...size },
  };
}

function placeTurned(
  rect: Edges,
  kept: Edges,
  turnRadians: number,
  centre: { centreX: number; centreY: number },
): Placement {
  const whole = rounded(rect);
  const part = rounded(kept);
  const cos = Math.cos(turnRadians);
  const sin = Math.sin(turnRadians);
  // a hair less: 90 degrees must not grow by what floats leave of zero
  const evenUp = (px: number) => Math.ceil(px / 2 - 1e-6) * 2;
  const width = evenUp(Math.abs(part.width * cos) + Math.abs(part.height * sin));
  const height = evenUp(Math.abs(part.width * sin) + Math.abs(part.height * cos));
  // the kept part's middle goes round the layer's centre
  const dx = part.x + part.width / 2 - centre.centreX;
  const dy = part.y + part.height / 2 - centre.centreY;
  const middleX = centre.centreX + dx * cos - dy * sin;
  const middleY = centre.centreY + dx * sin + dy * cos;
  const same = part.width === whole.width && part.height === whole.height;
  return {
    sourceCrop: null,
    scaled: { width: whole.width, height: whole.height },
    crop: same ? null : { ...part, x: part.x - whole.x, y: part.y - whole.y },
    turnRadians,
    box: { x: Math.round(middleX - width / 2), y: Math.round(middleY - height / 2), width, height },
  };
}

function rounded(edges: Edges): Box {
  const x = Math.round(edges.left);
  const y = Math.round(edges.top);
  return { x, y, width: Math.max(1, Math.round(edges.right) - x), height: Math.max(1, Math.round(edges.bottom) - y) };
}

function evenDown(px: number): number {
  return Math.max(0, Math.floor(px / 2) * 2);
}
