/** Still pictures that sharp does not read: decoded by ffmpeg to PNG, with 16 bits where they have more than 8. */
import { basename, extname } from 'node:path';
import { Writable } from 'node:stream';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import { exactScaling, format } from '../../ffmpeg/colour.ts';
import { probeLimits, probeStreams, type RawStream } from '../../ffmpeg/ffprobe.node.ts';
import { filter, FilterGraph, type Filter } from '../../ffmpeg/filterGraph.ts';
import type { FfmpegInput, InputFormat } from '../../ffmpeg/input.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { sampleFormatOf } from '../../ffmpeg/sampleFormat.ts';
import { hdrToSdr } from '../../ffmpeg/hdr.ts';
import { isRgb, type SourceColour } from '../../ffmpeg/sourceColour.ts';
import type { StillColour } from './hdrStill.node.ts';
import { formatByHead, sniff } from './sniff.node.ts';

/** A still as ffmpeg decoded it. */
export interface DecodedStill {
  /** sRGB, not turned. */
  readonly png: Buffer;
  /** ffmpeg's names. */
  readonly formatName: string;
  readonly codec: string;
}

/** True for ffmpeg's names of formats that hold one picture. */
export function isOneFrameFormat(formatName: string): boolean {
  return /^\w+_pipe$/.test(formatName) && formatName !== 'yuv4mpegpipe';
}

/** null where the file is no such picture. Throws FailureError as probing does, 'damaged' where it does not decode. */
export async function decodeStill(path: string): Promise<DecodedStill | null> {
  const { head } = await sniff(path);
  if (isTarga(head, path)) {
    const source = { codec: 'targa', pixelFormat: 'bgra', matrix: '', range: '' };
    const png = await decode({ path, format: 'image2pipe', options: [['c:v', 'targa']] }, toSrgb(source), 0);
    return { png, formatName: 'image2pipe', codec: 'targa' };
  }
  const known = formatByHead(head);
  const { formatName, streams } = await probeStreams(path, { format: known });
  const picture = streams.find((stream) => stream.type === 'video');
  if (!picture || !isOneFrameFormat(formatName)) return null;
  // one of the formats that the probe let through
  const png = await decode({ path, format: formatName as InputFormat }, toSrgb(picture), picture.index);
  return { png, formatName, codec: picture.codec };
}

/** A still in PQ or HLG, at the brightness of SDR, with 16 bits. Throws as `decodeStill`. */
export async function decodeHdrStill(path: string, colour: StillColour): Promise<Buffer> {
  const { head } = await sniff(path);
  const format = formatByHead(head) === 'apng' ? 'png_pipe' : undefined;
  const { streams } = await probeStreams(path, { format });
  const picture = streams.find((stream) => stream.type === 'video');
  if (!picture) throw new FailureError('notMedia', sentence('media.notMedia', { name: basename(path) }), path);
  const coded = { ...picture, ...colour, peakNits: null };
  return decode({ path, ...(format ? { format } : {}) }, hdrToSrgb(coded), picture.index);
}

/** zscale takes RGB in planes only. */
function hdrToSrgb(colour: SourceColour): Filter[] {
  const { hasAlpha } = sampleFormatOf(colour.pixelFormat);
  return [
    ...(isRgb(colour.pixelFormat) ? [format(hasAlpha ? 'gbrap16le' : 'gbrp16le')] : []),
    ...hdrToSdr(colour, hasAlpha),
    format(hasAlpha ? 'yuva444p10le' : 'yuv444p10le'),
    filter('scale', { in_color_matrix: 'bt709', in_range: 'tv', out_range: 'pc', flags: exactScaling }),
    format(hasAlpha ? 'rgba64be' : 'rgb48be'),
  ];
}

type Coded = Pick<RawStream, 'codec' | 'pixelFormat' | 'matrix' | 'range'>;

async function decode(input: FfmpegInput, filters: readonly Filter[], streamIndex: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const graph = new FilterGraph();
  const picture = graph.chain([graph.open(input).stream(streamIndex)], filters);
  const { log } = await runFfmpeg({
    graph,
    outputs: [
      {
        to: sink,
        streams: [picture],
        format: 'image2pipe',
        options: [
          ['frames:v', 1],
          ['c:v', 'png'],
          ['compression_level', 1],
        ],
      },
    ],
    about: input.path,
    limits: probeLimits,
  });
  if (chunks.length > 0) return Buffer.concat(chunks);
  const name = input.path.replace(/^.*[\\/]/, '');
  const reason = log.at(-1);
  throw new FailureError(
    'damaged',
    reason === undefined ? sentence('media.noFrame', { name }) : sentence('media.noFrameBecause', { name, reason }),
    input.path,
  );
}

/** Floating-point formats hold light, not a signal. */
const linearCodecs = ['exr', 'pfm', 'phm', 'hdr'];

/** To RGB as a screen shows it, with alpha where the picture has one. */
function toSrgb({ codec, pixelFormat, matrix, range }: Coded): Filter[] {
  const isFloat = /f(16|32)(le|be)?$/.test(pixelFormat);
  const hasAlpha = isFloat ? pixelFormat.includes('gbrap') : sampleFormatOf(pixelFormat).hasAlpha;
  if (linearCodecs.includes(codec)) return fromLight(hasAlpha, codec === 'exr');
  const isDeep = isFloat || sampleFormatOf(pixelFormat).bitDepth > 8;
  const target = format(isDeep ? (hasAlpha ? 'rgba64be' : 'rgb48be') : hasAlpha ? 'rgba' : 'rgb24');
  if (isRgb(pixelFormat) || !pixelFormat.startsWith('yuv')) return [target];
  // stills are full range and BT.601 unless they say otherwise, as in JFIF and in JPEG 2000's sYCC
  const in_color_matrix = matrix === 'bt709' ? 'bt709' : matrix.startsWith('bt2020') ? 'bt2020' : 'bt601';
  const in_range = range === 'tv' ? 'tv' : 'pc';
  return [filter('scale', { in_color_matrix, in_range, out_range: 'pc', flags: exactScaling }), target];
}

/** `isAssociated`: colours were multiplied by alpha, as OpenEXR has them. */
function fromLight(hasAlpha: boolean, isAssociated: boolean): Filter[] {
  return [
    format(hasAlpha ? 'gbrapf32le' : 'gbrpf32le'),
    ...(hasAlpha && isAssociated ? [filter('unpremultiply', { inplace: 1 })] : []),
    filter('setparams', { range: 'pc', colorspace: 'gbr', color_primaries: 'bt709', color_trc: 'linear' }),
    filter('zscale', { t: 'iec61966-2-1' }),
    // still floats: zscale would write alpha as integers of limited range
    format(hasAlpha ? 'gbrapf32le' : 'gbrpf32le'),
    format(hasAlpha ? 'gbrap16le' : 'gbrp16le'),
    format(hasAlpha ? 'rgba64be' : 'rgb48be'),
  ];
}

/** Targa has no mark at its beginning: its name and every field of its header have to fit. */
export function isTarga(head: Buffer, path: string): boolean {
  if (!['.tga', '.targa', '.vda', '.icb', '.vst'].includes(extname(path).toLowerCase()) || head.length < 18)
    return false;
  const [mapped, kind, bits, flags] = [head[1]!, head[2]!, head[16]!, head[17]!];
  const isMapped = kind === 1 || kind === 9;
  return (
    [1, 2, 3, 9, 10, 11].includes(kind) &&
    (mapped === 1 || (mapped === 0 && !isMapped)) &&
    [8, 15, 16, 24, 32].includes(bits) &&
    head.readUInt16LE(12) > 0 &&
    head.readUInt16LE(14) > 0 &&
    (flags & 0xc0) === 0
  );
}
