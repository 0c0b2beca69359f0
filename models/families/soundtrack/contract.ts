/** The soundtrack family's request: picture features and text in, three stems out. */
import type { Frames, Sound } from '../pipeline.ts';

export type StemKind = 'ambience' | 'foley' | 'music';

export interface SoundtrackRequest {
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly seed: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly stems: readonly StemKind[];
  /** The picture, small (64x36 or so) at `fps`; null = from text alone. */
  readonly picture: { readonly frames: Frames; readonly fps: number } | null;
  /** Moments, in seconds from the start, that foley and music must hit. */
  readonly hitSeconds: readonly number[];
  readonly tempoBpm?: number;
}

export interface SoundtrackResult {
  /** 48 kHz stereo, exactly round(durationSeconds * 48000) samples each. */
  readonly stems: Readonly<Partial<Record<StemKind, Sound>>>;
  readonly rewrittenPrompt: string;
  readonly unknownWords: readonly string[];
}
