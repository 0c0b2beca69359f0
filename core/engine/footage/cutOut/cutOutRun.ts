/** Cutting a thing out: what crosses to the inference child and back. */
import type { OutputOption } from '../../../ffmpeg/option.ts';
import type { SourceFile } from '../../generation/resolved.ts';
import type { Stretch } from '../interpolate/readOwnFrames.node.ts';

/** Makes frames with alpha of a stretch and a mask. `samples`: those of the frames made, alpha among them. */
export interface CutOutRun extends Stretch {
  readonly task: 'cutOut';
  /** One raw grey frame of the picture's size for all time, or a film of masks from its start on. */
  readonly mask:
    | { readonly kind: 'still'; readonly path: string }
    | { readonly kind: 'film'; readonly file: SourceFile };
  readonly output: {
    readonly path: string;
    readonly options: readonly OutputOption[];
    /** A PNG instead of a film. */
    readonly still: boolean;
  };
}

/** What the mask covered. */
export interface CutOutResult {
  readonly task: 'cutOut';
  /** Frames in which anything was left. */
  readonly coveredFrames: number;
}
