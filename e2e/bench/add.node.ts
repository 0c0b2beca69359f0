/**
 * How far what is put into footage drifts from what it is anchored to, beside template matching and a fixed overlay.
 * The footage is synthetic camera moves over photographs. Prints a line of JSON a case. Arguments: a folder of
 * photographs, how many of them.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Anchor } from '../../core/actions/inpaint/placement.ts';
import type { AddRun } from '../../core/engine/footage/add/addRun.ts';
import { movedQuad, type Point, type Quad } from '../../core/engine/footage/add/quad.ts';
import { SmallFrames } from '../../core/engine/footage/add/smallFrames.node.ts';
import { trackAnchor } from '../../core/engine/footage/add/trackAnchor.node.ts';
import { loadOpenCv, withMats, type Cv } from '../../core/engine/footage/opencv/openCv.node.ts';
import { movedX, movedY } from '../../core/engine/footage/plate/homography.ts';
import { drawFrame, frameCount, frameSize, moves, openPhoto, truthAt, type Move } from './add/cameraMoves.node.ts';

const [photos = '', count = '3'] = process.argv.slice(2);
const followed = ['point', 'surface', 'scene'] as const satisfies readonly Anchor[];
const { cv } = await loadOpenCv();
const folder = await mkdtemp(join(tmpdir(), 'add-bench-'));
try {
  const names = (await readdir(photos)).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort();
  for (const name of names.slice(0, Number(count))) {
    const photo = await openPhoto(join(photos, name));
    for (const move of moves) {
      const frames = new SmallFrames(join(folder, 'small.grey'), frameSize);
      for (let frame = 0; frame < frameCount; frame++) frames.put(frame, drawFrame(cv, photo, move, frame));
      const point = steepestCorner(cv, frames.at(0));
      for (const anchor of followed)
        process.stdout.write(`${JSON.stringify(await drift(name, move, anchor, frames, point))}\n`);
      process.stdout.write(`${JSON.stringify(rivals(name, move, frames, point))}\n`);
      frames.close();
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A corner in the middle of the frame: what somebody would take to follow. */
function steepestCorner(cv: Cv, grey: Uint8Array): Point {
  return withMats((keep) => {
    const { width, height } = frameSize;
    const image = keep(new cv.Mat(height, width, cv.CV_8UC1));
    image.data.set(grey);
    const allowed = keep(cv.Mat.zeros(height, width, cv.CV_8UC1));
    for (let y = 240; y < 480; y++) allowed.data.fill(255, y * width + 480, y * width + 800);
    const corners = keep(new cv.Mat());
    cv.goodFeaturesToTrack(image, corners, 1, 0.01, 5, allowed, 5);
    return corners.rows > 0 ? { x: corners.data32F[0]!, y: corners.data32F[1]! } : { x: 640, y: 360 };
  });
}

async function drift(photo: string, move: Move, anchor: Anchor, frames: SmallFrames, point: Point) {
  const quad: Quad = [
    { x: point.x - 90, y: point.y - 160 },
    { x: point.x + 90, y: point.y - 160 },
    { x: point.x + 90, y: point.y },
    { x: point.x - 90, y: point.y },
  ];
  const run = { frameCount, picture: frameSize, quad, atFrame: 0, anchor, point, rate: { num: 25, den: 1 } };
  const startedMs = performance.now();
  const track = await trackAnchor(run as unknown as AddRun, {
    ...{ cv, frames, rate: { num: 25, den: 1 }, occluder: null, thing: null, progress: () => undefined },
  });
  let [squares, worst, seen] = [0, 0, 0];
  for (const [frame, made] of track.quads.entries()) {
    if (!made || frame === 0) continue;
    const truth = truthAt(move, frame);
    const wanted = movedQuad(quad, truth);
    const foot = { x: movedX(truth, point.x, point.y), y: movedY(truth, point.x, point.y) };
    const offs =
      anchor !== 'surface'
        ? [Math.hypot((made[2].x + made[3].x) / 2 - foot.x, (made[2].y + made[3].y) / 2 - foot.y)]
        : made.map(({ x, y }, i) => Math.hypot(x - wanted[i]!.x, y - wanted[i]!.y));
    for (const off of offs) {
      squares += (off * off) / offs.length;
      worst = Math.max(worst, off);
    }
    seen++;
  }
  const msPerFrame = (performance.now() - startedMs) / frameCount;
  return {
    photo,
    move,
    anchor,
    rms: Math.sqrt(squares / Math.max(1, seen)),
    worst,
    shown: seen / (frameCount - 1),
    msPerFrame,
  };
}

/** The patch around the point found again in each frame by normalised correlation; and not moved at all. */
function rivals(photo: string, move: Move, frames: SmallFrames, point: Point) {
  const { width, height } = frameSize;
  const [half, reach] = [24, 60];
  let [template, fixed] = [0, 0];
  let last = { x: Math.round(point.x), y: Math.round(point.y) };
  const [ox, oy] = [last.x - point.x, last.y - point.y];
  const first = frames.at(0);
  const origin = last;
  for (let frame = 1; frame < frameCount; frame++) {
    const truth = truthAt(move, frame);
    const wanted = { x: movedX(truth, point.x, point.y), y: movedY(truth, point.x, point.y) };
    last = withMats((keep) => {
      const [a, b] = [first, frames.at(frame)].map((data) => {
        const mat = keep(new cv.Mat(height, width, cv.CV_8UC1));
        mat.data.set(data);
        return mat;
      });
      const patch = keep(a!.roi(new cv.Rect(origin.x - half, origin.y - half, 2 * half + 1, 2 * half + 1)));
      const x = Math.max(0, Math.min(width - 2 * (half + reach) - 1, last.x - half - reach));
      const y = Math.max(0, Math.min(height - 2 * (half + reach) - 1, last.y - half - reach));
      const area = keep(b!.roi(new cv.Rect(x, y, 2 * (half + reach) + 1, 2 * (half + reach) + 1)));
      const found = keep(new cv.Mat());
      cv.matchTemplate(area, patch, found, cv.TM_CCOEFF_NORMED);
      const { maxLoc } = (cv as unknown as { minMaxLoc(mat: unknown): { maxLoc: Point } }).minMaxLoc(found);
      return { x: x + maxLoc.x + half, y: y + maxLoc.y + half };
    });
    template += (last.x - ox - wanted.x) ** 2 + (last.y - oy - wanted.y) ** 2;
    fixed += (point.x - wanted.x) ** 2 + (point.y - wanted.y) ** 2;
  }
  const rms = (sum: number): number => Math.sqrt(sum / (frameCount - 1));
  return { photo, move, template: rms(template), fixed: rms(fixed) };
}
