/** Finds things of COCO's 80 kinds with NanoDet (RangiLyu, Apache-2.0): the graph `things` of families/pack.ts. */
import type { GraphSession, Tensor } from '../../pipeline.ts';
import { areaOf, overlapOf, resizedPart, type Picture, type Rect } from './raster.ts';

/** What NanoDet knows, in the order of its scores. */
export const thingNames = [
  ...['person', 'bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat', 'traffic light'],
  ...['fire hydrant', 'stop sign', 'parking meter', 'bench', 'bird', 'cat', 'dog', 'horse', 'sheep', 'cow'],
  ...['elephant', 'bear', 'zebra', 'giraffe', 'backpack', 'umbrella', 'handbag', 'tie', 'suitcase', 'frisbee'],
  ...['skis', 'snowboard', 'sports ball', 'kite', 'baseball bat', 'baseball glove', 'skateboard', 'surfboard'],
  ...['tennis racket', 'bottle', 'wine glass', 'cup', 'fork', 'knife', 'spoon', 'bowl', 'banana', 'apple'],
  ...['sandwich', 'orange', 'broccoli', 'carrot', 'hot dog', 'pizza', 'donut', 'cake', 'chair', 'couch'],
  ...['potted plant', 'bed', 'dining table', 'toilet', 'tv', 'laptop', 'mouse', 'remote', 'keyboard', 'cell phone'],
  ...['microwave', 'oven', 'toaster', 'sink', 'refrigerator', 'book', 'clock', 'vase', 'scissors', 'teddy bear'],
  ...['hair drier', 'toothbrush'],
] as const;
/** A kind of thing. */
export type ThingName = (typeof thingNames)[number];

/** One thing that was found, with its box in px of the picture. */
export interface Thing {
  readonly name: ThingName;
  /** 0..1 */
  readonly score: number;
  readonly box: Rect;
}

const sidePx = 416;
const meanBgr = [103.53, 116.28, 123.675];
const deviationBgr = [57.375, 57.12, 58.395];
const leastScore = 0.35;
const distanceSteps = 11;
const levels = [
  ['scores8', 'boxes8'],
  ['scores16', 'boxes16'],
  ['scores32', 'boxes32'],
] as const;

/** Things in a picture, the surest first; boxes of one kind that overlap count once. */
export async function findThings(session: GraphSession, picture: Picture): Promise<Thing[]> {
  const scale = sidePx / Math.max(picture.width, picture.height);
  const feeds = { [session.inputNames[0]!]: inputOf(picture, scale) };
  const out = await session.run(feeds);
  const found = levels.flatMap(([scores, distances]) => thingsOf(floats(out[scores]), floats(out[distances]), scale));
  const kept: Thing[] = [];
  for (const thing of found.toSorted((a, b) => b.score - a.score))
    if (kept.every((other) => other.name !== thing.name || overlapOf(other.box, thing.box) < 0.5)) kept.push(thing);
  return kept.filter(({ box }) => areaOf(box) > 0);
}

function inputOf(picture: Picture, scale: number): Tensor {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const whole = { left: 0, top: 0, right: picture.width, bottom: picture.height };
  const small = resizedPart(picture, whole, width, height);
  const data = new Float32Array(3 * sidePx * sidePx);
  for (let channel = 0; channel < 3; channel++) {
    const [mean, deviation] = [meanBgr[channel]!, deviationBgr[channel]!];
    const plane = data.subarray(channel * sidePx * sidePx, (channel + 1) * sidePx * sidePx).fill(-mean / deviation);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        plane[y * sidePx + x] = (small[(y * width + x) * 3 + 2 - channel]! - mean) / deviation;
  }
  return { type: 'float32', data, dims: [1, 3, sidePx, sidePx] };
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.type !== 'float32') throw new Error('the detector gave no scores or no boxes');
  return tensor.data;
}

function thingsOf(scores: Float32Array, distances: Float32Array, scale: number): Thing[] {
  const count = scores.length / thingNames.length;
  const across = Math.round(Math.sqrt(count));
  const stride = sidePx / across;
  const found: Thing[] = [];
  for (let cell = 0; cell < count; cell++) {
    let best = 0;
    for (let kind = 1; kind < thingNames.length; kind++)
      if (scores[cell * thingNames.length + kind]! > scores[cell * thingNames.length + best]!) best = kind;
    const score = scores[cell * thingNames.length + best]!;
    if (score <= leastScore) continue;
    const [x, y] = [((cell % across) + 0.5) * stride, (Math.floor(cell / across) + 0.5) * stride];
    const side = (index: number): number => expectation(distances, (cell * 4 + index) * distanceSteps) * stride;
    const box = {
      left: (x - side(0)) / scale,
      top: (y - side(1)) / scale,
      right: (x + side(2)) / scale,
      bottom: (y + side(3)) / scale,
    };
    found.push({ name: thingNames[best]!, score, box });
  }
  return found;
}

/** Mean of a distribution given as logits. */
function expectation(logits: Float32Array, from: number): number {
  let most = -Infinity;
  for (let i = 0; i < distanceSteps; i++) most = Math.max(most, logits[from + i]!);
  let [sum, mean] = [0, 0];
  for (let i = 0; i < distanceSteps; i++) {
    const weight = Math.exp(logits[from + i]! - most);
    sum += weight;
    mean += weight * i;
  }
  return mean / sum;
}
