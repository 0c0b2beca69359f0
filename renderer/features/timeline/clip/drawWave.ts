/**
 * Draws a clip's wave with wavesurfer's own arithmetic, for the visible part only: hundreds of clips would be too many
 * wavesurfer instances. Standing on the floor: twice the detail of a mirrored one. Pale peaks, and a full body of their
 * mean,
 * both by loudness (services/waveHeight).
 */
import { calculateBarSegments } from 'wavesurfer.js/dist/renderer-utils.js';
import { waveHeight } from '../../../services/waveHeight.ts';
import { levelFor, slicePeaks, type Peaks } from '../data/peaks.ts';

export interface WavePart {
  readonly fromSourceSeconds: number;
  readonly toSourceSeconds: number;
  readonly reversed: boolean;
  /** Device px. */
  readonly width: number;
  readonly height: number;
  readonly color: string;
}

/** A wave that reaches 0 dBFS fills this much of the box. */
const headroom = 0.92;

/** Draws the visible part of a waveform; nothing when the part has no length. */
export function drawWave(context: CanvasRenderingContext2D, peaks: Peaks, part: WavePart): void {
  const seconds = part.toSourceSeconds - part.fromSourceSeconds;
  if (seconds <= 0 || part.width < 1) return;
  const level = levelFor(peaks, part.width / seconds);
  const slice = slicePeaks(level, part.fromSourceSeconds, part.toSourceSeconds, part.reversed);
  context.fillStyle = part.color;
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * 0.55;
  drawBars(
    context,
    slice.max.map(waveHeight),
    slice.min.map((low) => waveHeight(-low)),
    part,
  );
  context.globalAlpha = alpha;
  const mean = slice.mean.map(waveHeight);
  drawBars(context, mean, mean, part);
}

function drawBars(context: CanvasRenderingContext2D, top: Float32Array, bottom: Float32Array, part: WavePart): void {
  const stretched = top.length < part.width;
  const columns = stretched ? part.width : top.length;
  const spread = (values: Float32Array) =>
    stretched
      ? Float32Array.from(
          { length: columns },
          (_, x) => values[Math.min(values.length - 1, Math.floor((x * values.length) / columns))]!,
        )
      : values;
  const high = spread(top);
  const low = bottom === top ? high : spread(bottom);
  const segments = calculateBarSegments({
    channelData: [high, low],
    barIndexScale: part.width / high.length,
    barSpacing: 1,
    barWidth: 1,
    halfHeight: part.height / 2,
    vScale: headroom,
    canvasHeight: part.height,
    barAlign: 'bottom',
    barMinHeight: 0,
  });
  for (const bar of segments) {
    const height = Math.min(part.height, bar.height);
    context.fillRect(bar.x, part.height - height, bar.width, height);
  }
}
