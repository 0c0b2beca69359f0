/** Looks on a drawn film, for tests. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LookId } from '../../../actions/restyle/looks.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { renumbered } from '../../../ffmpeg/frameFilters.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import type { Size } from '../../../render/place.ts';
import { drawLooks } from './drawLooks.ts';
import { LookStage, type StageFrames } from './stage.ts';
import { writePlates } from './writePlates.node.ts';

/** Looks over each other at a strength of 0..1. */
export interface LooksAsked {
  readonly looks: readonly LookId[];
  readonly strength: number;
}

/** The frames of a film that the tests draw on. */
export function filmOf(size: Size): StageFrames {
  return { size, rate: { num: 25, den: 1 }, frameCount: 2 };
}

/** Frames in rgb24: for each of `asked` its frames in order. All are drawn in one run of ffmpeg. */
export async function drawForTest(frames: StageFrames, asked: readonly LooksAsked[]): Promise<Buffer[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'framewright-looks-'));
  try {
    const { size, rate, frameCount } = frames;
    const graph = new FilterGraph();
    const trimmed = filter('trim', { end_frame: frameCount });
    const filmed = graph.chain(
      [],
      [filter('testsrc2', { size, rate }), trimmed, format('yuv420p'), ...renumbered(rate)],
    );
    const stage = new LookStage(graph, frames, folder);
    const copies = stage.copies(filmed, asked.length);
    const drawn = asked.map(({ looks, strength }, index) =>
      stage.chain(drawLooks(stage, copies[index]!, { looks, strength }), format('rgb24')),
    );
    const all = drawn.length === 1 ? drawn[0]! : graph.chain(drawn, [filter('vstack', { inputs: drawn.length })]);
    await writePlates(stage);
    const to = join(folder, 'all.rgb');
    await runFfmpeg({ graph, outputs: [{ to, streams: [all], format: 'rawvideo' }] });
    const data = await readFile(to);
    const bytes = size.width * size.height * 3;
    const made = data.length / (bytes * asked.length);
    const at = (look: number, frame: number) => (frame * asked.length + look) * bytes;
    return asked.map((_each, look) =>
      Array.from({ length: made }, (_, frame) => data.subarray(at(look, frame), at(look, frame) + bytes)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Mean change of a value, in levels of 8 bits. */
export function changeBetween(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length;
}
