/**
 * Made pixels over a source, in the source's own samples. A patch's file holds its colours in the upper half of each
 * frame and their opacity in the lower, both in the source's sample format: where the opacity is 0, maskedmerge answers
 * the source's sample as it is, at any depth, and outside the patch's box nothing touches it at all.
 */
import type { Box, Size } from '../render/place.ts';
import type { Ticks } from '../time/ticks.ts';
import { format } from './colour.ts';
import { filter, type Filter, type FilterGraph, type Stream } from './filterGraph.ts';
import {
  frameFilters,
  renumbered,
  stillFilters,
  type FrameFilters,
  type FrameMap,
  type FrameStream,
} from './frameFilters.ts';
import type { FfmpegInput } from './input.ts';
import { overlayFormat, sampleFormatOf, type SampleFormat } from './sampleFormat.ts';
import type { SourceColour } from './sourceColour.ts';

/** A file as a graph reads frames from it. */
export interface FileFrames {
  /** The file and how it is decoded; the graph adds where reading starts. */
  readonly input: FfmpegInput;
  readonly streamIndex: number;
  /** How its frames are found; null for a still. */
  readonly stream: FrameStream | null;
  /** Time of the file at the source's tick 0, on one of its frames. */
  readonly startTicks: Ticks;
}

/** The frames of a patch. */
export interface PatchFrames extends FileFrames {
  /** Where it lies in the picture, in whole chroma samples. */
  readonly box: Box;
  /** The picture's size, px as decoded and upright. */
  readonly picture: Size;
}

/** The frames of a source, with its patches. */
export interface SourceFrames extends FileFrames {
  readonly colour: SourceColour;
  /** What its samples are put together in. */
  readonly samples: SampleFormat;
  /** The lowest first. */
  readonly patches: readonly PatchFrames[];
}

/** The format a source is put together in: its own; 4:2:2 becomes 4:4:4 where ffmpeg turns the picture upright. */
export function samplesOf(video: { readonly pixelFormat: string; readonly rotationDegrees: number }): SampleFormat {
  const own = sampleFormatOf(video.pixelFormat);
  const { rotationDegrees } = video;
  const turned = Math.round(rotationDegrees / 90) % 2 !== 0 && own.chromaShift.x !== own.chromaShift.y;
  return turned ? sampleFormatOf(own.name.replace(/4\d\d/, '444')) : own;
}

/** Rows of each half of a patch's frames: the box's, rounded up to whole chroma samples. px */
export function halfRows(boxHeight: number, { chromaShift }: SampleFormat): number {
  return ((boxHeight + (1 << chromaShift.y) - 1) >> chromaShift.y) << chromaShift.y;
}

/**
 * Opens a source and its patches on the output's frame grid and lays them together. The frames are those of `map`, not
 * numbered yet: `finish` comes last, after scaling.
 */
export function openFrames(
  graph: FilterGraph,
  source: SourceFrames,
  map: FrameMap,
): { stream: Stream; finish: readonly Filter[] } {
  const open = (file: FileFrames) => {
    const frames = filtersOf(graph, file, map);
    const { input } = file;
    const opened = graph.open({ ...input, options: [...(input.options ?? []), ...frames.inputOptions] });
    return { ...frames, stream: opened.stream(file.streamIndex) };
  };
  const base = open(source);
  if (source.patches.length === 0) return { stream: graph.chain([base.stream], base.filters), finish: base.finish };
  const numbered = renumbered(map.outputRate);
  const own = [...inSamples(source), ...alike(source.samples)];
  const merged = source.patches.reduce(
    (below, patch) => {
      const opened = open(patch);
      const frames = graph.chain([opened.stream], [...opened.filters, ...numbered]);
      return layPatch(graph, below, frames, patch, source.samples);
    },
    graph.chain([base.stream], [...base.filters, ...numbered, ...own]),
  );
  return { stream: graph.chain([merged], asBefore(source)), finish: base.finish };
}

/** The filters of one file; what they expect of it is noted in the graph. */
function filtersOf(graph: FilterGraph, { input, stream, startTicks }: FileFrames, map: FrameMap): FrameFilters {
  const { sourceRate } = map;
  if (sourceRate === null || stream === null) return stillFilters(map);
  const reread = (key: string) => graph.reread(key);
  const source = { path: input.path, stream, startTicks, reread, promiseIndex: graph.promises.length };
  const { promise, ...filters } = frameFilters({ ...map, sourceRate }, source);
  graph.promise(promise);
  return filters;
}

/** Lays the frames of a patch's file over frames in their source's samples. */
function layPatch(
  graph: FilterGraph,
  below: Stream,
  patch: Stream,
  { box, picture }: Pick<PatchFrames, 'box' | 'picture'>,
  samples: SampleFormat,
): Stream {
  const rows = halfRows(box.height, samples);
  const [upper, lower] = graph.split(graph.chain([patch], alike(samples)), 2);
  const half = (stream: Stream, y: number) =>
    graph.chain([stream], [cut({ x: 0, y, width: box.width, height: box.height }), format(samples.name)]);
  const made = half(upper!, 0);
  const opacity = half(lower!, rows);
  const merge = filter('maskedmerge', { planes: samples.hasAlpha ? 7 : 15 });
  const laidOn = overlayFormat(samples);
  if (box.width === picture.width && box.height === picture.height) return graph.chain([below, made, opacity], [merge]);
  if (laidOn === null) throw new Error(`a patch in ${samples.name} must cover the whole picture`);
  const [ground, under] = graph.split(below, 2);
  const merged = graph.chain([graph.chain([under!], [cut(box)]), made, opacity], [merge]);
  return graph.chain(
    [ground!, merged],
    [filter('overlay', { x: box.x, y: box.y, format: laidOn }), format(samples.name)],
  );
}

/** Frames of a source as planar samples, their values as they are. */
export function inSamples({ colour, samples }: Pick<SourceFrames, 'colour' | 'samples'>): Filter[] {
  // ffmpeg's yuvj formats would be brought to limited range on the way to the plain ones
  const fullRange = /^yuvj/.test(colour.pixelFormat) ? [filter('scale', { in_range: 'pc', out_range: 'pc' })] : [];
  return [...fullRange, format(samples.name)];
}

function cut({ x, y, width, height }: Box): Filter {
  return filter('crop', { w: width, h: height, x, y, exact: 1 });
}

/**
 * While they are merged, all frames say the same of their colours: else ffmpeg converts one to the other, and overlay
 * takes full range for its yuvj formats. Only the tags change, not a sample. RGB carries none.
 */
function alike({ model }: SampleFormat): Filter[] {
  return model === 'gbr' ? [] : [filter('setparams', { range: 'tv', colorspace: 'unknown' })];
}

/** What the source's frames said before they were merged. */
function asBefore({ colour, samples }: Pick<SourceFrames, 'colour' | 'samples'>): Filter[] {
  if (samples.model === 'gbr') return [];
  const colorspace = colour.matrix === '' ? 'unknown' : colour.matrix;
  return [filter('setparams', { range: colour.range === 'pc' ? 'pc' : 'tv', colorspace })];
}
