/** The wave of a sound clip, drawn for as much of it as is on screen, in the colour of its track. */
import { memo, useCallback } from 'react';
import { secondsFromTicks } from '../../../../core/time/ticks.ts';
import { engine } from '../../../services/connection.ts';
import { useEditor } from '../../../services/store.ts';
import { peakFiles } from '../data/filmstrips.ts';
import { ClipCanvas } from './ClipCanvas.tsx';
import type { DrawnPart } from './drawnPart.ts';
import { drawWave } from './drawWave.ts';

export interface WaveformProps {
  readonly url: string | null;
  readonly part: DrawnPart;
  readonly heightPx: number;
  readonly fromTicks: number;
  readonly toTicks: number;
  readonly reversed: boolean;
}

export const Waveform = memo(function Waveform({ url, part, heightPx, fromTicks, toTicks, reversed }: WaveformProps) {
  const peaks = peakFiles.use(url === null ? null : engine().url(url));
  // the colour comes from CSS, and CSS from the theme
  const theme = useEditor((state) => state.theme);
  const { fromFraction, toFraction, widthPx } = part;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, pixelRatio: number) => {
      if (peaks === null) return;
      const along = (fraction: number) => secondsFromTicks(reversed ? toTicks - fraction * (toTicks - fromTicks) : fromTicks + fraction * (toTicks - fromTicks));
      const [a, b] = [along(fromFraction), along(toFraction)];
      drawWave(context, peaks, {
        fromSourceSeconds: Math.min(a, b),
        toSourceSeconds: Math.max(a, b),
        reversed,
        width: Math.round(widthPx * pixelRatio),
        height: Math.round(heightPx * pixelRatio),
        color: getComputedStyle(context.canvas).getPropertyValue('--wave') || '#888',
      });
    },
    [peaks, fromFraction, toFraction, widthPx, heightPx, fromTicks, toTicks, reversed, theme],
  );
  if (peaks === null) return null;
  return <ClipCanvas fromFraction={fromFraction} toFraction={toFraction} widthPx={widthPx} heightPx={heightPx} draw={draw} />;
});
