/** Finds out what a file is, or why it cannot be used. */
import { basename } from 'node:path';
import { FailureError, type FailureCode } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import type { FfmpegOutput } from '../../ffmpeg/command.node.ts';
import { FilterGraph } from '../../ffmpeg/filterGraph.ts';
import { countParameterSets } from '../../ffmpeg/countParameterSets.node.ts';
import { probeLimits, probeStreams, type RawProbe, type RawStream } from '../../ffmpeg/ffprobe.node.ts';
import type { InputFormat } from '../../ffmpeg/input.ts';
import { readFrameTimes } from '../../ffmpeg/readFrameTimes.node.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { factsVersion, type MediaFacts, type VideoFacts } from '../../disk/facts.ts';
import { isOneFrameFormat, isTarga } from './ffmpegStill.node.ts';
import { findFieldOrder, type FieldFacts } from './fieldOrder.node.ts';
import { readAdtsRates } from './fileEnd/adtsRates.ts';
import { readAviIndex } from './fileEnd/aviIndex.ts';
import { withFileBytes } from './fileEnd/fileBytes.node.ts';
import { isCutOff } from './fileEnd/fileEnd.node.ts';
import { isOneOf } from './soundClock.ts';
import { judgePlayable } from './playable.ts';
import { formatByHead, isSvg, refusalByHead, sniff, type SniffedFile } from './sniff.node.ts';
import { probeDecodedStill, probeStill } from './still.node.ts';
import { lostChunks, lostSound, missingEnd } from './probedDamage.node.ts';
import { audioFacts, extentTicks, originOf, startOf, videoFacts } from './streamFacts.ts';
import { measureFile, type FileTime } from './streamTime.node.ts';

const largestSide = 8192;
/** Reading and decoding a file of this size to its end costs less than starting another process. */
const smallBytes = 1024 * 1024;
/** A broadcast of an hour has about 6 GiB. */
const mostReadBytes = 8 * 1024 ** 3;
const longestSeconds = 24 * 3600;
const wholeFrames: FieldFacts = { fieldOrder: 'progressive', fieldsMarked: false };
/** Lips and voice this far apart are noticed by few (ITU-R BT.1359: 45 ms ahead, 125 ms behind). */
const mostDriftSeconds = 0.1;
/** Telephones sample at 8 kHz, the finest studio recorders at 768 kHz. */
const lowestSampleRateHz = 1000;
const highestSampleRateHz = 1_000_000;

/**
 * Throws FailureError: 'notFound', 'notReadable', 'empty', 'notMedia', 'damaged', 'unsupported', 'ffmpegMissing'; the
 * sentence names the file and the reason.
 */
export async function probeFile(path: string): Promise<MediaFacts> {
  const file = await sniff(path);
  const { head } = file;
  const name = basename(path);
  const refusal = refusalByHead(head);
  if (refusal)
    throw new FailureError(refusal.code, sentence('media.notImported', { name, reason: refusal.reason }), path);
  const still = await probeStill(path);
  if (still) return still;
  if (isSvg(head)) throw new FailureError('damaged', sentence('media.badSvg', { name }), path);
  if (isTarga(head, path)) return (await probeDecodedStill(path))!;
  const question = { format: formatByHead(head), whole: file.sizeBytes <= smallBytes };
  const raw = await probeStreams(path, question);
  return (isOneFrameFormat(raw.formatName) ? await probeDecodedStill(path) : null) ?? readFacts(path, file, raw);
}

async function readFacts(path: string, file: SniffedFile, probed: RawProbe): Promise<MediaFacts> {
  const picture = probed.streams.find((stream) => stream.type === 'video' && !stream.attachedPicture);
  const usable = probed.streams.filter(isUsableSound);
  const [sound] = usable;
  if (!picture && !sound) throw withoutStreams(path, probed);
  if (picture) refuseAbsurd(path, picture);
  if (sound) refuseAbsurdSound(path, sound);
  const streams = [...(picture ? [picture] : []), ...usable];
  await proveDecodable(path, streams, probed);
  const inside = await lookInside(path, file, probed, picture, streams);
  const { time, fields, aviIndex, adts, lacksTimes } = inside;
  const raw = { ...probed, startSeconds: startOf(probed, time.streams) };
  const clockJumps = time.jumps.length > 0;
  if (time.driftSeconds > mostDriftSeconds) throw drifting(path, time);
  const pictureTime = picture && time.streams.get(picture.index);
  if (picture && !pictureTime)
    throw new FailureError('damaged', sentence('media.noFrame', { name: basename(path) }), path);
  const originSeconds = originOf(picture, raw, time.streams, sound?.sampleRateHz ?? null);
  const known = { originSeconds, lacksTimes, ...fields, clockJumps, describedAnew: inside.parameterSets > 1 };
  const video = picture && pictureTime ? videoFacts(picture, raw, { time: pictureTime, ...known }) : null;
  const sounds = usable.flatMap((stream) => {
    const soundTime = time.streams.get(stream.index);
    if (!soundTime) return [];
    const ofPackets = audioFacts(stream, raw, soundTime, { originSeconds, isAlone: streams.length === 1 });
    const isOfRates = adts !== null && adts.ratesHz.length > 1;
    const facts = isOfRates ? { ...ofPackets, changes: true, endSeconds: adts.seconds } : ofPackets;
    // a seek lands anywhere
    return [clockJumps || isSpoilt(raw) ? { ...facts, sampleExact: false } : facts];
  });
  const durationTicks = extentTicks(video, sounds);
  refuseAbsurdLength(path, secondsFromTicks(durationTicks));
  return {
    version: factsVersion,
    kind: video ? 'video' : 'audio',
    formatName: raw.formatName,
    contentType: contentTypeOf(raw.formatName, video !== null),
    originSeconds,
    durationTicks,
    video,
    audio: sounds[0] ?? null,
    sounds,
    timecode: timecodeOf(raw),
    damage: [
      ...lostSound(path, raw, time),
      ...(aviIndex ? lostChunks(path, streams, time, aviIndex) : []),
      ...missingEnd(path, raw, streams, { ...time, cutOff: time.cutOff || inside.endsInside }, aviIndex),
    ],
    ...judgePlayable(raw.formatName, video, sounds[0] ?? null, (raw.startSeconds ?? 0) + originSeconds),
    remarks: [...pictureRemarks(video), ...remarksOf(raw, sounds.length, clockJumps)],
  };
}

/** Reads what headers do not say: packets, a few frames, indexes. */
async function lookInside(
  path: string,
  file: SniffedFile,
  raw: RawProbe,
  picture: RawStream | undefined,
  streams: readonly RawStream[],
) {
  const format = formatByHead(file.head);
  const measured = measureFile({ path, sizeBytes: file.sizeBytes, format, raw, streams });
  const [time, fields, endsInside, aviIndex, adts, parameterSets, lacksTimes] = await Promise.all([
    measured,
    picture ? findFieldOrder({ path, format, stream: picture, raw }) : wholeFrames,
    isCutOff(path, raw.formatName),
    raw.formatName === 'avi' ? withFileBytes(path, readAviIndex) : null,
    raw.formatName === 'aac' ? withFileBytes(path, readAdtsRates) : null,
    picture && holdsParameterSets(file, raw)
      ? countParameterSets({ path, format, streamIndex: picture.index, codec: picture.codec })
      : 0,
    measured.then((found) => (picture ? framesLackTimes(path, format, picture, found) : false)),
  ]);
  return { time, fields, endsInside, aviIndex, adts, parameterSets, lacksTimes };
}

/** ffmpeg found something wrong in a file that it read whole: where damage lies, it may lose its place in a seek. */
function isSpoilt({ packets, complaints }: RawProbe): boolean {
  return packets !== null && complaints.length > 0;
}

/** Containers of recordings that can be joined byte by byte. A small file was decoded: that tells more. */
function holdsParameterSets({ sizeBytes }: SniffedFile, { formatName, packets }: RawProbe): boolean {
  const joinable = isOneOf(formatName, ['mpegts', 'mpeg', 'mpegvideo', 'h264', 'hevc']);
  return packets === null && sizeBytes <= mostReadBytes && joinable;
}

/** Packets whose frames are put into order: more than a decoder holds back. */
const orderedPackets = 48;

/**
 * Whether packets carry times of decoding for those of presentation, as H.264 copied from AVI does: frames that a
 * decoder puts into order then have times that go backwards.
 */
async function framesLackTimes(
  path: string,
  format: InputFormat | undefined,
  { index }: RawStream,
  { streams }: FileTime,
): Promise<boolean> {
  if (streams.get(index)?.timesLackOrder !== true) return false;
  const times = await readFrameTimes({ path, format, streamIndex: index, packets: orderedPackets });
  return times.some((time, place) => place > 0 && time < times[place - 1]!);
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
 * One frame and a little sound must decode: what cannot be decoded now would fail in the middle of an export. ffprobe
 * has tried the first packets; where a stream begins later, ffmpeg looks for it.
 */
async function proveDecodable(path: string, streams: readonly RawStream[], raw: RawProbe): Promise<void> {
  const proven = new Set(raw.frames.map((frame) => frame.streamIndex));
  const picture = streams.find((stream) => stream.type === 'video');
  const sound = streams.find((stream) => stream.type === 'audio');
  if ([picture, sound].every((stream) => !stream || proven.has(stream.index))) return;
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

/** Refuses what has no length or is too long. */
function refuseAbsurdLength(path: string, seconds: number): void {
  const name = basename(path);
  if (!(seconds > 0)) throw new FailureError('damaged', sentence('media.noLength', { name }), path);
  if (seconds > longestSeconds)
    throw new FailureError(
      'unsupported',
      sentence('media.tooLong', { name, hours: (seconds / 3600).toFixed(0), most: longestSeconds / 3600 }),
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

/** Picture and sound that are read apart from each other must still belong together. */
function drifting(path: string, { driftSeconds }: FileTime): FailureError {
  const name = basename(path);
  const what = sentence('media.clockDrifts', { name, seconds: driftSeconds.toFixed(1) });
  return new FailureError('unsupported', what, path);
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

function pictureRemarks(video: VideoFacts | null): Sentence[] {
  if (!video || video.fieldOrder === 'progressive') return [];
  return [sentence(video.fieldOrder === 'top' ? 'mediaRemark.interlacedTop' : 'mediaRemark.interlacedBottom')];
}

function remarksOf(raw: RawProbe, usableSounds: number, clockJumps: boolean): Sentence[] {
  const sounds = raw.streams.filter((stream) => stream.type === 'audio').length;
  return [
    ...(sounds > 0 && usableSounds === 0 ? [sentence('mediaRemark.soundLeftOut')] : []),
    ...(usableSounds > 1 ? [sentence('mediaRemark.severalSounds', { count: usableSounds })] : []),
    ...leftOutPictures(raw),
    ...(raw.streams.some((stream) => stream.type === 'subtitle') ? [sentence('mediaRemark.subtitles')] : []),
    ...(clockJumps ? [sentence('mediaRemark.clockJumps')] : []),
  ];
}

/** Animated AVIF keeps its alpha in a second stream, in grey. */
function leftOutPictures({ streams, tags }: RawProbe): Sentence[] {
  const pictures = streams.filter((stream) => stream.type === 'video' && !stream.attachedPicture);
  if (pictures.length < 2) return [];
  const isAlpha = tags['major_brand'] === 'avis' && pictures[1]!.pixelFormat.startsWith('gray');
  return [
    isAlpha
      ? sentence('mediaRemark.alphaLeftOut')
      : sentence('mediaRemark.severalPictures', { count: pictures.length }),
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
