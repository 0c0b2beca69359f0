/**
 * Footage whose camera move is known: a photograph seen by a camera that pans, comes nearer, turns and tilts, with
 * grain, motion blur, a change of exposure and something that passes before it.
 */
import sharp from 'sharp';
import type { Cv } from '../../../core/engine/footage/opencv/openCv.node.ts';
import { withMats } from '../../../core/engine/footage/opencv/openCv.node.ts';
import { compose, inverse, type Homography } from '../../../core/engine/footage/plate/homography.ts';
import { randomFrom } from '../../../core/engine/footage/randomFrom.ts';

/** px */
export const frameSize = { width: 1280, height: 720 } as const;
export const frameCount = 60;
export const moves = ['pan', 'zoom', 'turn', 'tilt', 'handheld'] as const;
export type Move = (typeof moves)[number];

const [grain, exposureSwing, blurMoments] = [4, 0.3, 3] as const;

/** A photograph in grey, brought to a size that leaves room around the frame. */
export async function openPhoto(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(path)
    .autoOrient()
    .resize(2000, 1300, { fit: 'cover' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** From the photograph to the frame at a time 0..1. */
export function cameraAt(move: Move, t: number): Homography {
  const middle = Float64Array.of(1, 0, 640, 0, 1, 360, 0, 0, 1);
  const ofPhoto = Float64Array.of(1, 0, -1000, 0, 1, -650, 0, 0, 1);
  const eased = (1 - Math.cos(Math.PI * t)) / 2;
  const turned = (radians: number, scale: number, x: number, y: number): Homography =>
    Float64Array.of(
      ...[scale * Math.cos(radians), -scale * Math.sin(radians), x],
      ...[scale * Math.sin(radians), scale * Math.cos(radians), y, 0, 0, 1],
    );
  const view: Readonly<Record<Move, () => Homography>> = {
    pan: () => turned(0, 1, 220 - 440 * eased, 40 * Math.sin(5 * t)),
    zoom: () => turned(0, 0.85 + 0.6 * eased, 30 * t, -20 * t),
    turn: () => turned(0.35 * eased - 0.1, 1.05, 60 * t, 0),
    tilt: () => Float64Array.of(1, 0, 40 * t, 0.06 * eased, 1, 0, 3e-4 * eased, 1.2e-4 * eased, 1),
    handheld: () =>
      turned(
        0.02 * Math.sin(7 * t) + 0.01 * Math.sin(23 * t),
        1 + 0.08 * Math.sin(3 * t),
        60 * Math.sin(9 * t) + 8 * Math.sin(41 * t),
        40 * Math.sin(6 * t + 1) + 6 * Math.sin(37 * t),
      ),
  };
  return compose(middle, compose(view[move](), ofPhoto));
}

/** The move between frame 0 and a frame. */
export function truthAt(move: Move, frame: number): Homography {
  return compose(cameraAt(move, frame / (frameCount - 1)), inverse(cameraAt(move, 0)));
}

/** Draws a frame. */
export function drawFrame(
  cv: Cv,
  photo: { data: Uint8Array; width: number; height: number },
  move: Move,
  frame: number,
) {
  const { width, height } = frameSize;
  const sum = new Float32Array(width * height);
  withMats((keep) => {
    const image = keep(new cv.Mat(photo.height, photo.width, cv.CV_8UC1));
    image.data.set(photo.data);
    for (let moment = 0; moment < blurMoments; moment++) {
      const t = (frame + ((moment - 1) / blurMoments) * 0.5) / (frameCount - 1);
      const matrix = keep(cv.matFromArray(3, 3, cv.CV_64F, [...cameraAt(move, t)]));
      const seen = keep(new cv.Mat());
      cv.warpPerspective(image, seen, matrix, new cv.Size(width, height), cv.INTER_CUBIC, cv.BORDER_REFLECT);
      const data = seen.data;
      for (let i = 0; i < sum.length; i++) sum[i]! += data[i]! / blurMoments;
    }
  });
  const random = randomFrom(frame + 1);
  const exposure = 1 + exposureSwing * Math.sin((2 * Math.PI * frame) / frameCount);
  const passer = { x: -150 + frame * 26, y: 130, width: 130, height: 420 };
  const made = new Uint8Array(sum.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const isBefore = x >= passer.x && x < passer.x + passer.width && y >= passer.y && y < passer.y + passer.height;
      const value = isBefore ? 90 + 60 * (((x - passer.x) >> 4) & 1) + 25 * ((y >> 5) & 1) : sum[at]!;
      made[at] = Math.max(0, Math.min(255, value * exposure + grain * 1.7 * (random() + random() - 1) * 1.73));
    }
  }
  return made;
}
