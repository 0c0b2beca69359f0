/** What ffmpeg may read: local files only, and only formats that hold their own data. */
import type { FfmpegOption } from './option.ts';

// prettier-ignore
/**
 * Formats that media of unknown kind may turn out to be. Playlists and descriptions of other files (hls, dash, concat,
 * sdp, imf, image2 with its name patterns), devices, scripts, subtitles and text are not among them: ffmpeg refuses a
 * file that it recognises as one of those before reading further.
 */
export const mediaFormats = [
  // containers of pictures and sound
  'asf', 'avi', 'dv', 'flv', 'gxf', 'ivf', 'matroska', 'mov', 'mpeg', 'mpegts', 'mxf', 'nut', 'ogg', 'rm', 'wtv',
  // bare pictures
  'apng', 'av1', 'gif', 'h264', 'hevc', 'jpegxl_anim', 'm4v', 'mjpeg', 'mpegvideo', 'obu', 'vc1', 'yuv4mpegpipe',
  // stills
  'bmp_pipe', 'cri_pipe', 'dds_pipe', 'dpx_pipe', 'exr_pipe', 'gem_pipe', 'hdr_pipe', 'j2k_pipe', 'jpeg_pipe',
  'jpegls_pipe', 'jpegxl_pipe', 'pam_pipe', 'pbm_pipe', 'pcx_pipe', 'pfm_pipe', 'pgm_pipe', 'pgmyuv_pipe', 'pgx_pipe',
  'phm_pipe', 'photocd_pipe', 'pictor_pipe', 'png_pipe', 'ppm_pipe', 'psd_pipe', 'qdraw_pipe', 'qoi_pipe', 'sgi_pipe',
  'sunrast_pipe', 'tiff_pipe', 'vbn_pipe', 'wbmp_pipe', 'webp_pipe', 'xbm_pipe', 'xpm_pipe', 'xwd_pipe',
  // bare sound
  'aac', 'ac3', 'aiff', 'amr', 'ape', 'au', 'caf', 'dts', 'dtshd', 'eac3', 'flac', 'loas', 'mlp', 'mp3', 'mpc', 'mpc8',
  'oma', 'tak', 'truehd', 'tta', 'voc', 'w64', 'wav', 'wv',
] as const;

/**
 * Formats of files that this program wrote itself, and one picture of a known codec ('image2pipe', which knows no name
 * patterns).
 */
type OwnFormat = 'concat' | 'f32le' | 'ffmetadata' | 'image2pipe' | 'rawvideo' | 's16le';
/** Formats that an input may be opened as. */
export type InputFormat = (typeof mediaFormats)[number] | OwnFormat;

/** Options before `-i`. */
export type InputOptionName =
  | 'ac'
  | 'ar'
  | 'c:v'
  | 'err_detect'
  | 'fflags'
  | 'framerate'
  | 'noaccurate_seek'
  | 'noautorotate'
  | 'pixel_format'
  | 'reinit_filter'
  | 'skip_frame'
  | 'ss'
  | 't'
  | 'threads'
  | 'video_size'
  | 'vn';

/** A local file that ffmpeg reads, or the bytes that the run gets as its stdin. */
export interface FfmpegInput {
  readonly path: string;
  /** The bytes come through `stdin` of the run; `path` names them in messages only. Needs a `format`. */
  readonly fromStdin?: true;
  /** Left out for media of unknown kind: it is then one of `mediaFormats`, or refused. */
  readonly format?: InputFormat;
  readonly options?: readonly FfmpegOption<InputOptionName>[];
  /** How the file's time is counted; left out for files whose time begins with all of their streams. */
  readonly clock?: FileClock;
}

/** Where time 0 of a file lies, on the clock that ffmpeg has for it. */
export interface FileClock {
  /** Time 0, s after the start that ffmpeg counts from. */
  readonly originSeconds: number;
  /**
   * Where the one stream that is read begins, s after the same start; given where ffmpeg would else count its time from
   * itself.
   */
  readonly aloneAtSeconds?: number;
}

/** No frame is larger: what a still may have (16,384 on a side). A header that promises more is refused. */
const mostPixels = 16384 * 16384;

/** The words that guard and open an input, for ffmpeg and ffprobe alike; `-i` and the path come last. */
export function guardedInput(
  input: Pick<FfmpegInput, 'path' | 'format' | 'fromStdin'>,
  options: readonly string[] = [],
): string[] {
  const allowed =
    input.format === 'concat' ? ['concat', 'mov', 'matroska'] : input.format ? [input.format] : mediaFormats;
  return [
    '-protocol_whitelist',
    input.fromStdin ? 'pipe' : 'file',
    '-format_whitelist',
    allowed.join(','),
    '-max_pixels',
    String(mostPixels),
    ...(input.format === undefined ? [] : ['-f', input.format]),
    ...options,
    '-i',
    input.fromStdin ? 'pipe:0' : fileAddress(input.path),
  ];
}

/** A path as ffmpeg's file protocol takes it, whatever its name begins with or holds. */
export function fileAddress(path: string): string {
  if (path === '' || path.includes('\0')) throw new TypeError('A path must not be empty or contain NUL characters.');
  return `file:${path}`;
}
