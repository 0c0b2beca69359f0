/** ffprobe's answers as checked values. */
import { basename } from 'node:path';
import { z } from 'zod';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { lastWords, refusedFormat } from './failures.node.ts';
import { guardedInput, type InputFormat } from './input.ts';
import { packetFrom, type Packet } from './packet.ts';
import { runFfprobe } from './run.node.ts';

/** One stream as ffprobe describes it; '' and 0 where it says nothing. */
export interface RawStream {
  readonly index: number;
  readonly type: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  /** 'num:den', as ffprobe prints it. */
  readonly sampleAspect: string;
  /** 'num/den', as ffprobe prints them. */
  readonly averageRate: string;
  readonly realRate: string;
  readonly startSeconds: number | null;
  readonly durationSeconds: number | null;
  /** Frames that a decoder holds back to put them into display order. */
  readonly reorderedFrames: number;
  readonly attachedPicture: boolean;
  readonly rotationDegrees: number;
  /** The display matrix mirrors. */
  readonly mirrored: boolean;
  readonly matrix: string;
  readonly transfer: string;
  readonly primaries: string;
  readonly range: string;
  /** 'progressive', 'tt', 'bb', 'tb', 'bt' or 'unknown', as ffprobe prints it. */
  readonly fieldOrder: string;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly layout: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A file as ffprobe describes it. */
export interface RawProbe {
  readonly formatName: string;
  readonly startSeconds: number | null;
  readonly durationSeconds: number | null;
  readonly streams: readonly RawStream[];
  /** Frames that decoded, of the whole file or of its first packets: of pictures only key frames. */
  readonly frames: readonly RawFrame[];
  /** All packets of a file that was read whole; else null. */
  readonly packets: readonly Packet[] | null;
  /** What ffprobe complained about. */
  readonly complaints: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** One decoded frame. */
export interface RawFrame {
  readonly streamIndex: number;
  readonly interlaced: boolean;
  readonly topFieldFirst: boolean;
  /** Size, pixel format and colours, or channels and their layout: another one means that the stream changes. */
  readonly shape: string;
  /** 0 and '' in pictures. */
  readonly channels: number;
  readonly layout: string;
  /** Brightest pixel that HDR announces, cd/m2; null where it does not. */
  readonly peakNits: number | null;
}

/** What looking at a file may take: a header of a few bytes can promise anything. */
export const probeLimits = { seconds: 120, memoryBytes: 4 * 1024 ** 3 } as const;

const text = z.string().catch('');
const count = z.coerce.number().int().nonnegative().catch(0);
const seconds = z
  .string()
  .transform((value) => Number.parseFloat(value))
  .refine(Number.isFinite)
  .nullable()
  .catch(null);
const tags = z.record(z.string(), z.string()).catch({});

const streamSchema = z.object({
  index: z.number().int().nonnegative(),
  codec_type: text,
  codec_name: text,
  width: count,
  height: count,
  pix_fmt: text,
  sample_aspect_ratio: text,
  avg_frame_rate: text,
  r_frame_rate: text,
  start_time: seconds,
  duration: seconds,
  has_b_frames: count,
  disposition: z.object({ attached_pic: count }).catch({ attached_pic: 0 }),
  side_data_list: z
    .array(z.object({ displaymatrix: text, rotation: z.number().catch(0) }).catch({ displaymatrix: '', rotation: 0 }))
    .catch([]),
  color_space: text,
  color_transfer: text,
  color_primaries: text,
  color_range: text,
  field_order: text,
  sample_rate: count,
  channels: count,
  channel_layout: text,
  tags,
});

const frameSchema = z.object({
  stream_index: count,
  interlaced_frame: count,
  top_field_first: count,
  width: count,
  height: count,
  pix_fmt: text,
  sample_aspect_ratio: text,
  color_range: text,
  color_space: text,
  channels: count,
  channel_layout: text,
  side_data_list: z.array(z.object({ max_luminance: text, max_content: count }).partial()).catch([]),
});
const packetSchema = z.object({
  stream_index: count,
  pts_time: text,
  dts_time: text,
  duration_time: text,
  size: text,
  flags: text,
});

/** Subtitles stand among them too, and are left out. */
const mixedSchema = z.discriminatedUnion('type', [
  packetSchema.extend({ type: z.literal('packet') }),
  frameSchema.extend({ type: z.literal('frame') }),
]);

const answerSchema = z.object({
  format: z.object({ format_name: text, start_time: seconds, duration: seconds, tags }),
  streams: z.array(streamSchema).catch([]),
  frames: z.array(frameSchema).catch([]),
  packets_and_frames: z
    .array(z.unknown())
    .transform((all) => all.flatMap((each) => mixedSchema.safeParse(each).data ?? []))
    .catch([]),
});

const frameEntries =
  'frame=stream_index,interlaced_frame,top_field_first,width,height,pix_fmt,sample_aspect_ratio,color_range,' +
  'color_space,channels,channel_layout:frame_side_data=max_luminance,max_content';
const packetEntries = 'packet=stream_index,pts_time,dts_time,duration_time,size,flags';

/** Packets that are read for the sake of their frames: usually a few of every stream. */
const provenPackets = 16;

/** What to probe, and how much of it. */
export interface ProbeQuestion {
  /** Given where the first bytes say it, and the file's name could mislead. */
  readonly format?: InputFormat | undefined;
  /** Reads every packet and decodes key frames and sound to the end: for small files, where starting a process again
   * costs more. */
  readonly whole?: boolean;
}

/**
 * Format and streams of a file, and which of its first frames decode. Throws FailureError 'damaged', 'notMedia' or
 * 'unsupported' with ffprobe's reason, 'ffmpegMissing'.
 */
export async function probeStreams(path: string, { format, whole = false }: ProbeQuestion = {}): Promise<RawProbe> {
  const words = [
    ...['-show_format', '-show_streams', '-of', 'json=compact=1', '-skip_frame', 'nokey'],
    ...['-show_entries', whole ? `${packetEntries}:${frameEntries}` : frameEntries],
    ...(whole ? [] : ['-read_intervals', `%+#${provenPackets}`]),
    ...guardedInput({ path, format }),
  ];
  const { stdout, stderr, exit, tooLong } = await runFfprobe(words, { limits: probeLimits, about: path });
  // a small file may announce any number of packets
  if (tooLong && whole) return probeStreams(path, { format });
  if (exit !== null) throw unreadable(path, stderr);
  const answer = answerSchema.safeParse(parseJson(stdout));
  if (!answer.success) throw new FailureError('damaged', sentence('media.oddAnswer', { name: basename(path) }), path);
  const { data } = answer;
  const mixed = data.packets_and_frames;
  const frames = whole ? mixed.filter((each) => each.type === 'frame') : data.frames;
  return {
    formatName: data.format.format_name,
    startSeconds: data.format.start_time,
    durationSeconds: data.format.duration,
    streams: data.streams.map(readStream),
    frames: frames.map(readFrame),
    packets: whole ? mixed.filter((each) => each.type === 'packet').map(readPacket) : null,
    complaints: stderr,
    tags: data.format.tags,
  };
}

function readPacket(packet: z.infer<typeof packetSchema>): Packet {
  const { pts_time: pts, dts_time: dts, duration_time: duration, size, flags } = packet;
  return packetFrom(packet.stream_index, { pts, dts, duration, size, flags });
}

function readFrame(frame: z.infer<typeof frameSchema>): RawFrame {
  return {
    streamIndex: frame.stream_index,
    interlaced: frame.interlaced_frame === 1,
    topFieldFirst: frame.top_field_first === 1,
    shape:
      frame.channels > 0
        ? `${frame.channels} ${frame.channel_layout}`
        : [
            ...[`${frame.width}x${frame.height}`, frame.pix_fmt, frame.sample_aspect_ratio],
            ...[frame.color_range, frame.color_space],
          ].join(' '),
    channels: frame.channels,
    layout: frame.channel_layout,
    peakNits: peakNits(frame.side_data_list),
  };
}

/** CTA-861.3's MaxCLL, else the peak of the mastering display (SMPTE ST 2086). */
function peakNits(sideData: z.infer<typeof frameSchema>['side_data_list']): number | null {
  const brightest = sideData.map((each) => each.max_content ?? 0).find((nits) => nits > 0);
  const mastered = sideData.map((each) => fraction(each.max_luminance ?? '')).find((nits) => nits > 0);
  const nits = brightest ?? mastered ?? null;
  return nits === null ? null : Math.min(nits, 10_000);
}

/** '10000000/10000' as a number; 0 for anything else. */
function fraction(value: string): number {
  const [num, den] = value.split('/').map(Number);
  const quotient = (num ?? 0) / (den ?? 0);
  return Number.isFinite(quotient) && quotient > 0 ? quotient : 0;
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null; // judged by the schema
  }
}

function unreadable(path: string, stderr: readonly string[]): FailureError {
  const name = basename(path);
  const address = `file:${path}`;
  const log = stderr.join('\n');
  const refused = refusedFormat(stderr);
  if (refused !== null)
    return new FailureError('notMedia', sentence('media.notImported', { name, reason: refused }), path);
  if (/moov atom not found/.test(log)) return new FailureError('damaged', sentence('media.noIndex', { name }), path);
  const reasons = stderr.filter((line) => !line.startsWith(address));
  const reason = lastWords(reasons);
  if (!/Invalid data found/.test(log))
    return new FailureError('damaged', sentence('file.unreadable', { name, reason }), path);
  return new FailureError(
    'notMedia',
    reasons.length > 0 ? sentence('media.notMediaBecause', { name, reason }) : sentence('media.notMedia', { name }),
    path,
  );
}

function readStream(stream: z.infer<typeof streamSchema>): RawStream {
  const turned = stream.side_data_list.find((each) => each.displaymatrix !== '');
  return {
    index: stream.index,
    type: stream.codec_type,
    codec: stream.codec_name,
    width: stream.width,
    height: stream.height,
    pixelFormat: stream.pix_fmt,
    sampleAspect: stream.sample_aspect_ratio,
    averageRate: stream.avg_frame_rate,
    realRate: stream.r_frame_rate,
    startSeconds: stream.start_time,
    durationSeconds: stream.duration,
    reorderedFrames: stream.has_b_frames,
    attachedPicture: stream.disposition.attached_pic === 1,
    rotationDegrees: turned?.rotation ?? 0,
    mirrored: isMirrored(turned?.displaymatrix ?? ''),
    matrix: stream.color_space,
    transfer: stream.color_transfer,
    primaries: stream.color_primaries,
    range: stream.color_range,
    fieldOrder: stream.field_order,
    sampleRateHz: stream.sample_rate,
    channels: stream.channels,
    layout: stream.channel_layout,
    tags: stream.tags,
  };
}

/**
 * ffprobe prints the matrix as three rows of three 16.16 numbers; a negative determinant of its 2 by 2 part mirrors.
 */
function isMirrored(printed: string): boolean {
  const rows = printed
    .split('\n')
    .filter((row) => row.includes(':'))
    .map((row) =>
      row
        .slice(row.indexOf(':') + 1)
        .trim()
        .split(/\s+/)
        .map(Number),
    );
  const [[a, b] = [1, 0], [c, d] = [0, 1]] = rows;
  return (a ?? 1) * (d ?? 1) - (b ?? 0) * (c ?? 0) < 0;
}
