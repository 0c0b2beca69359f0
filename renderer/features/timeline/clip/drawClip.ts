/** Draws what lies under a clip's element: its body, filmstrip or wave; and all of a clip that has no element. */
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
  /** Device px a CSS px. */
  readonly ratio: number;
  /** Of the clips, CSS px. */
  readonly heightPx: number;
  readonly track: Track;
  readonly window: DrawnWindow;
  /** A custom property's value under the present theme. */
  readonly colour: (name: string) => string;
  readonly document: ProjectDocument | null;
  readonly sourceUrl: (path: string) => string;
}

const barPx = 16;
const radiusPx = 3;
/** Slimmer clips are a line of their colour. */
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

/** Below the bar, as much of it as the window holds. Lengths in CSS px; `below`: where the bar ends. */
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
  context.beginPath();
  context.roundRect(left * ratio, below * ratio, width * ratio, heightPx * ratio, [
    0,
    0,
    radiusPx * ratio,
    radiusPx * ratio,
  ]);
  context.clip();
  context.fillStyle =
    clip.reference.kind === 'solid' && clip.generation?.activeTakeId == null
      ? clip.reference.color
      : brush.colour(`--${look}-body`);
  context.fillRect((left + from) * ratio, below * ratio, (to - from) * ratio, heightPx * ratio);
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
  const perPx = (range.toTicks - range.fromTicks) / width;
  const [a, b] = clip.reversed
    ? [range.toTicks - to * perPx, range.toTicks - from * perPx]
    : [range.fromTicks + from * perPx, range.fromTicks + to * perPx];
  drawWave(context, peaks, {
    fromSourceSeconds: secondsFromTicks(a),
    toSourceSeconds: secondsFromTicks(b),
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
