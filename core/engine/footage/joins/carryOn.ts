/**
 * The motion of the last frames goes on and comes to rest: the camera's for the whole picture, and what is left of it
 * cell by cell. Fast cells lie over slow ones; ground that comes free is taken from what earlier frames showed there.
 */
import type { FlowFinder } from '../interpolate/findFlow.ts';
import type { FlowGrid } from '../interpolate/flowGrid.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { reachOf, scaledMotion, still, type CameraMotion } from './globalMotion.ts';
import { cameraPlace, coveringZoom, moved, placeGrid, type Layer, type PlaceGrid } from './layer.ts';
import type { Shot } from './shot.ts';

/** Motion by itself, beside the camera's, at the last frame: px of the picture in a frame. */
export interface OwnMotion {
  readonly cellPx: number;
  readonly across: number;
  readonly down: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Slower than this share of the picture's width in a frame is noise. */
const restingShare = 0.001;

/** How things move by themselves from frame `at - 1` to frame `at`. */
export async function ownMotionAt(shot: Shot, at: number, camera: CameraMotion, flow: FlowFinder): Promise<OwnMotion> {
  const grid = await flow.find(shot.prepared(at - 1), shot.prepared(at), 1);
  return besideCamera(grid, camera, shot.shape.size);
}

function besideCamera(grid: FlowGrid, camera: CameraMotion, size: { width: number; height: number }): OwnMotion {
  const { across, down } = grid;
  const scale = size.width / grid.picture.width;
  const cellPx = grid.cellPx * scale;
  const x = new Float32Array(across * down);
  const y = new Float32Array(across * down);
  for (let row = 0, i = 0; row < down; row++)
    for (let column = 0; column < across; column++, i++) {
      const u = (column + 0.5) * cellPx - size.width / 2;
      const v = (row + 0.5) * cellPx - size.height / 2;
      x[i] = -grid.x0[i]! * scale - (camera.x + camera.grow * u - camera.turn * v);
      y[i] = -grid.y0[i]! * scale - (camera.y + camera.grow * v + camera.turn * u);
      if (Math.hypot(x[i]!, y[i]!) < restingShare * size.width) x[i] = y[i] = 0;
    }
  return { cellPx, across, down, x: softened(x, across, down), y: softened(y, across, down) };
}

/** The last frame of a shot with its motion going on. */
export class CarriedFrame {
  readonly #shot: Shot;
  readonly #camera: CameraMotion;
  readonly #own: OwnMotion;
  readonly #ground: Layer | null;

  /** `ground`: what earlier frames showed behind things; null = unknown. */
  constructor(shot: Shot, camera: CameraMotion, own: OwnMotion, ground: Layer | null) {
    this.#shot = shot;
    this.#camera = camera;
    this.#own = own;
    this.#ground = ground;
  }

  /**
   * After `distance` times the motion of one frame. `base`: what is moved. `covers`: it is drawn as much larger as
   * hides its edges.
   */
  after(distance: number, base: Layer, covers = true): Layer {
    const { size } = this.#shot.shape;
    const camera = scaledMotion(this.#camera, distance);
    const place = cameraPlace(size, camera, covers ? coveringZoom(size, camera) : 1);
    const carried = carry(this.#own, distance);
    const grid = placeGrid(size, (x, y) => {
      const [px, py] = place(x, y);
      return [px - carried.shiftX(px, py), py - carried.shiftY(px, py)];
    });
    const picture = moved(base, grid);
    return this.#ground ? overGround(picture, this.#ground, carried.bare, grid) : picture;
  }
}

interface Carried {
  shiftX(x: number, y: number): number;
  shiftY(x: number, y: number): number;
  /** 1 where ground came free. */
  readonly bare: OwnMotion;
}

/** Cells moved to where they are by then. */
function carry(own: OwnMotion, distance: number): Carried {
  const { across, down, cellPx } = own;
  const x = new Float32Array(across * down);
  const y = new Float32Array(across * down);
  const fast = new Float32Array(across * down).fill(-1);
  for (let row = 0, i = 0; row < down; row++)
    for (let column = 0; column < across; column++, i++) {
      const [dx, dy] = [own.x[i]! * distance, own.y[i]! * distance];
      const speed = Math.hypot(dx, dy);
      const [tx, ty] = [column + dx / cellPx, row + dy / cellPx];
      for (const [cx, cy] of [
        [Math.floor(tx), Math.floor(ty)],
        [Math.ceil(tx), Math.floor(ty)],
        [Math.floor(tx), Math.ceil(ty)],
        [Math.ceil(tx), Math.ceil(ty)],
      ] as const) {
        if (cx < 0 || cy < 0 || cx >= across || cy >= down) continue;
        const to = cy * across + cx;
        if (speed <= fast[to]!) continue;
        fast[to] = speed;
        x[to] = dx;
        y[to] = dy;
      }
    }
  const bare = new Float32Array(across * down);
  for (let i = 0; i < bare.length; i++) bare[i] = fast[i]! < 0 || leftFrom(own, i, distance, x, y) ? 1 : 0;
  const field = { cellPx, across, down };
  const soft = { x: softened(x, across, down), y: softened(y, across, down) };
  return {
    shiftX: (px, py) => valueAt(field, soft.x, px, py),
    shiftY: (px, py) => valueAt(field, soft.y, px, py),
    bare: { ...field, x: softened(bare, across, down), y: bare },
  };
}

/** Whether a thing stood in a cell and is gone from it: nothing moving lies there now. */
function leftFrom(own: OwnMotion, cell: number, distance: number, x: Float32Array, y: Float32Array): boolean {
  const was = Math.hypot(own.x[cell]!, own.y[cell]!) * distance;
  return was > own.cellPx && Math.hypot(x[cell]!, y[cell]!) < 0.25 * was;
}

function overGround(picture: Layer, ground: Layer, bare: OwnMotion, grid: PlaceGrid): Layer {
  if (!bare.y.includes(1)) return picture;
  return picture.map((plane, index) => {
    const under = ground[index]!;
    const data = new Float32Array(plane.data.length);
    const [wide, tall] = [grid.picture.width / plane.width, grid.picture.height / plane.height];
    for (let y = 0, i = 0; y < plane.height; y++)
      for (let x = 0; x < plane.width; x++, i++) {
        const share = valueAt(bare, bare.x, x * wide, y * tall);
        data[i] = plane.data[i]! + share * (under.data[i]! - plane.data[i]!);
      }
    return { ...plane, data };
  });
}

function valueAt(
  { cellPx, across, down }: Pick<OwnMotion, 'cellPx' | 'across' | 'down'>,
  field: Float32Array,
  x: number,
  y: number,
): number {
  const px = Math.max(0, Math.min(across - 1, (x + 0.5) / cellPx - 0.5));
  const py = Math.max(0, Math.min(down - 1, (y + 0.5) / cellPx - 0.5));
  const [left, top] = [Math.floor(px), Math.floor(py)];
  const [right, below] = [Math.min(left + 1, across - 1), Math.min(top + 1, down - 1)];
  const [fx, fy] = [px - left, py - top];
  const upper = field[top * across + left]! * (1 - fx) + field[top * across + right]! * fx;
  const lower = field[below * across + left]! * (1 - fx) + field[below * across + right]! * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Means of 3 x 3 cells. */
function softened(field: Float32Array, across: number, down: number): Float32Array {
  const soft = new Float32Array(field.length);
  for (let y = 0, i = 0; y < down; y++)
    for (let x = 0; x < across; x++, i++) {
      let [sum, count] = [0, 0];
      for (let row = Math.max(0, y - 1); row <= Math.min(down - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column++) {
          sum += field[row * across + column]!;
          count += 1;
        }
      soft[i] = sum / count;
    }
  return soft;
}

const groundFrames = 9;

/** What stood still behind all that passed; null where the camera moves, or for too few frames. */
export function groundOf(shot: Shot): Layer | null {
  const { width, height } = shot.shape.size;
  if (reachOf(shot.speed(), width, height) > 0.3 || shot.inside < groundFrames) return null;
  const spacing = Math.floor((shot.inside - 1) / (groundFrames - 1));
  const layers = Array.from({ length: groundFrames }, (_, i) => shot.layer(-i * spacing));
  return layers[0]!.map((_, index) => medianOf(layers.map((layer) => layer[index]!)));
}

function medianOf(planes: readonly FloatPlane[]): FloatPlane {
  const { width, height } = planes[0]!;
  const data = new Float32Array(width * height);
  const values = new Float32Array(planes.length);
  for (let i = 0; i < data.length; i++) {
    for (let k = 0; k < values.length; k++) values[k] = planes[k]!.data[i]!;
    data[i] = values.sort()[values.length >> 1]!;
  }
  return { width, height, data };
}

/** How much nearer to a frame its forecast from the two before it comes than the one before it. dB; of brightness. */
export async function forecastGain(shot: Shot, flow: FlowFinder): Promise<{ gainDb: number; heldDb: number }> {
  const camera = shot.cameraFrom(shot.watched(-2), shot.watched(-1));
  const moving = reachOf(camera, shot.shape.size.width, shot.shape.size.height) < 0.3 ? still : camera;
  const own = await ownMotionAt(shot, -1, moving, flow);
  const before = shot.layer(-1);
  const forecast = new CarriedFrame(shot, moving, own, null).after(1, before, false);
  const truth = shot.layer(0);
  const heldDb = psnr(before[0]!, truth[0]!);
  return { gainDb: psnr(forecast[0]!, truth[0]!) - heldDb, heldDb };
}

function psnr(a: FloatPlane, b: FloatPlane): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return 10 * Math.log10((255 * 255) / Math.max(1e-3, sum / a.data.length));
}
