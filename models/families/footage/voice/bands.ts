/** The 32 bands that DeepFilterNet hears in: equal steps of the ERB scale, at least 2 bins wide. */

const bandCount = 32;
const fewestBins = 2;
/** Constants of the ERB scale: bandwidth at 0 Hz, Hz; quality. */
const [bandwidthHz, quality] = [24.7, 9.265];

const toErb = (hz: number): number => quality * Math.log1p(hz / (bandwidthHz * quality));
const fromErb = (erb: number): number => bandwidthHz * quality * (Math.exp(erb / quality) - 1);

/** Bins of each band, from 0 Hz up to `rateHz / 2`; together they are `fftSize / 2 + 1`. */
export function bandWidths(rateHz: number, fftSize: number): readonly number[] {
  const step = toErb(rateHz / 2) / bandCount;
  const widths: number[] = [];
  let before = 0;
  let borrowed = 0;
  for (let band = 1; band <= bandCount; band++) {
    const end = Math.round(fromErb(band * step) / (rateHz / fftSize));
    const own = end - before - borrowed;
    widths.push(Math.max(fewestBins, own));
    borrowed = Math.max(0, fewestBins - own);
    before = end;
  }
  // the bin at half the rate
  widths[bandCount - 1]! += 1;
  const surplus = widths.reduce((sum, width) => sum + width, 0) - (fftSize / 2 + 1);
  widths[bandCount - 1]! -= Math.max(0, surplus);
  return widths;
}
