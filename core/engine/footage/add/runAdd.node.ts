/**
 * A picture put into footage, in the inference child: a first pass keeps small frames, in which the anchor is followed,
 * a second lays the picture into full-size ones. A patch's box and opacity are written, nothing whole is held.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { colourOf, type VideoFacts } from '../../../disk/facts.ts';
import { format } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph, type Filter } from '../../../ffmpeg/filterGraph.ts';
import type { Rereads } from '../../../ffmpeg/framePromise.ts';
import { halfRows, inSamples, openFrames, samplesOf } from '../../../ffmpeg/layPatches.ts';
import { opaque, overlayFormat, sampleFormatOf, type SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Box } from '../../../render/place.ts';
import { ticksAtFrame } from '../../../time/ticks.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import type { FootageContext } from '../footageContext.ts';
import { streamFrames, type FrameSourceBuild } from '../frameStream.node.ts';
import { asError, loadOpenCv, type Cv } from '../opencv/openCv.node.ts';
import { layoutOf, planesOf, type FrameLayout, type Samples } from '../plate/planes.ts';
import type { AddResult, AddRun } from './addRun.ts';
import { Composer } from './composer.ts';
import { exposures } from './exposures.ts';
import { PlateColour } from './plateColour.ts';
import { boundsOf, type Quad } from './quad.ts';
import { MaskReader, SmallFrames } from './smallFrames.node.ts';
import { trackAnchor, type AnchorTrack } from './trackAnchor.node.ts';

/** Longest side of the frames that an anchor is followed in, px: that of 720p. */
const followedSide = 1280;
/** Bytes of small frames on disk, at most; longer films are followed in smaller ones. */
const mostSmallBytes = 4e9;
/** Shares of the whole that are over after each part. */
const [lookedShare, trackedShare] = [0.2, 0.5];
/** Around what changes, the footage is kept in the patch, so that a lossy preview of it has no seam. px */
const keptAround = 16;

/** Runs an addition. */
export async function runAdd(run: AddRun, context: FootageContext): Promise<AddResult> {
  const { cv } = await loadOpenCv();
  const addition = new Addition(run, context, cv);
  try {
    return await addition.make();
  } catch (error) {
    throw asError(cv, error);
  } finally {
    addition.close();
  }
}

class Addition {
  private readonly run: AddRun;
  private readonly context: FootageContext;
  private readonly cv: Cv;
  private readonly video: VideoFacts;
  private readonly samples: SampleFormat;
  private readonly layout: FrameLayout;
  private readonly readers: { close(): void }[] = [];
  private readonly occluder: MaskReader | null;
  private readonly thing: MaskReader | null;
  private readonly removed: MaskReader | null;

  constructor(run: AddRun, context: FootageContext, cv: Cv) {
    this.run = run;
    this.context = context;
    this.cv = cv;
    this.video = run.source.facts.video!;
    this.samples = run.still ? sampleFormatOf('gbrp') : opaque(samplesOf(this.video));
    this.layout = layoutOf(this.samples, run.picture);
    this.occluder = run.occluder && this.kept(new MaskReader(run.occluder, run.picture));
    this.thing = run.thing && this.kept(new MaskReader(run.thing, run.picture));
    this.removed = run.under && this.kept(new MaskReader(run.under.mask, run.picture));
  }

  close(): void {
    for (const reader of this.readers) reader.close();
  }

  private kept<T extends { close(): void }>(reader: T): T {
    this.readers.push(reader);
    return reader;
  }

  async make(): Promise<AddResult> {
    const { run, context } = this;
    const { frames, rereads } = await this.look();
    const track = await trackAnchor(run, {
      ...{ cv: this.cv, frames, rate: run.rate, occluder: this.occluder, thing: this.thing },
      progress: (done) => {
        context.checkCancelled();
        context.report({ fraction: lookedShare + (trackedShare - lookedShare) * done, stage: 'track' });
      },
    });
    const brighter = exposures(run, frames, track.quads);
    const rgba = await readFile(run.addition.path);
    const placedOn = await this.frameAt(run.atFrame, rereads);
    this.fillUnder(run.atFrame, placedOn);
    const colour = new PlateColour(this.layout, this.samples, colourOf(this.video));
    const composer = new Composer(run, rgba, this.layout, colour, placedOn);
    return this.compose(composer, track, brighter, rereads);
  }

  /** The stretch's own frames, from one of them on, through `tail`. */
  private reading(
    tail: readonly Filter[],
    pixelFormat: string,
    from = 0,
    count = this.run.frameCount,
  ): FrameSourceBuild {
    const { source, startTicks, rate } = this.run;
    return (rereads) => {
      const graph = new FilterGraph(rereads);
      const frames = openFrames(graph, framesOf(source, this.video), {
        ...{ sourceRate: rate, sourceDurationTicks: source.facts.durationTicks },
        startTicks: rate ? startTicks + ticksAtFrame(from, rate) : startTicks,
        outputRate: rate ?? { num: 1, den: 1 },
        ...{ speed: { num: 1, den: 1 }, reversed: false, frameCount: count },
      });
      const picture = graph.chain([frames.stream], [...tail, ...frames.finish]);
      return { graph, picture, pixelFormat, about: source.path };
    };
  }

  private inOwnSamples(): Filter[] {
    const { colour } = framesOf(this.run.source, this.video);
    return [...inSamples({ colour, samples: this.samples }), filter('setsar', { sar: 1 })];
  }

  /** Keeps small grey frames of the stretch. */
  private async look(): Promise<{ frames: SmallFrames; rereads: Rereads }> {
    const { run, context, layout } = this;
    const most = Math.sqrt((mostSmallBytes / run.frameCount) * (layout.width / layout.height));
    const shrink = Math.min(1, Math.min(followedSide, Math.max(320, most)) / Math.max(layout.width, layout.height));
    const size = {
      width: Math.max(32, Math.round(layout.width * shrink)),
      height: Math.max(32, Math.round(layout.height * shrink)),
    };
    const frames = this.kept(new SmallFrames(join(context.scratchFolder, 'small.grey'), size));
    if (run.frameCount === 1) return { frames, rereads: new Map() };
    const small = [
      ...this.inOwnSamples(),
      filter('scale', { w: size.width, h: size.height, flags: 'area' }),
      format('gray'),
    ];
    const grey = new Uint8Array(size.width * size.height);
    const rereads = await streamFrames(this.reading(small, 'gray'), grey.length, run.frameCount, {
      begin: () => undefined,
      nextBuffer: () => grey,
      take: async (index) => {
        frames.put(index, grey);
        context.report({ fraction: (lookedShare * (index + 1)) / run.frameCount, stage: 'look' });
        await setImmediate();
        context.checkCancelled();
      },
    });
    return { frames, rereads };
  }

  private async frameAt(index: number, rereads: Rereads): Promise<Samples[]> {
    const { layout, run } = this;
    const bytes = run.still ? new Uint8Array(await readFile(run.still)) : new Uint8Array(layout.byteCount);
    if (!run.still)
      await streamFrames(
        this.reading(this.inOwnSamples(), this.samples.name, index, 1),
        layout.byteCount,
        1,
        { begin: () => undefined, nextBuffer: () => bytes, take: () => undefined },
        rereads,
      );
    return planesOf(bytes, layout);
  }

  /** Lays what was filled in for the removed thing under the picture, where its mask is; true where it is anywhere. */
  private fillUnder(frame: number, planes: readonly Samples[]): void {
    const { run, layout } = this;
    const { under } = run;
    if (!under) return;
    const part = layoutOf(this.samples, { width: under.box.width, height: under.rows });
    const bytes = new Uint8Array(part.byteCount);
    const file = openSync(under.path, 'r');
    readSync(file, bytes, 0, bytes.length, frame * bytes.length);
    closeSync(file);
    for (const [index, from] of planesOf(bytes, part).entries()) {
      const to = layout.planes[index]!;
      const { width, height } = part.planes[index]!;
      const [left, top] = [under.box.x >> to.shift.x, under.box.y >> to.shift.y];
      for (let row = 0; row < Math.min(height, to.height - top); row++)
        planes[index]!.set(
          from.subarray(row * width, row * width + Math.min(width, to.width - left)),
          (top + row) * to.width + left,
        );
    }
  }

  /** All that the picture, its shadow and what it replaces touch at any time. */
  private wholeBox(composer: Composer, { quads }: AnchorTrack): Box {
    const { layout, samples, run } = this;
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    // only some formats can be laid on in part (layPatches.ts)
    if (overlayFormat(samples) === null) return whole;
    const boxes = quads.flatMap((quad, frame) => {
      const box = quad && composer.reach(quad, quads[frame - 1] ?? quad, quads[frame + 1] ?? quad);
      return box ? [box] : [];
    });
    if (run.under) boxes.push(run.under.box);
    if (boxes.length === 0) boxes.push({ x: 0, y: 0, width: 2, height: 2 });
    const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    return this.onChroma({ x, y, width: right - x, height: bottom - y });
  }

  private onChroma({ x, y, width, height }: Box): Box {
    const { shift } = this.layout.planes.at(-1)!;
    const down = (px: number, by: number) => (px >> by) << by;
    const up = (px: number, by: number, most: number) => Math.min(most, down(px + (1 << by) - 1, by));
    const [left, top] = [down(x, shift.x), down(y, shift.y)];
    return {
      ...{ x: left, y: top },
      width: up(x + width, shift.x, this.layout.width) - left,
      height: up(y + height, shift.y, this.layout.height) - top,
    };
  }

  /** Every frame of the stretch in its own samples; `begin` is called again where the file is read in another way. */
  private async eachFrame(
    put: (index: number, bytes: Uint8Array) => void,
    rereads: Rereads,
    begin: () => void,
  ): Promise<void> {
    const { run, layout, context, samples } = this;
    if (run.still) {
      put(0, new Uint8Array(await readFile(run.still)));
      return;
    }
    const bytes = new Uint8Array(layout.byteCount);
    const take = async (index: number): Promise<void> => {
      put(index, bytes);
      await setImmediate();
      context.checkCancelled();
    };
    await streamFrames(
      this.reading(this.inOwnSamples(), samples.name),
      layout.byteCount,
      run.frameCount,
      { begin, nextBuffer: () => bytes, take },
      rereads,
    );
  }

  private async compose(
    composer: Composer,
    track: AnchorTrack,
    brighter: readonly number[],
    rereads: Rereads,
  ): Promise<AddResult> {
    const { run, layout, context, samples } = this;
    const box = this.wholeBox(composer, track);
    const part = layoutOf(samples, { width: box.width, height: halfRows(box.height, samples) });
    const path = join(context.scratchFolder, 'added.raw');
    const opacityPath = join(context.scratchFolder, 'added-opacity.raw');
    const outputs = [openSync(path, 'w'), openSync(opacityPath, 'w')] as const;
    const writer = new BoxWriter(layout, part, box);
    let outside = 0;
    const put = (index: number, bytes: Uint8Array): void => {
      const planes = planesOf(bytes, layout);
      const { quads } = track;
      this.fillUnder(index, planes);
      const touched = new Uint8Array(layout.width * layout.height);
      if (this.removed) this.removed.at(index).forEach((value, at) => (touched[at] = value >= 128 ? 1 : 0));
      const quad = quads[index];
      if (quad) {
        const three = [quads[index - 1] ?? quad, quad, quads[index + 1] ?? quad] as const;
        const occluder = this.occluder && { mask: this.occluder.at(index), featherPx: run.occluder!.featherPx };
        const made = composer.compose(planes, index, three, brighter[index] ?? 1, occluder);
        if (made) mark(touched, layout.width, made);
        if (isOutside(quad, layout)) outside++;
      }
      const { frame, opacity } = writer.cut(planes, touched);
      writeSync(outputs[0], frame, 0, frame.length, index * frame.length);
      writeSync(outputs[1], opacity, 0, opacity.length, index * opacity.length);
      context.report({
        fraction: trackedShare + ((1 - trackedShare) * (index + 1)) / run.frameCount,
        stage: 'compose',
      });
    };
    try {
      await this.eachFrame(put, rereads, () => (outside = 0));
    } finally {
      for (const output of outputs) closeSync(output);
    }
    const frames = { path, frameCount: run.frameCount, rows: part.height };
    const { gaps, bridged } = track;
    return { task: 'add', frames, opacityPath, box, gaps, bridged, outside, match: composer.match };
  }
}

function isOutside(quad: Quad, { width, height }: FrameLayout): boolean {
  return boundsOf([quad], 0, width, height) === null;
}

function mark(touched: Uint8Array, width: number, made: { readonly box: Box; readonly changed: Uint8Array }): void {
  const { box, changed } = made;
  for (let row = 0; row < box.height; row++) {
    const to = (box.y + row) * width + box.x;
    for (let x = 0; x < box.width; x++) if (changed[row * box.width + x] === 1) touched[to + x] = 1;
  }
}

/** Cuts a patch's box out of frames: its samples, and opacity over whole chroma samples wherever a pixel changed. */
class BoxWriter {
  private readonly layout: FrameLayout;
  private readonly part: FrameLayout;
  private readonly box: Box;

  constructor(layout: FrameLayout, part: FrameLayout, box: Box) {
    this.layout = layout;
    this.part = part;
    this.box = box;
  }

  cut(planes: readonly Samples[], touched: Uint8Array): { frame: Uint8Array; opacity: Uint8Array } {
    const { part } = this;
    const [frame, opacity] = [new Uint8Array(part.byteCount), new Uint8Array(part.byteCount)];
    const { blocks, columns, shift, kept } = this.blocksOf(touched);
    const made = planesOf(frame, part);
    const shown = planesOf(opacity, part);
    for (const [index, plane] of part.planes.entries()) {
      const from = this.layout.planes[index]!;
      const [left, top] = [this.box.x >> from.shift.x, this.box.y >> from.shift.y];
      const [bx, by] = [shift.x - from.shift.x, shift.y - from.shift.y];
      // what is far from any change is one grey, which takes no room
      made[index]!.fill((part.most + 1) / 2);
      for (let y = 0; y < plane.height; y++) {
        if (top + y >= from.height) break;
        for (let x = 0; x < Math.min(plane.width, from.width - left); x++) {
          const at = y * plane.width + x;
          const isKept =
            x << from.shift.x >= kept.left &&
            x << from.shift.x < kept.right &&
            y << from.shift.y >= kept.top &&
            y << from.shift.y < kept.bottom;
          if (!isKept) continue;
          made[index]![at] = planes[index]![(top + y) * from.width + left + x]!;
          if (blocks[(y >> by) * columns + (x >> bx)] === 1) shown[index]![at] = part.most;
        }
      }
    }
    return { frame, opacity };
  }

  private blocksOf(touched: Uint8Array) {
    const { box, layout } = this;
    const { shift } = layout.planes.at(-1)!;
    const columns = (box.width + (1 << shift.x) - 1) >> shift.x;
    const rows = (box.height + (1 << shift.y) - 1) >> shift.y;
    const blocks = new Uint8Array(columns * rows);
    let [left, top, right, bottom] = [box.width, box.height, 0, 0];
    for (let y = 0; y < box.height; y++) {
      for (let x = 0; x < box.width; x++) {
        if (touched[(box.y + y) * layout.width + box.x + x] === 0) continue;
        blocks[(y >> shift.y) * columns + (x >> shift.x)] = 1;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = y + 1;
      }
    }
    const kept = {
      left: left - keptAround,
      right: right === 0 ? 0 : right + keptAround,
      top: top - keptAround,
      bottom: right === 0 ? 0 : bottom + keptAround,
    };
    return { blocks, columns, shift, kept };
  }
}
