/**
 * Every look on films, measured: `looks.node.ts SECONDS FILE ... [-- LOOK ...]`. For each look the worst film counts.
 * Sharpness is the variance of the Laplacian over the variance of luma, as a share of the source's; flicker is the mean
 * change from frame to frame where the source hardly changes, over the source's own there. The last line is JSON.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import { lookIds, type LookId } from '../../core/actions/restyle/looks.ts';
import { format } from '../../core/ffmpeg/colour.ts';
import { filter } from '../../core/ffmpeg/filterGraph.ts';
import { runFrames } from '../../core/ffmpeg/run.node.ts';
import { asVideo, drawLooks } from '../../core/engine/footage/looks/drawLooks.ts';
import { openStage } from '../../core/engine/footage/looks/lookGraph.node.ts';
import { writePlates } from '../../core/engine/footage/looks/writePlates.node.ts';
import { framesWanted } from '../../core/engine/footage/framesWanted.ts';
import { openSourceFile } from '../../core/engine/generation/fileRequests.node.ts';
import { ticksFromSeconds } from '../../core/time/ticks.ts';

/** Change of luma from one frame to the next, in levels, up to which a pixel counts as still. */
const stillLevels = 2;

export interface Measured {
  readonly film: string;
  readonly look: LookId;
  readonly frames: number;
  readonly wanted: number;
  readonly sharpness: number;
  readonly flicker: number;
  readonly wallSeconds: number;
}

async function measure(path: string, look: LookId, seconds: number): Promise<Measured> {
  const file = await openSourceFile(path);
  const range = { file, startTicks: 0, durationTicks: Math.min(file.facts.durationTicks, ticksFromSeconds(seconds)) };
  const { video, size: coded, rate, frameCount } = framesWanted(range);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-looks-'));
  const startedMs = performance.now();
  try {
    const build = (rereads?: Parameters<typeof openStage>[2]) => {
      const wanted = { range, video, rate: rate!, frameCount, size: 'shown' as const, folder };
      const { graph, stage, source } = openStage(wanted, coded, rereads);
      const [plain, used] = stage.copies(source, 2);
      const drawn = asVideo(stage, drawLooks(stage, used!, { looks: [look], strength: 1 }));
      const grey = [plain!, drawn].map((stream) => stage.chain(stream, filter('extractplanes', { planes: 'y' })));
      return { graph, stage, both: stage.chain(graph.chain(grey, [filter('vstack')]), format('gray')) };
    };
    const { stage } = build();
    await writePlates(stage);
    const meter = createMeter(stage.frames.size.width, stage.frames.size.height);
    const result = await runFrames((rereads) => {
      const { graph, both } = build(rereads);
      return { graph, outputs: [{ to: meter.sink, streams: [both], format: 'rawvideo' }], about: path };
    });
    const wallSeconds = (performance.now() - startedMs) / 1000;
    return {
      film: basename(path),
      look,
      frames: result.frameCount,
      wanted: frameCount,
      ...meter.result(),
      wallSeconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes frames with the source above and the look below. */
function createMeter(width: number, height: number) {
  const bytes = width * height;
  let buffer = Buffer.alloc(0);
  let before: Buffer | null = null;
  let [sourceSharp, lookSharp, sourceChange, lookChange] = [0, 0, 0, 0];
  const take = (frame: Buffer): void => {
    const [source, look] = [frame.subarray(0, bytes), frame.subarray(bytes)];
    sourceSharp += sharpnessOf(source, width, height);
    lookSharp += sharpnessOf(look, width, height);
    if (before) {
      for (let i = 0; i < bytes; i++) {
        const own = Math.abs(source[i]! - before[i]!);
        if (own > stillLevels) continue;
        sourceChange += own;
        lookChange += Math.abs(look[i]! - before[bytes + i]!);
      }
    }
    before = Buffer.from(frame);
  };
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      buffer = Buffer.concat([buffer, chunk]);
      for (; buffer.length >= 2 * bytes; buffer = buffer.subarray(2 * bytes)) take(buffer.subarray(0, 2 * bytes));
      done();
    },
  });
  return { sink, result: () => ({ sharpness: lookSharp / sourceSharp, flicker: lookChange / sourceChange }) };
}

/** Variance of the Laplacian over the variance of the values. */
function sharpnessOf(grey: Buffer, width: number, height: number): number {
  let [sum, square, edges] = [0, 0, 0];
  let count = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const value = grey[i]!;
      const edge = 4 * value - grey[i - 1]! - grey[i + 1]! - grey[i - width]! - grey[i + width]!;
      sum += value;
      square += value * value;
      edges += edge * edge;
      count++;
    }
  }
  return edges / count / (square / count - (sum / count) ** 2 + 1);
}

const [seconds = '2', ...words] = process.argv.slice(2);
const cut = words.indexOf('--');
const films = cut < 0 ? words : words.slice(0, cut);
const chosen = cut < 0 ? lookIds : lookIds.filter((id) => words.slice(cut + 1).includes(id));
const measured: Measured[] = [];
for (const film of films) {
  for (const look of chosen) {
    const one = await measure(film, look, Number(seconds));
    measured.push(one);
    const { frames, wanted, sharpness, flicker, wallSeconds } = one;
    process.stderr.write(
      `  ${one.film} ${look}: ${frames}/${wanted} frames, sharpness ${sharpness.toFixed(2)}, ` +
        `flicker ${flicker.toFixed(2)}, ${wallSeconds.toFixed(1)} s\n`,
    );
  }
}
console.log(JSON.stringify(measured));
