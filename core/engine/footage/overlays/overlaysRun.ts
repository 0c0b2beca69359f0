/** Finding what is burnt into a film: what crosses to the inference child and back. */

/** Raw grey frames of one size in a file, spread evenly over the film. */
export interface OverlaysRun {
  readonly task: 'overlays';
  readonly path: string;
  readonly frameCount: number;
  readonly width: number;
  readonly height: number;
}

/** `mask`: a raw grey frame, 255 = overlay; null where nothing was found. */
export interface OverlaysResult {
  readonly task: 'overlays';
  readonly mask: string | null;
  /** The picture itself stands still, so that nothing can be told. */
  readonly isStill: boolean;
}
