/** A stretch of a sound stream as it is, all its channels, 48 kHz, each sample in its place. */
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { clockAlone } from '../../../disk/facts.ts';
import { filter, FilterGraph, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { seconds } from '../../../ffmpeg/filterValue.ts';
import type { FfmpegInput } from '../../../ffmpeg/input.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { inPlaceBy } from '../../../ffmpeg/soundGraph.ts';
import { mixRateHz } from '../../../ffmpeg/soundReading.ts';
import { decodeSound } from '../../media/decodeSound.node.ts';
import { clockOf, startsAtFirstSample } from '../../media/soundClock.ts';
import type { SpeechRun } from './speechRun.ts';

/** Read ahead of the first sample: a lossy decoder needs a few packets before it is right. */
const preRollSeconds = 0.25;

export interface SoundStretch {
  readonly firstSample: number;
  readonly sampleCount: number;
  /** Of every sample. */
  readonly channels: number;
}

/** How a sound that changes its format on the way is read: decoded into `folder` first. */
export async function readableSound(
  { source, sound }: Pick<SpeechRun, 'source' | 'sound'>,
  folder: string,
): Promise<Pick<SpeechRun, 'source' | 'sound'> & { readonly decoded: string | null }> {
  if (!sound.changes) return { source, sound, decoded: null };
  const decoded = join(folder, 'decoded.wav');
  await decodeSound(source.path, source.facts, sound, decoded);
  return { source, sound, decoded };
}

/** Writes the stretch to `sink` as interleaved floats; what the file does not hold is silence. */
export async function readSound(
  from: Awaited<ReturnType<typeof readableSound>>,
  { firstSample, sampleCount, channels }: SoundStretch,
  sink: Writable,
): Promise<void> {
  const graph = new FilterGraph();
  const { stream, first } = openSound(graph, from, firstSample);
  const cut = graph.chain(
    [stream],
    [
      filter('atrim', { start_sample: first, end_sample: first + sampleCount }),
      filter('aformat', { sample_fmts: 'flt', sample_rates: mixRateHz }),
      filter('apad', { whole_len: sampleCount }),
    ],
  );
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: sink,
        streams: [cut],
        format: 'f32le',
        options: [
          ['c:a', 'pcm_f32le'],
          ['ac', channels],
        ],
      },
    ],
    about: from.source.path,
  });
}

/** The stream in its place, and which of its samples is the first wanted. */
function openSound(
  graph: FilterGraph,
  { source, sound, decoded }: Awaited<ReturnType<typeof readableSound>>,
  firstSample: number,
): { readonly stream: Stream; readonly first: number } {
  if (decoded !== null) {
    const opened = graph.open({ path: decoded, format: 'wav' });
    return { stream: graph.chain([opened.stream(0)], inPlaceBy('none')), first: firstSample };
  }
  const { facts, path } = source;
  // elsewhere a seek does not land on the sample: the file is read from its beginning
  const seekSeconds = sound.sampleExact ? Math.max(0, Math.floor(firstSample / mixRateHz - preRollSeconds)) : 0;
  const options: NonNullable<FfmpegInput['options']> = [
    ['vn'],
    ['threads', 1],
    ...(seekSeconds > 0 ? ([['ss', seconds(seekSeconds)]] as const) : []),
  ];
  const opened = graph.open({ path, clock: clockAlone(facts, sound), options });
  const clock = seekSeconds > 0 ? 'exact' : clockOf(facts, sound);
  const placing = inPlaceBy(clock, startsAtFirstSample(facts) ? 'sound' : 'file');
  return {
    stream: graph.chain([opened.stream(sound.streamIndex)], placing),
    first: firstSample - seekSeconds * mixRateHz,
  };
}
