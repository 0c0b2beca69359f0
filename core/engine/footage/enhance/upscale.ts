/**
 * Twice the size by waifu2x (nagadomi). The network draws brightness from the colours; its result is then moved so that
 * each four pixels have the mean of the one they came from. Chroma is doubled by itself: colours stay as they were.
 *
 * Graph contract: families/pack.ts, `upscale2x`.
 */
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import type { SourceColour } from '../../../ffmpeg/sourceColour.ts';
import { frameShape, planesOf, type FrameShape, type Plane } from '../interpolate/rawFrame.ts';
import { FramePreparer } from '../interpolate/sourceFrames.ts';
import { Doubler } from './doubler.ts';
import { lumaOf } from './lumaOf.ts';

/** Pixels around a tile that the network needs and does not give back. */
const edgePx = 7;
/** Side of a tile, px. */
const tilePx = 160;

/** Called between two tiles with the share done; throws when the user has cancelled. */
export type OnTile = (fraction: number) => void;

interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What it was made from last, and what came of it: a part that stays the same is not made again. */
  input: Float32Array | null;
  output: Float32Array | null;
}

/** Doubles frames of one shape. */
export class Upscaler {
  readonly made: FrameShape;
  readonly #session: GraphSession;
  readonly #shape: FrameShape;
  readonly #colour: SourceColour;
  readonly #preparer: FramePreparer;
  readonly #tiles: readonly Tile[];
  readonly #doublers: readonly Doubler[];
  readonly #difference: Doubler;
  readonly #planes: readonly Float32Array[];

  constructor(session: GraphSession, shape: FrameShape, colour: SourceColour) {
    const { width, height } = shape.size;
    this.made = frameShape(shape.samples, { width: 2 * width, height: 2 * height });
    this.#session = session;
    this.#shape = shape;
    this.#colour = colour;
    this.#preparer = new FramePreparer(shape, { network: shape.size, padded: shape.size, refined: shape.size }, colour);
    this.#tiles = tilesOf(width, height);
    this.#doublers = shape.planes.map((plane) => new Doubler(plane, 'lanczos'));
    this.#difference = new Doubler(shape.size);
    this.#planes = shape.planes.map((plane) => new Float32Array(4 * plane.width * plane.height));
  }

  /** A raw frame of twice the size. */
  async run(raw: Uint8Array, onTile: OnTile): Promise<Uint8Array> {
    const { rgb } = this.#preparer.prepare(raw);
    const source = planesOf(raw, this.#shape);
    const isRgb = this.#shape.samples.model === 'gbr';
    await this.#draw(rgb, isRgb, onTile);
    const made = new Uint8Array(this.made.bytes);
    planesOf(made, this.made).forEach((plane, index) => {
      const drawn = this.#planes[index]!;
      if (index === 0 || isRgb) this.#keepMeans(drawn, source[index]!);
      else this.#doublers[index]!.run(source[index]!.data, drawn);
      write(drawn, plane, this.#shape, source[index]!);
    });
    return made;
  }

  /** Brightness into the first plane; of RGB all three. */
  async #draw(rgb: Float32Array, isRgb: boolean, onTile: OnTile): Promise<void> {
    for (const [index, tile] of this.#tiles.entries()) {
      onTile(index / this.#tiles.length);
      const input = cutTile(rgb, this.#shape.size, tile);
      if (!tile.input || !same(input, tile.input)) {
        tile.output = await this.#enlarge(input, tile);
        tile.input = input;
      }
      this.#put(tile, isRgb);
    }
  }

  async #enlarge(input: Float32Array, { width, height }: Tile): Promise<Float32Array> {
    const dims = [1, 3, height + 2 * edgePx, width + 2 * edgePx];
    const answer = await this.#session.run({ [this.#session.inputNames[0]!]: { type: 'float32', data: input, dims } });
    const drawn = Object.values(answer)[0];
    if (drawn?.type !== 'float32' || drawn.data.length !== 12 * width * height)
      throw new Error('the graph answered a picture of another size');
    return drawn.data.slice();
  }

  #put({ x, y, width, height, output }: Tile, isRgb: boolean): void {
    const across = 2 * this.#shape.size.width;
    const count = 4 * width * height;
    const { peak } = this.#shape;
    const [red, green, blue] = [0, 1, 2].map((channel) => output!.subarray(channel * count, (channel + 1) * count));
    const brightness = isRgb ? null : lumaOf(this.#shape, this.#colour);
    for (let row = 0, i = 0; row < 2 * height; row++) {
      let at = (2 * y + row) * across + 2 * x;
      for (let column = 0; column < 2 * width; column++, i++, at++) {
        if (brightness) {
          this.#planes[0]![at] = brightness(red![i]!, green![i]!, blue![i]!);
          continue;
        }
        // ffmpeg's planes are green, blue, red
        this.#planes[0]![at] = green![i]! * peak;
        this.#planes[1]![at] = blue![i]! * peak;
        this.#planes[2]![at] = red![i]! * peak;
      }
    }
  }

  /** Adds what the mean of each four pixels lacks, smoothly. */
  #keepMeans(drawn: Float32Array, { width, height, data }: Plane): void {
    const lacks = new Float32Array(width * height);
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        const at = 4 * y * width + 2 * x;
        const below = at + 2 * width;
        lacks[i] = data[i]! - (drawn[at]! + drawn[at + 1]! + drawn[below]! + drawn[below + 1]!) / 4;
      }
    const added = new Float32Array(4 * lacks.length);
    this.#difference.run(lacks, added);
    for (let i = 0; i < drawn.length; i++) drawn[i]! += added[i]!;
  }
}

function tilesOf(width: number, height: number): Tile[] {
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += tilePx)
    for (let x = 0; x < width; x += tilePx) {
      const size = { width: Math.min(tilePx, width - x), height: Math.min(tilePx, height - y) };
      tiles.push({ x, y, ...size, input: null, output: null });
    }
  return tiles;
}

/** The tile with its edges, [3, height, width]; beyond the picture its last pixel goes on. */
function cutTile(rgb: Float32Array, size: FrameShape['size'], { x, y, width, height }: Tile): Float32Array {
  const across = width + 2 * edgePx;
  const down = height + 2 * edgePx;
  const cut = new Float32Array(3 * across * down);
  for (let channel = 0, i = 0; channel < 3; channel++)
    for (let row = 0; row < down; row++) {
      const from = Math.max(0, Math.min(size.height - 1, y + row - edgePx));
      const start = channel * size.width * size.height + from * size.width;
      for (let column = 0; column < across; column++, i++)
        cut[i] = rgb[start + Math.max(0, Math.min(size.width - 1, x + column - edgePx))]!;
    }
  return cut;
}

function same(a: Float32Array, b: Float32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Planes of pictures of odd size cover more than the picture: both sizes are the format's own. */
function write(drawn: Float32Array, into: Plane, { peak }: FrameShape, source: Plane): void {
  const across = 2 * source.width;
  for (let y = 0, i = 0; y < into.height; y++)
    for (let x = 0; x < into.width; x++, i++) {
      const value = drawn[y * across + x]! + 0.5;
      into.data[i] = value < 0 ? 0 : value > peak ? peak : value;
    }
}
