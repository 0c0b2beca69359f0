/** One opened picture: a video file read through WebCodecs, or a still. Times in seconds of the source's own time. */
export interface DrawnFrame {
  /** Seconds of the frame's start in the source; -1 for a still. */
  readonly timestamp: number;
  /** px, upright. */
  readonly width: number;
  readonly height: number;
  /** Draws a part of the picture (fractions, 0..1) into a rectangle of the context. Rotation tags are applied. */
  draw(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    part: Part,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void;
}

/** What is left of a picture after its crop, as fractions of it. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureSource {
  /** True until the first frame is there, or it is known that none will come. */
  readonly opening: boolean;
  /** The frame that is on at `seconds`, exactly; null when the file has none. */
  frameAt(seconds: number): Promise<DrawnFrame | null>;
  /** During playback: the newest decoded frame not after `seconds`, without waiting; requests the next ones. */
  peek(seconds: number): DrawnFrame | null;
  /** Opens and decodes towards `seconds`, for a source that is not on yet: its next `peek` there has a frame. */
  warm(seconds: number): void;
  dispose(): void;
}
