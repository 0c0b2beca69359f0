/** Whether a shot may be played back and forth: nobody must move in it, and nothing may have a way that it goes. */
import { findThings } from '../../../../models/families/footage/select/nanodet.ts';
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import type { FlowFinder } from '../interpolate/findFlow.ts';
import type { SourceFrame, WorkSizes } from '../interpolate/sourceFrames.ts';
import { reachOf } from './globalMotion.ts';
import type { JoinRefusal } from './joinRun.ts';
import type { Shot } from './shot.ts';
import { motionOf } from './between.ts';

/** Pairs of frames that are looked at. */
const mostPairs = 10;
/** Slower than this share of the picture's width in a frame does not count. */
const leastStep = 0.0008;
/**
 * Where things go and come back, their steps cancel out; where they have a way, the sum of the steps is as long as all
 * of them together.
 */
const mostOneWay = 0.6;
/** Share of the picture that may have a way: a bird in the distance. */
const mostMovingShare = 0.002;
const leastPersonScore = 0.4;

/** What is known of a shot's motion. */
export interface Reversible {
  readonly refusal: Extract<JoinRefusal, 'people' | 'oneWay'> | null;
  /** Share of the picture in which things have a way that they go. */
  readonly oneWayShare: number;
}

/** Looks at up to ten pairs of the last `range` frames. `things`: the graph that finds people; null = none. */
export async function reversible(
  shot: Shot,
  range: number,
  flow: FlowFinder,
  sizes: WorkSizes,
  things: GraphSession | null,
): Promise<Reversible> {
  const count = Math.min(mostPairs, range);
  const places = Array.from({ length: count }, (_, i) => -Math.floor((i * range) / count) - 1);
  let path: { length: Float32Array; x: Float32Array; y: Float32Array; across: number } | null = null;
  const { width, height } = shot.shape.size;
  for (const at of places) {
    const grid = await flow.find(shot.prepared(at), shot.prepared(at + 1), 0.5);
    const { x, y } = motionOf(grid);
    const least = leastStep * grid.picture.width;
    path ??= {
      length: new Float32Array(x.length),
      x: new Float32Array(x.length),
      y: new Float32Array(x.length),
      across: grid.across,
    };
    for (let i = 0; i < x.length; i++) {
      const step = Math.hypot(x[i]!, y[i]!);
      if (step < least) continue;
      path.length[i]! += step;
      path.x[i]! += x[i]!;
      path.y[i]! += y[i]!;
    }
  }
  if (!path) return { refusal: null, oneWayShare: 0 };
  const people = things ? await peopleIn(shot.prepared(0), sizes, things) : [];
  const down = path.length.length / path.across;
  let [oneWay, withPeople] = [0, 0];
  for (let i = 0; i < path.length.length; i++) {
    // seen once, a step says nothing of where it leads
    if (path.length[i]! < 2 * leastStep * width * 0.5) continue;
    const [x, y] = [((i % path.across) + 0.5) / path.across, (Math.floor(i / path.across) + 0.5) / down];
    if (people.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom)) withPeople += 1;
    if (Math.hypot(path.x[i]!, path.y[i]!) > mostOneWay * path.length[i]!) oneWay += 1;
  }
  const oneWayShare = oneWay / path.length.length;
  const pans = reachOf(shot.speed(), width, height) > 0.002 * width;
  if (withPeople / path.length.length > mostMovingShare) return { refusal: 'people', oneWayShare };
  return { refusal: pans || oneWayShare > mostMovingShare ? 'oneWay' : null, oneWayShare };
}

/** Boxes of people, 0..1. */
export async function peopleIn({ rgb }: SourceFrame, { network, padded }: WorkSizes, things: GraphSession) {
  const { width, height } = network;
  const data = new Uint8Array(width * height * 3);
  const plane = padded.width * padded.height;
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++, to++)
        data[to] = rgb[channel * plane + y * padded.width + x]! * 255 + 0.5;
  const found = await findThings(things, { data, width, height });
  return found
    .filter(({ name, score }) => name === 'person' && score >= leastPersonScore)
    .map(({ box }) => ({
      left: box.left / width,
      right: box.right / width,
      top: box.top / height,
      bottom: box.bottom / height,
    }));
}
