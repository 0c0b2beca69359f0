/** The picture part of a video clip: tiles of the engine's filmstrip, for as much of the clip as is drawn. */
import { memo, useCallback } from 'react';
import type { Clip } from '../../../../core/document/schema.ts';
import { engine } from '../../../services/connection.ts';
import { filmstrips } from '../data/filmstrips.ts';
import { ClipCanvas } from './ClipCanvas.tsx';
import { drawFilmstrip } from './drawFilmstrip.ts';
import type { DrawnPart } from './drawnPart.ts';

export interface FilmstripProps {
  readonly url: string | null;
  readonly part: DrawnPart;
  readonly heightPx: number;
  /** File time at the clip's ends, ticks. */
  readonly fromTicks: number;
  readonly toTicks: number;
  readonly reversed: Clip['reversed'];
}

export const Filmstrip = memo(function Filmstrip({ url, part, heightPx, fromTicks, toTicks, reversed }: FilmstripProps) {
  const strip = filmstrips.use(url === null ? null : engine().url(url));
  const { fromFraction, toFraction, widthPx, clipWidthPx } = part;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, pixelRatio: number) => {
      if (strip === null || strip.info.count === 0) return;
      drawFilmstrip(context, strip, {
        offsetPx: fromFraction * clipWidthPx,
        widthPx,
        heightPx,
        pixelRatio,
        sourceTicksPerPx: (toTicks - fromTicks) / Math.max(1, clipWidthPx),
        sourceInTicks: fromTicks,
        sourceOutTicks: toTicks,
        reversed,
      });
    },
    [strip, fromFraction, clipWidthPx, widthPx, heightPx, fromTicks, toTicks, reversed],
  );
  if (strip === null) return null;
  return <ClipCanvas fromFraction={fromFraction} toFraction={toFraction} widthPx={widthPx} heightPx={heightPx} draw={draw} />;
});
