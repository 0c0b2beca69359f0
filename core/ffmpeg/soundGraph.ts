/**
 * The sound of a range as an ffmpeg graph: every segment cut to the sample, its gain applied as the curve says, laid
 * in lanes with silence between, mixed without turning anything down. Float, 48 kHz stereo.
 */
import { secondsFromTicks, ticksPerSecond, type TickRange, type Ticks } from '../time/ticks.ts';
import type { SoundSegment } from '../render/layers.ts';
import { scaleTicks } from '../render/sourceTime.ts';

export const mixRateHz = 48000;
/** Read ahead of a segment's first sample, s: a lossy decoder needs a packet or two before it is right. */
const preRollSeconds = 0.25;

/**
 * To stereo as browsers do it (Web Audio, 'speakers'): one channel goes to both at full level, where swresample would
 * take 3 dB off; 5.1 is mixed by ITU-R BS.775 in float, where swresample does not turn all of it down.
 */
export function stereoFiltersFor(channels: number): string[] {
  const resampled = `aresample=${mixRateHz}:async=1:first_pts=0`;
  const mono = channels === 1 ? ['pan=stereo|FL=c0|FR=c0'] : [];
  return [resampled, 'aformat=sample_fmts=fltp', ...mono, 'aformat=channel_layouts=stereo'];
}

/** For sound of two channels. */
export const stereoFilters: readonly string[] = stereoFiltersFor(2);

export interface SoundGraph {
  readonly inputs: readonly { readonly path: string; readonly options: readonly string[] }[];
  /** Ends in `[mix]`: exactly `sampleCount` samples. */
  readonly filterGraph: string;
  readonly sampleCount: number;
}

/** null where the source has no sound after all. */
export type SoundSourceOf = (
  segment: SoundSegment,
) => { readonly path: string; readonly streamIndex: number; readonly channels: number } | null;

/** Samples from the start of time to a tick: differences of it add up exactly. */
export function samplesAt(ticks: Ticks): number {
  return Math.round(ticks / (ticksPerSecond / mixRateHz));
}

export function soundGraph(segments: readonly SoundSegment[], range: TickRange, sourceOf: SoundSourceOf): SoundGraph {
  const inputs: { path: string; options: string[] }[] = [];
  const chains: string[] = [];
  const origin = samplesAt(range.startTicks);
  const sampleCount = samplesAt(range.startTicks + range.durationTicks) - origin;
  let labels = 0;
  const lanes: string[] = [];
  const heard = segments.filter((segment) => sourceOf(segment) !== null);
  for (const lane of lanesOf(heard)) {
    const parts: string[] = [];
    let at = 0;
    for (const segment of lane) {
      const start = samplesAt(segment.startTicks) - origin;
      const end = samplesAt(segment.startTicks + segment.durationTicks) - origin;
      if (end <= start) continue;
      if (start > at) parts.push(silence(start - at, chains, `q${labels++}`));
      const source = sourceOf(segment)!;
      const { options, filters } = segmentFilters(segment, source.channels, end - start);
      const index = inputs.push({ path: source.path, options }) - 1;
      const label = `q${labels++}`;
      chains.push(`[${index}:${source.streamIndex}]${filters.join(',')}[${label}]`);
      parts.push(label);
      at = end;
    }
    const label = `q${labels++}`;
    chains.push(
      `${parts.map((part) => `[${part}]`).join('')}${parts.length > 1 ? `concat=n=${parts.length}:v=0:a=1,` : ''}apad=whole_len=${sampleCount},atrim=end_sample=${sampleCount}[${label}]`,
    );
    lanes.push(label);
  }
  const last = `aformat=sample_fmts=flt:sample_rates=${mixRateHz}:channel_layouts=stereo[mix]`;
  if (lanes.length === 0) chains.push(`anullsrc=r=${mixRateHz}:cl=stereo,atrim=end_sample=${sampleCount},${last}`);
  else if (lanes.length === 1) chains.push(`[${lanes[0]}]${last}`);
  else
    chains.push(
      `${lanes.map((lane) => `[${lane}]`).join('')}amix=inputs=${lanes.length}:normalize=0:dropout_transition=0,atrim=end_sample=${sampleCount},${last}`,
    );
  return { inputs, filterGraph: chains.join(';\n'), sampleCount };
}

/** Segments of one lane follow each other; crossfading neighbours come to lie in two. */
function lanesOf(segments: readonly SoundSegment[]): SoundSegment[][] {
  const lanes: { trackId: string; endTicks: Ticks; segments: SoundSegment[] }[] = [];
  for (const segment of [...segments].sort((a, b) => a.startTicks - b.startTicks)) {
    const lane = lanes.find((each) => each.trackId === segment.trackId && each.endTicks <= segment.startTicks);
    const endTicks = segment.startTicks + segment.durationTicks;
    if (!lane) lanes.push({ trackId: segment.trackId, endTicks, segments: [segment] });
    else {
      lane.segments.push(segment);
      lane.endTicks = endTicks;
    }
  }
  return lanes.map((lane) => lane.segments);
}

function silence(samples: number, chains: string[], label: string): string {
  chains.push(`anullsrc=r=${mixRateHz}:cl=stereo,aformat=sample_fmts=fltp,atrim=end_sample=${samples}[${label}]`);
  return label;
}

function segmentFilters(
  segment: SoundSegment,
  channels: number,
  samples: number,
): { options: string[]; filters: string[] } {
  const wantedSeconds = secondsFromTicks(segment.sourceInTicks);
  const preRoll = Math.min(wantedSeconds, preRollSeconds);
  const from = Math.max(0, wantedSeconds - preRoll);
  const readSeconds = secondsFromTicks(scaleTicks(segment.durationTicks, segment.speed));
  const readSamples = Math.ceil((samples * segment.speed.num) / segment.speed.den);
  const speed =
    segment.speed.num === segment.speed.den
      ? []
      : [`asetrate=${Math.round((mixRateHz * segment.speed.num) / segment.speed.den)}`, `aresample=${mixRateHz}`];
  return {
    options: ['-vn', ...(from > 0 ? ['-ss', from.toFixed(6)] : []), '-t', (preRoll + readSeconds + 0.1).toFixed(6)],
    filters: [
      ...stereoFiltersFor(channels),
      `atrim=start_sample=${Math.round(preRoll * mixRateHz)}:end_sample=${Math.round(preRoll * mixRateHz) + readSamples}`,
      'asetpts=N/SR/TB',
      ...(segment.reversed ? [`apad=whole_len=${readSamples}`, 'areverse'] : []),
      ...speed,
      ...gainFilters(segment),
      `apad=whole_len=${samples}`,
      `atrim=end_sample=${samples}`,
      'asetpts=N/SR/TB',
    ],
  };
}

/** A level that stays is a plain volume; a curve is evaluated for each sample, only around where it moves. */
function gainFilters(segment: SoundSegment): string[] {
  const points = segment.gain.map((point) => ({ t: secondsFromTicks(point.atTicks), value: point.value }));
  const level = Math.max(...points.map((point) => point.value));
  if (level === 0) return ['volume=0'];
  const volume = level === 1 ? [] : [`volume=${level}:precision=float`];
  const share = points.map((point) => ({ ...point, value: point.value / level }));
  if (share.every((point) => Math.abs(point.value - 1) < 1e-9)) return volume;
  const moving = share
    .slice(1)
    .flatMap((point, index) =>
      point.value === 1 && share[index]!.value === 1 ? [] : [{ from: share[index]!, to: point }],
    );
  const expression = moving.reduceRight((rest, { from, to }) => {
    const slope = to.t > from.t ? (to.value - from.value) / (to.t - from.t) : 0;
    return `if(between(t,${number(from.t)},${number(to.t)}),${number(from.value)}+(t-${number(from.t)})*${number(slope)},${rest})`;
  }, '1');
  // enabled frame by frame: a little early, so that no ramp begins inside of a frame that was let through
  const enable = moving
    .map(({ from, to }) => `between(t,${number(Math.max(0, from.t - 0.2))},${number(to.t + 0.001)})`)
    .join('+');
  return [...volume, `aeval=exprs='val(0)*(${expression})|val(1)*(${expression})':c=same:enable='${enable}'`];
}

function number(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}
