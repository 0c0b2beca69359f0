/** Finds out what a file is, or why it cannot be used. */
import { basename } from 'node:path';
import { FailureError, type FailureCode } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import type { FfmpegOutput } from '../../ffmpeg/command.node.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { probeLimits, probeStreams, type RawProbe, type RawStream } from '../../ffmpeg/ffprobe.node.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { factsVersion, type AudioFacts, type MediaFacts, type VideoFacts } from '../../disk/facts.ts';
import { findDataEnd, measureVideo, type VideoPackets } from './packets.node.ts';
import { judgePlayable } from './playable.ts';
import { formatByHead, isSvg, refusalByHead, sniff } from './sniff.node.ts';
import { probeStill } from './still.node.ts';
import { parseRate, rateOfStream } from './streamRate.ts';

const largestSide = 8192;
const longestSeconds = 24 * 3600;
/** Telephones sample at 8 kHz, the finest studio recorders at 768 kHz. */
const lowestSampleRateHz = 1000;
const highestSampleRateHz = 1_000_000;

/**
 * Throws FailureError: 'notFound', 'notReadable', 'empty', 'notMedia', 'damaged', 'unsupported', 'ffmpegMissing'; the
 * sentence names the file and the reason.
 */
export async function probeFile(path: string): Promise<MediaFacts> {
  const { head } = await sniff(path);
  const name = basename(path);
  const refusal = refusalByHead(head);
  if (refusal)
    throw new FailureError(refusal.code, sentence('media.notImported', { name, reason: refusal.reason }), path);
  const still = await probeStill(path);
  if (still) return still;
  if (isSvg(head)) throw new FailureError('damaged', sentence('media.badSvg', { name }), path);
  return readFacts(path, await probeStreams(path, formatByHead(head)));
}

async function readFacts(path: string, raw: RawProbe): Promise<MediaFacts> {
  const picture = raw.streams.find((stream) => stream.type === 'video' && !stream.attachedPicture);
  const usable = raw.streams.filter(isUsableSound);
  const [sound] = usable;
  if (!picture && !sound) throw withoutStreams(path, raw);
  if (picture) refuseAbsurd(path, picture);
  if (sound) refuseAbsurdSound(path, sound);
  const start = raw.startSeconds ?? 0;
  const [end, packets] = await Promise.all([
    findDataEnd(path, raw.durationSeconds, start),
    picture ? measureVideo(path, picture.index) : null,
    proveDecodable(path, picture, sound),
  ]);
  const announced = raw.durationSeconds ?? end.endSeconds;
  refuseAbsurdLength(path, announced, end.endSeconds);
  const length = lengthSeconds(picture, sound, announced);
  const video = picture ? videoFacts(picture, packets, start, length) : null;
  const sounds = usable.map((stream) => audioFacts(stream, raw, length));
  return {
    version: factsVersion,
    kind: video ? 'video' : 'audio',
    formatName: raw.formatName,
    contentType: contentTypeOf(raw.formatName, video !== null),
    durationTicks: ticksFromSeconds(length),
    video,
    audio: sounds[0] ?? null,
    sounds,
    timecode: timecodeOf(raw),
    damage: [],
    ...judgePlayable(raw.formatName, video, sounds[0] ?? null, start),
    remarks: remarksOf(raw, sounds.length),
  };
}

function isUsableSound(stream: RawStream): boolean {
  return (
    stream.type === 'audio' &&
    stream.codec !== '' &&
    stream.codec !== 'unknown' &&
    stream.sampleRateHz > 0 &&
    stream.channels > 0
  );
}

/** From the first tag that has one: a tmcd track of QuickTime, a video stream of MXF, or the file. */
function timecodeOf(raw: RawProbe): string | null {
  const tags = [...raw.streams.map((stream) => stream.tags), raw.tags];
  return tags.map((each) => each['timecode'] ?? '').find((text) => /^\d\d:\d\d:\d\d[:;.]\d\d$/.test(text)) ?? null;
}

/**
 * The picture's length where the sound is no more than a quarter of a second longer (encoders pad it), else the file's.
 */
function lengthSeconds(picture: RawStream | undefined, sound: RawStream | undefined, announced: number): number {
  const pictureEnd = picture?.durationSeconds ?? null;
  if (pictureEnd === null || !(pictureEnd > 0)) return announced;
  const soundEnd = sound ? (sound.durationSeconds ?? announced) : 0;
  return soundEnd > pictureEnd + 0.25 ? Math.max(announced, pictureEnd) : pictureEnd;
}

function videoFacts(
  stream: RawStream,
  packets: VideoPackets | null,
  fileStart: number,
  fileLength: number,
): VideoFacts {
  const aspect = parseRate(stream.sampleAspect) ?? { num: 1, den: 1 };
  const quarter = Math.round(stream.rotationDegrees / 90) % 2 !== 0;
  // the wider of the two ways to square pixels: nothing is thrown away
  const squareWidth = aspect.num >= aspect.den ? Math.round((stream.width * aspect.num) / aspect.den) : stream.width;
  const squareHeight = aspect.num >= aspect.den ? stream.height : Math.round((stream.height * aspect.den) / aspect.num);
  const rate = rateOfStream(stream.averageRate, stream.realRate, packets?.usualStepSeconds ?? null);
  const startSeconds = Math.max(0, (packets?.firstSeconds ?? stream.startSeconds ?? fileStart) - fileStart);
  const endSeconds = stream.durationSeconds === null ? fileLength : startSeconds + stream.durationSeconds;
  return {
    streamIndex: stream.index,
    width: quarter ? squareHeight : squareWidth,
    height: quarter ? squareWidth : squareHeight,
    codedWidth: stream.width,
    codedHeight: stream.height,
    rate,
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
    gopFrames: packets?.gopFrames ?? null,
    irregular: packets?.irregular ?? false,
    startSeconds,
    endSeconds,
    frameCount: Math.max(1, Math.round((endSeconds * rate.num) / rate.den)),
    fieldOrder: fieldOrders[stream.fieldOrder] ?? 'progressive',
    changes: false,
  };
}

/** By ffprobe's word: the second letter names the field that is displayed first. */
const fieldOrders: Readonly<Record<string, VideoFacts['fieldOrder']>> = {
  tt: 'top',
  bt: 'top',
  bb: 'bottom',
  tb: 'bottom',
};

function audioFacts(stream: RawStream, { formatName, startSeconds }: RawProbe, fileLength: number): AudioFacts {
  const start = startSeconds ?? 0;
  const begin = Math.max(0, (stream.startSeconds ?? start) - start);
  return {
    streamIndex: stream.index,
    sampleRateHz: stream.sampleRateHz,
    channels: stream.channels,
    codec: stream.codec,
    layout: /^[\w.+()-]{0,100}$/.test(stream.layout) ? stream.layout : '',
    startSeconds: begin,
    endSeconds: stream.durationSeconds === null ? fileLength : begin + stream.durationSeconds,
    sampleExact: !roundedClocks.some((name) => formatName.split(',').includes(name)),
    changes: false,
    title: (stream.tags['title'] ?? '').slice(0, 1000),
    language: (stream.tags['language'] ?? '').slice(0, 1000).replace(/^und$/, ''),
  };
}

/** Containers whose time stamps are coarser than a sample. */
const roundedClocks = ['matroska', 'webm', 'flv', 'asf', 'avi', 'mpegts', 'mpeg', 'rm'];

function hasAlpha(stream: RawStream): boolean {
  return (
    /^(yuva|rgba|bgra|argb|abgr|ya8|ya16|gbrap|pal8)/.test(stream.pixelFormat) || stream.tags['alpha_mode'] === '1'
  );
}

function named(value: string): string {
  return value === 'unknown' || value === 'reserved' ? '' : value;
}

/** One frame and a little sound must decode: what cannot be decoded now would fail in the middle of an export. */
async function proveDecodable(
  path: string,
  picture: RawStream | undefined,
  sound: RawStream | undefined,
): Promise<void> {
  let frames = 0;
  const graph = new FilterGraph();
  const opened = graph.open({ path });
  const outputs: FfmpegOutput[] = [
    ...(picture ? [{ to: null, streams: [opened.stream(picture.index)], options: [['frames:v', 1]] as const }] : []),
    ...(sound ? [{ to: null, streams: [opened.stream(sound.index)], options: [['frames:a', 4]] as const }] : []),
  ];
  const result = await runFfmpeg({
    graph,
    outputs,
    about: path,
    limits: probeLimits,
    onProgress: (progress) => (frames = Math.max(frames, progress.frame)),
  });
  if (!picture || frames > 0) return;
  const name = basename(path);
  const reason = result.log.at(-1);
  throw new FailureError(
    'damaged',
    reason === undefined ? sentence('media.noFrame', { name }) : sentence('media.noFrameBecause', { name, reason }),
    path,
  );
}

/** `announced`: seconds by the header; `endSeconds`: where the data ends. */
function refuseAbsurdLength(path: string, announced: number, endSeconds: number): void {
  const name = basename(path);
  if (!(announced > 0)) throw new FailureError('damaged', sentence('media.noLength', { name }), path);
  if (endSeconds < announced - Math.max(0.5, announced * 0.1))
    throw new FailureError(
      'damaged',
      sentence('media.endsEarly', { name, announced: announced.toFixed(1), end: endSeconds.toFixed(1) }),
      path,
    );
  if (announced > longestSeconds)
    throw new FailureError(
      'unsupported',
      sentence('media.tooLong', { name, hours: (announced / 3600).toFixed(0), most: longestSeconds / 3600 }),
      path,
    );
}

function refuseAbsurd(path: string, { width, height }: RawStream): void {
  const name = basename(path);
  if (width < 2 || height < 2)
    throw new FailureError('damaged', sentence('media.tinyPicture', { name, width, height }), path);
  if (width > largestSide || height > largestSide)
    throw new FailureError(
      'unsupported',
      sentence('media.pictureTooLarge', { name, width, height, most: largestSide }),
      path,
    );
}

function refuseAbsurdSound(path: string, stream: RawStream): void {
  if (stream.sampleRateHz >= lowestSampleRateHz && stream.sampleRateHz <= highestSampleRateHz) return;
  throw new FailureError(
    'unsupported',
    sentence('media.badSampleRate', {
      name: basename(path),
      rate: stream.sampleRateHz,
      lowest: lowestSampleRateHz,
      highest: highestSampleRateHz,
    }),
    path,
  );
}

function withoutStreams(path: string, raw: RawProbe): FailureError {
  const kinds = [...new Set(raw.streams.map((stream) => stream.type).filter((type) => type !== ''))];
  const name = basename(path);
  const refused = (code: FailureCode, reason: Sentence) =>
    new FailureError(code, sentence('media.notImported', { name, reason }), path);
  if (kinds.includes('subtitle')) return refused('unsupported', sentence('mediaReason.subtitles'));
  if (kinds.includes('audio')) return new FailureError('damaged', sentence('media.soundUnreadable', { name }), path);
  if (kinds.length === 0) return refused('notMedia', sentence('mediaReason.nothing'));
  return refused('notMedia', sentence('mediaReason.nothingBut'));
}

function remarksOf(raw: RawProbe, usableSounds: number): Sentence[] {
  const sounds = raw.streams.filter((stream) => stream.type === 'audio').length;
  return [
    ...(sounds > 0 && usableSounds === 0 ? [sentence('mediaRemark.soundLeftOut')] : []),
    ...(usableSounds > 1 ? [sentence('mediaRemark.severalSounds', { count: usableSounds })] : []),
    ...(raw.streams.some((stream) => stream.type === 'subtitle') ? [sentence('mediaRemark.subtitles')] : []),
  ];
}

function contentTypeOf(formatName: string, hasPicture: boolean): string {
  const first = formatName.split(',');
  const kind = hasPicture ? 'video' : 'audio';
  if (first.includes('mp4')) return `${kind}/mp4`;
  if (first.includes('webm')) return `${kind}/${hasPicture ? 'x-matroska' : 'webm'}`;
  const known: Readonly<Record<string, string>> = {
    mp3: 'audio/mpeg',
    wav: 'audio/wav',
    flac: 'audio/flac',
    ogg: 'audio/ogg',
    avi: 'video/x-msvideo',
    mpegts: 'video/mp2t',
  };
  return known[first[0] ?? ''] ?? 'application/octet-stream';
}
