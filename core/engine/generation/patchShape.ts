/** A patch without its frames: made colours over a part of a source, in the source's own samples. */
import type { SampleFormat } from '../../ffmpeg/sampleFormat.ts';
import type { SourceColour } from '../../ffmpeg/sourceColour.ts';
import type { Box, Size } from '../../render/place.ts';
import type { Rate } from '../../time/ticks.ts';

/** Where a patch lies, and what its source is like. */
export interface PatchShape {
  readonly box: Box;
  readonly picture: Size;
  /** Raw frames of `opacityFrame` (opacity.ts): one for all time, or one a frame. For a still: one of 8-bit grey. */
  readonly opacityPath: string;
}

/** What a patch's frames are written in, and how many there are. */
export interface PatchTarget {
  readonly colour: SourceColour;
  readonly samples: SampleFormat;
  readonly rate: Rate;
  readonly frameCount: number;
}
