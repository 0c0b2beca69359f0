/** From the pipeline's raw frames or sound to a file that plays: H.264 in MP4, PNG, or WAV. */
import { open } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { exactLanczos, format, markedBt709, toBt709 } from '../../ffmpeg/colour.ts';
import { variable, subtract } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from '../../ffmpeg/filterGraph.ts';
import { openFrames } from '../../ffmpeg/layPatches.ts';
import type { FfmpegInput } from '../../ffmpeg/input.ts';
import { bt709Tags, type OutputOption } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { formatRate, type Rate } from '../../time/ticks.ts';
import type { FrameFile } from '../inference/protocol.ts';
import { colourOf } from '../../disk/facts.ts';
import { framesOf } from '../media/locateSource.node.ts';
import type { VideoPlan } from './requirePossible.ts';
import type { SourceRange } from './resolved.ts';

/**
 * Near lossless: the take is a source for what comes after. 'veryfast' at 11 is as close to the frames as 'fast' at
 * 12, in two fifths of the time and files a sixth larger.
 */
const crf = 11;
const gopFrames = 12;

/** H.264 without B-frames and with short groups of pictures, so that a take scrubs well in the window. */
export const takeVideoOptions: readonly OutputOption[] = [
  ['c:v', 'libx264'],
  ['preset', 'veryfast'],
  ['crf', crf],
  ['g', gopFrames],
  ['bf', 0],
  ['pix_fmt', 'yuv420p'],
  ['fps_mode', 'passthrough'],
  ...bt709Tags,
  ['movflags', 'faststart'],
];

/** The same without loss. */
export const losslessTakeOptions = takeVideoOptions.map((option): OutputOption =>
  option[0] === 'crf' ? ['qp', 0] : option,
);

export interface EncodeOptions {
  readonly signal: AbortSignal;
  readonly metadata: readonly OutputOption[];
  onFraction(fraction: number): void;
}

function rawInput(file: FrameFile, pixelFormat: string, rate: Rate): FfmpegInput {
  return {
    path: file.path,
    format: 'rawvideo',
    options: [
      ['pixel_format', pixelFormat],
      ['video_size', { width: file.width, height: file.height }],
      ['framerate', rate],
    ],
  };
}

/** A graph whose `video` is the made frames alone: yuv420p, bt709, at the plan's size, rate and count. */
export function takeGraph(plan: VideoPlan, made: FrameFile, madeRate: Rate): { graph: FilterGraph; video: Stream } {
  const graph = new FilterGraph();
  const frames = graph.open(rawInput(made, 'rgb24', madeRate)).stream(0);
  return { graph, video: graph.chain([frames], [...keptFrames(plan), ...upscaled(plan.output)]) };
}

function keptFrames({ kept }: VideoPlan): Filter[] {
  return [
    filter('trim', { start_frame: kept.from, end_frame: kept.from + kept.count }),
    filter('setpts', { expr: subtract(variable('PTS'), variable('STARTPTS')) }),
  ];
}

function upscaled(output: { width: number; height: number }): Filter[] {
  return [
    filter('scale', {
      w: output.width,
      h: output.height,
      flags: exactLanczos,
      in_range: 'pc',
      out_color_matrix: 'bt709',
      out_range: 'tv',
    }),
    format('yuv420p'),
    filter('setsar', { sar: 1 }),
    markedBt709,
  ];
}

/**
 * Opens a source in a graph: its own pixels at its own rate, as the exporter reads them. An odd last row or column is
 * left out.
 */
export function openSource(
  graph: FilterGraph,
  range: SourceRange,
  output: { width: number; height: number; rate: Rate; frameCount: number },
): Stream {
  const { file } = range;
  const video = file.facts.video;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: file.name }), file.path);
  const frames = openFrames(graph, framesOf(file, video), {
    sourceRate: file.facts.kind === 'image' ? null : video.rate,
    sourceDurationTicks: file.facts.durationTicks,
    startTicks: range.startTicks,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: output.rate,
    frameCount: output.frameCount,
  });
  // pixels that are not square are scaled to be, as everywhere in the editor; all others keep their values
  const square =
    video.sampleAspect.num === video.sampleAspect.den
      ? []
      : [filter('scale', { w: video.width, h: video.height, flags: 'bicubic' })];
  return graph.chain(
    [frames.stream],
    [
      ...square,
      // even before colour: ffmpeg's conversion takes no odd sizes
      filter('crop', { w: output.width, h: output.height, x: 0, y: 0, exact: 1 }),
      filter('setsar', { sar: 1 }),
      ...toBt709(colourOf(video), false),
      markedBt709,
      ...frames.finish,
    ],
  );
}

/** Encodes a take as H.264 in MP4. Throws FailureError as `runFfmpeg`. */
export async function encodeVideo(
  plan: VideoPlan,
  made: FrameFile,
  madeRate: Rate,
  lossless: boolean,
  to: string,
  options: EncodeOptions,
): Promise<void> {
  const { graph, video } = takeGraph(plan, made, madeRate);
  await runFfmpeg({
    graph,
    outputs: [
      {
        to,
        streams: [video],
        format: 'mp4',
        options: [['r', plan.output.rate], ...(lossless ? losslessTakeOptions : takeVideoOptions), ...options.metadata],
      },
    ],
    signal: options.signal,
    about: `the made ${formatRate(plan.output.rate)} fps video`,
    onProgress: (progress) => options.onFraction(Math.min(1, progress.frame / plan.output.frameCount)),
  });
}

/** The first kept frame as PNG, with the recipe in EXIF's ImageDescription. */
export async function encodePicture(plan: VideoPlan, made: FrameFile, to: string, description: string): Promise<void> {
  const picture = await firstFrame(plan, made);
  await picture
    .withExif({ IFD0: { ImageDescription: description } })
    .png()
    .toFile(to);
}

async function firstFrame(plan: VideoPlan, made: FrameFile): Promise<Sharp> {
  const frameBytes = made.width * made.height * 3;
  const data = Buffer.alloc(frameBytes);
  const file = await open(made.path);
  try {
    await file.read(data, 0, frameBytes, plan.kept.from * frameBytes);
  } finally {
    await file.close();
  }
  return sharp(data, { raw: { width: made.width, height: made.height, channels: 3 } }).resize(
    plan.output.width,
    plan.output.height,
    { fit: 'fill', kernel: 'lanczos3' },
  );
}

/** 48 kHz stereo, 24 bit. */
export async function encodeSound(
  wavPath: string,
  to: string,
  options: Omit<EncodeOptions, 'onFraction'>,
): Promise<void> {
  const graph = new FilterGraph();
  const sound = graph.open({ path: wavPath, format: 'wav' }).stream(0);
  await runFfmpeg({
    graph,
    outputs: [
      { to, streams: [sound], format: 'wav', options: [['c:a', 'pcm_s24le'], ['ar', 48000], ...options.metadata] },
    ],
    signal: options.signal,
    about: 'the made sound',
  });
}
