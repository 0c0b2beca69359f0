/** The graph of looks over a stretch of footage, in the footage's own size and rate. */
import { evenSize } from '../../../actions/videoPlan.ts';
import { colourOf, type VideoFacts } from '../../../disk/facts.ts';
import { markedBt709, toBt709 } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph, type Stream } from '../../../ffmpeg/filterGraph.ts';
import type { Rereads } from '../../../ffmpeg/framePromise.ts';
import { openFrames } from '../../../ffmpeg/layPatches.ts';
import type { Size } from '../../../render/place.ts';
import type { Rate } from '../../../time/ticks.ts';
import type { SourceRange } from '../../generation/resolved.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import { drawLooks, type LooksDrawn } from './drawLooks.ts';
import type { Scene } from './scene/sceneRun.ts';
import { LookStage, type CoverFile } from './stage.ts';

/** What to draw on what. */
export interface LooksWanted extends LooksDrawn {
  readonly range: SourceRange;
  readonly video: VideoFacts;
  readonly rate: Rate;
  readonly frameCount: number;
  /**
   * 'shown': pixels made square and sides even, as players take it; 'coded': the very pixels of the file, for a patch;
   * or a size that the frames are brought to beforehand, px, both sides even.
   */
  readonly size: 'shown' | 'coded' | Size;
  /** Where the plates will be. */
  readonly folder: string;
  /** What is known of the scene; null or absent where nobody looked. */
  readonly scene?: Scene | null;
  /** Where the looks will cover the source; null or absent = everywhere. */
  readonly cover?: CoverFile | null;
}

/** A graph that ends in frames of gbrp, full range. */
export interface LookGraph {
  readonly graph: FilterGraph;
  readonly stage: LookStage;
  readonly drawn: Stream;
}

/** Opens the footage and draws the looks on it. `coded`: see `pictureSize`. */
export function lookGraph(wanted: LooksWanted, coded: Size, rereads?: Rereads): LookGraph {
  const { graph, stage, source } = openStage(wanted, coded, rereads);
  return { graph, stage, drawn: drawLooks(stage, source, wanted) };
}

/** Opens the footage alone: `source` is what `drawLooks` takes. */
export function openStage(
  wanted: Omit<LooksWanted, keyof LooksDrawn>,
  coded: Size,
  rereads?: Rereads,
): Omit<LookGraph, 'drawn'> & { readonly source: Stream } {
  const { range, video, rate, frameCount, folder, scene, cover } = wanted;
  const graph = new FilterGraph(rereads);
  const size = wanted.size === 'coded' ? coded : wanted.size === 'shown' ? evenSize(video) : wanted.size;
  const frames = openFrames(graph, framesOf(range.file, video), {
    sourceRate: range.file.facts.kind === 'image' ? null : video.rate,
    sourceDurationTicks: range.file.facts.durationTicks,
    startTicks: range.startTicks,
    speed: { num: 1, den: 1 },
    reversed: false,
    outputRate: rate,
    frameCount,
  });
  const hasOddSides = size.width % 2 !== 0 || size.height % 2 !== 0;
  const source = graph.chain(
    [frames.stream],
    [
      ...sizing(wanted.size, video, size),
      filter('setsar', { sar: 1 }),
      ...toBt709(colourOf(video), false, undefined, hasOddSides),
      markedBt709,
      ...frames.finish,
    ],
  );
  const stage = new LookStage(graph, { size, rate, frameCount }, folder, scene ?? null, cover ?? null);
  return { graph, stage, source };
}

function sizing(asked: LooksWanted['size'], video: VideoFacts, size: Size) {
  if (asked === 'coded') return [];
  if (asked !== 'shown') return [filter('scale', { w: size.width, h: size.height, flags: 'area' })];
  const isSquare = video.sampleAspect.num === video.sampleAspect.den;
  return [
    // pixels that are not square are scaled to be, as everywhere in the editor; all others keep their values
    ...(isSquare ? [] : [filter('scale', { w: video.width, h: video.height, flags: 'bicubic' })]),
    // even before colour: ffmpeg's conversion takes no odd sizes
    filter('crop', { w: size.width, h: size.height, x: 0, y: 0, exact: 1 }),
  ];
}
