/**
 * Plans a piece before any note is sampled: requested tempo and key, sections on the picture's cuts, times of bars.
 */
import { feels, type FeelName, type Mode } from './moods.ts';
import { tempoBuckets, type Section } from './musicTokens.ts';

/** Tonic and mode of a piece. */
export interface Key {
  /** Semitones from C, 0..11. */
  readonly tonic: number;
  readonly mode: Mode;
}

/** Names of the tonics, from C upwards. */
export const keyNames = [
  'C',
  'C sharp',
  'D',
  'E flat',
  'E',
  'F',
  'F sharp',
  'G',
  'A flat',
  'A',
  'B flat',
  'B',
] as const;

/** A bar and its time. */
export interface Bar {
  readonly section: Section;
  readonly startSeconds: number;
  /** Length of a sixteenth in this bar. */
  readonly sixteenthSeconds: number;
  /** 16, or 4, 8, 12 if the bar is shortened so that the next begins on a cut. */
  readonly sixteenths: number;
  /** A section begins here, on a cut of the picture. */
  readonly onCut: boolean;
}

/** Tempo and bars of a piece. */
export interface MusicPlan {
  readonly bpm: number;
  /** The model's nearest tempo token. */
  readonly bucket: number;
  readonly bars: readonly Bar[];
}

/** Share by which a bar may be longer or shorter than the tempo says, so that a cut falls on a bar line. */
const stretch = 0.06;
/** Shortest section, so that not every cut of a quick montage begins one. */
const leastSectionSeconds = 6;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

/** Spans between the cuts that bars of about `barSeconds` can meet; other cuts are skipped. */
function spansOf(cuts: readonly number[], end: number, barSeconds: number): { spans: Span[]; cost: number } {
  const spans: Span[] = [];
  let from = 0;
  let cost = 0;
  for (const cut of [...cuts, end]) {
    const last = cut === end;
    const bars = Math.max(1, Math.round((cut - from) / barSeconds));
    const off = Math.abs(Math.log((cut - from) / bars / barSeconds));
    if (!last && off > stretch) {
      cost += 0.2;
      continue;
    }
    cost += off;
    spans.push({ from, to: cut, bars });
    from = cut;
  }
  return { spans, cost };
}

const cycle: readonly Section[] = ['verse', 'chorus', 'verse', 'chorus', 'bridge', 'chorus'];

/** A section name for each bar of each span: an intro if there is room, a new name at each cut, always an ending. */
function nameSections(lengths: readonly number[]): Section[][] {
  const total = lengths.reduce((a, b) => a + b, 0);
  let turn = 0;
  const plan = lengths.map((count, number) => {
    const intro = number === 0 && total >= 8 ? Math.min(lengths.length > 1 ? count : Infinity, total >= 16 ? 4 : 2) : 0;
    const group = count < 24 ? 4 : 8;
    const names: Section[] = Array.from({ length: Math.min(count, intro) }, () => 'intro');
    while (names.length < count) {
      const name = cycle[turn < 6 ? turn : turn % 2]!;
      // the remainder belongs to the last group
      const room = count - names.length;
      for (let i = 0, run = room < group * 1.5 ? room : group; i < run; i++) names.push(name);
      turn += 1;
    }
    return names;
  });
  const last = plan[plan.length - 1]!;
  last[last.length - 1] = 'last';
  if (last.length > 1) last[last.length - 2] = 'outro';
  return plan;
}

/**
 * Plans a piece. A requested tempo is kept: bars before a cut are shortened to the nearest beat. Otherwise the tempo
 * changes by up to 12 % so that whole bars fill the time and cuts fall on bar lines.
 */
export function planMusic(
  feel: FeelName,
  durationSeconds: number,
  askedBpm: number | null,
  cutSeconds: readonly number[],
): MusicPlan {
  const wanted = askedBpm ?? feels[feel].bpm;
  const cuts: number[] = [];
  for (const cut of cutSeconds) {
    if (
      cut - (cuts[cuts.length - 1] ?? 0) >= Math.min(leastSectionSeconds, durationSeconds / 3) &&
      durationSeconds - cut >= 480 / wanted
    )
      cuts.push(cut);
  }
  const bucketOf = (bpm: number): number =>
    tempoBuckets.reduce((best, own, i) => (Math.abs(own - bpm) < Math.abs(tempoBuckets[best]! - bpm) ? i : best), 0);
  if (askedBpm !== null)
    return { bpm: askedBpm, bucket: bucketOf(askedBpm), bars: onTheBeat(cuts, durationSeconds, askedBpm) };

  let best = { bpm: wanted, ...spansOf(cuts, durationSeconds, 240 / wanted) };
  for (let i = -24; i <= 24; i++) {
    const bpm = wanted * (1 + 0.005 * i);
    const tried = spansOf(cuts, durationSeconds, 240 / bpm);
    const cost = tried.cost + 0.002 * Math.abs(i);
    if (i === -24 || cost < best.cost) best = { bpm, spans: tried.spans, cost };
  }
  const names = nameSections(best.spans.map((span) => span.bars));
  const bars = best.spans.flatMap((span, number) =>
    names[number]!.map((section, i): Bar => {
      const length = (span.to - span.from) / span.bars;
      return {
        section,
        startSeconds: span.from + i * length,
        sixteenthSeconds: length / 16,
        sixteenths: 16,
        onCut: number > 0 && i === 0,
      };
    }),
  );
  const total = bars.length;
  return { bpm: (240 * total) / durationSeconds, bucket: bucketOf(best.bpm), bars };
}

function onTheBeat(cuts: readonly number[], durationSeconds: number, bpm: number): Bar[] {
  const beat = 60 / bpm;
  const bounds = cuts.map((cut) => Math.round(cut / beat));
  const totalBeats = Math.max(1, Math.floor(durationSeconds / beat + 1e-6));
  const spans = [...bounds.filter((at) => at < totalBeats), totalBeats].map((to, i, all) => ({
    from: i === 0 ? 0 : all[i - 1]!,
    to,
  }));
  const names = nameSections(spans.map(({ from, to }) => Math.max(1, Math.ceil((to - from) / 4))));
  return spans.flatMap(({ from, to }, number) =>
    names[number]!.map((section, i): Bar => ({
      section,
      startSeconds: (from + 4 * i) * beat,
      sixteenthSeconds: beat / 4,
      sixteenths: 4 * Math.min(4, Math.max(1, to - from - 4 * i)),
      onCut: number > 0 && i === 0,
    })),
  );
}

/** Moves a MIDI pitch into a mode on the same tonic (C); null keeps it. */
export function bendMode(pitch: number, mode: Mode | null): number {
  const degree = ((pitch % 12) + 12) % 12;
  if (mode === 'minor') return degree === 4 || degree === 9 ? pitch - 1 : pitch;
  if (mode === 'major') return degree === 3 || degree === 8 || degree === 10 ? pitch + 1 : pitch;
  return pitch;
}
