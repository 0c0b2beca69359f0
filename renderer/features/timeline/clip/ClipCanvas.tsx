/** A canvas over the drawn part of a clip. While the zoom moves it is stretched by CSS; it is drawn anew when the zoom has settled. */
import { memo, useLayoutEffect, useRef } from 'react';

export interface ClipCanvasProps {
  /** Part of the clip that is covered, as fractions of its width. */
  readonly fromFraction: number;
  readonly toFraction: number;
  /** CSS px at the settled zoom. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Called with a cleared context of `widthPx * pixelRatio` by `heightPx * pixelRatio`. A new function draws anew. */
  readonly draw: (context: CanvasRenderingContext2D, pixelRatio: number) => void;
  readonly className?: string | undefined;
}

export const ClipCanvas = memo(function ClipCanvas({ fromFraction, toFraction, widthPx, heightPx, draw, className }: ClipCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d', { alpha: true }) ?? null;
    if (canvas === null || context === null) return;
    const pixelRatio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.max(1, Math.round(widthPx * pixelRatio));
    const height = Math.max(1, Math.round(heightPx * pixelRatio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.clearRect(0, 0, width, height);
    draw(context, pixelRatio);
  }, [widthPx, heightPx, draw]);
  return (
    <canvas
      ref={ref}
      aria-hidden="true"
      className={className}
      style={{ position: 'absolute', left: `${fromFraction * 100}%`, width: `${(toFraction - fromFraction) * 100}%`, top: 0, height: '100%' }}
    />
  );
});
