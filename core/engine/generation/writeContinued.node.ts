/** Footage with the frames that continue it, as one film: both in the footage's own samples, encoded once. */
import { dirname } from 'node:path';
import type { ExtendRequest } from '../../actions/extend/schema.ts';
import { colourOf, type VideoFacts } from '../../disk/facts.ts';
import type { OutputFile } from '../../disk/outputGuard.node.ts';
import { subtract, variable } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import { inSamples, openFrames, samplesOf } from '../../ffmpeg/layPatches.ts';
import { opaque } from '../../ffmpeg/sampleFormat.ts';
import { secondsFromTicks, ticksAtFrame, ticksFromSeconds, type Rate } from '../../time/ticks.ts';
import { writeRoomTone } from '../footage/joins/makeRoomTone.node.ts';
import { framesOf } from '../media/locateSource.node.ts';
import { readableStill } from '../media/readableStill.node.ts';
import { encodeContinued } from './encodeContinued.node.ts';
import { encodable, encodingFor } from './finishEdit.node.ts';
import type { Made } from './made.ts';
import { openOwnSound } from './ownSound.node.ts';
import type { SourceFile } from './resolved.ts';

/** What was asked for, and what is heard beside the new frames. */
export interface Continuation {
  readonly request: ExtendRequest;
  /** The room goes on sounding; else there is silence. */
  readonly tone: boolean;
  readonly lossless: boolean;
}

/** Writes the film. Where frames at the edge are shown again, slower, they stand in the new part only. */
export async function writeContinued(
  made: Made,
  given: SourceFile,
  { request, tone, lossless }: Continuation,
  output: OutputFile,
  signal: AbortSignal,
): Promise<void> {
  const source = await readableStill(given, dirname(made.path));
  const video = source.facts.video;
  if (!video || !made.rate) throw new Error('a continuation has frames');
  const { rate } = made;
  const encoding = encodingFor(source, output.path, lossless);
  const forward = request.direction === 'forward';
  const count = countOf(source, rate);
  const lead = Math.round((secondsFromTicks(request.leadTicks ?? 0) * rate.num) / rate.den);
  const kept = { from: forward ? 0 : lead, count: count - lead };
  const graph = new FilterGraph();
  const old = keptFrames(graph, source, rate, kept, inOwnForm(video));
  const added = graph.chain([graph.open({ path: made.path }).first('video')], inOwnForm(video));
  const joined = graph.chain(forward ? [old, added] : [added, old], [filter('concat', { n: 2, v: 1, a: 0 })]);
  const picture = graph.chain([joined], encodable(encoding, video));
  const whole = secondsFromTicks(ticksAtFrame(kept.count + made.frameCount, rate));
  const heard = await continuedSound(graph, source, { request, tone }, whole, dirname(made.path), signal);
  await encodeContinued(graph, { picture, heard, rate }, { made, encoding, about: source.path }, output, signal);
}

/** Frames in the footage's own samples and colours, without alpha. */
export function inOwnForm(video: VideoFacts): Filter[] {
  const own = { colour: colourOf(video), samples: opaque(samplesOf(video)) };
  return [...inSamples(own), filter('setsar', { sar: video.sampleAspect })];
}

/** Frames of a source, 1 for a photograph. */
export function countOf({ facts }: SourceFile, rate: Rate): number {
  if (facts.kind === 'image') return 1;
  return Math.max(1, Math.round((secondsFromTicks(facts.durationTicks) * rate.num) / rate.den));
}

/** Frames of a source on a grid of `rate`, brought to a form. */
export function keptFrames(
  graph: FilterGraph,
  source: SourceFile,
  rate: Rate,
  kept: { readonly from: number; readonly count: number },
  form: readonly Filter[],
): Stream {
  const video = source.facts.video!;
  const frames = openFrames(graph, framesOf(source, video), {
    sourceRate: source.facts.kind === 'image' ? null : video.rate,
    sourceDurationTicks: source.facts.durationTicks,
    startTicks: ticksAtFrame(kept.from, rate),
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: rate,
    frameCount: kept.count,
  });
  return graph.chain([frames.stream], [...form, ...frames.finish]);
}

/** The source's sound at its own speed, and after it (before it) its room, or silence. */
async function continuedSound(
  graph: FilterGraph,
  source: SourceFile,
  { request, tone }: Pick<Continuation, 'request' | 'tone'>,
  wholeSeconds: number,
  folder: string,
  signal: AbortSignal,
): Promise<Stream | null> {
  const { durationTicks } = source.facts;
  const ownSeconds = secondsFromTicks(durationTicks);
  const own = await openOwnSound(graph, source, folder, signal);
  if (!own) return null;
  const forward = request.direction === 'forward';
  const extraSeconds = Math.max(0, wholeSeconds - ownSeconds);
  if (!tone || extraSeconds === 0) {
    const late = forward ? [] : [filter('adelay', { delays: Math.round(extraSeconds * 1000), all: 1 })];
    return graph.chain([own], [...late, filter('apad', { whole_dur: seconds(wholeSeconds) })]);
  }
  const range = { file: source, startTicks: 0, durationTicks };
  const asked = { ...request, durationTicks: ticksFromSeconds(extraSeconds) };
  const room = graph
    .open({
      path: await writeRoomTone(range, asked, folder, signal),
      format: 'f32le',
      options: [
        ['ar', 48000],
        ['ac', 2],
      ],
    })
    .first('audio');
  const exact = graph.chain(
    [own],
    [
      filter('apad', { whole_dur: seconds(ownSeconds) }),
      filter('atrim', { start: seconds(0), end: seconds(ownSeconds) }),
      filter('asetpts', { expr: subtract(variable('PTS'), variable('STARTPTS')) }),
    ],
  );
  return graph.chain(forward ? [exact, room] : [room, exact], [filter('concat', { n: 2, v: 0, a: 1 })]);
}
