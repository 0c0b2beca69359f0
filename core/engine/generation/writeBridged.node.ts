/** Two films with the bridge between them as one: in the first one's size, rate, samples and colours, encoded once. */
import { mkdtemp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { colourOf } from '../../disk/facts.ts';
import type { OutputFile } from '../../disk/outputGuard.node.ts';
import { filter, FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { opaque } from '../../ffmpeg/sampleFormat.ts';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../time/ticks.ts';
import { broughtTo } from '../footage/joins/frameStore.node.ts';
import { readableStill } from '../media/readableStill.node.ts';
import { encodeContinued } from './encodeContinued.node.ts';
import { encodable, encodingFor } from './finishEdit.node.ts';
import type { Made } from './made.ts';
import { openOwnSound } from './ownSound.node.ts';
import { pictureSize } from './pictureSize.ts';
import type { Picture, SourceFile } from './resolved.ts';
import { countOf, inOwnForm, keptFrames } from './writeContinued.node.ts';

/** Both films, and the frames beside the bridge: what lies beyond them is shown by the bridge, or not at all. */
export interface Bridged {
  readonly before: Picture;
  readonly after: Picture;
  readonly lossless: boolean;
}

/** Writes the film. Throws FailureError as `runFfmpeg` and `makeOutput`. */
export async function writeBridged(
  made: Made,
  { before, after, lossless }: Bridged,
  output: OutputFile,
  signal: AbortSignal,
): Promise<void> {
  const folder = dirname(made.path);
  const first = await readableStill(before.file, folder, 'first');
  const next = await readableStill(after.file, folder, 'next');
  const video = first.facts.video;
  const { rate } = made;
  if (!video || !rate) throw new Error('a bridge has frames');
  const encoding = encodingFor(first, output.path, lossless);
  const graph = new FilterGraph();
  const form = { rate, size: pictureSize(video), samples: opaque(samplesOf(video)), colour: colourOf(video) };
  const kept = frameAt(before, rate) + 1;
  const from = frameAt(after, rate);
  const count = countOf(next, rate);
  const asFirst = [...broughtTo(form, next), filter('setsar', { sar: video.sampleAspect })];
  const parts = [
    keptFrames(graph, first, rate, { from: 0, count: kept }, inOwnForm(video)),
    graph.chain([graph.open({ path: made.path }).first('video')], inOwnForm(video)),
    keptFrames(graph, next, rate, { from, count: count - from }, asFirst),
  ];
  const joined = graph.chain(parts, [filter('concat', { n: 3, v: 1, a: 0 })]);
  const picture = graph.chain([joined], encodable(encoding, video));
  // the second film's first frame stands as far before its own frame beside the bridge as it does in its file
  const startsAt = secondsOfFrames(kept + made.frameCount - from, rate);
  const endsAt = startsAt + secondsOfFrames(count, rate);
  const heard = await crossfaded(graph, [first, next], { startsAt, endsAt }, folder, signal);
  await encodeContinued(graph, { picture, heard, rate }, { made, encoding, about: first.path }, output, signal);
}

function frameAt({ file, ticks }: Picture, rate: Rate): number {
  if (file.facts.kind === 'image') return 0;
  return Math.min(countOf(file, rate) - 1, Math.floor((secondsFromTicks(ticks) * rate.num) / rate.den + 1e-6));
}

function secondsOfFrames(count: number, rate: Rate): number {
  return secondsFromTicks(ticksAtFrame(count, rate));
}

/** Each film's own sound in its place; where both are heard, one fades into the other at equal power. */
async function crossfaded(
  graph: FilterGraph,
  [before, after]: readonly [SourceFile, SourceFile],
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
  folder: string,
  signal: AbortSignal,
): Promise<Stream | null> {
  const first = await openOwnSound(graph, before, folder, signal);
  const beside = await mkdtemp(join(folder, 'sound-'));
  const second = await openOwnSound(graph, after, beside, signal);
  const ownSeconds = secondsFromTicks(before.facts.durationTicks);
  const overlap = Math.max(0, ownSeconds - startsAt);
  const fades = overlap > 0 && first !== null && second !== null;
  const fade = (type: 'in' | 'out', start: number) =>
    fades ? [filter('afade', { type, st: seconds(start), d: seconds(overlap), curve: 'qsin' })] : [];
  const parts = [
    ...(first
      ? [
          graph.chain(
            [first],
            [
              filter('apad', { whole_dur: seconds(ownSeconds) }),
              filter('atrim', { start: seconds(0), end: seconds(ownSeconds) }),
              ...fade('out', startsAt),
            ],
          ),
        ]
      : []),
    ...(second
      ? [graph.chain([second], [...fade('in', 0), filter('adelay', { delays: Math.round(startsAt * 1000), all: 1 })])]
      : []),
  ];
  if (parts.length === 0) return null;
  const mixed = parts.length === 1 ? parts[0]! : graph.chain(parts, [filter('amix', { inputs: 2, normalize: 0 })]);
  return graph.chain(
    [mixed],
    [filter('apad', { whole_dur: seconds(endsAt) }), filter('atrim', { start: seconds(0), end: seconds(endsAt) })],
  );
}
