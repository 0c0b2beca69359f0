/**
 * What the command line adds to a made file: the input's sound, the input before it, the soundtrack under the picture.
 */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { defaultTarget } from '../../../models/families/soundtrack/mix.ts';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../time/ticks.ts';
import { openOwnSound } from './ownSound.node.ts';
import { filter, FilterGraph, type Filter, type Stream } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { makeOutput, type OutputFile, type OutputGuard } from '../../disk/outputGuard.node.ts';
import { writeFailure } from '../../disk/projectFs.node.ts';
import { openSource, takeVideoOptions } from './encodeTake.node.ts';
import type { Made } from './made.ts';
import { aacOptions, encodePeakSafeAac } from './peakSafeAac.node.ts';
import { recipeMetadata } from './recipe.node.ts';
import type { SourceFile } from './resolved.ts';
import { clockAlone, colourOf, type VideoFacts } from '../../disk/facts.ts';
import { toRgb } from '../../ffmpeg/colour.ts';
import { fromRgb } from '../../ffmpeg/fromRgb.ts';
import { inSamples, openFrames, samplesOf } from '../../ffmpeg/layPatches.ts';
import { framesOf } from '../media/locateSource.node.ts';
import { readableStill } from '../media/readableStill.node.ts';
import { encodeContinued } from './encodeContinued.node.ts';
import { encodable, encodingFor, filmEndingOf } from './finishEdit.node.ts';
import { filmFormats } from './outputEncoding.ts';
import { pictureSize } from './pictureSize.ts';

/** Writes a made file as it is. */
export async function writePlain(made: Made, output: OutputFile): Promise<void> {
  await makeOutput(output, (to) => copyFile(made.path, to));
}

/** Writes the made picture with the source's own sound under it. */
export async function writeWithSound(
  made: Made,
  source: SourceFile,
  output: OutputFile,
  signal: AbortSignal,
): Promise<void> {
  const graph = new FilterGraph();
  const picture = graph.open({ path: made.path });
  const heard = made.kind === 'image' ? null : await openOwnSound(graph, source, dirname(made.path), signal);
  if (!heard) return writePlain(made, output);
  await makeOutput(output, async (to) => {
    await runFfmpeg({
      graph,
      outputs: [
        {
          to,
          streams: [picture.first('video'), heard],
          format: filmFormats[filmEndingOf(output.path) ?? '.mp4'],
          options: [
            ['c:v', 'copy'],
            ...aacOptions,
            ['t', seconds(secondsFromTicks(made.durationTicks))],
            ['map_metadata', picture.position],
            ...recipeMetadata(made.recipe),
            ['movflags', 'faststart'],
          ],
        },
      ],
      signal,
      about: source.path,
    });
  });
}

/**
 * Writes the input and the new part one after the other, in the input's sample format and at its rate. The new part is
 * silent.
 */
export async function writeJoined(
  made: Made,
  given: SourceFile,
  direction: 'forward' | 'backward',
  output: OutputFile,
  lossless: boolean,
  signal: AbortSignal,
): Promise<void> {
  const source = await readableStill(given, dirname(made.path));
  const video = source.facts.video;
  if (!video || !made.rate) return writePlain(made, output);
  const encoding = encodingFor(source, output.path, lossless);
  const graph = new FilterGraph();
  const old = openOld(graph, source, video, made.rate);
  const added = graph.chain(
    [graph.open({ path: made.path }).first('video')],
    [filter('fps', { fps: old.rate }), ...toRgb, ...likeSource(video), filter('setsar', { sar: video.sampleAspect })],
  );
  const parts = direction === 'forward' ? [old.picture, added] : [added, old.picture];
  const joined = graph.chain(parts, [filter('concat', { n: 2, v: 1, a: 0 })]);
  const picture = graph.chain([joined], encodable(encoding, video));
  const own = await openOwnSound(graph, source, dirname(made.path), signal);
  const heard = own && joinedSound(graph, own, direction, secondsFromTicks(made.durationTicks), old);
  await encodeContinued(
    graph,
    { picture, heard, rate: old.rate },
    { made, encoding, about: source.path },
    output,
    signal,
  );
}

/** The known frames, drawn from the input itself. */
function openOld(graph: FilterGraph, source: SourceFile, video: VideoFacts, madeRate: Rate) {
  const { kind, durationTicks } = source.facts;
  const rate = kind === 'image' ? madeRate : video.rate;
  const frameCount =
    kind === 'image' ? 1 : Math.max(1, Math.round((secondsFromTicks(durationTicks) * rate.num) / rate.den));
  const frames = openFrames(graph, framesOf(source, video), {
    sourceRate: kind === 'image' ? null : rate,
    sourceDurationTicks: durationTicks,
    startTicks: 0,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: rate,
    frameCount,
  });
  const own = { colour: colourOf(video), samples: samplesOf(video) };
  const picture = graph.chain(
    [frames.stream],
    [...inSamples(own), filter('setsar', { sar: video.sampleAspect }), ...frames.finish],
  );
  return { picture, rate, frameCount };
}

/** Made frames at the input's size and in its samples. */
function likeSource(video: VideoFacts): Filter[] {
  return fromRgb(colourOf(video), samplesOf(video), pictureSize(video));
}

function joinedSound(
  graph: FilterGraph,
  own: Stream,
  direction: 'forward' | 'backward',
  newSeconds: number,
  old: { readonly rate: Rate; readonly frameCount: number },
): Stream {
  const wholeSeconds = secondsFromTicks(ticksAtFrame(old.frameCount, old.rate)) + newSeconds;
  return graph.chain(
    [own],
    [
      ...(direction === 'backward' ? [filter('adelay', { delays: Math.round(newSeconds * 1000), all: 1 })] : []),
      filter('apad', { whole_dur: seconds(wholeSeconds) }),
    ],
  );
}

/**
 * Writes the mix of the stems, in a video beside its own sound. The stems have their loudness already and duck under
 * speech by themselves.
 */
export async function writeSoundtrack(
  stems: readonly Made[],
  source: SourceFile | null,
  output: OutputFile,
  recipe: Record<string, unknown>,
  signal: AbortSignal,
): Promise<void> {
  const asSound = extname(output.path).toLowerCase() === '.wav';
  await makeOutput(output, (to) =>
    asSound || !source?.facts.video
      ? writeMix(stems, to, recipe, signal)
      : writeScored(stems, source, source.facts.video, to, recipe, signal),
  );
}

function mixed(graph: FilterGraph, stems: readonly Made[]): Stream {
  const sounds = stems.map((stem) => graph.open({ path: stem.path }).first('audio'));
  return graph.chain(sounds, [filter('amix', { inputs: stems.length, normalize: 0 })]);
}

async function writeMix(
  stems: readonly Made[],
  to: string,
  recipe: Record<string, unknown>,
  signal: AbortSignal,
): Promise<void> {
  const graph = new FilterGraph();
  const options: readonly OutputOption[] = [['c:a', 'pcm_s24le'], ['ar', 48000], ...recipeMetadata(recipe)];
  await runFfmpeg({ graph, outputs: [{ to, streams: [mixed(graph, stems)], format: 'wav', options }], signal });
}

/**
 * The source's picture, copied where MP4 can hold it, with the stems under it. The mix is written beside the first
 * stem, in the run's own folder, and encoded until no peak is above the ceiling.
 */
async function writeScored(
  stems: readonly Made[],
  source: SourceFile,
  video: VideoFacts,
  to: string,
  recipe: Record<string, unknown>,
  signal: AbortSignal,
): Promise<void> {
  const folder = dirname(stems[0]?.path ?? to);
  const [mixPath, soundPath] = [join(folder, 'mix.wav'), join(folder, 'mix.mp4')];
  await writeMixWithOwn(stems, source, mixPath, signal);
  await encodePeakSafeAac(mixPath, soundPath, defaultTarget.truePeakDb, signal);
  const graph = new FilterGraph();
  const copies = ['h264', 'hevc', 'av1'].includes(video.codec);
  const picture = copies
    ? graph.open({ path: source.path, clock: clockAlone(source.facts, video) }).stream(video.streamIndex)
    : wholePicture(graph, source, video);
  const sound = graph.open({ path: soundPath, format: 'mov' }).first('audio');
  await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        streams: [picture, sound],
        format: 'mp4',
        options: [
          ...(copies ? ([['c:v', 'copy']] as const) : takeVideoOptions),
          ['c:a', 'copy'],
          ['t', seconds(secondsFromTicks(source.facts.durationTicks))],
          ...recipeMetadata(recipe),
          ['movflags', 'faststart'],
        ],
      },
    ],
    signal,
    about: source.path,
  });
  await Promise.all([rm(mixPath), rm(soundPath)]);
}

/** The stems beside the source's own sound, if it has one, as a WAV of 32-bit float, as long as the source. */
async function writeMixWithOwn(
  stems: readonly Made[],
  source: SourceFile,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const graph = new FilterGraph();
  const { durationTicks } = source.facts;
  const own = await openOwnSound(graph, source, dirname(to), signal);
  const stemSound = mixed(graph, stems);
  const heard = own
    ? graph.chain([own, stemSound], [filter('amix', { inputs: 2, normalize: 0, duration: 'longest' })])
    : stemSound;
  const options: readonly OutputOption[] = [
    ['c:a', 'pcm_f32le'],
    ['ar', 48000],
    ['t', seconds(secondsFromTicks(durationTicks))],
  ];
  await runFfmpeg({ graph, outputs: [{ to, streams: [heard], format: 'wav', options }], signal, about: source.path });
}

function wholePicture(graph: FilterGraph, source: SourceFile, { width, height, rate }: VideoFacts) {
  const { durationTicks } = source.facts;
  const frameCount = Math.max(1, Math.round((secondsFromTicks(durationTicks) * rate.num) / rate.den));
  const range = { file: source, startTicks: 0, durationTicks };
  return openSource(graph, range, { width: width - (width % 2), height: height - (height % 2), rate, frameCount });
}

/** Writes each stem to its own file; returns their paths. */
export async function writeStems(
  stems: readonly { stem: string; made: Made }[],
  folder: string,
  guard: OutputGuard,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(error, folder);
  });
  const paths: string[] = [];
  for (const { stem, made } of stems) {
    const path = stemPath(folder, stem);
    await makeOutput({ path, guard }, (to) => copyFile(made.path, to));
    paths.push(path);
  }
  return paths;
}

/** Where a stem goes. */
export function stemPath(folder: string, stem: string): string {
  return join(resolve(folder), `${stem}.wav`);
}
