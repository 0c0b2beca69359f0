/**
 * The subject of a picture or of a part of it: U2-Netp (Qin et al., 2020) and, for people, MediaPipe Selfie (Google),
 * the graphs `select` and `people` of families/pack.ts. Their answers are used as they come, not stretched to 0..1:
 * where nothing stands out, nothing may be found.
 */
import type { GraphSession } from '../../pipeline.ts';
import { resizedPart, resizedPlane, type Picture, type Plane, type Rect } from './raster.ts';

const subjectPx = 320;
const peoplePx = 256;
const mean = [0.485, 0.456, 0.406];
const deviation = [0.229, 0.224, 0.225];

/** Probability of each pixel of a part to belong to its subject; as large as the part, which lies on whole pixels. */
export async function subjectOf(session: GraphSession, picture: Picture, part: Rect): Promise<Plane> {
  const small = resizedPart(picture, part, subjectPx, subjectPx);
  let most = 1;
  for (const value of small) most = Math.max(most, value);
  const pixels = subjectPx * subjectPx;
  const data = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++)
    for (let i = 0; i < pixels; i++)
      data[channel * pixels + i] = (small[i * 3 + channel]! / most - mean[channel]!) / deviation[channel]!;
  const out = await session.run({
    [session.inputNames[0]!]: { type: 'float32', data, dims: [1, 3, subjectPx, subjectPx] },
  });
  return answerOf(out[session.outputNames[0]!], subjectPx, part);
}

/** Probability of each pixel of a part to belong to a person. */
export async function peopleIn(session: GraphSession, picture: Picture, part: Rect): Promise<Plane> {
  const data = resizedPart(picture, part, peoplePx, peoplePx).map((value) => value / 255);
  const out = await session.run({
    [session.inputNames[0]!]: { type: 'float32', data, dims: [1, peoplePx, peoplePx, 3] },
  });
  return answerOf(out[session.outputNames[0]!], peoplePx, part);
}

function answerOf(
  tensor: { readonly type: string; readonly data: unknown } | undefined,
  side: number,
  part: Rect,
): Plane {
  if (!(tensor?.data instanceof Float32Array) || tensor.data.length !== side * side)
    throw new Error(`the graph gave no mask of ${side} x ${side}`);
  return resizedPlane({ data: tensor.data, width: side, height: side }, part.right - part.left, part.bottom - part.top);
}
