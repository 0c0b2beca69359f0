/** One frame of footage with the picture in it, before anything is made. */
import { readFile, rm } from 'node:fs/promises';
import sharp from 'sharp';
import type { InpaintRequest } from '../../../actions/inpaint/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { colourOf } from '../../../disk/facts.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { format, toBt709 } from '../../../ffmpeg/colour.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { opaque, sampleFormatOf } from '../../../ffmpeg/sampleFormat.ts';
import { frameAtTicks, ticksAtFrame } from '../../../time/ticks.ts';
import type { MakerContext } from '../../generation/made.ts';
import type { ResolvedRequest } from '../../generation/resolved.ts';
import { withReadableStills } from '../../generation/withReadableStills.node.ts';
import { readFrames } from '../../media/readFrames.node.ts';
import { framesWanted } from '../framesWanted.ts';
import { runFootage } from '../runFootage.node.ts';
import { prepareAddition } from './makeAddition.node.ts';
import type { PictureRooms } from './preparePicture.node.ts';
import type { Scratch } from '../../scratch.node.ts';
import { join } from 'node:path';

/** The rooms that a preview stands on. */
export interface AdditionRooms extends PictureRooms {
  readonly scratch: Scratch;
}

/**
 * The frame that the picture is placed on, as a JPEG's data URL no longer than `longestPx`. What is to be replaced is
 * still there. Throws FailureError as `makeAddition`.
 */
export async function previewAddition(
  given: ResolvedRequest<InpaintRequest>,
  longestPx: number,
  rooms: AdditionRooms,
  signal: AbortSignal,
): Promise<string> {
  const folder = await rooms.scratch.take('add');
  try {
    const resolved = await withReadableStills(given, folder);
    const { placement } = resolved.request;
    if (!placement) throw new FailureError('badRequest', sentence('add.needsPicture'));
    const { range, rate, frameCount, size, video } = framesWanted(resolved.source);
    const only = rate ? frameAtTicks(placement.atTicks, rate) - frameAtTicks(range.startTicks, rate) : 0;
    const at = Math.max(0, Math.min(frameCount - 1, only));
    const silent = (): void => undefined;
    const context: MakerContext = { signal, notice: silent, setDevice: silent, report: silent };
    const { run } = await prepareAddition(resolved, rooms, context, folder, at);
    const { result } = await runFootage(run, folder, rooms, context, silent);
    const startTicks = rate ? range.startTicks + ticksAtFrame(at, rate) : 0;
    const fps = rate ? rate.num / rate.den : 1;
    const ground = await readFrames({ startTicks, frameCount: 1, fps, ...size, signal }, range.file);
    const { box, frames, opacityPath } = result;
    const samples = rate ? opaque(samplesOf(video)) : sampleFormatOf('gbrp');
    const part = { width: box.width, height: frames.rows };
    const colour = rate ? toBt709(colourOf(video), false) : [];
    const made = await asRgb(frames.path, samples.name, part, colour, join(folder, 'made.rgb24'), signal);
    const opacity = await readFile(opacityPath);
    const wide = samples.bitDepth > 8;
    for (let y = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++) {
        const from = y * box.width + x;
        if (opacity[wide ? from * 2 : from] === 0) continue;
        ground.data.set(made.subarray(from * 3, from * 3 + 3), ((box.y + y) * size.width + box.x + x) * 3);
      }
    }
    const scale = Math.min(1, longestPx / Math.max(video.width, video.height));
    const jpeg = await sharp(ground.data, { raw: { ...size, channels: 3 } })
      .resize(Math.max(1, Math.round(video.width * scale)), Math.max(1, Math.round(video.height * scale)), {
        fit: 'fill',
      })
      .jpeg({ quality: 88 })
      .toBuffer();
    return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Raw samples as rgb24, in the colours that the frame is read in. */
async function asRgb(
  path: string,
  pixelFormat: string,
  size: { readonly width: number; readonly height: number },
  colour: ReturnType<typeof toBt709>,
  to: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const graph = new FilterGraph();
  const raw = graph.open({
    path,
    format: 'rawvideo',
    options: [
      ['pixel_format', pixelFormat],
      ['video_size', size],
    ],
  });
  const toScreen =
    colour.length === 0
      ? [format('rgb24')]
      : [...colour, filter('scale', { in_color_matrix: 'bt709', in_range: 'tv', out_range: 'pc' }), format('rgb24')];
  const streams = [graph.chain([raw.stream(0)], toScreen)];
  await runFfmpeg({
    graph,
    outputs: [{ to, streams, format: 'rawvideo', options: [['frames:v', 1]] }],
    signal,
    about: path,
  });
  return readFile(to);
}
