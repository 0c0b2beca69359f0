/**
 * From the pipeline's raw frames to a patch: the made colours in the source's own size, rate, depth and colour, without
 * loss, over their opacity. FFV1 in Matroska; a PNG with alpha for a photograph.
 */
import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { subtract, variable } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Stream } from '../../ffmpeg/filterGraph.ts';
import { fromRgb } from '../../ffmpeg/fromRgb.ts';
import type { FfmpegInput } from '../../ffmpeg/input.ts';
import { halfRows } from '../../ffmpeg/layPatches.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import type { Size } from '../../render/place.ts';
import type { Rate } from '../../time/ticks.ts';
import type { FrameFile } from '../inference/protocol.ts';
import type { EncodeOptions } from './encodeTake.node.ts';
import type { PatchShape, PatchTarget } from './patchShape.ts';
import type { FfmpegOutput } from '../../ffmpeg/command.node.ts';
import { losslessOptions } from '../../ffmpeg/losslessOptions.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';

export interface MadeFrames {
  readonly file: FrameFile;
  readonly rate: Rate;
  /**
   * 'rgb' (without it): rgb24 of any size, brought to the picture's. 'box': the patch's box alone, raw in the source's
   * own samples, its rows rounded up to whole chroma samples (`halfRows`): nothing is converted.
   */
  readonly form?: 'rgb' | 'box';
  /** Which of them are the take. */
  readonly kept: { readonly from: number; readonly count: number };
}

function raw(path: string, pixelFormat: string, size: Size, rate: Rate): FfmpegInput {
  return {
    path,
    format: 'rawvideo',
    options: [
      ['pixel_format', pixelFormat],
      ['video_size', size],
      ['framerate', rate],
    ],
  };
}

/** A graph whose `video` is the patch's frames: colours above, opacity below. */
export function patchGraph(
  made: MadeFrames,
  shape: PatchShape,
  target: PatchTarget,
): { graph: FilterGraph; video: Stream } {
  const { box, picture } = shape;
  const { colour, samples, rate } = target;
  const rows = halfRows(box.height, samples);
  const graph = new FilterGraph();
  const held = filter('tpad', { stop_mode: 'clone', stop: -1 });
  const { width, height } = made.file;
  const ofBox = made.form === 'box';
  const above = graph.chain(
    [graph.open(raw(made.file.path, ofBox ? samples.name : 'rgb24', { width, height }, made.rate)).stream(0)],
    [
      filter('trim', { start_frame: made.kept.from, end_frame: made.kept.from + made.kept.count }),
      filter('setpts', { expr: subtract(variable('PTS'), variable('STARTPTS')) }),
      ...(ofBox
        ? [filter('setsar', { sar: 1 })]
        : [
            ...fromRgb(colour, samples, picture),
            filter('crop', { w: box.width, h: box.height, x: box.x, y: box.y, exact: 1 }),
            ...(rows === box.height ? [] : [filter('pad', { w: box.width, h: rows, x: 0, y: 0 })]),
          ]),
      filter('fps', { fps: rate }),
      held,
    ],
  );
  return { graph, video: overOpacity(graph, above, shape, target) };
}

/** The colours of a patch's box, in rows of whole chroma samples, with their opacity below them. */
export function overOpacity(
  graph: FilterGraph,
  colours: Stream,
  { box, opacityPath }: PatchShape,
  { samples, rate, frameCount }: PatchTarget,
): Stream {
  const size = { width: box.width, height: halfRows(box.height, samples) };
  const opacity = graph.chain(
    [graph.open(raw(opacityPath, samples.name, size, rate)).stream(0)],
    [filter('setsar', { sar: 1 }), filter('tpad', { stop_mode: 'clone', stop: -1 })],
  );
  return graph.chain([colours, opacity], [filter('vstack'), filter('trim', { end_frame: frameCount })]);
}

/** How a patch is written: FFV1 in Matroska. */
export function patchOutput(to: string, video: Stream, rate: Rate, metadata: EncodeOptions['metadata']): FfmpegOutput {
  return { to, streams: [video], ...patchEncoding(rate, metadata) };
}

/** The container and encoder of a patch. */
export function patchEncoding(
  rate: Rate,
  metadata: EncodeOptions['metadata'],
): { readonly format: 'matroska'; readonly options: readonly OutputOption[] } {
  return { format: 'matroska', options: [['r', rate], ...losslessOptions, ['fps_mode', 'passthrough'], ...metadata] };
}

/** Throws FailureError as `runFfmpeg`. */
export async function encodePatch(
  made: MadeFrames,
  shape: PatchShape,
  target: PatchTarget,
  to: string,
  options: EncodeOptions,
): Promise<void> {
  const { graph, video } = patchGraph(made, shape, target);
  await runFfmpeg({
    graph,
    outputs: [patchOutput(to, video, target.rate, options.metadata)],
    signal: options.signal,
    about: 'the made frames',
    onProgress: (progress) => options.onFraction(Math.min(1, progress.frame / target.frameCount)),
  });
}

/** The first kept frame over a photograph: PNG with alpha, the recipe in EXIF's ImageDescription. */
export async function encodeStillPatch(
  { file, kept }: Pick<MadeFrames, 'file' | 'kept'>,
  { box, picture, opacityPath }: PatchShape,
  to: string,
  description: string,
): Promise<void> {
  const { width, height } = file;
  const data = Buffer.alloc(width * height * 3);
  const frames = await open(file.path);
  try {
    await frames.read(data, 0, data.length, kept.from * data.length);
  } finally {
    await frames.close();
  }
  const colours = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(picture.width, picture.height, { fit: 'fill', kernel: 'lanczos3' })
    .extract({ left: box.x, top: box.y, width: box.width, height: box.height })
    .raw()
    .toBuffer();
  const opacity = await readFile(opacityPath);
  const rgba = Buffer.alloc(box.width * box.height * 4);
  for (let pixel = 0; pixel < opacity.length; pixel++) {
    colours.copy(rgba, pixel * 4, pixel * 3, pixel * 3 + 3);
    rgba[pixel * 4 + 3] = opacity[pixel]!;
  }
  await sharp(rgba, { raw: { width: box.width, height: box.height, channels: 4 } })
    .withExif({ IFD0: { ImageDescription: description } })
    .png()
    .toFile(to);
}
