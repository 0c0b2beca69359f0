/**
 * Every look on films, measured: `looks.node.ts SECONDS SPEED_FILM FILE ... [-- LOOK ...]`. Each look is made and
 * encoded as takes are. The last line is JSON.
 *
 * - sharpness: variance of the Laplacian of luma, over that of the same look drawn on each frame by itself, at full
 *   size and never encoded; and over that of a single line of ffmpeg for the same wish;
 * - change: mean change from frame to frame where the source hardly changes, over the source's own there;
 * - processor time a frame and memory, with decoding and encoding, on SPEED_FILM ('' = not measured).
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import { lookIds, type LookId } from '../../core/actions/restyle/looks.ts';
import { format } from '../../core/ffmpeg/colour.ts';
import { filter } from '../../core/ffmpeg/filterGraph.ts';
import { runFrames } from '../../core/ffmpeg/run.node.ts';
import { asVideo, drawLooks } from '../../core/engine/footage/looks/drawLooks.ts';
import { lookGraph, openStage, type LooksWanted } from '../../core/engine/footage/looks/lookGraph.node.ts';
import { looksOfScenes } from '../../core/engine/footage/looks/lookDrawings.ts';
import { readScene } from '../../core/engine/footage/looks/scene/readScene.node.ts';
import { runSettle } from '../../core/engine/footage/looks/settle/runSettle.node.ts';
import { isSettled } from '../../core/engine/footage/looks/settle/settledLooks.ts';
import { writePlates } from '../../core/engine/footage/looks/writePlates.node.ts';
import { framesWanted } from '../../core/engine/footage/framesWanted.ts';
import { openSourceFile } from '../../core/engine/generation/fileRequests.node.ts';
import { takeVideoOptions } from '../../core/engine/generation/encodeTake.node.ts';
import { ticksFromSeconds } from '../../core/time/ticks.ts';
import { oneLiners } from './lookOneLiners.ts';
import { measureCost } from './processCost.node.ts';

/** Change of luma from one frame to the next, in levels, up to which a pixel counts as still. */
const stillLevels = 2;
/** Of the film that speed is measured on. */
const speedSeconds = 2;

/** Of one look on one film. */
export interface Measured {
  readonly film: string;
  readonly look: LookId;
  readonly frames: number;
  readonly wanted: number;
  /** Over the look drawn on each frame by itself. */
  readonly sharpness: number;
  /** Over a single line of ffmpeg's; null where there is none. */
  readonly besideOneLine: number | null;
  readonly change: number;
  readonly changeOfOneLine: number | null;
}

/** What one look takes on the film for speed. */
export interface Speed {
  readonly look: LookId;
  /** Of textures and other things done once, s. */
  readonly onceSeconds: number;
  readonly cpuSecondsPerFrame: number;
  readonly peakMb: number;
}

type Coded = Parameters<typeof openStage>[1];
interface Job {
  readonly wanted: LooksWanted;
  readonly coded: Coded;
  readonly folder: string;
}

/** Looks at the scene and writes the plates, then does the work in a folder that is removed. */
async function withLook<T>(path: string, look: LookId, seconds: number, work: (job: Job) => Promise<T>): Promise<T> {
  const file = await openSourceFile(path);
  const range = { file, startTicks: 0, durationTicks: Math.min(file.facts.durationTicks, ticksFromSeconds(seconds)) };
  const { video, size: coded, rate, frameCount } = framesWanted(range);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-looks-'));
  try {
    const grid = { range, video, rate: rate!, frameCount };
    return await work({ wanted: { ...grid, looks: [look], strength: 1, size: 'shown', folder }, coded, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The scene, for looks that need it. */
async function seen({ wanted, coded, folder }: Job): Promise<LooksWanted> {
  if (!looksOfScenes.has(wanted.looks[0]!)) return wanted;
  const watching = { people: null, checkCancelled: () => undefined, onFrame: () => undefined };
  return { ...wanted, scene: await readScene({ ...wanted, coded }, join(folder, 'scene.gray'), watching) };
}

function measure(path: string, look: LookId, seconds: number): Promise<Measured> {
  return withLook(path, look, seconds, async (job) => {
    const wanted = await seen(job);
    const { stage } = lookGraph(wanted, job.coded);
    await writePlates(stage);
    const made = join(job.folder, 'made.mp4');
    const frames = await make(wanted, job.coded, made);
    const own = await compare(wanted, job.coded, made);
    const line = oneLiners[look];
    const other = join(job.folder, 'other.mp4');
    if (line) drawOneLiner(path, line, stage.frames.size, wanted.frameCount, other);
    const theirs = line ? await compare(wanted, job.coded, other) : null;
    return {
      film: basename(path),
      look,
      frames,
      wanted: wanted.frameCount,
      sharpness: own.sharpness / own.reference,
      besideOneLine: theirs && own.sharpness / theirs.sharpness,
      change: own.change,
      changeOfOneLine: theirs && theirs.change,
    };
  });
}

function measureSpeed(path: string, look: LookId): Promise<Speed> {
  return withLook(path, look, speedSeconds, async (job) => {
    const once = await measureCost(() => writePlates(lookGraph(job.wanted, job.coded).stage));
    const { cost } = await measureCost(async () => {
      const wanted = await seen(job);
      if (wanted.scene) await writePlates(lookGraph(wanted, job.coded).stage);
      return make(wanted, job.coded, join(job.folder, 'made.mp4'));
    });
    const twice = looksOfScenes.has(look) ? once.cost.cpuSeconds : 0;
    return {
      look,
      onceSeconds: once.cost.cpuSeconds,
      cpuSecondsPerFrame: (cost.cpuSeconds - twice) / job.wanted.frameCount,
      peakMb: cost.peakMb,
    };
  });
}

/** As a take; answers the number of frames. */
async function make(wanted: LooksWanted, coded: Coded, to: string): Promise<number> {
  const options = [['r', wanted.rate] as const, ...takeVideoOptions];
  const output = { path: to, format: 'mp4' as const, options };
  if (isSettled(wanted.looks)) {
    const nobody = () => {
      throw new Error('no pack runs');
    };
    const context = { checkCancelled: () => undefined, report: () => undefined, scratchFolder: '', threads: 2 };
    await runSettle({ task: 'settle', wanted, coded, patch: null, output }, { ...context, readerOf: nobody });
    return wanted.frameCount;
  }
  const result = await runFrames((rereads) => {
    const { graph, stage, drawn } = lookGraph(wanted, coded, rereads);
    return {
      graph,
      outputs: [{ to, streams: [asVideo(stage, drawn)], format: output.format, options }],
      about: wanted.range.file.path,
    };
  });
  return result.frameCount;
}

function drawOneLiner(path: string, line: string, size: Coded, frameCount: number, to: string): void {
  const whole = `${line},scale=${size.width}:${size.height},format=yuv420p`;
  const words = ['-v', 'error', '-y', '-i', path, '-an', '-sn', '-frames:v', String(frameCount), '-vf', whole];
  const encoding = ['-c:v', 'libx264', '-crf', '12', '-preset', 'fast', to];
  execFileSync(process.env.FRAMEWRIGHT_FFMPEG ?? 'ffmpeg', [...words, ...encoding]);
}

/** The source, the look drawn on each frame by itself, and what was made: below each other, luma alone. */
async function compare(wanted: LooksWanted, coded: Coded, made: string) {
  const { width, height } = openStage(wanted, coded).stage.frames.size;
  let meter = createMeter(width, height);
  await runFrames((rereads) => {
    meter = createMeter(width, height);
    const { graph, stage, source } = openStage(wanted, coded, rereads);
    const [shown, used] = stage.copies(source, 2);
    const alone = asVideo(stage, drawLooks(stage, used!, wanted));
    const grey = [shown!, alone, graph.open({ path: made }).stream(0)].map((stream) =>
      stage.chain(stream, filter('extractplanes', { planes: 'y' }), filter('setsar', { sar: 1 })),
    );
    const all = stage.chain(graph.chain(grey, [filter('vstack', { inputs: grey.length })]), format('gray'));
    return { graph, outputs: [{ to: meter.sink, streams: [all], format: 'rawvideo' }], about: made };
  });
  return meter.result();
}

/** Takes frames with the source above, the look drawn by itself below it and what was made at the bottom. */
function createMeter(width: number, height: number) {
  const bytes = width * height;
  const frame = Buffer.alloc(3 * bytes);
  let filled = 0;
  let before: Buffer | null = null;
  const sum = { sharpness: 0, reference: 0, sourceChange: 0, change: 0 };
  const take = (): void => {
    const [source, alone, made] = [0, 1, 2].map((part) => frame.subarray(part * bytes, (part + 1) * bytes));
    sum.reference += sharpnessOf(alone!, width, height);
    sum.sharpness += sharpnessOf(made!, width, height);
    if (before) {
      for (let i = 0; i < bytes; i++) {
        const own = Math.abs(source![i]! - before[i]!);
        if (own > stillLevels) continue;
        sum.sourceChange += own;
        sum.change += Math.abs(made![i]! - before[2 * bytes + i]!);
      }
    }
    before = Buffer.from(frame);
  };
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + frame.length - filled);
        frame.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < frame.length) break;
        filled = 0;
        take();
      }
      done();
    },
  });
  return {
    sink,
    result: () => ({
      sharpness: sum.sharpness,
      reference: sum.reference,
      change: sum.change / Math.max(1, sum.sourceChange),
    }),
  };
}

/** Mean square of the Laplacian, whose mean is 0. */
function sharpnessOf(grey: Buffer, width: number, height: number): number {
  let edges = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const edge = 4 * grey[i]! - grey[i - 1]! - grey[i + 1]! - grey[i - width]! - grey[i + width]!;
      edges += edge * edge;
    }
  }
  return edges / ((width - 2) * (height - 2));
}

const [seconds = '1', speedFilm = '', ...words] = process.argv.slice(2);
const cut = words.indexOf('--');
const films = cut < 0 ? words : words.slice(0, cut);
const chosen = cut < 0 ? lookIds : lookIds.filter((id) => words.slice(cut + 1).includes(id));
const measured: Measured[] = [];
const speeds: Speed[] = [];
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
const shown = (value: number | null): string => (value === null ? '-' : value.toFixed(2));
for (const look of chosen) {
  if (speedFilm !== '') {
    const speed = await measureSpeed(speedFilm, look);
    speeds.push(speed);
    const { onceSeconds, cpuSecondsPerFrame, peakMb } = speed;
    say(
      `${look}: ${cpuSecondsPerFrame.toFixed(3)} CPU s a frame, ${onceSeconds.toFixed(1)} s once, ` +
        `${Math.round(peakMb)} MB`,
    );
  }
  for (const film of films) {
    const one = await measure(film, look, Number(seconds));
    measured.push(one);
    say(
      `${one.film} ${look}: ${one.frames}/${one.wanted} frames, sharpness ${shown(one.sharpness)} ` +
        `(one line ${shown(one.besideOneLine)}), change ${shown(one.change)} (one line ${shown(one.changeOfOneLine)})`,
    );
  }
}
console.log(JSON.stringify({ measured, speeds }));
