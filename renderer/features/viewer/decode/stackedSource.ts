import type { DrawnFrame, PictureSource } from './pictureSource.ts';
import { VideoSource } from './videoSource.ts';

/**
 * A film with alpha, or a patch: the engine's preview of it holds the colours in the upper half and their opacity, as
 * grey, in the lower one (core/engine/media/stackedPicture.ts). Frames come out as pictures with alpha.
 */
export class StackedSource implements PictureSource {
  private readonly video: VideoSource;
  private cut: { readonly timestamp: number; readonly frame: DrawnFrame } | null = null;
  private context: OffscreenCanvasRenderingContext2D | null = null;

  constructor(url: string) {
    this.video = new VideoSource(url);
  }

  get opening(): boolean {
    return this.video.opening;
  }

  async frameAt(seconds: number): Promise<DrawnFrame | null> {
    return this.cutOut(await this.video.frameAt(seconds));
  }

  peek(seconds: number): DrawnFrame | null {
    return this.cutOut(this.video.peek(seconds));
  }

  warm(seconds: number): void {
    this.video.warm(seconds);
  }

  dispose(): void {
    this.video.dispose();
  }

  /** The last frame is kept: a paused or slow picture requests the same frame many times. */
  private cutOut(frame: DrawnFrame | null): DrawnFrame | null {
    if (!frame) return null;
    if (this.cut?.timestamp === frame.timestamp) return this.cut.frame;
    const width = frame.width;
    const height = Math.floor(frame.height / 2);
    const context = this.surface(width, height);
    frame.draw(context, { left: 0, top: 0.5, width: 1, height: 0.5 }, 0, 0, width, height);
    const opacity = context.getImageData(0, 0, width, height).data;
    frame.draw(context, { left: 0, top: 0, width: 1, height: 0.5 }, 0, 0, width, height);
    const picture = context.getImageData(0, 0, width, height);
    takeOpacity(picture.data, opacity);
    context.putImageData(picture, 0, 0);
    const canvas = context.canvas;
    const cut: DrawnFrame = {
      timestamp: frame.timestamp,
      width,
      height,
      draw: (to, part, x, y, w, h) =>
        to.drawImage(
          canvas,
          part.left * width,
          part.top * height,
          part.width * width,
          part.height * height,
          x,
          y,
          w,
          h,
        ),
    };
    this.cut = { timestamp: frame.timestamp, frame: cut };
    return cut;
  }

  private surface(width: number, height: number): OffscreenCanvasRenderingContext2D {
    const known = this.context;
    if (known?.canvas.width === width && known.canvas.height === height) return known;
    this.context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    return this.context;
  }
}

/** Both RGBA, 8 bit: the grey of `opacity` becomes the alpha of `picture`. Coding leaves black a little above zero. */
export function takeOpacity(picture: Uint8ClampedArray, opacity: Uint8ClampedArray): void {
  for (let at = 0; at < picture.length; at += 4) {
    const grey = opacity[at + 1]!;
    picture[at + 3] = grey <= codingNoise ? 0 : grey >= 255 - codingNoise ? 255 : grey;
  }
}

/** Of 255: what an encoder at the preview's quality makes of a flat black or white. */
const codingNoise = 3;
