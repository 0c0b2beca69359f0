/** Stages a request: where the figures are, how they look, and what the camera does. */
import type { VideoFamily } from '../../../families/pack.ts';
import type { Frames, MaskFrames, PipelineContext, Tensor } from '../../../families/pipeline.ts';
import type { VideoRequest } from '../../../families/video/contract.ts';
import { frameKinds } from '../../../families/video/frames.ts';
import type { Cast } from '../cast.ts';
import type { SaidFigure, SaidScene } from '../reading/said.ts';
import type { Camera } from './camera.ts';
import { cutOutFigure } from './cutOut.ts';
import type { FoundFigure } from './findFigure.ts';
import { boxOf, lastOfFirstKnown, regionsOf } from './masks.ts';
import type { PlacedFigure } from './motion.ts';
import { paint } from './paint.ts';
import { placementAt } from './placement.ts';
import { fitInto, placeFigures, type Region } from './placeFigures.ts';
import { withReferences } from './references.ts';
import { findIn, follow, followFrom, standing, type Drawing } from './tracks.ts';

/** A staged request. */
export interface Scene {
  readonly said: SaidScene;
  readonly figures: readonly PlacedFigure[];
  readonly camera: Camera;
  /** Whether the camera's view is known; it is not if known frames show through. */
  readonly tellsCamera: boolean;
  /** f32[1, slots, 4, side, side], in the figures' order. */
  readonly textures: Tensor;
  readonly slots: number;
  readonly uncutReferences: number;
  /** Per frame of the request; null if no mask bounds the figures. */
  readonly regions: readonly (Region | null)[] | null;
  /** Each figure's positions in known frames, every fourth frame; null if the plan moves it. */
  readonly tracks: readonly (readonly FoundFigure[] | null)[];
}

/** Context for staging one figure. */
interface Stage {
  readonly request: VideoRequest;
  readonly said: SaidScene;
  readonly mask: MaskFrames | null;
  readonly regions: readonly (Region | null)[] | null;
  readonly camera: Camera;
  readonly cast: Cast;
  readonly family: VideoFamily;
  readonly context: PipelineContext;
  readonly frameAspect: number;
}

interface Staged {
  readonly figure: PlacedFigure;
  readonly track: FoundFigure[] | null;
  /** f32[4, side, side]. */
  readonly texture: Float32Array;
  readonly isUncut: boolean;
}

/** Stages a request: the user's pictures replace the first figures, the painter draws the others. */
export async function prepareScene(
  request: VideoRequest,
  heard: SaidScene,
  mask: MaskFrames | null,
  cast: Cast,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Scene> {
  const said = withReferences(heard, request.references.length, cast);
  const frameAspect = family.width / family.height;
  const regions = mask && regionsOf(mask, frameAspect);
  const placed = placeFigures(said, cast, request.seed, frameAspect);
  const stage: Stage = { request, said, mask, regions, camera: placed.camera, cast, family, context, frameAspect };
  const staged: Staged[] = [];
  for (const { placed: figure, said: index } of placed.figures) {
    const one = await stageFigure(figure, index, stage);
    if (one) staged.push(one);
  }
  const size = 4 * cast.textureSide ** 2;
  const textures = new Float32Array(cast.slots * size);
  staged.forEach(({ texture }, slot) => textures.set(texture, slot * size));
  const first = regions?.find((region) => region !== null) ?? null;
  return {
    said,
    figures: staged.map(({ figure, track }) => (first && !track ? fitInto(figure, first, frameAspect) : figure)),
    camera: placed.camera,
    // Whole new frames continue known ones or lead to them: the plan's camera applies to both.
    tellsCamera: request.known === null || (mask !== null && !frameKinds(mask).includes('both')),
    textures: { type: 'float32', data: textures, dims: [1, cast.slots, 4, cast.textureSide, cast.textureSide] },
    slots: cast.slots,
    uncutReferences: staged.filter(({ isUncut }) => isUncut).length,
    regions,
    tracks: staged.map(({ track }) => track),
  };
}

/** null for a figure that known frames already show, which must not be drawn twice. */
async function stageFigure(figure: PlacedFigure, index: number, stage: Stage): Promise<Staged | null> {
  const { request, regions, said, cast, family, context } = stage;
  const reference = request.references[index];
  const showsItself = request.known !== null && regions === null;
  if (reference) return showsItself ? null : stageReference(reference, figure, stage);
  const texture = await paint(said.figures[index]!, cast, family, context);
  const drawing: Drawing = { picture: texture, side: cast.textureSide, aspect: figure.aspect };
  if (showsItself) {
    const seen = seenIn(request.known!, figure, said.figures[index]!, drawing, stage);
    return seen && { ...seen, texture, isUncut: false };
  }
  const track = await trackOfDressed(figure, stage);
  return { figure: track ? standing(figure, track) : figure, track, texture, isUncut: false };
}

function stageReference(reference: Frames, figure: PlacedFigure, { cast, frameAspect }: Stage): Staged {
  const { texture, aspect, isCutOut } = cutOutFigure(reference, cast.textureSide);
  const height = Math.min(figure.height, (frameAspect * 0.8) / aspect);
  return { figure: { ...figure, aspect, height, legged: false }, track: null, texture, isUncut: !isCutOut };
}

/** 'dress the penguin': the penguin stays where it is. null for other edits, and if it is not found. */
async function trackOfDressed(figure: PlacedFigure, stage: Stage): Promise<FoundFigure[] | null> {
  const { request, regions, said, cast, family, context } = stage;
  if (!regions || said.order !== 'wear' || !said.target || !request.known) return null;
  const picture = await paint(said.target, cast, family, context);
  const from = regions.findIndex((region) => region !== null);
  return follow(request.known, { picture, side: cast.textureSide, aspect: figure.aspect }, from);
}

/**
 * A figure in the known frames. If all are known (a restyle), it is tracked through them; if some are (a first image),
 * its path begins where it stands in the last of them. null if it is not found.
 */
function seenIn(
  known: Frames,
  figure: PlacedFigure,
  said: SaidFigure,
  drawing: Drawing,
  { request, mask, camera, family, frameAspect }: Stage,
): { figure: PlacedFigure; track: FoundFigure[] | null } | null {
  const frame = mask ? lastOfFirstKnown(mask) : 0;
  const found = frame === null ? null : findIn(known, frame, drawing);
  if (!found || frame === null) return null;
  if (!mask) {
    const track = followFrom(known, drawing, 0, found);
    return { figure: standing(figure, track), track };
  }
  const there = { ...figure, height: found.height, way: said.way ?? found.way };
  const duration = request.frameCount / family.fps;
  const [left, , right, bottom] = boxOf(placementAt(there, frame / family.fps, duration, camera, frameAspect));
  const x = there.x + found.x - ((left + right) / 2 - 0.5) * frameAspect;
  return { figure: { ...there, x, foot: there.foot + found.foot - bottom }, track: null };
}
