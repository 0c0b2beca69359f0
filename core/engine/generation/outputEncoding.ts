/**
 * How a film that the command line writes is encoded: in its source's size, rate, depth, chroma and colours, once.
 * `--lossless` keeps every sample, or says which ending can. Pure.
 */
import type { SourceColour } from '../../ffmpeg/sourceColour.ts';
import { text } from '../../ffmpeg/filterValue.ts';
import type { OutputFormat, OutputOption } from '../../ffmpeg/option.ts';
import { opaque, sampleFormatOf, type SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import { losslessOptions } from '../../ffmpeg/losslessOptions.ts';
import type { Size } from '../../render/place.ts';

/** Nearly as good as the source, whatever it is: of an encoder's constant quality, lower is better. */
export const usualCrf = 14;

export type FilmEnding = '.mp4' | '.mkv';

export interface FilmEncoding {
  readonly format: OutputFormat;
  /** What the frames have to be brought to first; null: they are encoded as they are. */
  readonly converted: SampleFormat | null;
  readonly options: readonly OutputOption[];
}

/** ffmpeg's formats by ending. */
export const filmFormats: Readonly<Record<FilmEnding, OutputFormat>> = { '.mp4': 'mp4', '.mkv': 'matroska' };

const x264 = /^yuv(420|422|444)p$/;
const x265 = /^(yuv(420|422|444)p(10le|12le)?|gbrp(10le|12le)?)$/;

/** null: that ending cannot hold these samples without loss (.mkv can hold all). `size`: of its frames, px. */
export function filmEncoding(
  ending: FilmEnding,
  samples: SampleFormat,
  colour: SourceColour,
  size: Size,
  lossless: boolean,
): FilmEncoding | null {
  const format = filmFormats[ending];
  const tags = colourTags(colour);
  if (lossless && ending === '.mkv') return { format, converted: null, options: [...losslessOptions, ...tags] };
  if (lossless) {
    if (samples.hasAlpha || !hasWholeChroma(samples, size)) return null;
    if (x264.test(samples.name))
      return { format, converted: null, options: [['c:v', 'libx264'], ['preset', 'medium'], ['qp', 0], ...tags] };
    if (!x265.test(samples.name)) return null;
    return { format, converted: null, options: [...hevc(size, 'lossless=1'), ...tags] };
  }
  const usual = usualSamples(opaque(samples));
  const kept = hasWholeChroma(usual, size) ? usual : sampleFormatOf(usual.name.replace(/42[02]/, '444'));
  // chroma alone is refined on the way into the encoder: makers pass on their own samples
  const converted = usual.name === samples.name ? null : kept;
  const finer: readonly OutputOption[] = kept === usual ? [] : [['pix_fmt', kept.name]];
  const options: readonly OutputOption[] =
    kept.bitDepth === 8
      ? [
          ['c:v', 'libx264'],
          ['preset', 'medium'],
          ['crf', usualCrf],
        ]
      : [...hevc(size), ['crf', usualCrf]];
  return { format, converted, options: [...options, ...finer, ...(kept.model === samples.model ? tags : [])] };
}

/** H.264 and HEVC take whole chroma samples only. */
function hasWholeChroma({ chromaShift }: SampleFormat, { width, height }: Size): boolean {
  return width % (1 << chromaShift.x) === 0 && height % (1 << chromaShift.y) === 0;
}

/** What players read: YUV of 8, 10 or 12 bits. RGB and grey become the plain form. */
function usualSamples(samples: SampleFormat): SampleFormat {
  if (x265.test(samples.name) && samples.model === 'yuv') return samples;
  return sampleFormatOf(samples.bitDepth === 8 ? 'yuv420p' : 'yuv420p10le');
}

function hevc({ width, height }: Size, more?: 'lossless=1'): readonly OutputOption[] {
  const params = [
    'log-level=error',
    // x265 3.5 writes past its own memory where a picture is smaller than its usual blocks of 64
    ...(Math.min(width, height) < 64 ? ['ctu=16'] : []),
    ...(more ? [more] : []),
  ];
  return [
    ['c:v', 'libx265'],
    ['preset', 'medium'],
    ['x265-params', text(params.join(':'))],
    ['tag:v', 'hvc1'],
  ];
}

/** What the source says of its colours, as options of an output; what it leaves open stays open. */
export function colourTags({ matrix, primaries, transfer, range }: SourceColour): readonly OutputOption[] {
  return [
    ['color_range', range === 'pc' ? 'pc' : 'tv'],
    ...(matrix === '' ? [] : [['colorspace', matrix === 'gbr' ? 'rgb' : matrix] as const]),
    ...(primaries === '' ? [] : [['color_primaries', primaries] as const]),
    ...(transfer === '' ? [] : [['color_trc', transfer] as const]),
  ];
}

/** Sound that a film's container takes as it is. */
export function copiesSound(ending: FilmEnding, codec: string): boolean {
  return ending === '.mkv' || ['aac', 'mp3', 'ac3', 'eac3', 'alac', 'flac', 'opus'].includes(codec);
}
