/** Masks: which frames they leave known, and the masks that words ask for. */
import type { VideoFamily } from '../../../families/pack.ts';
import type { MaskFrames, PipelineContext } from '../../../families/pipeline.ts';
import type { VideoRequest } from '../../../families/video/contract.ts';
import type { Cast } from '../cast.ts';
import { readScene } from '../reading/readScene.ts';
import { cameras } from './camera.ts';
import { paint } from './paint.ts';
import { placeFigures, type Region } from './placeFigures.ts';
import { placementAt } from './placement.ts';
import { follow, placeInTrack } from './tracks.ts';

/** Room around a figure for its shadow and light, in frame heights. */
const roomAround = 0.07;

/** The last of the known frames at the start of a mask; null if its first frame is new. */
export function lastOfFirstKnown({ width, height, frameCount, data }: MaskFrames): number | null {
  let last = -1;
  while (last + 1 < frameCount && data[(last + 1) * width * height]! < 128) last += 1;
  return last < 0 ? null : last;
}

/**
 * The bounding box of each frame's mask if part of the frame is known, in frame heights; null for frames that are
 * wholly known or wholly new, and for a mask of only such frames.
 */
export function regionsOf(mask: MaskFrames, aspect: number): (Region | null)[] | null {
  const { width, height, frameCount, data } = mask;
  const regions = Array.from({ length: frameCount }, (_, f): Region | null => {
    let [left, top, right, bottom] = [width, height, -1, -1];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (data[(f * height + y) * width + x]! < 128) continue;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = y + 1;
      }
    }
    const whole = left === 0 && top === 0 && right === width && bottom === height;
    return right < 0 || whole
      ? null
      : { left: (left / width) * aspect, top: top / height, right: (right / width) * aspect, bottom: bottom / height };
  });
  return regions.some((region) => region !== null) ? regions : null;
}

/**
 * The mask for an edit without one: 'add a fox' where the plan will put it; 'remove the fox', 'replace the cat with a
 * dog' and 'dress the penguin' where that figure is found. null if the sentence is not such an edit or the figure is
 * not found: then the whole frame changes.
 */
export async function maskOfOrder(
  request: VideoRequest,
  cast: Cast,
  family: VideoFamily,
  context: PipelineContext,
): Promise<MaskFrames | null> {
  const { frameCount } = request;
  if (!request.known || request.mask) return null;
  const said = readScene(request.prompt, cast, { order: request.edit ?? null, about: request.about ?? null });
  const aspect = family.width / family.height;
  if (said.order === 'add' && said.figures.length > 0) {
    const { figures } = placeFigures(said, cast, request.seed, aspect);
    const duration = frameCount / family.fps;
    return maskOfBoxes(frameCount, family, (f) =>
      figures.map(({ placed }) => boxOf(placementAt(placed, f / family.fps, duration, cameras['still']!, aspect))),
    );
  }
  if (!said.target) return null;
  const look = cast.entries[said.target.entry]!.aspect;
  const picture = await paint(said.target, cast, family, context);
  const track = follow(request.known, { picture, side: cast.textureSide, aspect: look }, 0);
  if (!track) return null;
  const { height } = track[0]!;
  return maskOfBoxes(frameCount, family, (f) => {
    const { x, foot } = placeInTrack(track, f);
    const half = (height * look) / 2;
    return [[(x - half) / aspect + 0.5, foot - height, (x + half) / aspect + 0.5, foot]];
  });
}

/** Boxes (left, top, right, bottom, 0..1 of the frame) of each frame, with some room around them. */
function maskOfBoxes(
  frameCount: number,
  { width, height }: VideoFamily,
  boxesAt: (frame: number) => readonly (readonly [number, number, number, number])[],
): MaskFrames {
  const aspect = width / height;
  const data = new Uint8Array(frameCount * width * height);
  for (let f = 0; f < frameCount; f += 1) {
    for (const [left, top, right, bottom] of boxesAt(f)) {
      const x0 = Math.max(0, Math.floor((left - roomAround / aspect) * width));
      const x1 = Math.min(width, Math.ceil((right + roomAround / aspect) * width));
      for (
        let y = Math.max(0, Math.floor((top - roomAround) * height));
        y < Math.min(height, Math.ceil((bottom + roomAround) * height));
        y += 1
      )
        data.fill(255, (f * height + y) * width + x0, (f * height + y) * width + Math.max(x0, x1));
    }
  }
  return { data, frameCount, width, height };
}

/** The box of a placement: left, top, right, bottom, 0..1 of the frame. */
export function boxOf(placement: readonly number[]): readonly [number, number, number, number] {
  const [, a, b, c, d, e, f] = placement as [number, number, number, number, number, number, number];
  const determinant = a * e - b * d;
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(
    ([u, v]) =>
      [
        (((u! - c) * e - (v! - f) * b) / determinant + 1) / 2,
        (((v! - f) * a - (u! - c) * d) / determinant + 1) / 2,
      ] as const,
  );
  const x = corners.map(([value]) => value);
  const y = corners.map(([, value]) => value);
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}
