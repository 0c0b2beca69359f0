/** How often a picture stream repeats its parameter sets: size, shape and colour may change in transport streams. */
import { Writable } from 'node:stream';
import { text } from './filterValue.ts';
import { FilterGraph } from './filterGraph.ts';
import { probeLimits } from './ffprobe.node.ts';
import type { InputFormat } from './input.ts';
import { runFfmpeg } from './run.node.ts';

/**
 * Units that describe a sequence, by codec: sequence parameter sets of H.264 and H.265 (7 and 33 of their NAL types),
 * the sequence header of MPEG-1 and MPEG-2.
 */
const sequenceUnits: Readonly<Record<string, number>> = { h264: 7, hevc: 33, mpeg1video: 179, mpeg2video: 179 };
/** More differ in nothing that matters. */
const mostSets = 64;
/** Reading gigabytes from a slow disk takes its time. */
const limits = { ...probeLimits, seconds: 900 };

/** A stream whose packets hold its parameter sets. */
export interface ParameterQuestion {
  readonly path: string;
  readonly format?: InputFormat | undefined;
  readonly streamIndex: number;
  readonly codec: string;
}

/**
 * Number of different parameter sets in the packets of a stream, which are read but not decoded; 0 for codecs that have
 * none. Throws as `runFfmpeg`.
 */
export async function countParameterSets({ path, format, streamIndex, codec }: ParameterQuestion): Promise<number> {
  const unit = sequenceUnits[codec];
  if (unit === undefined) return 0;
  const graph = new FilterGraph();
  const sets = new Set<string>();
  let rest = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // stream, decoding time, presentation time, duration, bytes, checksum
        const [, , , , bytes, checksum] = line.split(',').map((part) => part.trim());
        if (checksum !== undefined && sets.size < mostSets) sets.add(`${bytes} ${checksum}`);
      }
      done();
    },
  });
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: sink,
        streams: [graph.open({ path, format }).stream(streamIndex)],
        format: 'framecrc',
        options: [
          ['c:v', 'copy'],
          ['bsf:v', text(`filter_units=pass_types=${unit}`)],
        ],
      },
    ],
    about: path,
    limits,
  });
  return sets.size;
}
