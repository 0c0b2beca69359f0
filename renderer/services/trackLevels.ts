/** How loud each track sounds right now. The viewer's player knows; the timeline's heads ask. */
let read: ((trackId: string) => number) | null = null;

/** `reader` answers a track's sample peak in dBFS; null once nothing plays any more. */
export function setTrackLevels(reader: ((trackId: string) => number) | null): void {
  read = reader;
}

/** Sample peak of a track in dBFS; -Infinity while it is silent or nothing plays. */
export function trackLevelDb(trackId: string): number {
  return read?.(trackId) ?? -Infinity;
}

/** The highest sample of what an analyser heard last, in dBFS. */
export function peakDb(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): number {
  analyser.getFloatTimeDomainData(samples);
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak > 0 ? 20 * Math.log10(peak) : -Infinity;
}

/** dBFS to a share of a meter's height, percent: -60 dB is the floor. */
export function meterHeight(db: number): number {
  return Math.max(0, Math.min(100, ((db + 60) / 60) * 100));
}
