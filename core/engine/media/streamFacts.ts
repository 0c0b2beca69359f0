/** Facts of a file's streams: what ffprobe describes, placed in time by what was measured. */
import type { RawProbe, RawStream } from '../../ffmpeg/ffprobe.node.ts';
import { ticksAtFrame, ticksFromSeconds, type Rate, type Ticks } from '../../time/ticks.ts';
import type { AudioFacts, VideoFacts } from '../../disk/facts.ts';
import type { StreamTime } from './streamClock.ts';
import { decoderDelay, isClockless, isOneOf, isRounded } from './soundClock.ts';
import { parseRate, rateOfGrid, rateOfStream } from './streamRate.ts';

/** Containers that round times to a millisecond put a frame's end this far from the grid at most, s. */
const roundingSeconds = 0.0011;
/** Headers know what encoders padded: within one block of samples the announced end is the more exact one, s. */
const blockSeconds = 0.06;
/** Encoders pad the sound: up to this much past the picture is not material, s. */
const paddingSeconds = 0.25;

/** Facts of the picture of `raw`, its time counted from `origin`. */
export function videoFacts(
  stream: RawStream,
  raw: RawProbe,
  { time, originSeconds, lacksTimes, describedAnew, ...known }: PictureMeasures,
): VideoFacts {
  const extent = pictureExtent(time, rateOf(stream, raw, time), (raw.startSeconds ?? 0) + originSeconds);
  const aspect = parseRate(stream.sampleAspect) ?? { num: 1, den: 1 };
  const quarter = Math.round(stream.rotationDegrees / 90) % 2 !== 0;
  // the wider of the two ways to square pixels: nothing is thrown away
  const squareWidth = aspect.num >= aspect.den ? Math.round((stream.width * aspect.num) / aspect.den) : stream.width;
  const squareHeight = aspect.num >= aspect.den ? stream.height : Math.round((stream.height * aspect.den) / aspect.num);
  const frames = raw.frames.filter((frame) => frame.streamIndex === stream.index);
  return {
    streamIndex: stream.index,
    width: quarter ? squareHeight : squareWidth,
    height: quarter ? squareWidth : squareHeight,
    codedWidth: stream.width,
    codedHeight: stream.height,
    codec: stream.codec,
    pixelFormat: stream.pixelFormat,
    rotationDegrees: stream.rotationDegrees,
    mirrored: stream.mirrored,
    sampleAspect: aspect,
    hasAlpha: hasAlpha(stream),
    matrix: named(stream.matrix),
    transfer: named(stream.transfer),
    primaries: named(stream.primaries),
    range: stream.range === 'pc' || stream.pixelFormat.startsWith('yuvj') ? 'pc' : 'tv',
    gopFrames: time.gopFrames,
    irregular: time.irregular,
    ...known,
    untimedFrames: lacksTimes ? extent.frameCount : Math.min(time.untimedFrames, extent.frameCount),
    peakNits: frames.map((frame) => frame.peakNits).find((nits) => nits !== null) ?? null,
    changes: describedAnew || new Set(frames.map((frame) => frame.shape)).size > 1,
    ...extent,
  };
}

/** What was measured of a picture. */
interface PictureMeasures extends Pick<VideoFacts, 'fieldOrder' | 'fieldsMarked' | 'clockJumps'> {
  readonly time: StreamTime;
  /** As of `MediaFacts`. */
  readonly originSeconds: number;
  /** No frame's time can be trusted. */
  readonly lacksTimes: boolean;
  /** Packets further on describe the stream in another way. */
  readonly describedAnew: boolean;
}

/**
 * The start that ffmpeg counts a file's time from; null for bare streams, of which it takes nothing away. ffprobe does
 * not always find it when it skips frames.
 */
export function startOf(raw: RawProbe, times: ReadonlyMap<number, StreamTime>): number | null {
  if (raw.startSeconds !== null || isOneOf(raw.formatName, countedFormats)) return raw.startSeconds;
  return Math.min(...[...times.values()].map(({ firstSeconds }) => firstSeconds));
}

/**
 * Time 0 of a file, s after the start that ffmpeg counts from: the first frame begins on a slot, so that none of a
 * picture that begins between two slots is shown for two. Without a picture it is that start. It lies on a sample of
 * the sound.
 */
export function originOf(
  picture: RawStream | undefined,
  raw: RawProbe,
  times: ReadonlyMap<number, StreamTime>,
  sampleRateHz: number | null,
): number {
  const time = picture && times.get(picture.index);
  if (!picture || !time) return 0;
  const firsts = [...times.values()].map(({ firstSeconds }) => firstSeconds);
  // bare streams: ffmpeg knows no start, and does not take it away
  const start = raw.startSeconds ?? 0;
  const earliest = raw.startSeconds === null ? Math.max(0, Math.min(...firsts)) : 0;
  const { num, den } = rateOf(picture, raw, time);
  const slots = ((time.firstSeconds - start - earliest) * num) / den;
  const beside = ((slots - Math.floor(slots)) * den) / num;
  const isOnSlot = beside <= roundingSeconds || den / num - beside <= roundingSeconds;
  // frames without a time may come before all that have one
  const early = slots < 0 && time.untimedFrames > 0 ? Math.min(0, (slots * den) / num) : 0;
  const origin = earliest + early + (isOnSlot || slots < 0 ? 0 : beside);
  // ffmpeg would round the shift, and sound would be beside its place
  const perSecond = isOneOf(raw.formatName, inMilliseconds) ? 1000 : sampleRateHz;
  return perSecond === null ? origin : Math.round(origin * perSecond) / perSecond;
}

/** Containers whose time stamps are whole milliseconds. */
const inMilliseconds = ['matroska', 'webm', 'flv', 'asf'];

type PictureExtent = Pick<VideoFacts, 'rate' | 'startSeconds' | 'endSeconds' | 'frameCount'>;

/** Pictures that move: each frame says for itself how long it is shown. */
function isAnimation({ formatName, tags }: RawProbe): boolean {
  return formatName === 'gif' || formatName === 'apng' || tags['major_brand'] === 'avis';
}

function rateOf(stream: RawStream, raw: RawProbe, time: StreamTime): Rate {
  const grid = isAnimation(raw) ? time.gridSeconds : null;
  return grid === null ? rateOfStream(stream.averageRate, stream.realRate, time.usualStepSeconds) : rateOfGrid(grid);
}

/** A slot shows the frame that is on at its middle: a frame belongs to the slot whose start is nearest. */
function pictureExtent(time: StreamTime, rate: Rate, start: number): PictureExtent {
  const fps = rate.num / rate.den;
  const end = Math.max(0, time.endSeconds - start);
  const onGrid = Math.round(end * fps) / fps;
  const lastSlot = Math.round((time.lastSeconds - start) * fps);
  return {
    rate,
    startSeconds: Math.max(0, time.firstSeconds - start),
    endSeconds: Math.abs(end - onGrid) <= roundingSeconds ? onGrid : end,
    frameCount: Math.max(1, lastSlot + 1, Math.round(end * fps)),
  };
}

function hasAlpha(stream: RawStream): boolean {
  return (
    /^(yuva|rgba|bgra|argb|abgr|ya8|ya16|gbrap|pal8)/.test(stream.pixelFormat) || stream.tags['alpha_mode'] === '1'
  );
}

function named(value: string): string {
  return value === 'unknown' || value === 'reserved' ? '' : value;
}

/** Where a sound stands in its file. */
interface SoundPlace {
  /** As of `MediaFacts`. */
  readonly originSeconds: number;
  /** The file has nothing else that is used. */
  readonly isAlone: boolean;
}

/** Facts of a sound stream of `raw`. */
export function audioFacts(
  stream: RawStream,
  raw: RawProbe,
  time: StreamTime,
  { originSeconds, isAlone }: SoundPlace,
): AudioFacts {
  const { droppedSeconds, addedSeconds } = decoderDelay(stream);
  const start = (raw.startSeconds ?? 0) + originSeconds + (isAlone ? droppedSeconds : 0);
  // ffprobe's start leaves out what the decoder will skip
  const first = (stream.startSeconds ?? time.firstSeconds) + droppedSeconds;
  const announced = announcesSoundEnd(stream, raw) ? announcedEnd(stream, raw) : null;
  const end = announced !== null && isCloser(announced, time) ? announced : time.endSeconds;
  const frames = raw.frames.filter((frame) => frame.streamIndex === stream.index);
  const shapes = new Set(frames.map((frame) => frame.shape));
  // ffprobe describes the stream as it last was
  const { channels, layout } = frames[0] ?? stream;
  return {
    streamIndex: stream.index,
    sampleRateHz: stream.sampleRateHz,
    channels,
    codec: stream.codec,
    layout: /^[\w.+()-]{0,100}$/.test(layout) ? layout : '',
    startSeconds: Math.max(-originSeconds, first - start),
    endSeconds: Math.max(0, end + addedSeconds - start),
    sampleExact: placesSamples(stream.codec, raw, time),
    changes: shapes.size > 1 || changesRate(stream, raw, time),
    title: (stream.tags['title'] ?? '').slice(0, 1000),
    language: (stream.tags['language'] ?? '').slice(0, 1000).replace(/^und$/, ''),
  };
}

/**
 * Blocks of another length are blocks at another rate. In transport streams ffmpeg goes on with the length at the
 * beginning, and every stored time disagrees with that.
 */
function changesRate({ codec }: RawStream, { formatName }: RawProbe, time: StreamTime): boolean {
  if (!fixedBlocks.includes(codec)) return false;
  return time.blocksChange || (time.timesDisagree && isOneOf(formatName, ['mpegts']));
}

/** ASF announces the length of the file alone, for each of its streams; CAF counts the last block of ALAC whole. */
function announcesSoundEnd({ codec }: RawStream, { formatName }: RawProbe): boolean {
  if (guessesLength(formatName) || isOneOf(formatName, ['asf', 'flv'])) return false;
  return !(codec === 'alac' && isOneOf(formatName, ['caf']));
}

/** Packets do not always say that the last block is shorter than the others (TTA in Matroska: by up to a second). */
function isCloser(announced: number, { lastSeconds, endSeconds }: StreamTime): boolean {
  return Math.abs(announced - endSeconds) <= blockSeconds || (announced > lastSeconds && announced < endSeconds);
}

/** Whether a seek finds a sample: stamps are exact, and were so in the container that these were copied from. */
function placesSamples(codec: string, { formatName, streams }: RawProbe, { lengthsWaver }: StreamTime): boolean {
  if (isRounded(formatName)) return false;
  // beside a picture ffmpeg lands in the middle of an Ogg page, whose packets it then counts wrongly
  if (isOneOf(formatName, ['ogg']) && streams.some(({ type }) => type === 'video')) return false;
  // ffmpeg counts FLAC's pages in Ogg wrongly after a seek, and finds places in NUT by its picture
  if ((codec === 'flac' && isOneOf(formatName, ['ogg'])) || isOneOf(formatName, ['nut'])) return false;
  // here ffmpeg seeks in compressed sound by a mean number of bytes a second
  if (!codec.startsWith('pcm_') && isClockless(formatName)) return false;
  if (codec === 'speex' || codec.startsWith('adpcm_')) return false;
  return !lengthsWaver || !evenBlocks.some((name) => codec.startsWith(name));
}

/** Codecs whose packets are alike in length, but for the last. */
const evenBlocks = ['aac', 'ac3', 'alac', 'eac3', 'flac', 'mp2', 'mp3', 'opus'];

/** Codecs whose packets all have the same number of samples. */
export const fixedBlocks: readonly string[] = ['aac', 'mp3', 'mp2', 'ac3', 'eac3', 'dts'];

/** Bare streams: no index and often no clock, so that their headers can only guess. */
export const countedFormats = [
  ...['aac', 'ac3', 'eac3', 'mp3', 'dts', 'dtshd', 'mlp', 'truehd', 'amr', 'loas'],
  ...['h264', 'hevc', 'm4v', 'mpegvideo', 'vc1', 'av1', 'obu', 'mjpeg', 'ivf', 'gif', 'apng'],
];

/** True where the announced length of a format is an estimate. */
export function guessesLength(formatName: string): boolean {
  return isOneOf(formatName, countedFormats) || isOneOf(formatName, ['mpegts', 'mpeg']);
}

/**
 * The end of a stream that the headers announce, s on the file's own clock; null where they do not. `time` is known
 * once the stream was measured.
 */
export function announcedEnd(stream: RawStream, raw: RawProbe, time?: StreamTime): number | null {
  const start = raw.startSeconds ?? 0;
  // ffprobe's start of a picture may be that of a later key frame
  const streamStart = Math.min(stream.startSeconds ?? start, time?.firstSeconds ?? Infinity);
  if (stream.durationSeconds !== null && stream.durationSeconds > 0)
    // ASF says of each stream how long the file is, from the zero of its clock
    return stream.durationSeconds + (isOneOf(raw.formatName, ['asf']) ? 0 : streamStart);
  // the file's length is that of its longest stream, which may be one of subtitles
  const isAlone = raw.streams.every((each) => each.type === 'video' || each.type === 'audio');
  if (!isAlone || raw.durationSeconds === null || raw.durationSeconds <= 0) return null;
  return raw.durationSeconds + (isOneOf(raw.formatName, countedFromZero) ? 0 : start);
}

/** Containers whose length ffmpeg counts from the zero of their clock, wherever their streams begin. */
const countedFromZero = ['matroska', 'webm', 'nut', 'flv'];

/** The latest end of a file's streams; the picture ends with its last slot. */
export function extentTicks(video: VideoFacts | null, sounds: readonly AudioFacts[]): Ticks {
  const soundEnd = Math.max(0, ...sounds.map((sound) => sound.endSeconds));
  if (!video) return ticksFromSeconds(soundEnd);
  const pictureTicks = ticksAtFrame(video.frameCount, video.rate);
  return soundEnd > video.endSeconds + paddingSeconds
    ? Math.max(pictureTicks, ticksFromSeconds(soundEnd))
    : pictureTicks;
}
