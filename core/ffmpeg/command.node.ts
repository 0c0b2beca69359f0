/** A run of ffmpeg as a value, and the words of its command line. */
import type { Writable } from 'node:stream';
import type { FilterGraph, Stream } from './filterGraph.ts';
import { fileAddress, guardedInput, type FfmpegInput } from './input.ts';
import { plainValue } from './filterValue.ts';
import { optionWords, type OutputFormat, type OutputOption } from './option.ts';

/** Pictures numbered in a folder: `name` holds one `%0Nd`. */
export interface NumberedFiles {
  readonly folder: string;
  readonly name: `${string}%0${number}d.${string}`;
}

/** Where streams go, in which format, encoded how. */
export interface FfmpegOutput {
  /** A file, pictures in a folder, a stream that takes stdout (one output may), or null: decoded and thrown away. */
  readonly to: string | NumberedFiles | Writable | null;
  readonly streams: readonly Stream[];
  /** Left out only where nothing is kept. */
  readonly format?: OutputFormat;
  readonly options?: readonly OutputOption[];
}

/** One run of ffmpeg. */
export interface FfmpegCommand {
  /** The inputs, and the filters between them and the outputs. */
  readonly graph: FilterGraph;
  readonly outputs: readonly FfmpegOutput[];
  /** Where a decoder of graphics cards is opened, like /dev/dri/renderD128. */
  readonly vaapiDevice?: string;
  /** 'info' for filters that print what they measured. Without it only errors get into the log. */
  readonly logLevel?: 'info';
}

/**
 * All words of the command line, for a major version of ffmpeg. Throws TypeError when a stream of the graph goes
 * nowhere, or to two outputs.
 */
export function commandWords(command: FfmpegCommand, ffmpegMajor = 5): string[] {
  const { graph, outputs } = command;
  checkMapped(graph, outputs);
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-y', '-loglevel'],
    ...[`level+${command.logLevel ?? 'warning'}`, '-progress', 'pipe:2'],
    ...(command.vaapiDevice === undefined ? [] : ['-vaapi_device', command.vaapiDevice]),
    ...graph.inputs.flatMap((input) =>
      guardedInput(input, [...keptOffset(input, ffmpegMajor), ...optionWords(input.options ?? [])]),
    ),
    ...(graph.isEmpty ? [] : ['-filter_complex', graph.toString()]),
    ...outputs.flatMap(outputWords),
  ];
}

/**
 * Shifts the file's clock so that its time 0 is 0. Of transport and program streams that are read from their beginning
 * ffmpeg counts the time from the earliest stream that is enabled, so that sound or picture read alone would lose its
 * offset. Up to version 5 any shift of the input prevents that (a microsecond is less than a sample); later versions
 * are given what they take away.
 */
function keptOffset({ format, clock, options = [] }: FfmpegInput, ffmpegMajor: number): string[] {
  if (format !== undefined) return [];
  const { originSeconds, aloneAtSeconds = 0 } = clock ?? { originSeconds: 0 };
  const shift = (lost: number) => ['-itsoffset', (lost - originSeconds).toFixed(6)];
  if (ffmpegMajor <= 5) return shift(originSeconds === 0 ? 1e-6 : 0);
  const seek = options.find(([name]) => name === 'ss')?.[1];
  const lost = Math.max(0, aloneAtSeconds - (seek === undefined ? 0 : Number(plainValue(seek))));
  return lost === 0 && originSeconds === 0 ? [] : shift(lost);
}

function outputWords(output: FfmpegOutput): string[] {
  const { to, streams, options = [] } = output;
  const format = to === null ? 'null' : output.format;
  if (format === undefined) throw new TypeError('An output that is kept needs a format.');
  return [
    ...streams.flatMap((stream) => ['-map', stream.mapWord]),
    ...optionWords(options),
    '-f',
    format,
    // one picture: its name is taken as it is, '%' included
    ...(format === 'image2' && typeof to === 'string' ? ['-update', '1'] : []),
    addressOf(to),
  ];
}

function addressOf(to: FfmpegOutput['to']): string {
  if (to === null) return '-';
  if (typeof to === 'string') return fileAddress(to);
  if (!('folder' in to)) return 'pipe:1';
  return fileAddress(`${to.folder.replaceAll('%', '%%')}/${to.name}`);
}

function checkMapped(graph: FilterGraph, outputs: readonly FfmpegOutput[]): void {
  const mapped = outputs.flatMap((output) => output.streams);
  if (outputs.some((output) => output.streams.length === 0))
    throw new TypeError('An output needs at least one stream.');
  if (mapped.some((stream) => stream.graph !== graph)) throw new TypeError('A stream belongs to another graph.');
  const made = mapped.filter((stream) => !stream.ofInput);
  if (
    new Set(made).size !== made.length ||
    made.length !== graph.unread.length ||
    made.some((each) => !graph.unread.includes(each))
  )
    throw new TypeError('Each stream that the graph makes goes to exactly one output.');
}

/** Where the first file goes, for messages. */
export function outputPath(outputs: readonly FfmpegOutput[]): string | null {
  const to = outputs[0]?.to ?? null;
  if (to === null || (typeof to !== 'string' && !('folder' in to))) return null;
  return typeof to === 'string' ? to : to.folder;
}
