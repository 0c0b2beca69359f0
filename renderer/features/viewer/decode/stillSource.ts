import type { DrawnFrame, PictureSource } from './pictureSource.ts';

/** A photograph: the same frame at every time. */
export class StillSource implements PictureSource {
  opening = true;
  private readonly loading: Promise<DrawnFrame | null>;
  private frame: DrawnFrame | null = null;
  private bitmap: ImageBitmap | null = null;
  private disposed = false;

  constructor(url: string) {
    this.loading = this.load(url).finally(() => {
      this.opening = false;
    });
  }

  private async load(url: string): Promise<DrawnFrame | null> {
    const response = await fetch(url);
    if (!response.ok) return null;
    const bitmap = await createImageBitmap(await response.blob(), { imageOrientation: 'from-image' });
    if (this.disposed) {
      bitmap.close();
      return null;
    }
    this.bitmap = bitmap;
    this.frame = {
      timestamp: -1,
      width: bitmap.width,
      height: bitmap.height,
      draw: (context, part, x, y, width, height) => {
        context.drawImage(
          bitmap,
          part.left * bitmap.width,
          part.top * bitmap.height,
          part.width * bitmap.width,
          part.height * bitmap.height,
          x,
          y,
          width,
          height,
        );
      },
    };
    return this.frame;
  }

  frameAt(): Promise<DrawnFrame | null> {
    return this.loading;
  }

  peek(): DrawnFrame | null {
    return this.frame;
  }

  warm(): void {}

  dispose(): void {
    this.disposed = true;
    this.bitmap?.close();
  }
}
