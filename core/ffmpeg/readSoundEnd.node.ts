/** Where a stream of sound ends, by decoding its last packets: not every container says how long they are. */
import { guardedInput, type InputFormat } from './input.ts';
import { probeLimits } from './ffprobe.node.ts';
import { readFfprobeLines } from './run.node.ts';

/** Which stream of a file, and from where on to decode it. */
export interface SoundEndQuery {
  readonly path: string;
  readonly format?: InputFormat | undefined;
  readonly streamIndex: number;
  readonly sampleRateHz: number;
  /** Before the last packet, s on the file's own clock. */
  readonly fromSeconds: number;
}

/**
 * End of the last block that is decoded, s on the file's own clock; null where none has a time. Throws as
 * `probeStreams` does.
 */
export async function readSoundEnd(query: SoundEndQuery): Promise<number | null> {
  const { path, format, streamIndex, sampleRateHz, fromSeconds } = query;
  const words = [
    ...['-select_streams', String(streamIndex), '-read_intervals', `${Math.max(0, fromSeconds).toFixed(6)}%`],
    ...['-show_entries', 'frame=pts_time,nb_samples', '-of', 'csv=p=0'],
    ...guardedInput({ path, ...(format ? { format } : {}) }),
  ];
  let end: number | null = null;
  await readFfprobeLines(words, { limits: probeLimits, about: path }, (line) => {
    const [time, samples] = line.split(',').map(Number);
    if (!Number.isFinite(time) || !(samples! > 0)) return;
    end = Math.max(end ?? -Infinity, time! + samples! / sampleRateHz);
  });
  return end;
}
