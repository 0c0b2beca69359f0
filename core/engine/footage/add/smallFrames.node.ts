/** Small grey frames of a stretch, kept on disk: an anchor is followed both ways from where it was placed. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Size } from '../../../render/place.ts';

/** One byte a pixel, frame after frame. */
export class SmallFrames {
  readonly size: Size;
  private readonly bytes: number;
  private readonly file: number;

  constructor(path: string, size: Size) {
    this.size = size;
    this.bytes = size.width * size.height;
    this.file = openSync(path, 'w+');
  }

  put(index: number, grey: Uint8Array): void {
    writeSync(this.file, grey, 0, this.bytes, index * this.bytes);
  }

  at(index: number): Uint8Array {
    const grey = new Uint8Array(this.bytes);
    readSync(this.file, grey, 0, this.bytes, index * this.bytes);
    return grey;
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Frames of a mask of the whole picture's size. */
export class MaskReader {
  private readonly bytes: number;
  private readonly frameCount: number;
  private readonly file: number;
  private kept: { readonly index: number; readonly mask: Uint8Array } | null = null;

  constructor({ path, frameCount }: { readonly path: string; readonly frameCount: number }, { width, height }: Size) {
    this.bytes = width * height;
    this.frameCount = frameCount;
    this.file = openSync(path, 'r');
  }

  /** The mask of a frame; a still one is the same for all. Not to be changed. */
  at(frame: number): Uint8Array {
    const index = Math.min(frame, this.frameCount - 1);
    if (this.kept?.index === index) return this.kept.mask;
    const mask = new Uint8Array(this.bytes);
    readSync(this.file, mask, 0, this.bytes, index * this.bytes);
    this.kept = { index, mask };
    return mask;
  }

  close(): void {
    closeSync(this.file);
  }
}

/** A mask at a smaller size, 255 where any pixel of it is inside. */
export function shrunkMask(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  const small = new Uint8Array(to.width * to.height);
  for (let y = 0; y < from.height; y++) {
    const row = Math.min(to.height - 1, Math.floor((y * to.height) / from.height)) * to.width;
    for (let x = 0; x < from.width; x++)
      if (mask[y * from.width + x]! >= 128)
        small[row + Math.min(to.width - 1, Math.floor((x * to.width) / from.width))] = 255;
  }
  return small;
}
