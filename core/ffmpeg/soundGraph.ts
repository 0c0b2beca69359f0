/**
 * The sound of a range as an ffmpeg graph: every segment cut to the sample, its gain applied as the curve says, laid
 * in lanes with silence between, mixed without turning anything down. Float, 48 kHz stereo.
 */
import { add, call, constant, divide, multiply, subtract, variable, type Expression } from './expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from './filterGraph.ts';
import { list, seconds } from './filterValue.ts';
import type { FfmpegInput, FileClock, InputFormat } from './input.ts';
import { secondsFromTicks, type TickRange, type Ticks } from '../time/ticks.ts';
import type { SoundSegment } from '../render/layers.ts';
import { mixRateHz, samplesAt, soundReading } from './soundReading.ts';

/**
 * How far the time stamps of a stream can be trusted: to the sample; to a few milliseconds (Matroska, FLV); to a field
 * of the picture (GXF); or not at all, because the container has none and ffmpeg estimates them (WAV).
 */
export type SoundClock = 'exact' | 'rounded' | 'fields' | 'none';

/** A gap or an overlap is at least this long, s. Time stamps that are off by less are rounded ones. */
const shortestGapSeconds = {
  exact: 0.0011,
  // shorter than a lost packet (Opus has 20 ms), longer than what rounded or jittering time stamps are off by
  rounded: 0.018,
  // a field of 50 Hz, and what packets are off by
  fields: 0.025,
} as const;

/** Timestamps by the samples alone, from 0. */
export const numberedSamples = filter('asetpts', {
  expr: divide(divide(variable('N'), variable('SR')), variable('TB')),
});

/**
 * Puts sound in its place in time at 48 kHz: silence before a late start and in gaps, what is before 0 or twice
 * dropped. `begin` 'sound': the first sample is at 0, whatever its time stamp says.
 */
export function inPlaceBy(clock: SoundClock, begin: 'file' | 'sound' = 'file'): readonly Filter[] {
  const gap = clock === 'none' ? undefined : shortestGapSeconds[clock];
  const placing = filter('aresample', {
    sample_rate: mixRateHz,
    async: 1,
    ...(begin === 'file' ? { first_pts: 0 } : {}),
    // a start is placed to the sample
    min_comp: 0.00002,
    min_hard_comp: gap,
  });
  return clock === 'none' ? [numberedSamples, placing] : [placing];
}

/** For sources that keep one format to their end, and whose time stamps are exact. */
export const inPlace = inPlaceBy('exact');

/**
 * To 48 kHz stereo as browsers do it (Web Audio, 'speakers'): one channel goes to both at full level, where swresample
 * would take 3 dB off; 5.1 is mixed by ITU-R BS.775 in float, where swresample does not turn all of it down. The number
 * of channels is the decoder's: what the file's header says may be wrong, or change. The level comes first, since the
 * resampler changes the layout too.
 */
export function stereoBy(placing: readonly Filter[]): readonly Filter[] {
  const level = call('if', call('eq', variable('nb_channels'), 1), Math.SQRT2, 1);
  return [
    filter('volume', { volume: level, precision: 'float' }),
    ...placing,
    filter('aformat', { sample_fmts: 'fltp', channel_layouts: 'stereo' }),
  ];
}

/** Stereo, its time stamps as they were. */
export const toStereo = stereoBy([filter('aresample', { sample_rate: mixRateHz })]);

/** Stereo, in its place; for sources as `inPlace` takes them. */
export const placedStereo = stereoBy(inPlace);

/** The graph of a mix and the stream that it ends in. */
export interface SoundGraph {
  readonly graph: FilterGraph;
  /** Exactly `sampleCount` samples of float stereo. */
  readonly mix: Stream;
  readonly sampleCount: number;
}

/** One sound stream of a file, of one format to its end, which is found to the sample after a seek. */
export interface SoundSource {
  readonly path: string;
  /** Left out for media of unknown kind. */
  readonly format?: InputFormat;
  /** As of an `FfmpegInput`. */
  readonly clock?: FileClock;
  readonly streamIndex: number;
  readonly sampleRateHz: number;
  /** Samples at 48 kHz that the source has for certain, from the file's start; beyond them silence is expected. */
  readonly sampleCount: number;
}

/** null where the source has no sound after all. */
export type SoundSourceOf = (segment: SoundSegment) => SoundSource | null;

/** The mix of a range. `segments` are those that sound in any part of it. */
export function soundGraph(segments: readonly SoundSegment[], range: TickRange, sourceOf: SoundSourceOf): SoundGraph {
  const graph = new FilterGraph();
  const origin = samplesAt(range.startTicks);
  const sampleCount = samplesAt(range.startTicks + range.durationTicks) - origin;
  const heard = segments.filter((segment) => sourceOf(segment) !== null);
  const lanes = lanesOf(heard).map((lane) => laneStream(graph, lane, sourceOf, origin, sampleCount));
  const exact = filter('atrim', { end_sample: sampleCount });
  const last = filter('aformat', { sample_fmts: 'flt', sample_rates: mixRateHz, channel_layouts: 'stereo' });
  const [only] = lanes;
  if (!only) return { graph, mix: graph.chain([], [silenceSource(), exact, last]), sampleCount };
  const mixed =
    lanes.length === 1
      ? [last]
      : [filter('amix', { inputs: lanes.length, normalize: 0, dropout_transition: 0 }), exact, last];
  return { graph, mix: graph.chain(lanes, mixed), sampleCount };
}

/** Segments that follow each other, with silence between them, `sampleCount` samples long. */
function laneStream(
  graph: FilterGraph,
  lane: readonly SoundSegment[],
  sourceOf: SoundSourceOf,
  origin: number,
  sampleCount: number,
): Stream {
  const parts: Stream[] = [];
  let at = 0;
  for (const segment of lane) {
    const start = samplesAt(segment.startTicks) - origin;
    const end = samplesAt(segment.startTicks + segment.durationTicks) - origin;
    if (end <= start) continue;
    if (start > at) parts.push(silence(graph, start - at));
    const source = sourceOf(segment)!;
    parts.push(segmentStream(graph, segment, source, { start: origin + start, end: origin + end }));
    at = end;
  }
  if (parts.length === 0) parts.push(silence(graph, sampleCount));
  const joined = parts.length > 1 ? [filter('concat', { n: parts.length, v: 0, a: 1 })] : [];
  const cut = [filter('apad', { whole_len: sampleCount }), filter('atrim', { end_sample: sampleCount })];
  return graph.chain(parts, [...joined, ...cut]);
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

function silenceSource(): Filter {
  return filter('anullsrc', { sample_rate: mixRateHz, channel_layout: 'stereo' });
}

function silence(graph: FilterGraph, samples: number): Stream {
  const cut = filter('atrim', { end_sample: samples });
  return graph.chain([], [silenceSource(), filter('aformat', { sample_fmts: 'fltp' }), cut]);
}

/**
 * A segment's samples from `start` to `end` (samples of the sequence), as many as asked for whatever the file gives.
 */
function segmentStream(
  graph: FilterGraph,
  segment: SoundSegment,
  source: SoundSource,
  part: { readonly start: number; readonly end: number },
): Stream {
  const { path, format, clock } = source;
  const reading = soundReading(segment, part, source.sampleRateHz);
  const { seekSample, skip, count, silenceBefore, runUp } = reading;
  const from: NonNullable<FfmpegInput['options']> = seekSample > 0 ? [['ss', seconds(seekSample / mixRateHz)]] : [];
  const length = seconds((skip + count) / mixRateHz + readFurtherSeconds);
  const opened = graph.open({ path, format, clock, options: [['vn'], ...from, ['t', length]] });
  const read = graph.chain(
    [opened.stream(source.streamIndex)],
    [...placedStereo, filter('atrim', { start_sample: skip, end_sample: skip + count }), numberedSamples],
  );
  const owed = Math.min(count, source.sampleCount - seekSample - skip);
  const filled = owed > 0 ? marked(graph, read, owed, count) : read;
  const whole = silenceBefore + count;
  return graph.chain(
    [filled],
    [
      filter('apad', { whole_len: count }),
      ...(silenceBefore > 0 ? [filter('adelay', { delays: `${silenceBefore}S`, all: 1 })] : []),
      filter('atrim', { end_sample: whole }),
      ...(segment.reversed ? [filter('areverse')] : []),
      ...speedFilters(segment),
      filter('atrim', { start_sample: runUp, end_sample: runUp + part.end - part.start }),
      numberedSamples,
      ...gainFilters(segment),
      filter('apad', { whole_len: part.end - part.start }),
      filter('atrim', { end_sample: part.end - part.start }),
      numberedSamples,
    ],
  );
}

/** Beyond the end of what is needed: decoders give whole packets. */
const readFurtherSeconds = 0.1;

/**
 * `count` samples of a source, of which the first `owed` should be there. Where they are not, 'not a number' takes
 * their place: it passes through all mixing, so that whoever takes the mix finds what is missing, and where. What the
 * source gives beyond them is kept: its exact end is known only once it is decoded.
 */
function marked(graph: FilterGraph, read: Stream, owed: number, count: number): Stream {
  const even = graph.chain([read], [filter('aformat', { sample_fmts: 'fltp', sample_rates: mixRateHz })]);
  const [sure, more] = graph.split(even, owed < count ? 2 : 1, 'audio') as [Stream, Stream?];
  const missing = divide(0, 0);
  const mark = graph.chain(
    [],
    [
      filter('aevalsrc', { exprs: list(missing, missing), sample_rate: mixRateHz, channel_layout: 'stereo' }),
      filter('aformat', { sample_fmts: 'fltp' }),
    ],
  );
  const filled = graph.chain(
    [sure, mark],
    [filter('concat', { n: 2, v: 0, a: 1 }), filter('atrim', { end_sample: owed }), numberedSamples],
  );
  if (!more) return filled;
  const rest = graph.chain([more], [filter('atrim', { start_sample: owed }), numberedSamples]);
  return graph.chain([filled, rest], [filter('concat', { n: 2, v: 0, a: 1 })]);
}

/** Pitch follows speed, as tape does it. Both rates together are exactly the speed, where whole numbers can say it. */
function speedFilters({ speed: { num, den } }: SoundSegment): Filter[] {
  if (num === den) return [];
  const scale = Math.max(1, Math.round(mixRateHz / Math.max(num, den)));
  return [
    filter('asetrate', { sample_rate: num * scale }),
    filter('aresample', { sample_rate: den * scale }),
    filter('asetrate', { sample_rate: mixRateHz }),
    numberedSamples,
  ];
}

interface GainPoint {
  /** Seconds after the segment's start. */
  readonly t: number;
  readonly value: number;
}

/** A constant level is a plain volume; a curve is evaluated for each sample, only around the times where it moves. */
function gainFilters(segment: SoundSegment): Filter[] {
  const points = segment.gain.map((point) => ({ t: secondsFromTicks(point.atTicks), value: point.value }));
  const level = Math.max(...points.map((point) => point.value));
  if (level === 0) return [filter('volume', { volume: 0 })];
  const volume = level === 1 ? [] : [filter('volume', { volume: level, precision: 'float' })];
  const share = points.map((point) => ({ ...point, value: point.value / level }));
  if (share.every((point) => Math.abs(point.value - 1) < 1e-9)) return volume;
  const moving = share
    .slice(1)
    .flatMap((point, index) =>
      point.value === 1 && share[index]!.value === 1 ? [] : [{ from: share[index]!, to: point }],
    );
  const curve = moving.reduceRight<Expression>((rest, { from, to }) => {
    const slope = to.t > from.t ? (to.value - from.value) / (to.t - from.t) : 0;
    const line = add(nano(from.value), multiply(subtract(time, nano(from.t)), nano(slope)));
    return call('if', call('between', time, nano(from.t), nano(to.t)), line, rest);
  }, constant(1));
  const exprs = list(multiply(call('val', 0), curve), multiply(call('val', 1), curve));
  return [...volume, filter('aeval', { exprs, channel_layout: 'same', enable: nearMoves(moving) })];
}

/** Filters are switched on frame by frame: a little early, so that no ramp begins inside a frame let through. */
function nearMoves(moving: readonly { readonly from: GainPoint; readonly to: GainPoint }[]): Expression {
  const [first, ...rest] = moving.map(({ from, to }) =>
    call('between', time, nano(Math.max(0, from.t - 0.2)), nano(to.t + 0.001)),
  );
  return add(first!, ...rest);
}

const time = variable('t');

/** Nine places: a nanosecond is far below a sample. */
function nano(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
