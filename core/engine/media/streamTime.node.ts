/**
 * Time as the packets of a file have it. Headers guess (raw AAC and MP3 go by the bit rate), round (Matroska), add up
 * durations without the start (MP4) or describe a file that was cut off or joined since; packets do not.
 */
import type { Packet } from '../../ffmpeg/packet.ts';
import { readSoundEnd } from '../../ffmpeg/readSoundEnd.node.ts';
import { readPackets, type PacketInterval } from '../../ffmpeg/readPackets.node.ts';
import type { InputFormat } from '../../ffmpeg/input.ts';
import type { RawProbe, RawStream } from '../../ffmpeg/ffprobe.node.ts';
import { SteadyClock, correctsJumps } from './steadyClock.ts';
import { SoundHoles } from './soundHoles.ts';
import { isOneOf } from './soundClock.ts';
import { announcedEnd, countedFormats, fixedBlocks } from './streamFacts.ts';
import { StreamClock, measuredSeconds, type StreamTime } from './streamClock.ts';

/** What was measured in a file. */
export interface FileTime {
  /** By stream index; streams that present nothing are missing. */
  readonly streams: ReadonlyMap<number, StreamTime>;
  /** Every packet was read, not only those at the ends. */
  readonly whole: boolean;
  /** The file ends in the middle of a packet, or of a block of sound. */
  readonly cutOff: boolean;
  /** Where the time stamps jump, s on the clock that ffmpeg makes of them. Known where `whole`. */
  readonly jumps: readonly number[];
  /** Where packets of sound are missing between others, s on the file's own clock. Known of broadcast formats. */
  readonly holes: readonly number[];
  /** Behind the jumps, streams that are each read alone are this far apart at most, s. */
  readonly driftSeconds: number;
}

/** A file to measure. */
export interface MeasuredFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly format?: InputFormat | undefined;
  readonly raw: RawProbe;
  /** The streams to measure. */
  readonly streams: readonly RawStream[];
}

/** Containers without an index, or whose index is a remark of the program that wrote them. */
const unindexedFormats = ['mpegts', 'mpeg', 'flv', 'ogg'];
/** Recorded as it arrives: packets can be lost, and sound has no pauses. Program streams misplace some blocks. */
const broadcastFormats = ['mpegts'];
/** Reading so little costs less than starting to read. */
const cheapBytes = 16 * 1024 * 1024;
/** Of unindexed containers that are larger only the ends are read: an hour of broadcast has about 6 GiB. */
const mostUnindexedBytes = 8 * 1024 ** 3;
const tailSeconds = 2;
/** A Dirac sequence ends with a parse info header, which holds no frame (SMPTE ST 2042-1). */
const diracMarkBytes = 13;
/** Codecs of sound whose blocks usually have one size. */
const evenSizes = ['mp2', 'mp3', 'ac3', 'eac3', 'dts'];

/**
 * Reads the packets of some streams: all of a file that is small or has no index to trust, else those of the first
 * 20 s and of the last moments of each stream. Memory does not grow with the file.
 */
export async function measureFile(file: MeasuredFile): Promise<FileTime> {
  const time = await measurePackets(file);
  // behind a jump the times of packets are not the file's
  return time.jumps.length > 0 ? time : { ...time, streams: await withSoundEnds(file, time.streams) };
}

async function measurePackets(file: MeasuredFile): Promise<FileTime> {
  const intervals = readsWhole(file) ? null : endsOf(file);
  if (intervals !== null) {
    const ends = await read(file, intervals);
    if (file.streams.every((stream) => reachesEnd(stream, ends, file.raw))) return ends;
  }
  return read(file, null);
}

/** Decodes the last packets of sounds that do not say how long these are (ALAC in CAF, WavPack in Matroska). */
async function withSoundEnds(
  { path, format, streams }: MeasuredFile,
  times: ReadonlyMap<number, StreamTime>,
): Promise<ReadonlyMap<number, StreamTime>> {
  const all = new Map(times);
  for (const { index, type, sampleRateHz } of streams) {
    const time = times.get(index);
    if (type !== 'audio' || !time || time.endIsKnown) continue;
    const fromSeconds = time.lastSeconds - tailSeconds;
    const end = await readSoundEnd({ path, format, streamIndex: index, sampleRateHz, fromSeconds });
    if (end !== null && end > time.lastSeconds) all.set(index, { ...time, endSeconds: end, endIsKnown: true });
  }
  return all;
}

function readsWhole({ raw, sizeBytes }: MeasuredFile): boolean {
  if (raw.packets !== null) return true;
  if (sizeBytes <= cheapBytes || isOneOf(raw.formatName, countedFormats)) return true;
  return sizeBytes <= mostUnindexedBytes && isOneOf(raw.formatName, unindexedFormats);
}

/** The beginning, and the last moments of each stream as announced; null where nothing is announced. */
function endsOf({ raw, streams }: MeasuredFile): PacketInterval[] | null {
  const announced = streams.map((stream) => announcedEnd(stream, raw));
  const ends = announced.filter((end) => end !== null).toSorted((a, b) => a - b);
  if (ends.length < streams.length) return null;
  const apart = ends.filter((end, index) => index === 0 || end > ends[index - 1]! + 1);
  return [
    { lengthSeconds: measuredSeconds },
    ...apart.map((end, index) => ({
      fromSeconds: Math.max(0, end - tailSeconds),
      ...(index === apart.length - 1 ? {} : { lengthSeconds: tailSeconds + 1 }),
    })),
  ];
}

/** False for a stream that ends long before it was looked for: where, only the whole file can tell. */
function reachesEnd(stream: RawStream, { streams }: FileTime, raw: RawProbe): boolean {
  const time = streams.get(stream.index);
  if (!time) return false;
  const end = announcedEnd(stream, raw);
  return end !== null && time.endSeconds > end - tailSeconds;
}

async function read(file: MeasuredFile, intervals: readonly PacketInterval[] | null): Promise<FileTime> {
  const clocks = new Map(
    file.streams.map((stream) => [stream.index, new StreamClock(stream.reorderedFrames, stream.type === 'video')]),
  );
  const jumpy = intervals === null && correctsJumps(file.raw.formatName);
  // pictures and sounds are read apart, and ffmpeg corrects each by itself
  const steady = new Map(file.streams.map(({ index }) => [index, new SteadyClock()]));
  const holes = new Map(broadcastSounds(file, intervals).map(({ index }) => [index, new SoundHoles()]));
  const diracs = new Set(file.streams.filter(({ codec }) => codec === 'dirac').map(({ index }) => index));
  const take = (packet: Packet) => {
    const clock = clocks.get(packet.streamIndex);
    if (!clock || (diracs.has(packet.streamIndex) && packet.bytes <= diracMarkBytes)) return;
    const placed = jumpy ? steady.get(packet.streamIndex)!.place(packet) : packet;
    clock.push(placed);
    holes.get(packet.streamIndex)?.push(placed);
  };
  const complaints = await readInto(take, file, intervals);
  const streams = new Map(
    [...clocks].flatMap(([index, clock]) => {
      const time = clock.finish();
      return time ? [[index, time] as const] : [];
    }),
  );
  const offsets = [...steady.values()].map(({ offset }) => offset);
  const isPartial = complaints.some((line) => /partial file|truncat|Input\/output error|ended prematurely/i.test(line));
  const jumps = [...steady.values()].map((each) => each.jumps);
  const most = jumps.reduce((a, b) => (b.length > a.length ? b : a), []);
  return {
    streams,
    whole: intervals === null,
    cutOff: isPartial || endsInBlock(file, streams),
    jumps: most,
    // at a jump sound ends and begins as its recordings did
    holes: most.length > 0 ? [] : [...holes.values()].flatMap(({ found }) => found).toSorted((a, b) => a - b),
    driftSeconds: offsets.length > 1 ? Math.max(...offsets) - Math.min(...offsets) : 0,
  };
}

/** Program and transport streams cut sound anywhere: where all its blocks have one size, a shorter last one tells. */
function endsInBlock({ raw, streams }: MeasuredFile, times: ReadonlyMap<number, StreamTime>): boolean {
  if (!isOneOf(raw.formatName, ['mpegts', 'mpeg'])) return false;
  return streams.some(({ index, codec }) => evenSizes.includes(codec) && times.get(index)?.lastIsShort === true);
}

/** Sounds in which a lost packet leaves a hole; none where packets are left out. */
function broadcastSounds({ raw, streams }: MeasuredFile, intervals: readonly PacketInterval[] | null): RawStream[] {
  if (intervals !== null || !isOneOf(raw.formatName, broadcastFormats)) return [];
  return streams.filter(({ type, codec }) => type === 'audio' && fixedBlocks.includes(codec));
}

/** Answers what ffprobe complained about. */
async function readInto(
  take: (packet: Packet) => void,
  { path, format, raw }: MeasuredFile,
  intervals: readonly PacketInterval[] | null,
): Promise<readonly string[]> {
  if (raw.packets === null)
    return readPackets(path, { ...(intervals === null ? {} : { intervals }), ...(format ? { format } : {}) }, take);
  for (const packet of raw.packets) take(packet);
  return raw.complaints;
}
