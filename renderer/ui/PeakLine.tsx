import { useEffect, useRef, useState } from 'react';

interface PeakLineProps {
  /** Int8 pairs of min and max. */
  readonly url: string;
  readonly className?: string | undefined;
  /** Share of the height for an amplitude of 0..1. */
  heightOf(amplitude: number): number;
}

/** A sound's outline. */
export function PeakLine({ url, className, heightOf }: PeakLineProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [peaks, setPeaks] = useState<Int8Array | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    fetch(url, { signal: abort.signal })
      .then((response) => (response.ok ? response.arrayBuffer() : null))
      .then((bytes) => {
        if (bytes) setPeaks(new Int8Array(bytes));
      })
      .catch(() => undefined);
    return () => abort.abort();
  }, [url]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !peaks) return;
    const { width, height } = context.canvas;
    const pairs = Math.floor(peaks.length / 2);
    context.clearRect(0, 0, width, height);
    context.fillStyle = getComputedStyle(context.canvas).getPropertyValue('--speech-wave');
    for (let x = 0; x < width; x += 1) {
      let low = 0;
      let high = 0;
      for (
        let pair = Math.floor((x / width) * pairs);
        pair < Math.max(Math.floor(((x + 1) / width) * pairs), Math.floor((x / width) * pairs) + 1);
        pair += 1
      ) {
        low = Math.min(low, peaks[pair * 2] ?? 0);
        high = Math.max(high, peaks[pair * 2 + 1] ?? 0);
      }
      const above = (heightOf(high / 127) * height) / 2;
      const below = (heightOf(-low / 127) * height) / 2;
      context.fillRect(x, height / 2 - above, 1, Math.max(1, above + below));
    }
  }, [peaks, heightOf]);
  return <canvas ref={canvas} className={className} width={148} height={72} aria-hidden="true" />;
}
