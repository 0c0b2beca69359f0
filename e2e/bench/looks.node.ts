/**
 * Every look on films, measured: `looks.node.ts SECONDS FILE ... [-- LOOK ...]`. Each look is made as takes are, but
 * without loss, and beside it the filter of ffmpeg that a single line gives. Sharpness is the variance of the
 * Laplacian over that of luma, as a share of the source's; flicker is the mean change from frame to frame where the
 * source hardly changes, over the source's own there. The last line is JSON.
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
import { asVideo } from '../../core/engine/footage/looks/drawLooks.ts';
import { lookGraph, openStage, type LooksWanted } from '../../core/engine/footage/looks/lookGraph.node.ts';
import { looksOfScenes } from '../../core/engine/footage/looks/lookDrawings.ts';
import { readScene } from '../../core/engine/footage/looks/scene/readScene.node.ts';
import { runSettle } from '../../core/engine/footage/looks/settle/runSettle.node.ts';
import { isSettled } from '../../core/engine/footage/looks/settle/settledLooks.ts';
import { writePlates } from '../../core/engine/footage/looks/writePlates.node.ts';
import { framesWanted } from '../../core/engine/footage/framesWanted.ts';
import { openSourceFile } from '../../core/engine/generation/fileRequests.node.ts';
import { losslessTakeOptions } from '../../core/engine/generation/encodeTake.node.ts';
import { ticksFromSeconds } from '../../core/time/ticks.ts';

/** Change of luma from one frame to the next, in levels, up to which a pixel counts as still. */
const stillLevels = 2;

/** What a single line of ffmpeg gives for the same wish. */
const oneLiners: Partial<Record<LookId, string>> = {
  watercolour: 'median=radius=4,eq=saturation=1.2:gamma=1.3',
  oil: 'median=radius=5,eq=saturation=1.3',
  pencil: 'edgedetect=low=0.1:high=0.3,negate,format=yuv420p',
  ink: 'format=gray,eq=contrast=3,format=yuv420p',
  comic: 'edgedetect=mode=colormix:high=0,format=yuv420p',
  pixelArt: 'scale=iw/8:ih/8:flags=area,scale=iw*8:ih*8:flags=neighbor',
  clay: 'gblur=sigma=4',
  neon: 'edgedetect=low=0.1:high=0.3:mode=wires,format=yuv420p',
  blueprint: 'edgedetect=low=0.1:high=0.3,format=yuv420p',
  warmNegative: 'curves=preset=vintage,noise=alls=6:allf=t,format=yuv420p',
  vividSlide: 'eq=saturation=1.4:contrast=1.2',
  monochrome: 'hue=s=0,noise=c0s=8:c0f=t',
  noir: 'hue=s=0,eq=contrast=1.6,vignette',
  oldFilm: 'colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131,noise=alls=12:allf=t,format=yuv420p',
  dusk: 'colorbalance=rs=.2:bs=-.2:rm=.15:bm=-.1,eq=brightness=-.08,format=yuv420p',
  night: 'eq=brightness=-.3:saturation=.5,colorbalance=bs=.2,format=yuv420p',
};

export interface Figures {
  readonly sharpness: number;
  readonly flicker: number;
}

export interface Measured extends Figures {
  readonly film: string;
  readonly look: LookId;
  readonly frames: number;
  readonly wanted: number;
  /** The one-liner's; null where there is none. */
  readonly oneLiner: Figures | null;
  readonly wallSeconds: number;
}

async function measure(path: string, look: LookId, seconds: number): Promise<Measured> {
  const file = await openSourceFile(path);
  const range = { file, startTicks: 0, durationTicks: Math.min(file.facts.durationTicks, ticksFromSeconds(seconds)) };
  const { video, size: coded, rate, frameCount } = framesWanted(range);
  const folder = await mkdtemp(join(tmpdir(), 'framewright-looks-'));
  const startedMs = performance.now();
  try {
    const grid = { range, video, rate: rate!, frameCount };
    const scene = looksOfScenes.has(look)
      ? await readScene({ ...grid, coded }, join(folder, 'scene.gray'), {
          people: null,
          checkCancelled: () => undefined,
          onFrame: () => undefined,
        })
      : null;
    const wanted: LooksWanted = { ...grid, looks: [look], strength: 1, size: 'shown', folder, scene };
    const { stage } = lookGraph(wanted, coded);
    await writePlates(stage);
    const made = join(folder, 'made.mp4');
    const frames = await make(wanted, coded, made);
    const wallSeconds = (performance.now() - startedMs) / 1000;
    const figures = await compare(wanted, coded, made);
    const line = oneLiners[look];
    const other = join(folder, 'other.mp4');
    if (line) drawOneLiner(path, line, stage.frames.size, frameCount, other);
    const oneLiner = line ? await compare(wanted, coded, other) : null;
    return { film: basename(path), look, frames, wanted: frameCount, ...figures, oneLiner, wallSeconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Coded = Parameters<typeof openStage>[1];

/** As a take, without loss; answers the number of frames. */
async function make(wanted: LooksWanted, coded: Coded, to: string): Promise<number> {
  const options = [['r', wanted.rate] as const, ...losslessTakeOptions];
  if (isSettled(wanted.looks)) {
    const run = {
      task: 'settle' as const,
      wanted,
      coded,
      patch: null,
      output: { path: to, format: 'mp4' as const, options },
    };
    const nobody = () => {
      throw new Error('no pack runs');
    };
    const context = { checkCancelled: () => undefined, report: () => undefined, scratchFolder: '', threads: 2 };
    await runSettle(run, { ...context, readerOf: nobody });
    return wanted.frameCount;
  }
  const result = await runFrames((rereads) => {
    const { graph, stage, drawn } = lookGraph(wanted, coded, rereads);
    return {
      graph,
      outputs: [{ to, streams: [asVideo(stage, drawn)], format: 'mp4', options }],
      about: wanted.range.file.path,
    };
  });
  return result.frameCount;
}

function drawOneLiner(path: string, line: string, size: Coded, frameCount: number, to: string): void {
  const whole = `${line},scale=${size.width}:${size.height}`;
  const words = ['-v', 'error', '-y', '-i', path, '-an', '-sn', '-frames:v', String(frameCount), '-vf', whole];
  execFileSync(process.env.FRAMEWRIGHT_FFMPEG ?? 'ffmpeg', [
    ...words,
    '-c:v',
    'libx264',
    '-qp',
    '0',
    '-preset',
    'veryfast',
    to,
  ]);
}

/** The source beside what was made of it. */
async function compare(wanted: LooksWanted, coded: Coded, made: string): Promise<Figures> {
  const { width, height } = openStage(wanted, coded).stage.frames.size;
  let meter = createMeter(width, height);
  await runFrames((rereads) => {
    meter = createMeter(width, height);
    const { graph, stage, source } = openStage(wanted, coded, rereads);
    const grey = [source, graph.open({ path: made }).stream(0)].map((stream) =>
      stage.chain(stream, filter('extractplanes', { planes: 'y' }), filter('setsar', { sar: 1 })),
    );
    const both = stage.chain(graph.chain(grey, [filter('vstack')]), format('gray'));
    return { graph, outputs: [{ to: meter.sink, streams: [both], format: 'rawvideo' }], about: made };
  });
  return meter.result();
}

/** Takes frames with the source above and the look below. */
function createMeter(width: number, height: number) {
  const bytes = width * height;
  const frame = Buffer.alloc(2 * bytes);
  let filled = 0;
  let before: Buffer | null = null;
  let [sourceSharp, lookSharp, sourceChange, lookChange] = [0, 0, 0, 0];
  const take = (): void => {
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
    const { frames, wanted, sharpness, flicker, oneLiner, wallSeconds } = one;
    const other = oneLiner
      ? `; one line of ffmpeg: sharpness ${oneLiner.sharpness.toFixed(2)}, flicker ${oneLiner.flicker.toFixed(2)}`
      : '';
    process.stderr.write(
      `  ${one.film} ${look}: ${frames}/${wanted} frames, sharpness ${sharpness.toFixed(2)}, ` +
        `flicker ${flicker.toFixed(2)}, ${wallSeconds.toFixed(1)} s${other}\n`,
    );
  }
}
console.log(JSON.stringify(measured));
