/**
 * Sound for delivery. AAC moves peaks: a mix held under -1 dBTP may come out of the decoder above it. So the encoded
 * file is measured, and encoded again with lower peaks where they are too high.
 */
import { filter, FilterGraph, type Filter } from '../../ffmpeg/filterGraph.ts';
import type { OutputOption } from '../../ffmpeg/option.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';

const aacAt = (bitRate: '192k' | '320k'): readonly OutputOption[] => [
  ['c:a', 'aac'],
  ['b:a', bitRate],
  ['ar', 48000],
];

/** AAC as it is delivered where peaks are not measured: 192 kbit/s, 48 kHz. */
export const aacOptions = aacAt('192k');

/** The limiter sees peaks between samples at four times the rate. */
const oversampledHz = 192_000;
/** Rounds that lower peaks alone, and rounds after them that turn the whole down. */
const limitRounds = 4;
const gainRounds = 3;
/** ffmpeg's meter prints tenths of a decibel, and no two encodings miss by the same: a step more saves a round. */
const marginDb = 0.1;

const linear = (db: number): number => 10 ** (db / 20);

/** True peak of a file's sound as a player decodes it, dBTP (ITU-R BS.1770); -Infinity for silence. */
export async function measureTruePeak(path: string, signal?: AbortSignal): Promise<number> {
  const graph = new FilterGraph();
  const metered = graph.chain(
    [graph.open({ path }).first('audio')],
    [filter('ebur128', { peak: 'true', framelog: 'verbose' })],
  );
  const { log } = await runFfmpeg({
    graph,
    outputs: [{ to: null, streams: [metered] }],
    logLevel: 'info',
    about: path,
    ...(signal ? { signal } : {}),
  });
  // the meter sums up twice: once empty, when the graph is set up, and once at the end
  const peak = [...log.join('\n').matchAll(/True peak:\s*Peak:\s*(-?[\d.]+|-inf) dBFS/g)].at(-1)?.[1];
  if (peak === undefined) throw new Error(`ffmpeg did not print the true peak of ${path}`);
  return peak === '-inf' ? -Infinity : Number(peak);
}

/**
 * Encodes a WAV as AAC in an MP4 whose true peak is at most `ceilingDb` (dBTP). Peaks are limited further in each
 * round, at a higher bit rate, which leaves the loudness nearly as it is; only then the whole is turned down. Answers
 * the peak measured.
 */
export async function encodePeakSafeAac(
  wavPath: string,
  to: string,
  ceilingDb: number,
  signal: AbortSignal,
): Promise<number> {
  let levels = { limitDb: ceilingDb, gainDb: 0 };
  for (let round = 0; ; round++) {
    await encode(wavPath, to, levels, aacAt(round === 0 ? '192k' : '320k'), signal);
    const peak = await measureTruePeak(to, signal);
    if (peak <= ceilingDb || round === limitRounds + gainRounds) return peak;
    const excess = peak - ceilingDb + marginDb;
    levels =
      round < limitRounds
        ? { ...levels, limitDb: levels.limitDb - excess }
        : { ...levels, gainDb: levels.gainDb - excess };
  }
}

async function encode(
  wavPath: string,
  to: string,
  { limitDb, gainDb }: { readonly limitDb: number; readonly gainDb: number },
  options: readonly OutputOption[],
  signal: AbortSignal,
): Promise<void> {
  const graph = new FilterGraph();
  const filters: Filter[] = [
    filter('aresample', { sample_rate: oversampledHz }),
    filter('alimiter', { limit: linear(limitDb), level: false, latency: true, attack: 1, release: 15 }),
    filter('aresample', { sample_rate: 48000 }),
    ...(gainDb === 0 ? [] : [filter('volume', { volume: linear(gainDb) })]),
  ];
  const sound = graph.chain([graph.open({ path: wavPath, format: 'wav' }).first('audio')], filters);
  await runFfmpeg({ graph, outputs: [{ to, streams: [sound], format: 'mp4', options }], signal });
}
