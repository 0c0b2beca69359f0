/** From the pipeline's raw frames or sound to a file that plays: H.264 in MP4, PNG, or WAV. */
import { open } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { FailureError } from '../../contract/errors.ts';
import { toBt709 } from '../../ffmpeg/colour.ts';
import { frameFilters } from '../../ffmpeg/frameFilters.ts';
import { formatRate, type Rate } from '../../time/ticks.ts';
import { runFfmpeg, type FfmpegInput } from '../../ffmpeg/ffmpeg.node.ts';
import type { FrameFile } from '../inference/protocol.ts';
import { colourOf, seeksExactly } from '../../disk/facts.ts';
import { bt709Tags } from '../media/makeProxy.node.ts';
import { localOnly } from '../media/rawProbe.node.ts';
import type { VideoPlan } from './requirePossible.ts';
import type { SourceRange } from './resolved.ts';

/** Near lossless: the take is a source for what comes after. */
const crf = 12;
const gopFrames = 12;
const tags = 'setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709';

export const takeVideoOptions: readonly string[] = [
  '-c:v',
  'libx264',
  '-preset',
  'fast',
  '-crf',
  String(crf),
  '-g',
  String(gopFrames),
  '-bf',
  '0',
  '-pix_fmt',
  'yuv420p',
  '-fps_mode',
  'passthrough',
  ...bt709Tags,
  '-movflags',
  '+faststart',
];

export interface EncodeOptions {
  readonly signal: AbortSignal;
  readonly metadata: readonly string[];
  onFraction(fraction: number): void;
}

function rateText(rate: Rate): string {
  return `${rate.num}/${rate.den}`;
}

function rawInput(file: FrameFile, pixelFormat: string, rate: Rate): FfmpegInput {
  return {
    path: file.path,
    options: [
      '-f',
      'rawvideo',
      '-pix_fmt',
      pixelFormat,
      '-video_size',
      `${file.width}x${file.height}`,
      '-framerate',
      rateText(rate),
    ],
  };
}

/**
 * Inputs and filters that end in `[v]`: yuv420p, bt709, the plan's size, rate and count. `made` is the pipeline's
 * result.
 */
export function takeGraph(
  plan: VideoPlan,
  made: FrameFile,
  madeRate: Rate,
  opacityPath: string | null,
): { inputs: FfmpegInput[]; filterGraph: string } {
  const { output, kept } = plan;
  const upscale = `scale=${output.width}:${output.height}:flags=lanczos+accurate_rnd+full_chroma_int:in_range=pc:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,${tags}`;
  const cut = `trim=start_frame=${kept.from}:end_frame=${kept.from + kept.count},setpts=PTS-STARTPTS`;
  const madeInput = rawInput(made, 'rgb24', madeRate);
  if (!output.over || opacityPath === null) {
    return { inputs: [madeInput], filterGraph: `[0:v]${cut},${upscale}[v]` };
  }
  const source = sourceFilters(output.over, output);
  const opacity: FrameFile = {
    path: opacityPath,
    frameCount: output.frameCount,
    width: output.width,
    height: output.height,
  };
  return {
    inputs: [source.input, madeInput, rawInput(opacity, 'yuv420p', output.rate)],
    filterGraph: [
      `${source.chain}[source]`,
      `[1:v]${cut},${upscale},fps=${rateText(output.rate)},tpad=stop_mode=clone:stop=-1[made]`,
      // opacity 0 leaves the source's value as it is: maskedmerge adds nothing of the other
      `[2:v]${tags},tpad=stop_mode=clone:stop=-1[opacity]`,
      `[source][made][opacity]maskedmerge,trim=end_frame=${output.frameCount}[v]`,
    ].join(';'),
  };
}

/** The source's own pixels at its own rate, as the exporter reads them; an odd last row or column is left out. */
export function sourceFilters(
  range: SourceRange,
  output: { width: number; height: number; rate: Rate; frameCount: number },
): { input: FfmpegInput; chain: string } {
  const { file } = range;
  const video = file.facts.video;
  if (!video) throw new FailureError('badRequest', `${file.name} has no picture.`, file.path);
  const frames = frameFilters({
    sourceRate: file.facts.kind === 'image' ? null : video.rate,
    sourceDurationTicks: file.facts.durationTicks,
    startTicks: range.startTicks,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: output.rate,
    frameCount: output.frameCount,
    seeksExactly: seeksExactly(file.facts),
  });
  // unsquare pixels are drawn square, as everywhere in the editor; all others keep their values
  const square =
    video.sampleAspect.num === video.sampleAspect.den ? [] : [`scale=${video.width}:${video.height}:flags=bicubic`];
  // even before colour: ffmpeg's conversion takes no odd sizes
  const filters = [
    ...frames.filters,
    ...square,
    `crop=${output.width}:${output.height}:0:0:exact=1`,
    'setsar=1',
    ...toBt709(colourOf(video), false),
    tags,
    ...frames.finish,
  ];
  return {
    input: { path: file.path, options: [...localOnly, ...frames.inputOptions] },
    chain: `[0:${video.streamIndex}]${filters.join(',')}`,
  };
}

export async function encodeVideo(
  plan: VideoPlan,
  made: FrameFile,
  madeRate: Rate,
  opacityPath: string | null,
  to: string,
  options: EncodeOptions,
): Promise<void> {
  const graph = takeGraph(plan, made, madeRate, opacityPath);
  await runFfmpeg({
    ...graph,
    outputs: [
      {
        to,
        options: [
          '-map',
          '[v]',
          '-an',
          '-r',
          rateText(plan.output.rate),
          ...takeVideoOptions,
          ...options.metadata,
          '-f',
          'mp4',
        ],
      },
    ],
    signal: options.signal,
    about: plan.output.over?.file.path ?? `the made ${formatRate(plan.output.rate)} fps video`,
    onProgress: (progress) => options.onFraction(Math.min(1, progress.frame / plan.output.frameCount)),
  });
}

/**
 * The first kept frame as PNG, laid over its source where there is one; the recipe stands in EXIF's ImageDescription.
 */
export async function encodePicture(
  plan: VideoPlan,
  made: FrameFile,
  madeRate: Rate,
  opacityPath: string | null,
  to: string,
  description: string,
  signal: AbortSignal,
): Promise<void> {
  const picture = plan.output.over
    ? await composedFrame(plan, made, madeRate, opacityPath, `${to}.plain.png`, signal)
    : await firstFrame(plan, made);
  await picture
    .withExif({ IFD0: { ImageDescription: description } })
    .png()
    .toFile(to);
}

async function composedFrame(
  plan: VideoPlan,
  made: FrameFile,
  madeRate: Rate,
  opacityPath: string | null,
  path: string,
  signal: AbortSignal,
): Promise<Sharp> {
  const { inputs, filterGraph } = takeGraph(plan, made, madeRate, opacityPath);
  const toRgb =
    'scale=flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgb24';
  await runFfmpeg({
    inputs,
    filterGraph: `${filterGraph};[v]${toRgb}[rgb]`,
    outputs: [{ to: path, options: ['-map', '[rgb]', '-frames:v', '1', '-f', 'image2', '-update', '1'] }],
    signal,
  });
  return sharp(path);
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
  await runFfmpeg({
    inputs: [{ path: wavPath }],
    outputs: [{ to, options: ['-c:a', 'pcm_s24le', '-ar', '48000', ...options.metadata, '-f', 'wav'] }],
    signal: options.signal,
    about: 'the made sound',
  });
}
