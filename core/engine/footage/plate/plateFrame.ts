/** A frame as removal works on it. */
import type { Hole } from './hole.ts';
import type { Samples } from './planes.ts';

/** A decoded frame and its hole. */
export interface PlateFrame {
  readonly index: number;
  readonly planes: readonly Samples[];
  readonly hole: Hole;
}
