/**
 * Optical flow between neighbouring frames (Farneback, 2003), for what moves by itself behind the hole. It is computed
 * on small frames when it is first asked for. In the hole nothing is known: there the flow is completed smoothly from
 * its surroundings, as what differs from the camera's motion.
 */
import { withMats, type Cv } from '../opencv/openCv.node.ts';
import { grown } from './hole.ts';
import { movedX, movedY, type Homography } from './homography.ts';
import type { FlowField, FlowSource } from './layers.ts';
import type { FrameLayout } from './planes.ts';
import { pullPush } from './pullPush.ts';
import type { PlateFrame } from './plateFrame.ts';

const longestSide = 448;
const keptFields = 64;
/** Differences from the camera's motion up to this are its own errors, in pixels of the small frame. */
const stillBelow = 0.35;

interface Small {
  readonly grey: Uint8Array;
  readonly hidden: Uint8Array;
}

/** Computes fields and keeps the latest. */
export class FarnebackFlow implements FlowSource {
  private readonly fields = new Map<string, FlowField>();
  private readonly smalls = new Map<number, Small>();
  private readonly cv: Cv;
  private readonly layout: FrameLayout;
  private readonly step: number;
  private readonly width: number;
  private readonly height: number;

  constructor(cv: Cv, layout: FrameLayout) {
    this.cv = cv;
    this.layout = layout;
    this.step = Math.max(1, Math.ceil(Math.max(layout.width, layout.height) / longestSide));
    this.width = Math.floor(layout.width / this.step);
    this.height = Math.floor(layout.height / this.step);
  }

  between(from: PlateFrame, to: PlateFrame, camera: Homography): FlowField {
    const key = `${from.index} ${to.index}`;
    const known = this.fields.get(key);
    if (known) return known;
    const field = this.compute(this.small(from), this.small(to), camera);
    this.fields.set(key, field);
    const [oldest] = this.fields.keys();
    if (this.fields.size > keptFields && oldest !== undefined) this.fields.delete(oldest);
    return field;
  }

  private small(frame: PlateFrame): Small {
    const known = this.smalls.get(frame.index);
    if (known) return known;
    const { step, width, height, layout } = this;
    const grey = new Float32Array(width * height);
    const hidden = new Uint8Array(width * height);
    const plane = frame.planes[0]!;
    const per = step * step * layout.level;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let [sum, covered] = [0, 0];
        for (let v = 0; v < step; v++) {
          const at = (y * step + v) * layout.width + x * step;
          for (let u = 0; u < step; u++) {
            sum += plane[at + u]!;
            covered |= frame.hole.pixels[at + u]!;
          }
        }
        grey[y * width + x] = sum / per;
        hidden[y * width + x] = covered;
      }
    }
    // filled smoothly: the hole's content must not be followed
    const known01 = Float32Array.from(hidden, (value) => 1 - value);
    const small = { grey: Uint8Array.from(pullPush(grey, known01, width, height)), hidden };
    this.smalls.set(frame.index, small);
    const [oldest] = this.smalls.keys();
    if (this.smalls.size > keptFields && oldest !== undefined) this.smalls.delete(oldest);
    return small;
  }

  private compute(from: Small, to: Small, camera: Homography): FlowField {
    const { cv, width, height, step } = this;
    const flow = withMats((keep) => {
      const a = keep(new cv.Mat(height, width, cv.CV_8UC1));
      const b = keep(new cv.Mat(height, width, cv.CV_8UC1));
      const found = keep(new cv.Mat());
      a.data.set(from.grey);
      b.data.set(to.grey);
      cv.calcOpticalFlowFarneback(a, b, found, 0.5, 4, 13, 3, 5, 1.1, 0);
      return Float32Array.from(found.data32F);
    });
    const size = width * height;
    const [restX, restY, known] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
    const [cameraX, cameraY] = [new Float32Array(size), new Float32Array(size)];
    const near = grown(from.hidden, width, height, 3);
    for (let i = 0; i < size; i++) {
      const x = (i % width) * step + (step - 1) / 2;
      const y = Math.floor(i / width) * step + (step - 1) / 2;
      cameraX[i] = movedX(camera, x, y) - x;
      cameraY[i] = movedY(camera, x, y) - y;
      const [dx, dy] = [flow[2 * i]! - cameraX[i]! / step, flow[2 * i + 1]! - cameraY[i]! / step];
      const still = Math.hypot(dx, dy) < stillBelow;
      restX[i] = still ? 0 : dx * step;
      restY[i] = still ? 0 : dy * step;
      known[i] = near[i] === 1 ? 0 : 1;
    }
    const x = pullPush(restX, known, width, height).map((value, i) => value + cameraX[i]!);
    const y = pullPush(restY, known, width, height).map((value, i) => value + cameraY[i]!);
    return { x, y, width, height, step };
  }
}
