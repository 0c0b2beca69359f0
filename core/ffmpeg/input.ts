/** A file that ffmpeg reads. */
export interface FfmpegInput {
  readonly path: string;
  /** Options before `-i`, one word each: ['-ss', '1.5']. */
  readonly options?: readonly string[];
}
