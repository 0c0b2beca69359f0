/**
 * The figures of a request: who they are (the painter's pictures, or the user's own), where they are in each window,
 * and the plane
 * the transformer is given. Packs without a cast have none of this.
 */
import type { VideoFamily } from '../../../families/pack.ts';
import type { Frames, MaskFrames, PipelineContext, Tensor } from '../../../families/pipeline.ts';
import type { VideoRequest } from '../../../families/video/contract.ts';
import { cutOutFigure } from './cutOut.ts';
import { frameKinds } from '../../../families/video/frames.ts';
import { required } from '../../../families/video/latents.ts';
import type { Cast } from '../cast.ts';
import {
  cameraAt,
  cameraLength,
  cameras,
  momentsOf,
  placementAt,
  placementLength,
  type Camera,
  type PlacedFigure,
} from './motion.ts';
import { fitInto, placeFigures, type Region } from './placeFigures.ts';
import { findFigure, type FoundFigure } from './findFigure.ts';
import { namesOf } from '../reading/names.ts';
import { readScene } from '../reading/readScene.ts';
import type { SaidFigure, SaidScene } from '../reading/said.ts';
import type { Window } from '../../../families/video/windows.ts';

export interface Scene {
  readonly said: SaidScene;
  readonly figures: readonly PlacedFigure[];
  readonly camera: Camera;
  /** Whether the camera is the plan's: not where known frames show through, whose camera nobody knows. */
  readonly tellsCamera: boolean;
  /** f32[1, slots, 4, side, side], in the figures' order. */
  readonly textures: Tensor;
  readonly slots: number;
  readonly uncutReferences: number;
  /** Per frame of the request; null where figures are free of a mask. */
  readonly regions: readonly (Region | null)[] | null;
  /** Of each figure, where known frames show it, every fourth frame; null where the plan moves it. */
  readonly tracks: readonly (readonly FoundFigure[] | null)[];
}

/**
 * How much is made anew around a figure that is put into known frames without a mask, in frame heights: shadow and
 * light.
 */
const roomAround = 0.07;
/** Frames of a latent. */
const latentStride = 4;

/** Puts the user's pictures in the first figures' places, and has the others painted. */
export async function prepareScene(
  request: VideoRequest,
  heard: SaidScene,
  mask: MaskFrames | null,
  cast: Cast,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Scene> {
  const said = withReferences(heard, request.references.length, cast);
  const aspect = family.width / family.height;
  const regions = mask && regionsOf(mask, aspect);
  const placed = placeFigures(said, cast, request.seed, aspect);
  // Known frames without a region show their own figures: who is not found there is not told of, or there would be two.
  const showsItself = request.known !== null && regions === null;
  const first = regions?.find((region) => region !== null) ?? null;
  const side = cast.textureSide;
  const textures = new Float32Array(cast.slots * 4 * side * side);
  const figures: PlacedFigure[] = [];
  const tracks: (FoundFigure[] | null)[] = [];
  let uncutReferences = 0;
  for (const { placed: figure, said: index } of placed.figures) {
    const slot = figures.length;
    const reference = request.references[index];
    let own = figure;
    let track: FoundFigure[] | null = null;
    if (reference && showsItself) continue;
    if (reference) {
      const cutOut = cutOutFigure(reference, side);
      own = {
        ...figure,
        aspect: cutOut.aspect,
        height: Math.min(figure.height, (aspect * 0.8) / cutOut.aspect),
        legged: false,
      };
      if (!cutOut.isCutOut) uncutReferences += 1;
      textures.set(cutOut.texture, slot * 4 * side * side);
    } else {
      const picture = await paint(said.figures[index]!, cast, family, context);
      if (showsItself) {
        const seen = seenIn(request, mask, picture, side, figure, said.figures[index]!, placed.camera, family);
        if (!seen) continue;
        own = seen.figure;
        track = seen.track;
      } else if (first && said.order === 'wear' && said.target && request.known) {
        // Who is dressed stays where they are.
        track = follow(
          request.known,
          await paint(said.target, cast, family, context),
          side,
          figure.aspect,
          regions!.findIndex((region) => region !== null),
        );
        if (track) own = standing(figure, track);
      }
      textures.set(picture, slot * 4 * side * side);
    }
    tracks.push(track);
    figures.push(first && !track ? fitInto(own, first, aspect) : own);
  }
  // What is made of whole frames goes on from known ones, or leads to them.
  const tellsCamera = request.known === null || (mask !== null && !frameKinds(mask).includes('both'));
  return {
    said,
    figures,
    camera: placed.camera,
    tellsCamera,
    textures: { type: 'float32', data: textures, dims: [1, cast.slots, 4, side, side] },
    slots: cast.slots,
    uncutReferences,
    regions,
    tracks,
  };
}

/**
 * A figure in the known frames. Where they are all known (a restyle), it is followed through them; where some are (a
 * first image),
 * its path begins where it stands in the last of them. Null: it is not there.
 */
function seenIn(
  request: VideoRequest,
  mask: MaskFrames | null,
  picture: Float32Array,
  side: number,
  figure: PlacedFigure,
  said: SaidFigure,
  camera: Camera,
  family: VideoFamily,
): { figure: PlacedFigure; track: FoundFigure[] | null } | null {
  const known = request.known!;
  const aspect = family.width / family.height;
  const frame = mask ? lastOfFirstKnown(mask) : 0;
  const found = frame === null ? null : findFigure(known, frame, picture, side, figure.aspect);
  if (!found || frame === null) return null;
  if (!mask) {
    const track = followFrom(known, picture, side, figure.aspect, 0, found);
    return { figure: standing(figure, track), track };
  }
  const there = { ...figure, height: found.height, way: said.way ?? found.way };
  const duration = request.frameCount / family.fps;
  const [left, , right, bottom] = boxOf(placementAt(there, frame / family.fps, duration, camera, aspect));
  return {
    figure: {
      ...there,
      x: there.x + found.x - ((left + right) / 2 - 0.5) * aspect,
      foot: there.foot + found.foot - bottom,
    },
    track: null,
  };
}

/** Who it is, standing as tall as it was found, without a motion of its own. */
function standing(figure: PlacedFigure, track: readonly FoundFigure[]): PlacedFigure {
  return { ...figure, motion: 'stand', height: track[0]!.height, way: track[0]!.way };
}

/** A figure through known frames, every fourth from frame 0, looked for first in `from`; null where it is not there. */
function follow(
  known: Frames,
  picture: Float32Array,
  side: number,
  aspect: number,
  from: number,
): FoundFigure[] | null {
  const start = Math.floor(from / latentStride) * latentStride;
  const found = findFigure(known, start, picture, side, aspect);
  return found && followFrom(known, picture, side, aspect, start, found);
}

function followFrom(
  known: Frames,
  picture: Float32Array,
  side: number,
  aspect: number,
  start: number,
  found: FoundFigure,
): FoundFigure[] {
  const track = new Array<FoundFigure>(start / latentStride + 1).fill(found);
  for (let f = start + latentStride; f < known.frameCount; f += latentStride)
    track.push(findFigure(known, f, picture, side, aspect, track.at(-1)!) ?? track.at(-1)!);
  return track;
}

/** The last of the known frames that a mask begins with; null where its first frame is made anew. */
function lastOfFirstKnown({ width, height, frameCount, data }: MaskFrames): number | null {
  let last = -1;
  while (last + 1 < frameCount && data[(last + 1) * width * height]! < 128) last += 1;
  return last < 0 ? null : last;
}

/** A picture without a name in the sentence still is somebody: 'he dances', or nothing said at all. */
function withReferences(said: SaidScene, count: number, cast: Cast): SaidScene {
  // The picture has its own colours and clothes.
  const unused = said.figures
    .slice(0, count)
    .flatMap(({ colour, wears }) => [colour, wears])
    .filter(Boolean);
  const { reading } = said;
  const told = { ...said, reading: { ...reading, unused: [...reading.unused, ...unused] } };
  const missing = count - said.figures.length;
  if (missing <= 0) return told;
  const entry = namesOf(cast).get('person')?.entry ?? 0;
  const stranger: SaidFigure = {
    entry,
    colour: '',
    wears: '',
    tone: 0,
    size: 'big',
    motion: 'stand',
    way: null,
    side: null,
    relation: null,
  };
  return {
    ...told,
    figures: [
      ...said.figures,
      ...new Array<SaidFigure>(Math.min(missing, cast.slots - said.figures.length)).fill(stranger),
    ],
  };
}

async function paint(
  figure: SaidFigure,
  cast: Cast,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Float32Array> {
  const session = await context.pack.session(family.figures!.painter);
  const space = figure.wears.indexOf(' ');
  const hue = space > 0 && cast.clothColours.includes(figure.wears.slice(0, space)) ? figure.wears.slice(0, space) : '';
  const garment = hue ? figure.wears.slice(space + 1) : figure.wears;
  const who = [
    figure.entry,
    cast.colours.indexOf(figure.colour) + 1,
    cast.garments.indexOf(garment) + 1,
    Math.max(0, cast.clothColours.indexOf(hue)),
    Math.min(figure.tone, cast.toneCount),
  ];
  const outputs = await session.run({
    who: { type: 'int64', data: BigInt64Array.from(who, BigInt), dims: [1, who.length] },
  });
  return required(outputs, 'picture').data as Float32Array;
}

/**
 * The box of each frame's mask where it leaves part of the frame known; null when all frames are wholly known or wholly
 * new.
 */
function regionsOf(mask: MaskFrames, aspect: number): (Region | null)[] | null {
  const { width, height, frameCount, data } = mask;
  const regions = Array.from({ length: frameCount }, (_, f): Region | null => {
    let [left, top, right, bottom] = [width, height, -1, -1];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (data[(f * height + y) * width + x]! < 128) continue;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = y + 1;
      }
    }
    const whole = left === 0 && top === 0 && right === width && bottom === height;
    return right < 0 || whole
      ? null
      : { left: (left / width) * aspect, top: top / height, right: (right / width) * aspect, bottom: bottom / height };
  });
  return regions.some((region) => region !== null) ? regions : null;
}

/**
 * An order to change known frames, and no mask: 'add a fox' makes anew where it will be; 'remove the fox', 'replace the
 * cat with a
 * dog', 'dress the penguin in a red gown' where the named one is found. Null where the sentence is no such order, or
 * nobody of
 * that name is found, and the whole frame is to change.
 */
export async function maskOfOrder(
  request: VideoRequest,
  cast: Cast,
  family: VideoFamily,
  context: PipelineContext,
): Promise<MaskFrames | null> {
  const { frameCount } = request;
  if (!request.known || request.mask) return null;
  const said = readScene(request.prompt, cast, { order: request.edit ?? null, about: request.about ?? null });
  const aspect = family.width / family.height;
  if (said.order === 'add' && said.figures.length > 0) {
    const { figures } = placeFigures(said, cast, request.seed, aspect);
    const duration = frameCount / family.fps;
    return maskOfBoxes(frameCount, family, (f) =>
      figures.map(({ placed }) => boxOf(placementAt(placed, f / family.fps, duration, stillCamera, aspect))),
    );
  }
  if (!said.target) return null;
  const look = cast.entries[said.target.entry]!.aspect;
  const track = follow(request.known, await paint(said.target, cast, family, context), cast.textureSide, look, 0);
  if (!track) return null;
  const { height } = track[0]!;
  return maskOfBoxes(frameCount, family, (f) => {
    const { x, foot } = followed(track, f);
    const half = (height * look) / 2;
    return [[(x - half) / aspect + 0.5, foot - height, (x + half) / aspect + 0.5, foot]];
  });
}

/** Boxes (left, top, right, bottom, 0..1 of the frame) of each frame, and some room around them. */
function maskOfBoxes(
  frameCount: number,
  { width, height }: VideoFamily,
  boxesAt: (frame: number) => readonly (readonly [number, number, number, number])[],
): MaskFrames {
  const aspect = width / height;
  const data = new Uint8Array(frameCount * width * height);
  for (let f = 0; f < frameCount; f += 1) {
    for (const [left, top, right, bottom] of boxesAt(f)) {
      const x0 = Math.max(0, Math.floor((left - roomAround / aspect) * width));
      const x1 = Math.min(width, Math.ceil((right + roomAround / aspect) * width));
      for (
        let y = Math.max(0, Math.floor((top - roomAround) * height));
        y < Math.min(height, Math.ceil((bottom + roomAround) * height));
        y += 1
      )
        data.fill(255, (f * height + y) * width + x0, (f * height + y) * width + Math.max(x0, x1));
    }
  }
  return { data, frameCount, width, height };
}

/** Where a placement's picture falls: left, top, right, bottom, 0..1 of the frame. */
export function boxOf(placement: readonly number[]): readonly [number, number, number, number] {
  const [, a, b, c, d, e, f] = placement as [number, number, number, number, number, number, number];
  const determinant = a * e - b * d;
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(
    ([u, v]) =>
      [
        (((u! - c) * e - (v! - f) * b) / determinant + 1) / 2,
        (((v! - f) * a - (u! - c) * d) / determinant + 1) / 2,
      ] as const,
  );
  const x = corners.map(([value]) => value);
  const y = corners.map(([, value]) => value);
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

/**
 * f32[1, channels, T, h, w]: what of the figures falls on each cell in a window and, in packs whose plane has the
 * input, where the camera
 * looks: by the frames of the request, so that all windows agree about it.
 */
export async function figurePlane(
  scene: Scene,
  window: Window,
  totalFrames: number,
  family: VideoFamily,
  context: PipelineContext,
): Promise<Tensor> {
  const session = await context.pack.session(family.figures!.plane);
  const takesCamera = session.inputNames.includes('camera');
  if (scene.figures.length === 0 && !takesCamera) return noFigures(family, window.count);
  const duration = totalFrames / family.fps;
  const layout = layoutIn(scene, window, duration, family);
  const outputs = await session.run({
    layout: { type: 'float32', data: layout, dims: [1, window.count, scene.slots, 2, placementLength] },
    textures: scene.textures,
    ...(takesCamera && {
      camera: {
        type: 'float32',
        data: cameraIn(scene, window, duration, family),
        dims: [1, window.count, 2, cameraLength],
      },
    }),
  });
  return required(outputs, 'figures');
}

/** f32[T, slots, 2, 10]. */
function layoutIn(scene: Scene, { start, count }: Window, duration: number, family: VideoFamily): Float32Array {
  const aspect = family.width / family.height;
  const layout = new Float32Array(count * scene.slots * 2 * placementLength);
  const first = scene.regions?.find((region) => region !== null) ?? null;
  for (let k = 0; k < count; k += 1) {
    scene.figures.forEach((figure, slot) => {
      momentsOf(start + k).forEach((frame, which) => {
        const region = scene.regions?.[Math.min(frame, scene.regions.length - 1)] ?? null;
        if (scene.regions && !region) return;
        const at = ((k * scene.slots + slot) * 2 + which) * placementLength;
        const track = scene.tracks[slot];
        if (track) {
          const { x, foot } = followed(track, frame);
          layout.set(placementAt({ ...figure, x, foot }, 0, duration, stillCamera, aspect), at);
          return;
        }
        // A mask that follows something carries the figure along.
        const offset =
          first && region
            ? { x: (region.left + region.right - first.left - first.right) / 2, y: region.bottom - first.bottom }
            : { x: 0, y: 0 };
        layout.set(
          placementAt(figure, frame / family.fps, duration, first ? stillCamera : scene.camera, aspect, offset),
          at,
        );
      });
    });
  }
  return layout;
}

/** f32[T, 2, 5]; zeros where the camera is not told. */
function cameraIn(scene: Scene, { start, count }: Window, duration: number, family: VideoFamily): Float32Array {
  const camera = new Float32Array(count * 2 * cameraLength);
  if (!scene.tellsCamera) return camera;
  for (let k = 0; k < count; k += 1) {
    momentsOf(start + k).forEach((frame, which) =>
      camera.set(cameraAt(scene.camera, frame / family.fps, duration), (k * 2 + which) * cameraLength),
    );
  }
  return camera;
}

/** Between the frames where it was looked for, in a straight line. */
function followed(track: readonly FoundFigure[], frame: number): { x: number; foot: number } {
  const at = Math.min(frame / latentStride, track.length - 1);
  const before = track[Math.floor(at)]!;
  const after = track[Math.ceil(at)]!;
  const share = at - Math.floor(at);
  return { x: before.x + (after.x - before.x) * share, foot: before.foot + (after.foot - before.foot) * share };
}

const stillCamera = cameras['still']!;

/** Where nothing is to be told: zeros. */
function noFigures(family: VideoFamily, latents: number): Tensor {
  const dims = [1, family.figures!.channels, latents, family.height / 8, family.width / 8];
  return { type: 'float32', data: new Float32Array(dims.reduce((a, b) => a * b)), dims };
}
