/** Converts frames between bytes and the graphs' floats. */
import type { Frames, MaskFrames, Tensor } from '../pipeline.ts';

/** Byte value of unknown pixels: mid-grey, 0 in the graphs' range -1..1. */
export const unknownGrey = 127.5;

/**
 * `count` frames from `first` as channels-first floats, oldest first: f32[1, 3 count, H, W], -1..1; past the end the
 * last frame repeats. `keep` selects the pixels that the graph may see; the others are grey.
 */
export function framesToTensor(
  frames: Frames,
  first: number,
  count: number,
  keep?: (frame: number, pixel: number) => boolean,
): Tensor {
  const { width, height } = frames;
  const area = width * height;
  const data = new Float32Array(count * 3 * area);
  for (let f = 0; f < count; f += 1) {
    const frame = Math.min(first + f, frames.frameCount - 1);
    const source = frame * area * 3;
    for (let p = 0; p < area; p += 1) {
      if (keep && !keep(frame, p)) continue;
      for (let c = 0; c < 3; c += 1) data[(f * 3 + c) * area + p] = frames.data[source + p * 3 + c]! / 127.5 - 1;
    }
  }
  return { type: 'float32', data, dims: [1, count * 3, height, width] };
}

/** Writes f32[1, 3 count, H, W] (-1..1) into `target` from frame `first`; frames past its end are dropped. */
export function tensorToFrames(tensor: Tensor, count: number, target: Frames, first: number): void {
  const area = target.width * target.height;
  const data = tensor.data as Float32Array;
  for (let f = 0; f < count && first + f < target.frameCount; f += 1) {
    const base = (first + f) * area * 3;
    for (let c = 0; c < 3; c += 1) {
      const plane = (f * 3 + c) * area;
      for (let p = 0; p < area; p += 1) {
        const value = (data[plane + p]! + 1) * 127.5;
        target.data[base + p * 3 + c] = value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
      }
    }
  }
}

/** Black frames. */
export function emptyFrames(frameCount: number, width: number, height: number): Frames {
  return { data: new Uint8Array(frameCount * width * height * 3), frameCount, width, height };
}

/** Frames `start` to `start + count`; past the end the last frame is repeated. */
export function sliceFrames(frames: Frames, start: number, count: number): Frames {
  return { ...sliceBytes(frames, start, count, 3), width: frames.width, height: frames.height };
}

/** The same for a mask. */
export function sliceMask(mask: MaskFrames, start: number, count: number): MaskFrames {
  return { ...sliceBytes(mask, start, count, 1), width: mask.width, height: mask.height };
}

/** For each frame of a mask, whether it is wholly known (below 128), wholly new, or both. */
export function frameKinds({ data, frameCount, width, height }: MaskFrames): ('known' | 'new' | 'both')[] {
  const area = width * height;
  return Array.from({ length: frameCount }, (_, f) => {
    const layer = data.subarray(f * area, (f + 1) * area);
    const isNew = layer[0]! >= 128;
    return layer.some((value) => value >= 128 !== isNew) ? 'both' : isNew ? 'new' : 'known';
  });
}

function sliceBytes(
  from: Frames | MaskFrames,
  start: number,
  count: number,
  channels: number,
): { data: Uint8Array; frameCount: number } {
  const size = from.width * from.height * channels;
  const data = new Uint8Array(count * size);
  for (let f = 0; f < count; f += 1) {
    const source = Math.min(start + f, from.frameCount - 1) * size;
    data.set(from.data.subarray(source, source + size), f * size);
  }
  return { data, frameCount: count };
}

/** Letterboxes a picture on white to the given size, bilinear, with its aspect ratio kept; one frame. */
export function letterboxOnWhite(picture: Frames, width: number, height: number): Frames {
  const scale = Math.min(width / picture.width, height / picture.height);
  const w = Math.max(1, Math.round(picture.width * scale));
  const h = Math.max(1, Math.round(picture.height * scale));
  const left = Math.floor((width - w) / 2);
  const top = Math.floor((height - h) / 2);
  const out = emptyFrames(1, width, height);
  out.data.fill(255);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      for (let c = 0; c < 3; c += 1) {
        out.data[((top + y) * width + left + x) * 3 + c] = averageOver(
          picture,
          x / scale,
          y / scale,
          Math.max(1, 1 / scale),
          c,
        );
      }
    }
  }
  return out;
}

/** Box mean of the picture over a square of `reach` source pixels, so that large photographs do not alias. */
function averageOver(picture: Frames, x0: number, y0: number, reach: number, channel: number): number {
  const xFrom = Math.min(picture.width - 1, Math.floor(x0));
  const yFrom = Math.min(picture.height - 1, Math.floor(y0));
  const xTo = Math.min(picture.width, Math.max(xFrom + 1, Math.floor(x0 + reach)));
  const yTo = Math.min(picture.height, Math.max(yFrom + 1, Math.floor(y0 + reach)));
  let sum = 0;
  for (let y = yFrom; y < yTo; y += 1)
    for (let x = xFrom; x < xTo; x += 1) sum += picture.data[(y * picture.width + x) * 3 + channel]!;
  return Math.round(sum / ((xTo - xFrom) * (yTo - yFrom)));
}
