/**
 * What the packets say that headers do not: how far apart key frames are, whether frames are regular, where the data
 * ends.
 */
import { readPackets, type PacketQuery } from '../../ffmpeg/ffprobe.node.ts';

const measuredSeconds = 20;

/** What the first packets of a picture stream say. */
export interface VideoPackets {
  readonly gopFrames: number;
  readonly irregular: boolean;
  /** The distance that most frames keep, s; null where no distance is usual. */
  readonly usualStepSeconds: number | null;
  /** Lowest presentation time, s of the file's own clock. */
  readonly firstSeconds: number | null;
}

/** Reads the first 20 s without decoding. null where there are no packets. */
export async function measureVideo(path: string, streamIndex: number): Promise<VideoPackets | null> {
  const { packets } = await readPackets(path, { streamIndex, interval: { firstSeconds: measuredSeconds } });
  if (packets.length === 0) return null;
  const keys = packets.flatMap((packet, index) => (packet.key ? [index] : []));
  const gaps = [...keys, packets.length].map((position, index, all) =>
    index === 0 ? position : position - all[index - 1]!,
  );
  const times = packets.flatMap((packet) => packet.pts ?? []).sort((a, b) => a - b);
  const steps = times.slice(1).map((time, index) => time - times[index]!);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const alike = steps.filter((step) => Math.abs(step - usual) <= usual * 0.3);
  return {
    gopFrames: Math.max(1, ...gaps),
    // Matroska rounds to milliseconds
    irregular: steps.some((step) => Math.abs(step - usual) > usual / 2 + 0.001),
    usualStepSeconds:
      usual > 0 && alike.length >= 8 && alike.length >= steps.length * 0.6
        ? alike.reduce((sum, step) => sum + step, 0) / alike.length
        : null,
    firstSeconds: times[0] ?? null,
  };
}

/** Where the data of a file ends. */
export interface DataEnd {
  /** Last moment that has data, s after the file's start. */
  readonly endSeconds: number;
  /** ffprobe met the end of the file in the middle of a packet. */
  readonly cutOff: boolean;
}

/**
 * Where the data ends. Seeks close to the announced end first, and reads the whole file (without decoding) only when
 * nothing is there or no end is announced.
 */
export async function findDataEnd(
  path: string,
  announcedSeconds: number | null,
  startSeconds: number,
): Promise<DataEnd> {
  if (announcedSeconds !== null && announcedSeconds > 3) {
    const tail = await readEnd(path, { interval: { fromSeconds: startSeconds + announcedSeconds - 2 } });
    if (tail.endSeconds > startSeconds) return { ...tail, endSeconds: tail.endSeconds - startSeconds };
  }
  const whole = await readEnd(path, {});
  return { ...whole, endSeconds: Math.max(0, whole.endSeconds - startSeconds) };
}

async function readEnd(path: string, query: PacketQuery): Promise<DataEnd> {
  const { packets, complaints } = await readPackets(path, query);
  return {
    endSeconds: packets.reduce((last, { pts, duration }) => Math.max(last, (pts ?? 0) + (duration ?? 0)), 0),
    cutOff: complaints.some((line) => /partial file|truncat|Input\/output error|ended prematurely/i.test(line)),
  };
}
