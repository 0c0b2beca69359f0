/**
 * What moves by itself behind the hole: where each point of this frame is in others, along the flow from frame to
 * frame, as far as that differs from the motion of the ground. Pure.
 */
import type { Ring } from './align.ts';
import { movedX, movedY, type Homography } from './homography.ts';
import type { PlateFrame } from './plateFrame.ts';

/** Bounds in pixels of the picture, whole chroma samples. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Displacements in pixels of the picture, one for each square of `step` by `step` pixels. */
export interface FlowField {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly step: number;
}

/** Gives the flow from a frame to one beside it. `camera`: the ground's motion, which hides what is not known. */
export interface FlowSource {
  between(from: PlateFrame, to: PlateFrame, camera: Homography): FlowField;
}

const spacing = 4;
/** What moves less than this against the ground is ground, in pixels of the frames that flow is computed on. */
const movesFrom = 0.8;

/** Points of a frame on a grid over the bounds, and where they have come to. */
export class FlowPath {
  private readonly columns: number;
  private readonly rows: number;
  private readonly bounds: Bounds;
  private readonly x: Float32Array;
  private readonly y: Float32Array;
  /** Difference from the ground's motion at the frame reached last, px. */
  private readonly restX: Float32Array;
  private readonly restY: Float32Array;
  private step = 1;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.columns = Math.ceil((bounds.right - bounds.left) / spacing) + 1;
    this.rows = Math.ceil((bounds.bottom - bounds.top) / spacing) + 1;
    const size = this.columns * this.rows;
    this.x = Float32Array.from({ length: size }, (_, i) => bounds.left + (i % this.columns) * spacing);
    this.y = Float32Array.from({ length: size }, (_, i) => bounds.top + Math.floor(i / this.columns) * spacing);
    this.restX = new Float32Array(size);
    this.restY = new Float32Array(size);
  }

  /** On to the frame that a field leads to. */
  advance({ x: fx, y: fy, width, height, step }: FlowField): void {
    this.step = step;
    for (let i = 0; i < this.x.length; i++) {
      const u = Math.max(0, Math.min(width - 1.001, (this.x[i]! + 0.5) / step - 0.5));
      const v = Math.max(0, Math.min(height - 1.001, (this.y[i]! + 0.5) / step - 0.5));
      const [u0, v0] = [u | 0, v | 0];
      const [a, b] = [u - u0, v - v0];
      const at = v0 * width + u0;
      const weigh = (field: Float32Array): number => {
        const above = field[at]! * (1 - a) + field[at + 1]! * a;
        const below = field[at + width]! * (1 - a) + field[at + width + 1]! * a;
        return above * (1 - b) + below * b;
      };
      const [dx, dy] = [weigh(fx), weigh(fy)];
      this.x[i]! += dx;
      this.y[i]! += dy;
    }
  }

  /** Compares the way come so far with the ground's motion; answers whether anything moves against it. */
  against(ground: Homography): boolean {
    let any = false;
    for (let i = 0; i < this.x.length; i++) {
      const x = this.bounds.left + (i % this.columns) * spacing;
      const y = this.bounds.top + Math.floor(i / this.columns) * spacing;
      const dx = this.x[i]! - movedX(ground, x, y);
      const dy = this.y[i]! - movedY(ground, x, y);
      const moves = Math.hypot(dx, dy) >= movesFrom * this.step;
      this.restX[i] = moves ? dx : 0;
      this.restY[i] = moves ? dy : 0;
      any ||= moves;
    }
    return any;
  }

  /** Marks on the map where the point moves against the ground. */
  mark(map: MovingMap): void {
    for (let i = 0; i < this.x.length; i++) if (this.restX[i] !== 0 || this.restY[i] !== 0) map.cells[i] = 1;
  }

  /** Bilinear, px; see `against`. */
  dx(x: number, y: number): number {
    return this.rest(this.restX, x, y);
  }

  /** See `dx`. */
  dy(x: number, y: number): number {
    return this.rest(this.restY, x, y);
  }

  private rest(field: Float32Array, x: number, y: number): number {
    const u = Math.max(0, Math.min(this.columns - 1.001, (x - this.bounds.left) / spacing));
    const v = Math.max(0, Math.min(this.rows - 1.001, (y - this.bounds.top) / spacing));
    const [u0, v0] = [u | 0, v | 0];
    const [a, b] = [u - u0, v - v0];
    const at = v0 * this.columns + u0;
    const above = field[at]! * (1 - a) + field[at + 1]! * a;
    const below = field[at + this.columns]! * (1 - a) + field[at + this.columns + 1]! * a;
    return above * (1 - b) + below * b;
  }
}

/** How what moves by itself is followed into another frame. */
export interface Layer {
  /** The way to that frame; null beyond the reach of flow. */
  readonly path: FlowPath | null;
  /** Where something moves by itself; null where nothing does. */
  readonly moving: MovingMap | null;
  /** Weight of what moves over that of the ground. */
  readonly fade: number;
}

/** Where something moves by itself, on the grid of paths. */
export class MovingMap {
  readonly cells: Uint8Array;
  private readonly columns: number;
  private readonly rows: number;
  private readonly bounds: Bounds;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.columns = Math.ceil((bounds.right - bounds.left) / spacing) + 1;
    this.rows = Math.ceil((bounds.bottom - bounds.top) / spacing) + 1;
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  /** Whether something moves by itself at a pixel. */
  has(x: number, y: number): boolean {
    const column = Math.min(this.columns - 1, Math.max(0, Math.round((x - this.bounds.left) / spacing)));
    const row = Math.min(this.rows - 1, Math.max(0, Math.round((y - this.bounds.top) / spacing)));
    return this.cells[row * this.columns + column] === 1;
  }
}

/** Frames that flow is followed through, on each side. */
const reachFrames = 12;
/** What moves is believed for fewer frames than the ground. */
const fading = 4;
/** Steps on each side within which a motion against the ground counts as something that moves by itself. */
const markedSteps = 3;

/** Differences of a ring's point in another frame, standing on the ground and moved on; null where it is not seen. */
export type Compare = (
  index: number,
  point: number,
  dx: number,
  dy: number,
) => { readonly still: number; readonly followed: number } | null;

/** The paths from one frame to those around it, made as far as they are asked for. */
export class MovingLayers {
  private readonly moving: MovingMap;
  private readonly marked: { readonly path: FlowPath; readonly index: number }[] = [];
  private readonly ways: Record<1 | -1, { path: FlowPath; index: number } | null>;
  private readonly frame: PlateFrame;
  private readonly flow: FlowSource;
  private readonly frameAt: (index: number) => PlateFrame | null;
  private readonly camera: (from: number, to: number) => Homography;

  constructor(
    frame: PlateFrame,
    bounds: Bounds,
    flow: FlowSource,
    frameAt: (index: number) => PlateFrame | null,
    camera: (from: number, to: number) => Homography,
  ) {
    this.frame = frame;
    this.flow = flow;
    this.frameAt = frameAt;
    this.camera = camera;
    this.moving = new MovingMap(bounds);
    this.ways = { [1]: null, [-1]: null };
    for (const direction of [1, -1] as const) {
      const ahead = new FlowPath(bounds);
      let index = frame.index;
      for (let step = 0; step < markedSteps && this.step(ahead, index, direction); step++) {
        index += direction;
        if (ahead.against(camera(frame.index, index))) ahead.mark(this.moving);
      }
      if (index !== frame.index) this.marked.push({ path: ahead, index });
      this.ways[direction] = { path: new FlowPath(bounds), index: frame.index };
    }
  }

  /**
   * Whether following what moves explains the ring's moving pixels clearly better than the ground's motion does: flow
   * errs where there is nothing to hold on to. `compare` answers both differences at a point of a frame.
   */
  explains(ring: Pick<Ring, 'count' | 'x' | 'y'>, compare: Compare): boolean {
    let [still, followed, count] = [0, 0, 0];
    for (const { path, index } of this.marked) {
      for (let i = 0; i < ring.count; i++) {
        const [x, y] = [ring.x[i]!, ring.y[i]!];
        if (!this.moving.has(x, y)) continue;
        const found = compare(index, i, path.dx(x, y), path.dy(x, y));
        if (!found) continue;
        still += found.still;
        followed += found.followed;
        count++;
      }
    }
    return count >= 20 && followed < 0.7 * still;
  }

  /** How what moves is followed into another frame. Frames are asked for from near to far in each direction. */
  at(index: number, distance: number, ground: Homography): Layer {
    const { moving, frame } = this;
    const beyond = { path: null, moving, fade: Math.exp(-distance / fading) };
    if (distance > reachFrames) return beyond;
    const direction = index > frame.index ? 1 : -1;
    const way = this.ways[direction];
    while (way && way.index !== index) {
      if (!this.step(way.path, way.index, direction)) return beyond;
      way.index += direction;
    }
    if (!way) return beyond;
    way.path.against(ground);
    return { ...beyond, path: way.path };
  }

  private step(path: FlowPath, from: number, direction: 1 | -1): boolean {
    const [here, there] = [this.frameAt(from), this.frameAt(from + direction)];
    if (!here || !there) return false;
    path.advance(this.flow.between(here, there, this.camera(from, from + direction)));
    return true;
  }
}
