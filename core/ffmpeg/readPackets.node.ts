/** The packets of a file, without decoding them: what a container really holds, and when. */
import { guardedInput, type InputFormat } from './input.ts';
import { packetFrom, type Packet } from './packet.ts';
import { probeLimits } from './ffprobe.node.ts';
import { readFfprobeLines } from './run.node.ts';

/** A part of a file: from one moment on (the key frame before it), or from the beginning where none is given. */
export interface PacketInterval {
  readonly fromSeconds?: number;
  /** Seconds to read from there; to the end of the file without it. */
  readonly lengthSeconds?: number;
}

/** Which packets to read. */
export interface PacketQuery {
  /** Parts, one after the other; the whole file without any. */
  readonly intervals?: readonly PacketInterval[];
  readonly format?: InputFormat;
}

/** Reading gigabytes from a slow disk takes its time. */
const packetLimits = { ...probeLimits, seconds: 900 };

/**
 * Hands over the packets of all streams in file order, one by one, so that a file of a day needs no more memory than
 * one of a second. Answers what ffprobe complained about on the way. Throws as `probeStreams` does.
 */
export async function readPackets(
  path: string,
  { intervals, format }: PacketQuery,
  onPacket: (packet: Packet) => void,
): Promise<readonly string[]> {
  const words = [
    ...(intervals === undefined ? [] : ['-read_intervals', intervals.map(intervalText).join(',')]),
    ...['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,size,flags', '-of', 'csv=p=0'],
    ...guardedInput({ path, format }),
  ];
  const { stderr } = await readFfprobeLines(words, { limits: packetLimits, about: path }, (line) => {
    const packet = packetOf(line);
    if (packet) onPacket(packet);
  });
  return stderr;
}

/** 'stream,pts,dts,duration,size,flags', then perhaps side data, which may also have lines of its own. */
function packetOf(line: string): Packet | null {
  const [stream, pts, dts, duration, size, flags] = line.split(',');
  if (flags === undefined || !/^\d+$/.test(stream ?? '')) return null;
  return packetFrom(Number(stream), { pts, dts, duration, size, flags });
}

function intervalText({ fromSeconds, lengthSeconds }: PacketInterval): string {
  const from = fromSeconds === undefined ? '' : fromSeconds.toFixed(6);
  return `${from}%${lengthSeconds === undefined ? '' : `+${lengthSeconds.toFixed(6)}`}`;
}
