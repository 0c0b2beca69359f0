/** What settling a look needs in the inference child, and what it answers. */
import type { OutputFormat, OutputOption } from '../../../../ffmpeg/option.ts';
import type { Size } from '../../../../render/place.ts';
import type { PatchShape, PatchTarget } from '../../../generation/patchShape.ts';
import type { LooksWanted } from '../lookGraph.node.ts';

/** Draws looks, keeps their strokes where the film's things are, and encodes the film. */
export interface SettleRun {
  readonly task: 'settle';
  readonly wanted: LooksWanted;
  /** As decoded and upright, px. */
  readonly coded: Size;
  /** Under a mask: where the frames lie in the source; null = whole frames. */
  readonly patch: { readonly shape: PatchShape; readonly target: PatchTarget } | null;
  readonly output: {
    readonly path: string;
    readonly format: OutputFormat;
    readonly options: readonly OutputOption[];
  };
}

/** The film is in its file. */
export interface SettleResult {
  readonly task: 'settle';
}
