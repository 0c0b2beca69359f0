/** The times of a picture's first frames as its decoder gives them, in the order in which they are shown. */
import { probeLimits } from './ffprobe.node.ts';
import { guardedInput, type InputFormat } from './input.ts';
import { readFfprobeLines } from './run.node.ts';

/** Which frames to decode. */
export interface FrameTimesQuestion {
  readonly path: string;
  readonly format?: InputFormat | undefined;
  readonly streamIndex: number;
  /** Packets to decode, from the beginning. */
  readonly packets: number;
}

/** Times of frames, s on the file's own clock; frames without one are left out. Throws as `probeStreams` does. */
export async function readFrameTimes({ path, format, streamIndex, packets }: FrameTimesQuestion): Promise<number[]> {
  const words = [
    ...['-select_streams', String(streamIndex), '-read_intervals', `%+#${packets}`],
    ...['-show_entries', 'frame=pts_time', '-of', 'csv=p=0'],
    ...guardedInput({ path, format }),
  ];
  const times: number[] = [];
  await readFfprobeLines(words, { limits: probeLimits, about: path }, (line) => {
    const time = Number.parseFloat(line);
    if (Number.isFinite(time)) times.push(time);
  });
  return times;
}
