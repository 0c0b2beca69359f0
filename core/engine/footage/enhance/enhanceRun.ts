/** What cleaning and enlarging pictures needs in the inference child, and what it answers. */
import type { OutputFormat, OutputOption } from '../../../ffmpeg/option.ts';
import type { Rate } from '../../../time/ticks.ts';
import type { EnhanceRequest } from '../../../actions/enhance/schema.ts';
import type { Stretch } from '../interpolate/readOwnFrames.node.ts';

/** Cleans a stretch of a film or a photograph, then enlarges it. */
export interface EnhanceRun extends Stretch, Pick<EnhanceRequest, 'scale' | 'denoise' | 'deflicker'> {
  readonly deblock: boolean;
  readonly task: 'enhance';
  /** Enlarges; null where the size stays. */
  readonly graph: { readonly pack: { readonly id: string; readonly folder: string }; readonly path: string } | null;
  /** Where pieces of the film are kept so that it can be continued; null = nowhere. */
  readonly piecesFolder: string | null;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly options: readonly OutputOption[];
    readonly rate: Rate;
    /** A PNG instead of a film. */
    readonly still: boolean;
  };
}

/** What was found on the way. */
export interface EnhanceResult {
  readonly task: 'enhance';
  /** How much better than by interpolation a picture came back from its half, dB; null where none was enlarged. */
  readonly gainDb: number | null;
  /** Largest change of exposure that was taken out, as a factor from 1; null where none was asked for. */
  readonly mostFlicker: number | null;
  /** Frames of the film that an earlier attempt had made. */
  readonly kept: number;
  /** How far edges of blocks stood out at most, levels of 8 bits; null where they were not looked for. */
  readonly blockEdges: number | null;
}
