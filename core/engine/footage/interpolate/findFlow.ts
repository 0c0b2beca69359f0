/** Motion between two frames as RIFE finds it, brought to the cells of the refinement. Contract: families/pack.ts. */
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import { emptyGrid, type FlowGrid } from './flowGrid.ts';
import { refineFlow } from './refineFlow.ts';
import { Resampler } from './resample.ts';
import type { SourceFrame, WorkSizes } from './sourceFrames.ts';

const cellPx = 4;
const refinements = 2;

/** Finds motion in one film, pair by pair. */
export class FlowFinder {
  readonly #session: GraphSession;
  readonly #sizes: WorkSizes;
  readonly #toGrid: Resampler;
  readonly #part: Float32Array;

  constructor(session: GraphSession, sizes: WorkSizes) {
    this.#session = session;
    this.#sizes = sizes;
    const { across, down } = emptyGrid(sizes.refined, cellPx);
    this.#toGrid = new Resampler(sizes.network, { width: across, height: down });
    this.#part = new Float32Array(sizes.network.width * sizes.network.height);
  }

  /** Motion from the moment `at` (0..1) to both frames. */
  async find(first: SourceFrame, second: SourceFrame, at: number): Promise<FlowGrid> {
    const { padded, network, refined } = this.#sizes;
    const dims = [1, 3, padded.height, padded.width];
    const out = await this.#session.run({
      img0: { type: 'float32', data: first.rgb, dims },
      img1: { type: 'float32', data: second.rgb, dims },
      timestep: { type: 'float32', data: Float32Array.of(at), dims: [1] },
    });
    const [flow, mask] = [out['flow'], out['mask']];
    if (flow?.type !== 'float32' || mask?.type !== 'float32') throw new Error('the graph gave no flow and mask');
    const grid = emptyGrid(refined, cellPx);
    const [wide, tall] = [refined.width / network.width, refined.height / network.height];
    const fields = [grid.x0, grid.y0, grid.x1, grid.y1];
    fields.forEach((field, index) => this.#bring(flow.data, index, field, index % 2 === 0 ? wide : tall));
    this.#bring(mask.data, 0, grid.share, 1);
    refineFlow(grid, first.luma, second.luma, at, refinements);
    return grid;
  }

  /** One channel of an output without its padding, on the grid. */
  #bring(data: Float32Array, channel: number, into: Float32Array, scale: number): void {
    const { padded, network } = this.#sizes;
    const start = channel * padded.width * padded.height;
    for (let y = 0; y < network.height; y++) {
      const row = start + y * padded.width;
      this.#part.set(data.subarray(row, row + network.width), y * network.width);
    }
    this.#toGrid.run(this.#part, into, scale);
  }
}
