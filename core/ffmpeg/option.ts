/** Command-line options as name and value: a value can never become an option. */
import { plainValue, type FilterValue } from './filterValue.ts';

/** A switch without a value, or a name with its value. */
export type FfmpegOption<Name extends string> = readonly [name: Name] | readonly [name: Name, value: FilterValue];

/** Formats that files are written in; 'image2' is one picture, or numbered ones. */
export type OutputFormat =
  | 'f32le'
  | 'framecrc'
  | 'image2'
  | 'image2pipe'
  | 'matroska'
  | 'mov'
  | 'mp4'
  | 'nut'
  | 'rawvideo'
  | 's16le'
  | 'wav';

/** Options of outputs. Filters are not among them: they stand in the command's FilterGraph. */
export type OutputOptionName =
  | 'ac'
  | 'ar'
  | 'b:a'
  | 'b:v'
  | 'bf'
  | 'bsf:v'
  | 'c:a'
  | 'c:v'
  | 'color_primaries'
  | 'compression_level'
  | 'color_range'
  | 'color_trc'
  | 'colorspace'
  | 'compression_level'
  | 'cpu-used'
  | 'crf'
  | 'fps_mode'
  | 'frames:a'
  | 'frames:v'
  | 'g'
  | 'keyint_min'
  | 'level'
  | 'map_metadata'
  | 'metadata'
  | 'movflags'
  | 'pix_fmt'
  | 'preset'
  | 'profile:v'
  | 'q:v'
  | 'qp'
  | 'r'
  | 'rf64'
  | 'row-mt'
  | 'sc_threshold'
  | 'slicecrc'
  | 'start_number'
  | 't'
  | 'tag:v'
  | 'tune'
  | 'vendor'
  | 'x264-params'
  | 'x265-params';

/** One option of an output. */
export type OutputOption = FfmpegOption<OutputOptionName>;

/** Says of an encoded stream that it is bt709, limited range. */
export const bt709Tags: readonly OutputOption[] = [
  ['colorspace', 'bt709'],
  ['color_primaries', 'bt709'],
  ['color_trc', 'bt709'],
  ['color_range', 'tv'],
];

/** The words of some options. Throws for values that are not what they should be. */
export function optionWords(options: readonly FfmpegOption<string>[]): string[] {
  return options.flatMap(([name, ...values]) => {
    if (!/^[a-z][a-z0-9_-]*(:[a-z0-9:]+)?$/i.test(name)) throw new TypeError(`'${name}' is not an option of ffmpeg.`);
    return [`-${name}`, ...values.map(plainValue)];
  });
}
