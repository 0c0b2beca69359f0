/** Draws the body, filmstrip or waveform under a clip's element, and the whole of a clip that has no element. */
import type { Clip, ProjectDocument, Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import { filmstrips, peakFiles, posters, type Filmstrip } from '../data/filmstrips.ts';
import { clipLook, clipRoom, type ClipState } from '../view/clipLook.ts';
import { pxFromTicks } from '../view/scale.ts';
import type { DrawnWindow } from '../view/visible.ts';
import { fileRange, type ClipMaterial } from './clipParts.ts';
import { drawFilmstrip } from './drawFilmstrip.ts';
import { drawWave } from './drawWave.ts';

export interface LaneBrush {
  readonly context: CanvasRenderingContext2D;
  /** Device px per CSS px. */
  readonly ratio: number;
  /** Height of the clips, CSS px. */
  readonly heightPx: number;
  readonly track: Track;
  readonly window: DrawnWindow;
  /** Value of a CSS custom property in the current theme. */
  readonly colour: (name: string) => string;
  readonly document: ProjectDocument | null;
  readonly sourceUrl: (path: string) => string;
}

const barPx = 16;
const radiusPx = 3;
/** Narrower clips are a line of their colour, px. */
const slimmestPx = 4;

/** Draws one clip onto its lane's canvas; `whole` also draws the body and name of a clip that has no element. */
export function drawClip(brush: LaneBrush, clip: Clip, state: ClipState, material: ClipMaterial, whole: boolean): void {
  const { context, ratio, window, track } = brush;
  const px = (ticks: number) => pxFromTicks(ticks, window.pixelsPerSecond);
  const left = Math.round(px(clip.startTicks - window.fromTicks));
  const width = Math.max(1, Math.round(px(clip.startTicks + clip.durationTicks - window.fromTicks)) - left - 1);
  const look = clipLook(clip, track);
  const shows = (state === 'plain' || state === 'ready' || state === 'stale') && look !== 'title';
  const room = clipRoom(px(clip.durationTicks));
  context.save();
  context.globalAlpha = (clip.enabled ? 1 : 0.45) * (track.hidden || track.muted ? 0.45 : 1);
  if (whole) {
    context.fillStyle = brush.colour(state === 'plain' || state === 'ready' ? `--${look}-bar` : `--state-${state}`);
    context.beginPath();
    context.roundRect(left * ratio, 0, width * ratio, brush.heightPx * ratio, Math.min(radiusPx, width / 2) * ratio);
    context.fill();
  }
  // a clip without room for a name shows its picture or wave over its whole height
  const below = room === 'colour' ? 0 : barPx;
  if (shows && width >= slimmestPx) drawMaterial(brush, clip, state, material, { left, width, below });
  if (whole && clip.generation?.activeTakeId != null && width >= 4)
    drawMitre(context, brush.colour('--ai'), left * ratio, Math.min(width, 9) * ratio);
  context.restore();
}

interface BodyBox {
  readonly left: number;
  readonly below: number;
  readonly width: number;
  readonly heightPx: number;
  /** The visible part, from the clip's left edge. */
  readonly from: number;
  readonly to: number;
}

/** Fills the clip's body and clips further drawing to it. Lengths in CSS px. */
function drawBody({ context, ratio, track, colour }: LaneBrush, clip: Clip, box: BodyBox): void {
  const [x, y] = [box.left * ratio, box.below * ratio];
  const radius = radiusPx * ratio;
  context.beginPath();
  context.roundRect(x, y, box.width * ratio, box.heightPx * ratio, [0, 0, radius, radius]);
  context.clip();
  context.fillStyle =
    clip.reference.kind === 'solid' && clip.generation?.activeTakeId == null
      ? clip.reference.color
      : colour(`--${clipLook(clip, track)}-body`);
  context.fillRect((box.left + box.from) * ratio, y, (box.to - box.from) * ratio, box.heightPx * ratio);
}

/** Draws the visible part of filmstrip or waveform. Lengths in CSS px; `below` is the foot of the bar. */
function drawMaterial(
  brush: LaneBrush,
  clip: Clip,
  state: ClipState,
  material: ClipMaterial,
  { left, width, below }: { readonly left: number; readonly width: number; readonly below: number },
): void {
  const { context, ratio, track } = brush;
  const look = clipLook(clip, track);
  const heightPx = brush.heightPx - below;
  const canvasWidthPx = context.canvas.width / ratio;
  const from = Math.max(0, -left);
  const to = Math.min(width, canvasWidthPx - left);
  if (to <= from || heightPx <= 0) return;
  drawBody(brush, clip, { left, below, width, heightPx, from, to });
  if (state === 'stale') {
    context.filter = 'saturate(.35)';
    context.globalAlpha *= 0.75;
  }
  const takeId = clip.generation?.activeTakeId ?? null;
  const range = fileRange(takeId === null ? 0 : (brush.document?.takes[takeId]?.sourceStartTicks ?? 0), clip);
  context.translate((left + from) * ratio, below * ratio);
  if (look === 'video') {
    const strip = stripOf(brush, material);
    if (strip === null || strip.info.count === 0) return;
    drawFilmstrip(context, strip, {
      offsetPx: from,
      widthPx: to - from,
      heightPx,
      pixelRatio: ratio,
      sourceTicksPerPx: (range.toTicks - range.fromTicks) / width,
      sourceInTicks: range.fromTicks,
      sourceOutTicks: range.toTicks,
      reversed: clip.reversed,
    });
    return;
  }
  const peaks = material.peaksUrl === null ? null : peakFiles.peek(brush.sourceUrl(material.peaksUrl));
  if (peaks === null) return;
  const ticksPerPx = (range.toTicks - range.fromTicks) / width;
  const [startTicks, endTicks] = clip.reversed
    ? [range.toTicks - to * ticksPerPx, range.toTicks - from * ticksPerPx]
    : [range.fromTicks + from * ticksPerPx, range.fromTicks + to * ticksPerPx];
  drawWave(context, peaks, {
    fromSourceSeconds: secondsFromTicks(startTicks),
    toSourceSeconds: secondsFromTicks(endTicks),
    reversed: clip.reversed,
    width: Math.round((to - from) * ratio),
    height: Math.round(heightPx * ratio),
    color: brush.colour(`--${look}-wave`),
  });
}

function stripOf(brush: LaneBrush, material: ClipMaterial): Filmstrip | null {
  if (material.filmstripUrl !== null) return filmstrips.peek(brush.sourceUrl(material.filmstripUrl));
  return material.posterUrl === null ? null : posters.peek(brush.sourceUrl(material.posterUrl));
}

function drawMitre(context: CanvasRenderingContext2D, colour: string, x: number, size: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x + size, 0);
  context.lineTo(x, size);
  context.fill();
}
