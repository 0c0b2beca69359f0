/**
 * Animated AVIF keeps its transparency in a picture stream of its own, in grey: both are put together as an animated
 * PNG, of 8 bits a channel.
 */
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import sharp from 'sharp';
import { exactScaling, format } from '../../ffmpeg/colour.ts';
import { probeStreams, type RawProbe, type RawStream } from '../../ffmpeg/ffprobe.node.ts';
import { filter, FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { readPackets } from '../../ffmpeg/readPackets.node.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { isHdr } from '../../ffmpeg/sourceColour.ts';
import { PngAnimation } from './animation.node.ts';
import { withFileBytes } from './fileEnd/fileBytes.node.ts';

/** Item properties stand before the frames. */
const headBytes = 65_536;
const alphaName = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha';

/** Whether a file is an AVIF sequence with transparency (AV1 Image File Format, 4.1) that can be shown in SDR. */
export async function isTransparentAvif(path: string): Promise<boolean> {
  const head = await withFileBytes(path, (file) => file.read(0, headBytes));
  if (head.toString('latin1', 4, 12) !== 'ftypavis' || !head.includes(alphaName, 0, 'latin1')) return false;
  return streamsOf(await probeStreams(path)) !== null;
}

function streamsOf({ streams }: RawProbe): { readonly colour: RawStream; readonly alpha: RawStream } | null {
  const [colour, alpha] = streams.filter(({ type, attachedPicture }) => type === 'video' && !attachedPicture);
  if (!colour || !alpha || !alpha.pixelFormat.startsWith('gray') || isHdr(colour)) return null;
  return colour.width === alpha.width && colour.height === alpha.height ? { colour, alpha } : null;
}

/** Writes both streams as an animated PNG. Throws FailureError as `runFfmpeg`. */
export async function avifToPng(path: string, to: string): Promise<void> {
  const { colour, alpha } = streamsOf(await probeStreams(path))!;
  const { width, height, matrix, range } = colour;
  const delays: number[] = [];
  await readPackets(path, {}, ({ streamIndex, duration }) => {
    if (streamIndex === colour.index) delays.push(Math.round((duration ?? usualDelaySeconds) * 1000));
  });
  const graph = new FilterGraph();
  const opened = graph.open({ path });
  const merged = graph.chain([opened.stream(colour.index), opened.stream(alpha.index)], [filter('alphamerge')]);
  const in_color_matrix = matrix === 'bt709' ? 'bt709' : matrix.startsWith('bt2020') ? 'bt2020' : 'bt601';
  const in_range = range === 'pc' ? 'pc' : 'tv';
  const rgba = graph.chain(
    [merged],
    [filter('scale', { in_color_matrix, in_range, out_range: 'pc', flags: exactScaling }), format('rgba')],
  );
  const file = await open(to, 'w');
  try {
    const animation = new PngAnimation(file, delays.length);
    const frames = frameSink(width * height * 4, async (pixels, frame) => {
      const png = await sharp(pixels, { raw: { width, height, channels: 4 } })
        .png({ compressionLevel: 3 })
        .toBuffer();
      await animation.add(png, { width, height, milliseconds: delays[frame] ?? 0 });
    });
    const options = [['c:v', 'rawvideo'] as const, ['fps_mode', 'passthrough'] as const];
    await runFfmpeg({ graph, outputs: [{ to: frames, streams: [rgba], format: 'rawvideo', options }], about: path });
    await animation.end();
  } finally {
    await file.close();
  }
}

const usualDelaySeconds = 0.1;

/** Hands over frames of `bytes` one after the other. */
function frameSink(bytes: number, onFrame: (pixels: Buffer, frame: number) => Promise<void>): Writable {
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  const take = async (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= bytes; rest = rest.subarray(bytes)) await onFrame(rest.subarray(0, bytes), count++);
  };
  return new Writable({
    async write(chunk: Buffer, _encoding, done) {
      const error = await take(chunk).catch((reason: unknown) => reason);
      done(error instanceof Error ? error : undefined);
    },
  });
}
