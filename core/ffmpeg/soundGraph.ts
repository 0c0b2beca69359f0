/**
 * The sound of a range as an ffmpeg graph: every segment cut to the sample, its gain applied as the curve says, laid
 * in lanes with silence between, mixed without turning anything down. Float, 48 kHz stereo.
 */
import { add, call, constant, divide, multiply, subtract, variable, type Expression } from './expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from './filterGraph.ts';
import { list, panning, seconds } from './filterValue.ts';
import type { FfmpegInput } from './input.ts';
import { secondsFromTicks, ticksPerSecond, type TickRange, type Ticks } from '../time/ticks.ts';
import type { SoundSegment } from '../render/layers.ts';
import { scaleTicks } from '../render/sourceTime.ts';

/** Samples a second of every mix. */
export const mixRateHz = 48000;
/** Read ahead of a segment's first sample, s: a lossy decoder needs a packet or two before it is right. */
const preRollSeconds = 0.25;

/**
 * To stereo as browsers do it (Web Audio, 'speakers'): one channel goes to both at full level, where swresample would
 * take 3 dB off; 5.1 is mixed by ITU-R BS.775 in float, where swresample does not turn all of it down.
 */
export function stereoFiltersFor(channels: number): Filter[] {
  const first = [{ channel: 0, gain: 1 }];
  const mono = channels === 1 ? [filter('pan', { args: panning('stereo', { FL: first, FR: first }) })] : [];
  return [
    filter('aresample', { sample_rate: mixRateHz, async: 1, first_pts: 0 }),
    filter('aformat', { sample_fmts: 'fltp' }),
    ...mono,
    filter('aformat', { channel_layouts: 'stereo' }),
  ];
}

/** The graph of a mix and the stream that it ends in. */
export interface SoundGraph {
  readonly graph: FilterGraph;
  /** Exactly `sampleCount` samples of float stereo. */
  readonly mix: Stream;
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
    const { options, filters } = segmentFilters(segment, source.channels, end - start);
    parts.push(graph.chain([graph.open({ path: source.path, options }).stream(source.streamIndex)], filters));
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

function segmentFilters(
  segment: SoundSegment,
  channels: number,
  samples: number,
): { options: NonNullable<FfmpegInput['options']>; filters: Filter[] } {
  const wantedSeconds = secondsFromTicks(segment.sourceInTicks);
  const preRoll = Math.min(wantedSeconds, preRollSeconds);
  const from = Math.max(0, wantedSeconds - preRoll);
  const readSeconds = secondsFromTicks(scaleTicks(segment.durationTicks, segment.speed));
  const readSamples = Math.ceil((samples * segment.speed.num) / segment.speed.den);
  const speed =
    segment.speed.num === segment.speed.den
      ? []
      : [
          filter('asetrate', { sample_rate: Math.round((mixRateHz * segment.speed.num) / segment.speed.den) }),
          filter('aresample', { sample_rate: mixRateHz }),
        ];
  const firstSample = Math.round(preRoll * mixRateHz);
  return {
    options: [
      ['vn'],
      ...(from > 0 ? ([['ss', seconds(from)]] as const) : []),
      ['t', seconds(preRoll + readSeconds + 0.1)],
    ],
    filters: [
      ...stereoFiltersFor(channels),
      filter('atrim', { start_sample: firstSample, end_sample: firstSample + readSamples }),
      numberedSamples,
      ...(segment.reversed ? [filter('apad', { whole_len: readSamples }), filter('areverse')] : []),
      ...speed,
      ...gainFilters(segment),
      filter('apad', { whole_len: samples }),
      filter('atrim', { end_sample: samples }),
      numberedSamples,
    ],
  };
}

/** Timestamps by the samples alone, from 0. */
const numberedSamples = filter('asetpts', { expr: divide(divide(variable('N'), variable('SR')), variable('TB')) });

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
