/** What the command line writes of a masked edit: the source with the patch over it, encoded once. */
import { extname, join } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { clockAlone, colourOf, type VideoFacts } from '../../disk/facts.ts';
import { makeOutput, type OutputFile } from '../../disk/outputGuard.node.ts';
import { format, toBt709, toRgb } from '../../ffmpeg/colour.ts';
import { FilterGraph, type Filter, type Stream } from '../../ffmpeg/filterGraph.ts';
import { inSamples, openFrames, samplesOf } from '../../ffmpeg/layPatches.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { requireFrames } from '../../ffmpeg/requireFrames.node.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { keysOfName } from '../../disk/cacheFolder.node.ts';
import type { Rate } from '../../time/ticks.ts';
import { flattenStill } from '../media/flattenStill.node.ts';
import { framesOf, type LocatedSource } from '../media/locateSource.node.ts';
import { probeFile } from '../media/probe.node.ts';
import type { Made } from './made.ts';
import { pictureSize } from './pictureSize.ts';
import { copiesSound, filmEncoding, type FilmEncoding, type FilmEnding } from './outputEncoding.ts';
import { recipeMetadata, recipeText } from './recipe.node.ts';
import type { SourceFile } from './resolved.ts';

export interface EditOutput extends OutputFile {
  readonly lossless: boolean;
  /** For what has to be written on the way. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The ending of a film's name; null for pictures and sound. */
export function filmEndingOf(path: string): FilmEnding | null {
  const ending = extname(path).toLowerCase();
  return ending === '.mp4' || ending === '.mkv' ? ending : null;
}

/**
 * How a source's own frames are encoded to a path. Throws FailureError 'badRequest' where its ending cannot hold them
 * without loss.
 */
export function encodingFor(source: SourceFile, path: string, lossless: boolean): FilmEncoding {
  const video = source.facts.video!;
  const encoding = filmEncoding(
    filmEndingOf(path) ?? '.mp4',
    samplesOf(video),
    colourOf(video),
    pictureSize(video),
    lossless,
  );
  if (encoding) return encoding;
  const { pixelFormat: format, width, height } = video;
  throw new FailureError(
    'badRequest',
    sentence('generation.losslessEnding', { name: source.name, format, width, height }),
    path,
  );
}

/** Throws FailureError as `runFfmpeg` and `makeWholeFile`. */
export async function writeEdit(
  made: Made,
  patch: NonNullable<Made['patch']>,
  source: SourceFile,
  output: EditOutput,
): Promise<void> {
  if (source.facts.kind === 'image') return writePhotograph(made, patch, source, output);
  const patched = await laidOver(made, patch, source);
  if (filmEndingOf(output.path) === null) return writeFirstFrame(made, patched, output);
  await makeOutput(output, (to) => writeFilm(made, patched, source, to, output));
}

async function laidOver(made: Made, patch: NonNullable<Made['patch']>, source: SourceFile): Promise<LocatedSource> {
  const file = {
    path: made.path,
    facts: await probeFile(made.path),
    ...keysOfName(made.path),
    startTicks: 0,
    ...patch,
  };
  return { ...source, patches: [file] };
}

async function writeFilm(
  made: Made,
  patched: LocatedSource,
  source: SourceFile,
  to: string,
  { path, lossless, signal }: EditOutput,
): Promise<void> {
  const video = patched.facts.video!;
  const encoding = encodingFor(source, path, lossless);
  const graph = new FilterGraph();
  const picture = openWhole(graph, patched, video, made, encodable(encoding, video));
  const sound = soundOf(graph, source, filmEndingOf(path) ?? '.mp4', lossless);
  const result = await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        streams: sound ? [picture, sound.stream] : [picture],
        format: encoding.format,
        options: [
          ['r', made.rate ?? video.rate],
          ['fps_mode', 'passthrough'],
          ...encoding.options,
          ...(sound?.options ?? []),
          ['map_metadata', -1],
          ...recipeMetadata(made.recipe),
          ...(encoding.format === 'mp4' ? [['movflags', 'faststart'] as const] : []),
        ],
      },
    ],
    signal,
    about: source.path,
  });
  requireFrames(result, made.frameCount);
}

/** Frames as an encoder takes them: their own samples, or plain ones where it has no others. */
export function encodable({ converted }: FilmEncoding, video: VideoFacts): Filter[] {
  const own = { colour: colourOf(video), samples: samplesOf(video) };
  if (converted === null) return inSamples(own);
  const sameModel = converted.model === own.samples.model;
  return sameModel
    ? [...inSamples(own), format(converted.name)]
    : [...toBt709(own.colour, false, undefined, hasOddSides(video)), format(converted.name)];
}

function hasOddSides({ codedWidth, codedHeight }: VideoFacts): boolean {
  return codedWidth % 2 !== 0 || codedHeight % 2 !== 0;
}

/** All frames of a film from its first, at its own rate. */
export function openWhole(
  graph: FilterGraph,
  source: LocatedSource,
  video: VideoFacts,
  { rate, frameCount }: { readonly rate: Rate | null; readonly frameCount: number },
  then: readonly Filter[],
): Stream {
  const frames = openFrames(graph, framesOf(source, video), {
    sourceRate: video.rate,
    sourceDurationTicks: source.facts.durationTicks,
    startTicks: 0,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: rate ?? video.rate,
    frameCount,
  });
  return graph.chain([frames.stream], [...then, ...frames.finish]);
}

/** The source's sound, copied where the container takes it. */
function soundOf(
  graph: FilterGraph,
  { path, facts }: SourceFile,
  ending: FilmEnding,
  lossless: boolean,
): { stream: Stream; options: readonly OutputOption[] } | null {
  if (!facts.audio) return null;
  const clock = clockAlone(facts, facts.audio);
  const stream = graph.open({ path, clock }).stream(facts.audio.streamIndex);
  if (copiesSound(ending, facts.audio.codec)) return { stream, options: [['c:a', 'copy']] };
  if (lossless) return { stream, options: [['c:a', 'alac']] };
  return {
    stream,
    options: [
      ['c:a', 'aac'],
      ['b:a', '256k'],
    ],
  };
}

async function writeFirstFrame(made: Made, patched: LocatedSource, output: EditOutput): Promise<void> {
  const video = patched.facts.video!;
  const graph = new FilterGraph();
  const first = { rate: video.rate, frameCount: 1 };
  const picture = openWhole(graph, patched, video, first, [
    ...toBt709(colourOf(video), false, undefined, hasOddSides(video)),
    ...toRgb,
  ]);
  await makeOutput(output, async (to) => {
    await runFfmpeg({
      graph,
      outputs: [
        { to, streams: [picture], format: 'image2', options: [['frames:v', 1], ...recipeMetadata(made.recipe)] },
      ],
      signal: output.signal,
      about: patched.path,
    });
  });
}

async function writePhotograph(
  made: Made,
  { box }: NonNullable<Made['patch']>,
  source: SourceFile,
  output: EditOutput,
): Promise<void> {
  const description = recipeText(made.recipe);
  const patches = [{ path: made.path, box }];
  if (filmEndingOf(output.path) === null)
    return makeOutput(output, (to) => flattenStill(source.path, patches, to, description));
  const still = join(output.folder, 'whole.png');
  await flattenStill(source.path, patches, still);
  const facts = await probeFile(still);
  const encoding = encodingFor({ ...source, facts }, output.path, output.lossless);
  const graph = new FilterGraph();
  const picture = graph.chain(
    [graph.open({ path: still, format: 'png_pipe' }).stream(0)],
    encodable(encoding, facts.video!),
  );
  await makeOutput(output, async (to) => {
    await runFfmpeg({
      graph,
      outputs: [
        {
          to,
          streams: [picture],
          format: encoding.format,
          options: [...encoding.options, ...recipeMetadata(made.recipe)],
        },
      ],
      signal: output.signal,
      about: source.path,
    });
  });
}
