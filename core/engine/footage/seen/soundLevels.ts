/** Silence, and loud and quiet stretches, from the level of each tenth of a second. Pure. */

/** Tenths of a second. */
export const levelSeconds = 0.1;

/** A stretch of sound with its word, s of the file. */
export interface SoundStretch {
  readonly name: 'speech' | 'silence' | 'loud' | 'quiet';
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** dB below full scale. */
const thresholds = { silence: -55, loud: -14, quiet: -34 };
const shortestSeconds = { silence: 0.7, loud: 0.6, quiet: 3 };

/** Collects levels from 16-bit samples as they come. */
export class LevelMeter {
  /** Root mean square, dB below full scale; -100 for digital silence. */
  readonly levels: number[] = [];
  private sum = 0;
  private count = 0;
  private readonly perLevel: number;

  constructor(rateHz: number) {
    this.perLevel = Math.round(rateHz * levelSeconds);
  }

  take(samples: Int16Array): void {
    for (const sample of samples) {
      this.sum += sample * sample;
      if (++this.count === this.perLevel) this.close();
    }
  }

  /** After the last sample. */
  finish(): void {
    if (this.count > this.perLevel / 4) this.close();
  }

  private close(): void {
    const mean = this.sum / this.count / 32768 ** 2;
    this.levels.push(mean <= 1e-10 ? -100 : 10 * Math.log10(mean));
    this.sum = 0;
    this.count = 0;
  }
}

/** Silence, loud and quiet stretches. A clap between is not quiet; a breath within is loud. */
export function soundLevels(levels: readonly number[]): SoundStretch[] {
  const half = (name: 'loud' | 'quiet') => smoothed(levels, name === 'loud' ? 2 : 5);
  return [
    ...stretches(levels, 'silence', (level) => level < thresholds.silence),
    ...stretches(half('loud'), 'loud', (level) => level > thresholds.loud),
    ...stretches(half('quiet'), 'quiet', (level) => level < thresholds.quiet && level >= thresholds.silence),
  ];
}

/** Mean power over `reach` levels on each side, dB. */
function smoothed(levels: readonly number[], reach: number): number[] {
  return levels.map((_, i) => {
    const near = levels.slice(Math.max(0, i - reach), i + reach + 1);
    return 10 * Math.log10(near.reduce((sum, level) => sum + 10 ** (level / 10), 0) / near.length);
  });
}

function stretches(
  levels: readonly number[],
  name: 'silence' | 'loud' | 'quiet',
  holds: (level: number) => boolean,
): SoundStretch[] {
  const found: SoundStretch[] = [];
  let from: number | null = null;
  for (let i = 0; i <= levels.length; i++) {
    const isIn = i < levels.length && holds(levels[i]!);
    if (isIn) from ??= i;
    if (isIn || from === null) continue;
    const [fromSeconds, toSeconds] = [from * levelSeconds, i * levelSeconds];
    if (toSeconds - fromSeconds >= shortestSeconds[name] - 1e-9) found.push({ name, fromSeconds, toSeconds });
    from = null;
  }
  return found;
}
