/** Removal in the inference child: a first pass over small frames finds the camera, a second makes full-size frames. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { VideoFacts } from '../../../disk/facts.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph, type Filter } from '../../../ffmpeg/filterGraph.ts';
import type { Rereads } from '../../../ffmpeg/framePromise.ts';
import { halfRows, inSamples, openFrames, samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque, sampleFormatOf, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Rate } from '../../../time/ticks.ts';
import type { FootageContext } from '../footageContext.ts';
import { streamFrames, type FrameSourceBuild } from '../frameStream.node.ts';
import { asError, loadOpenCv, type Cv } from '../opencv/openCv.node.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import { CameraWatch, type Camera } from './camera.node.ts';
import { FrameLine } from './frameLine.node.ts';
import { openGatherThread, type GatherThread } from './gatherThread.node.ts';
import { FarFrames, farSpacingFor, MaskFile, NearFrames, reachFor, spareFor } from './heldFrames.node.ts';
import type { Hole } from './hole.ts';
import { waysOfFilling } from './inpaint.node.ts';
import { scaled } from './homography.ts';
import { PlateMaker, type FrameReport } from './plateMaker.ts';
import { layoutOf, planesOf, type FrameLayout, type Samples } from './planes.ts';
import type { PlateResult, PlateRun } from './plateRun.ts';
import { writeRegion, type PlaneRegion } from './region.ts';
import { verdictOf } from './verdict.ts';

/** Longest side of the frames that the camera is found in, px. */
const watchedSide = 512;
const watchShare = 0.28;
/** Frames in which the mask's edge is looked at. */
const mostEdgeFrames = 8;
/** Frames on each side that are searched, where memory allows. */
const usualReach = 20;

/** Runs a removal, on two threads where the context allows as many. */
export async function runPlate(
  run: PlateRun,
  context: FootageContext,
  openThread = openGatherThread,
): Promise<PlateResult> {
  const { cv } = await loadOpenCv();
  try {
    return await new Removal(run, context, cv, openThread).make();
  } catch (error) {
    throw asError(cv, error);
  }
}

class Removal {
  private readonly run: PlateRun;
  private readonly context: FootageContext;
  private readonly cv: Cv;
  private readonly video: VideoFacts;
  private readonly samples: SampleFormat;
  private readonly layout: FrameLayout;
  private readonly openGatherThread: typeof openGatherThread;
  private readonly farPath: string;

  constructor(run: PlateRun, context: FootageContext, cv: Cv, openThread: typeof openGatherThread) {
    this.openGatherThread = openThread;
    this.farPath = join(context.scratchFolder, 'far.raw');
    this.run = run;
    this.context = context;
    this.cv = cv;
    this.video = run.source.facts.video!;
    this.samples = run.still ? sampleFormatOf('gbrp') : opaque(samplesOf(this.video));
    this.layout = layoutOf(this.samples, run.picture);
  }

  async make(): Promise<PlateResult> {
    const { run, layout, context } = this;
    if (run.still) return this.fillStill(run.still);
    const masks = new MaskFile(run.mask.path, run.mask.frameCount, layout, { isShared: context.threads > 1 });
    const far = new FarFrames(this.farPath, layout, masks);
    try {
      const { camera, rereads } = await this.watchCamera(masks);
      await this.keepFar(far, rereads);
      masks.growBy(far.samples(mostEdgeFrames));
      return await this.fill(camera, masks, far, rereads);
    } finally {
      masks.close();
      far.close();
    }
  }

  /** The source's frames on its own grid, every `every`-th of them, through `tail`. */
  private reading(tail: readonly Filter[], pixelFormat: string, every = 1): FrameSourceBuild {
    const { source, startTicks, rate, frameCount } = this.run;
    return (rereads) => {
      const graph = new FilterGraph(rereads);
      const outputRate: Rate = rate ? { num: rate.num, den: rate.den * every } : { num: 1, den: 1 };
      const frames = openFrames(graph, framesOf(source, this.video), {
        ...{ sourceRate: rate, sourceDurationTicks: source.facts.durationTicks, startTicks, outputRate },
        ...{ speed: { num: 1, den: 1 }, reversed: false, frameCount: Math.ceil(frameCount / every) },
      });
      const picture = graph.chain([frames.stream], [...tail, ...frames.finish]);
      return { graph, picture, pixelFormat, about: source.path };
    };
  }

  private inOwnSamples(): Filter[] {
    const { colour } = framesOf(this.run.source, this.video);
    return [...inSamples({ colour, samples: this.samples }), filter('setsar', { sar: 1 })];
  }

  private async watchCamera(masks: MaskFile): Promise<{ camera: Camera; rereads: Rereads }> {
    const { run, cv, context, layout } = this;
    const shrink = Math.min(1, watchedSide / Math.max(layout.width, layout.height));
    const width = Math.max(16, Math.round(layout.width * shrink));
    const height = Math.max(16, Math.round(layout.height * shrink));
    let watch = new CameraWatch(cv, width, height);
    let grey = new Uint8Array(0);
    const small = [...this.inOwnSamples(), filter('scale', { w: width, h: height, flags: 'area' }), format('gray')];
    const rereads = await streamFrames(this.reading(small, 'gray'), width * height, run.frameCount, {
      begin: () => (watch = new CameraWatch(cv, width, height)),
      nextBuffer: () => (grey = new Uint8Array(width * height)),
      take: async (index) => {
        watch.take(grey, shrunk(masks.holeAt(index), layout, width, height));
        context.report({ fraction: (watchShare * (index + 1)) / run.frameCount, stage: 'camera' });
        await setImmediate();
        context.checkCancelled();
      },
    });
    const { toNext, ...camera } = watch.finish();
    const [sx, sy] = [layout.width / width, layout.height / height];
    return { camera: { ...camera, toNext: toNext.map((motion) => scaled(motion, sx, sy)) }, rereads };
  }

  private async keepFar(far: FarFrames, rereads: Rereads): Promise<void> {
    const every = farSpacingFor(this.run.frameCount);
    const bytes = new Uint8Array(this.layout.byteCount);
    const count = Math.ceil(this.run.frameCount / every);
    await streamFrames(
      this.reading(this.inOwnSamples(), this.samples.name, every),
      this.layout.byteCount,
      count,
      { begin: () => far.clear(), nextBuffer: () => bytes, take: (index) => far.add(index * every, bytes) },
      rereads,
    );
  }

  private async fill(camera: Camera, masks: MaskFile, far: FarFrames, rereads: Rereads): Promise<PlateResult> {
    const { run, layout, context } = this;
    const reach = reachFor(layout, masks.isStill);
    const path = join(context.scratchFolder, 'plate.raw');
    const output = openSync(path, 'w');
    const thread = await this.openThread(camera, masks, far, reach);
    const near = new NearFrames(layout, masks, far, thread !== null);
    let written = 0;
    let bytes = new Uint8Array(0) as Uint8Array;
    const line = new FrameLine({
      ...{ near, thread, reach, spare: thread ? spareFor(layout) : 0 },
      newMaker: () => new PlateMaker(camera, layout, reach, waysOfFilling(this.cv)),
      checkCancelled: () => context.checkCancelled(),
      put: ({ index, planes }, regions) => {
        const made = this.boxFrame(planes, regions);
        written += writeSync(output, made, 0, made.length, written);
        context.report({ fraction: watchShare + ((1 - watchShare) * (index + 1)) / run.frameCount, stage: 'fill' });
      },
    });
    try {
      await streamFrames(
        this.reading(this.inOwnSamples(), this.samples.name),
        layout.byteCount,
        run.frameCount,
        {
          begin: () => {
            line.begin();
            written = 0;
          },
          nextBuffer: () => (bytes = near.buffer()),
          take: (index) => line.add(index, bytes),
        },
        rereads,
      );
      await line.makeUpTo(run.frameCount);
    } finally {
      closeSync(output);
      await thread?.close();
    }
    return this.answer(path, line.reports, masks.overhang, reach < usualReach ? reach : null);
  }

  /** A thread for the second core; null on a machine with one, and where frames are too large to let any wait. */
  private async openThread(
    camera: Camera,
    masks: MaskFile,
    far: FarFrames,
    reach: number,
  ): Promise<GatherThread | null> {
    const { run, layout, context } = this;
    if (context.threads < 2 || spareFor(layout) === 0) return null;
    const { path, frameCount } = run.mask;
    return this.openGatherThread({
      ...{ camera, layout, reach, masks: { path, frameCount, growth: masks.growth } },
      far: { path: this.farPath, indices: far.indices },
    });
  }

  /** One picture: nothing else shows what is hidden. */
  private async fillStill(still: string): Promise<PlateResult> {
    const { run, layout, context } = this;
    const masks = new MaskFile(run.mask.path, run.mask.frameCount, layout);
    try {
      const planes = planesOf(await readFile(still), layout);
      masks.growBy([[0, planes[0]!]]);
      const frame = { index: 0, planes, hole: masks.holeAt(0) };
      const alone = { near: () => null, far: [], farFrame: () => frame };
      const camera = { toNext: [], shotOf: [0], stillShots: [true] };
      const { regions, report } = new PlateMaker(camera, layout, 1, waysOfFilling(this.cv)).make(frame, alone);
      const path = join(context.scratchFolder, 'plate.raw');
      await writeFile(path, this.boxFrame(frame.planes, regions));
      return this.answer(path, [report], masks.overhang, null);
    } finally {
      masks.close();
    }
  }

  private answer(
    path: string,
    reports: readonly FrameReport[],
    tightPx: number,
    shortReach: number | null,
  ): PlateResult {
    const frames = { path, frameCount: reports.length, rows: halfRows(this.run.box.height, this.samples) };
    return { task: 'plate', frames, verdict: verdictOf(reports, tightPx), shortReach };
  }

  /** The box's part of the frame, with what was made in its place. */
  private boxFrame(planes: readonly Samples[], regions: readonly PlaneRegion[]): Uint8Array {
    const { box } = this.run;
    const { layout } = this;
    const part = layoutOf(this.samples, { width: box.width, height: halfRows(box.height, this.samples) });
    const bytes = new Uint8Array(part.byteCount);
    for (const [index, to] of planesOf(bytes, part).entries()) {
      const from = layout.planes[index]!;
      const filled = regions[index] ? planes[index]!.slice() : planes[index]!;
      if (regions[index]) writeRegion(regions[index]!, filled, layout);
      const { width, height } = part.planes[index]!;
      const [left, top] = [box.x >> from.shift.x, box.y >> from.shift.y];
      for (let row = 0; row < Math.min(height, from.height - top); row++) {
        const at = (top + row) * from.width + left;
        to.set(filled.subarray(at, at + Math.min(width, from.width - left)), row * width);
      }
    }
    return bytes;
  }
}

/** The hole at the size of the watched frames, a pixel wider: any touched pixel counts. */
function shrunk(
  { pixels, box }: Hole,
  { width, height }: FrameLayout,
  smallWidth: number,
  smallHeight: number,
): Uint8Array {
  const small = new Uint8Array(smallWidth * smallHeight);
  if (!box) return small;
  for (let y = box.y; y < box.y + box.height; y++) {
    const row = Math.min(smallHeight - 1, Math.floor((y * smallHeight) / height));
    for (let x = box.x; x < box.x + box.width; x++) {
      if (pixels[y * width + x] === 0) continue;
      const column = Math.min(smallWidth - 1, Math.floor((x * smallWidth) / width));
      small[row * smallWidth + column] = 1;
      if (column > 0) small[row * smallWidth + column - 1] = 1;
      if (column < smallWidth - 1) small[row * smallWidth + column + 1] = 1;
      if (row > 0) small[(row - 1) * smallWidth + column] = 1;
      if (row < smallHeight - 1) small[(row + 1) * smallWidth + column] = 1;
    }
  }
  return small;
}
