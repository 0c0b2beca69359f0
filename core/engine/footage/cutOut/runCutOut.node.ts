/**
 * Cuts what a mask covers out of a film or a photograph, in the inference child: ffmpeg puts the frames in the source's
 * own samples and the mask together as frames with alpha, their edges are freed of the ground, and they go on into the
 * encoder. A few frames are held at a time.
 */
import { format } from '../../../ffmpeg/colour.ts';
import type { FfmpegCommand } from '../../../ffmpeg/command.node.ts';
import { divide, multiply, variable } from '../../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import type { Rereads } from '../../../ffmpeg/framePromise.ts';
import { inSamples, openFrames } from '../../../ffmpeg/layPatches.ts';
import { opaque } from '../../../ffmpeg/sampleFormat.ts';
import type { RunOptions } from '../../../ffmpeg/run.node.ts';
import { renumbered } from '../../../ffmpeg/frameFilters.ts';
import { colourOf } from '../../../disk/facts.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import { asSource, coloursOfSource } from '../asSource.ts';
import type { FootageContext } from '../footageContext.ts';
import type { FrameQueue } from '../interpolate/frameQueue.node.ts';
import { makeFilm } from '../makeFilm.node.ts';
import { alphaShape, reducedTo, withOpacity, type AlphaShape } from './alphaShape.ts';
import type { CutOutResult, CutOutRun } from './cutOutRun.ts';
import { Foreground } from './foreground.ts';

/** Runs the task. Throws FailureError as `runFfmpeg`, and what `checkCancelled` throws. */
export async function runCutOut(run: CutOutRun, context: FootageContext): Promise<CutOutResult> {
  const video = run.source.facts.video!;
  const size = pictureSize(video);
  const shape = alphaShape(run.samples, size);
  const counted = { covered: 0 };
  const rate = rateOf(run);
  const filters = run.output.still
    ? [...coloursOfSource(video, run.samples), format(run.samples.bitDepth > 8 ? 'rgba64be' : 'rgba')]
    : asSource(video, run.samples, size);
  await makeFilm({
    read: { count: run.frameCount, bytes: shape.bytes },
    madeCount: run.frameCount,
    encoding: {
      ...{ pixelFormat: run.samples.name, size, rate, bytes: shape.bytes },
      picture: (graph, frames) => graph.chain([frames], filters),
      output: {
        path: run.output.path,
        format: run.output.still ? 'image2' : 'matroska',
        options: [['r', rate], ['fps_mode', 'passthrough'], ...run.output.options],
      },
      about: run.source.path,
    },
    reading: (queue, rereads) => readMasked(run, queue, rereads),
    frames: (queue) => freed(run, shape, queue, counted, context),
  });
  return { task: 'cutOut', coveredFrames: counted.covered };
}

function rateOf({ sourceRate }: CutOutRun) {
  return sourceRate ?? { num: 1, den: 1 };
}

/** The frames of the source with the mask as their alpha. */
function readMasked(run: CutOutRun, to: FrameQueue, rereads: Rereads): FfmpegCommand & RunOptions {
  const { source, startTicks, frameCount, sourceRate, samples } = run;
  const graph = new FilterGraph(rereads);
  const own = framesOf(source, source.facts.video!);
  const numbered = renumbered(rateOf(run));
  const frames = openFrames(graph, own, {
    ...{ sourceRate, sourceDurationTicks: source.facts.durationTicks, startTicks },
    ...{ speed: { num: 1, den: 1 }, reversed: false, outputRate: rateOf(run), frameCount },
  });
  const decoded = graph.chain([frames.stream], frames.finish);
  const mask = graph.chain([openMask(graph, run)], [...numbered, ...asLuma(run), ...toPeak(run)]);
  const [colours, opacity] = own.samples.hasAlpha ? timesOwn(graph, decoded, mask, run) : [decoded, mask];
  const made = opaque(samples);
  const planar = graph.chain([colours], [...inSamples({ ...own, samples: made }), ...numbered, ...square]);
  const merged = graph.chain(
    [planar, opacity],
    [filter('mergeplanes', { mapping: mergedPlanes, format: samples.name }), filter('trim', { end_frame: frameCount })],
  );
  return {
    graph,
    outputs: [
      {
        ...{ to, streams: [merged], format: 'rawvideo' },
        options: [
          ['c:v', 'rawvideo'],
          ['pix_fmt', samples.name],
          ['fps_mode', 'passthrough'],
        ],
      },
    ],
    about: source.path,
  };
}

/** What is merged has to have pixels of one shape; `asSource` gives them their own again. */
const square = [filter('setsar', { sar: 1 })];

/** Planes 0 to 2 of the first input and plane 0 of the second: a byte each, input and plane. */
const mergedPlanes = 0x00010210;

/** Grey as it is, as the luma of planes of the run's depth: marked limited, swscale changes no range. */
function asLuma({ samples: { bitDepth } }: CutOutRun): Filter[] {
  return [
    filter('setparams', { range: 'tv', colorspace: 'bt709' }),
    format(bitDepth === 8 ? 'yuv444p' : `yuv444p${bitDepth}le`),
  ];
}

/** Eight bits were moved up to the run's depth: white becomes its peak. */
function toPeak({ samples: { bitDepth } }: CutOutRun): Filter[] {
  if (bitDepth === 8) return [];
  const white = 255 * 2 ** (bitDepth - 8);
  return [filter('lutyuv', { y: divide(multiply(variable('val'), 2 ** bitDepth - 1), white) })];
}

/** What is see-through in the source stays so. */
function timesOwn(graph: FilterGraph, decoded: Stream, mask: Stream, run: CutOutRun): [Stream, Stream] {
  const [colours, transparent] = graph.split(decoded, 2);
  const own = graph.chain(
    [transparent!],
    [
      format(run.samples.name),
      filter('extractplanes', { planes: 'a' }),
      ...renumbered(rateOf(run)),
      ...square,
      ...asLuma(run),
    ],
  );
  return [colours!, graph.chain([own, mask], [filter('blend', { all_mode: 'multiply' })])];
}

function openMask(graph: FilterGraph, run: CutOutRun): Stream {
  const { mask, source, frameCount } = run;
  const { width, height } = pictureSize(source.facts.video!);
  const outputRate = rateOf(run);
  if (mask.kind === 'still') {
    const raw = graph.open({
      path: mask.path,
      format: 'rawvideo',
      options: [
        ['pixel_format', 'gray'],
        ['video_size', { width, height }],
        ['framerate', outputRate],
      ],
    });
    return graph.chain([raw.stream(0)], [...square, filter('tpad', { stop_mode: 'clone', stop: -1 })]);
  }
  const { facts } = mask.file;
  const video = facts.video!;
  const frames = openFrames(graph, framesOf(mask.file, video), {
    ...{ sourceRate: facts.kind === 'image' ? null : video.rate, sourceDurationTicks: facts.durationTicks },
    ...{ startTicks: 0, speed: { num: 1, den: 1 }, reversed: false, outputRate, frameCount },
  });
  // a film of masks says white by its colours, in whatever range
  const grey = [filter('scale', { w: width, h: height, flags: 'bilinear' }), format('gray'), ...square];
  return graph.chain([frames.stream], [...grey, ...frames.finish]);
}

async function* freed(
  run: CutOutRun,
  shape: AlphaShape,
  queue: FrameQueue,
  counted: { covered: number },
  context: FootageContext,
): AsyncGenerator<Uint8Array> {
  const { chromaShift } = run.samples;
  const estimators = shape.colours.planes.map((plane, index, planes) =>
    // planes of one size share their memory
    index > 0 && plane.width === planes[0]!.width && plane.height === planes[0]!.height ? 0 : index === 2 ? 1 : index,
  );
  const made = shape.colours.planes.map((plane, index) => (estimators[index] === index ? new Foreground(plane) : null));
  const blanks = blanksOf(run, shape);
  let index = 0;
  for (let frame = await queue.next(); frame; frame = await queue.next()) {
    context.checkCancelled();
    const { colours, alpha } = withOpacity(frame, shape);
    if (alpha.data.some((value) => value > 0)) counted.covered++;
    const small = colours.length > 1 ? reducedTo(alpha, colours[1]!, chromaShift) : alpha;
    for (const [at, plane] of colours.entries())
      made[estimators[at]!]!.estimate(plane, at === 0 ? alpha : small, shape.peak, blanks[at]!);
    yield frame;
    context.report({ fraction: ++index / run.frameCount, stage: 'compose', step: index, stepCount: run.frameCount });
  }
}

/** Black, in the source's own samples. */
function blanksOf({ source }: CutOutRun, { samples: { model, bitDepth }, colours }: AlphaShape): number[] {
  const unit = 2 ** (bitDepth - 8);
  const isFull = colourOf(source.facts.video!).range === 'pc';
  return colours.planes.map((_, index) => (model === 'gbr' ? 0 : index > 0 ? 128 * unit : isFull ? 0 : 16 * unit));
}
