/** How the camera of a film moves, read from small frames by the plate's own watch (`../plate/camera.node.ts`). */
import type { SeenLook } from '../../../contract/seen.ts';
import type { Cv } from '../opencv/openCv.node.ts';
import { CameraWatch } from '../plate/camera.node.ts';
import { movedX, movedY } from '../plate/homography.ts';
import { cameraMoves, type CameraStep, type CameraStretch } from './cameraMoves.ts';

/** Things that move by themselves, and are left out where the camera is found. */
const movers = new Set([
  'person',
  'bicycle',
  'car',
  'motorcycle',
  'bus',
  'train',
  'truck',
  'bird',
  'cat',
  'dog',
  'horse',
]);
/** Shares of the picture above which boxes hide too much to see the camera by what is left. */
const mostHidden = 0.7;

/** Takes frames in order. */
export class CameraReader {
  private readonly watch: CameraWatch;
  private readonly width: number;
  private readonly height: number;
  private readonly frameWidth: number;
  private readonly seconds: number[] = [];
  private hidden: Uint8Array;

  /** Size of the frames that are taken, px; half of it is looked at. */
  constructor(cv: Cv, frameWidth: number, frameHeight: number) {
    this.frameWidth = frameWidth;
    this.width = Math.max(8, frameWidth >> 1);
    this.height = Math.max(8, frameHeight >> 1);
    this.watch = new CameraWatch(cv, this.width, this.height);
    this.hidden = new Uint8Array(this.width * this.height);
  }

  /** What is known of the frames that come next. */
  hide(things: SeenLook['things']): void {
    const { width, height } = this;
    const hidden = new Uint8Array(width * height);
    for (const { name, box } of things) {
      if (!movers.has(name)) continue;
      const [left, top] = [Math.floor(box[0] * width), Math.floor(box[1] * height)];
      const [right, bottom] = [Math.ceil((box[0] + box[2]) * width), Math.ceil((box[1] + box[3]) * height)];
      for (let y = top; y < Math.min(height, bottom); y++)
        hidden.fill(1, y * width + left, y * width + Math.min(width, right));
    }
    const share = hidden.reduce((sum, value) => sum + value, 0) / hidden.length;
    this.hidden = share > mostHidden ? new Uint8Array(width * height) : hidden;
  }

  /** The next frame, rgb24. */
  take(rgb: Uint8Array, seconds: number): void {
    const { width, height, frameWidth } = this;
    const grey = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (const at of [0, 1, frameWidth, frameWidth + 1]) {
          const pixel = (2 * y * frameWidth + 2 * x + at) * 3;
          sum += 0.299 * rgb[pixel]! + 0.587 * rgb[pixel + 1]! + 0.114 * rgb[pixel + 2]!;
        }
        grey[y * width + x] = sum / 4;
      }
    }
    this.watch.take(grey, this.hidden);
    this.seconds.push(seconds);
  }

  /** Words for each shot. `cutSeconds`: where shots begin, in order. */
  finish(cutSeconds: readonly number[]): readonly CameraStretch[] {
    const { toNext, shotOf, stillShots } = this.watch.finish();
    const [first] = this.seconds;
    if (first === undefined) return [];
    const starts = [first, ...cutSeconds];
    return starts.flatMap((from, shot) => {
      const to = starts[shot + 1] ?? Infinity;
      const inside = this.seconds.map((_, i) => i).filter((i) => this.seconds[i]! >= from && this.seconds[i]! < to);
      // the step into the first frame of a shot crosses the cut
      const steps = inside.slice(1).map((i) => this.step(toNext[i - 1]!, this.seconds[i]!));
      const still = inside.filter((i) => stillShots[shotOf[i]!]).length;
      return steps.length < 2 ? [] : cameraMoves(this.seconds[inside[0]!]!, steps, still >= 0.9 * inside.length);
    });
  }

  private step(motion: Float64Array, seconds: number): CameraStep {
    const { width, height } = this;
    const [x, y] = [width / 2, height / 2];
    const across = movedX(motion, width * 0.75, y) - movedX(motion, width * 0.25, y) || width / 2;
    const down = movedY(motion, x, height * 0.75) - movedY(motion, x, height * 0.25) || height / 2;
    const zoom = Math.sqrt(Math.max(0.01, (across / (width / 2)) * (down / (height / 2))));
    return { seconds, right: (movedX(motion, x, y) - x) / width, down: (movedY(motion, x, y) - y) / width, zoom };
  }
}
