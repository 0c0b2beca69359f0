/** One shot around its seam, seen outwards: frame 0 is the last one shown, -1 lies inside, 1 beyond it. */
import type { Size } from '../../../render/place.ts';
import type { FrameShape } from '../interpolate/rawFrame.ts';
import { Resampler } from '../interpolate/resample.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import type { FramePreparer, SourceFrame } from '../interpolate/sourceFrames.ts';
import { cameraBetween, reachOf, still, usualMotion, type CameraMotion } from './globalMotion.ts';
import { layerOf, type Box, type Layer } from './layer.ts';

/** Frames by their number in a file. */
export interface StoredFrames {
  readonly count: number;
  read(index: number): Uint8Array;
}

/** Long side of the pictures that the camera is found in, px. */
const watchedPx = 240;
/** Pairs of frames that the camera's speed is measured over. */
const speedPairs = 6;
/** A camera whose corners move less than this share of the picture's long side in a frame stands still. */
const restingReach = 0.0002;
const preparedAtMost = 3;

/** The frames of a shot, raw or made ready, and how its camera moves. */
export class Shot {
  /** Frames at and inside the seam. */
  readonly inside: number;
  /** Frames beyond the seam. */
  readonly beyond: number;
  readonly shape: FrameShape;
  /** Where its picture stands in the frame: bars are beside it where it has another shape. */
  readonly box: Box;
  readonly #frames: StoredFrames;
  readonly #seam: number;
  readonly #outward: 1 | -1;
  readonly #preparer: FramePreparer;
  readonly #prepared = new Map<number, SourceFrame>();
  readonly #watched: Size;
  readonly #toWatched: Resampler;
  #speed: CameraMotion | null = null;

  /** `outward`: 1 = what is made follows the shot; -1 = it leads up to it. */
  constructor(
    frames: StoredFrames,
    seam: number,
    outward: 1 | -1,
    shape: FrameShape,
    preparer: FramePreparer,
    box: Box = { x: 0, y: 0, ...shape.size },
  ) {
    this.box = box;
    this.#frames = frames;
    this.#seam = seam;
    this.#outward = outward;
    this.#preparer = preparer;
    this.shape = shape;
    this.inside = outward === 1 ? seam + 1 : frames.count - seam;
    this.beyond = frames.count - this.inside;
    const { width, height } = shape.planes[0]!;
    const scale = Math.min(1, watchedPx / Math.max(width, height));
    this.#watched = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    this.#toWatched = new Resampler({ width, height }, this.#watched);
  }

  raw(at: number): Uint8Array {
    return this.#frames.read(this.#seam + this.#outward * at);
  }

  layer(at: number): Layer {
    return layerOf(this.raw(at), this.shape);
  }

  prepared(at: number): SourceFrame {
    const known = this.#prepared.get(at);
    if (known) return known;
    const frame = this.#preparer.prepare(this.raw(at));
    this.#prepared.set(at, frame);
    if (this.#prepared.size > preparedAtMost) this.#prepared.delete(this.#prepared.keys().next().value!);
    return frame;
  }

  /** A raw frame that is none of the shot's own, made ready to be moved. */
  prepare(raw: Uint8Array): SourceFrame {
    return this.#preparer.prepare(raw);
  }

  /** The frame's brightness, small. */
  watched(at: number): FloatPlane {
    return this.small(this.layer(at));
  }

  /** A layer's brightness, small. */
  small([luma]: Layer): FloatPlane {
    const data = new Float32Array(this.#watched.width * this.#watched.height);
    this.#toWatched.run(luma!.data, data);
    return { ...this.#watched, data };
  }

  /** px of the picture for one of the small ones. */
  get scale(): number {
    return this.shape.size.width / this.#watched.width;
  }

  /** The camera from one small picture to another, in px of the picture. */
  cameraFrom(first: FloatPlane, second: FloatPlane): CameraMotion {
    const motion = cameraBetween(first, second);
    return { ...motion, x: motion.x * this.scale, y: motion.y * this.scale };
  }

  /** The camera's motion in one frame at the seam, outwards; none where it stands still. */
  speed(): CameraMotion {
    if (this.#speed) return this.#speed;
    const pairs = Math.min(speedPairs, this.inside - 1);
    const small = Array.from({ length: pairs + 1 }, (_, i) => this.watched(i - pairs));
    const motions = small.slice(1).map((picture, i) => this.cameraFrom(small[i]!, picture));
    const { width, height } = this.shape.size;
    const usual = pairs > 0 ? usualMotion(motions) : still;
    const rests = reachOf(usual, width, height) < restingReach * Math.max(width, height);
    this.#speed = rests ? still : usual;
    return this.#speed;
  }
}
