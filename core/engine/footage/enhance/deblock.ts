/**
 * Takes out what strong compression leaves: edges of blocks and rings around contours. The grid of blocks and how far
 * its edges stand out are measured in the picture; coefficients of overlapping DCTs that are smaller than belongs to
 * that are dropped (`shrink.ts`), as ffmpeg's `spp` does with the quantiser of the codec. After Nosratinia,
 * 'Enhancement of JPEG-compressed images by re-application of JPEG' (2001).
 */
import { planesOf, type FrameShape } from '../interpolate/rawFrame.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { Shrinker } from './shrink.ts';

/** Side of the blocks of JPEG, MPEG-1, -2 and -4, H.263 and H.264, px. */
const gridPx = 8;

/** What is seen of a grid of blocks, in levels of the plane. */
export interface BlockEdges {
  /** How much more the picture changes on the grid than anywhere else; 0 where there is no grid. */
  readonly edges: number;
  /** How much it changes elsewhere. */
  readonly usual: number;
}

/** Looks for a grid of blocks across and down. */
export function blockEdges(plane: FloatPlane): BlockEdges {
  const [across, down] = [edgesAlong(plane, true), edgesAlong(plane, false)];
  return { edges: (across.edges + down.edges) / 2, usual: (across.usual + down.usual) / 2 };
}

/**
 * Each place of the grid gets the mean of how much more the picture changes there than on both its sides. Where the
 * blocks end, that is more than anywhere else; half blocks have edges too, and are left out.
 */
function edgesAlong({ width, height, data }: FloatPlane, across: boolean): BlockEdges {
  const [length, lines] = across ? [width, height] : [height, width];
  const [next, line] = across ? [1, width] : [width, 1];
  if (length < 3 * gridPx || lines < gridPx) return { edges: 0, usual: 0 };
  const sums = new Float64Array(gridPx);
  const counts = new Float64Array(gridPx);
  for (let row = 0; row < lines; row++)
    for (let place = 2, i = row * line + 2 * next; place + 1 < length; place++, i += next) {
      const before = data[i - next]!;
      const here = data[i]!;
      const usual = (before - data[i - 2 * next]! + data[i + next]! - here) / 2;
      sums[place % gridPx]! += Math.abs(here - before - usual);
      counts[place % gridPx]!++;
    }
  const means = sums.map((sum, place) => sum / counts[place]!);
  const at = means.indexOf(Math.max(...means));
  const others = [...means].filter((_, place) => place !== at && (place + gridPx / 2) % gridPx !== at);
  const edges = Math.max(0, means[at]! - Math.max(...others));
  return { edges, usual: others.toSorted((a, b) => a - b)[others.length >> 1]! };
}

/** Levels of 8 bits: edges that stand out as far are of a codec that smooths its own, or of no strong compression. */
const faintEdges = 0.6;
/** The same as a share of how much the picture changes elsewhere: in drawn films little does. */
const faintShare = 1.5;
/** What is dropped of such pictures, and how much more of those whose edges stand out by a level more. */
const faintDropped = 9;
const droppedForEdge = 2;
const mostDropped = 40;
/** Colour is kept more of. */
const colourShare = 0.75;
/** Share of a frame in the measure that is used: single frames must not pulse. */
const renewed = 0.15;

/** Smooths frames of one shape in their order. */
export class Deblocker {
  readonly #shape: FrameShape;
  readonly #shrinkers: readonly Shrinker[];
  #edges: BlockEdges | null = null;
  #most = 0;

  constructor(shape: FrameShape) {
    this.#shape = shape;
    this.#shrinkers = shape.planes.map((plane) => new Shrinker(plane));
  }

  /** How far the edges of blocks stood out at most, in levels of 8 bits. */
  get mostEdges(): number {
    return this.#most;
  }

  /** Looks at a frame that is not smoothed, so that those after it are smoothed as if it were. */
  look(raw: Uint8Array): void {
    const { width, height, data } = planesOf(raw, this.#shape)[0]!;
    this.#measure({ width, height, data: Float32Array.from(data) });
  }

  /** Changes a raw frame in place. */
  run(raw: Uint8Array): void {
    this.look(raw);
    const { peak, samples } = this.#shape;
    const scale = peak / 255;
    planesOf(raw, this.#shape).forEach(({ width, height, data: into }, index) => {
      const plane = { width, height, data: Float32Array.from(into) };
      const limit = droppedBelow(this.#edges!) * scale * (index === 0 || samples.model === 'gbr' ? 1 : colourShare);
      if (limit === 0) return;
      this.#shrinkers[index]!.run(plane, limit, 1, plane.data);
      for (let i = 0; i < into.length; i++) {
        const value = plane.data[i]! + 0.5;
        into[i] = value < 0 ? 0 : value > peak ? peak : value;
      }
    });
  }

  #measure(luma: FloatPlane): void {
    const seen = blockEdges(luma);
    const scale = this.#shape.peak / 255;
    const now = { edges: seen.edges / scale, usual: seen.usual / scale };
    const before = this.#edges ?? now;
    const mixed = (a: number, b: number): number => a + renewed * (b - a);
    this.#edges = { edges: mixed(before.edges, now.edges), usual: mixed(before.usual, now.usual) };
    this.#most = Math.max(this.#most, this.#edges.edges);
  }
}

/** Fainter edges may be the picture's own: nothing is smoothed, levels of 8 bits. */
export const noEdges = 0.15;

/** Coefficients that are dropped, in levels of 8 bits, for edges that stand out so far. */
function droppedBelow({ edges, usual }: BlockEdges): number {
  if (edges < noEdges) return 0;
  const clear = Math.min(1, Math.max(edges / faintEdges, edges / (faintShare * Math.max(usual, 1e-3))));
  return Math.min(mostDropped, faintDropped * clear + droppedForEdge * edges);
}
