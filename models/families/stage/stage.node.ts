/** A scene made ready once a clip, and its frames in any order. */
import { homeView, project, type View } from './camera.ts';
import { travelOf, viewAt } from './cameraMoves.ts';
import { drawCastShadow, drawContactShadow, type FigureOnFrame } from './figures/drawFigure.node.ts';
import type { Performer } from './figures/performer.node.ts';
import { lightOf, type Light } from './light.ts';
import { momentOf, type Moment } from './motion.ts';
import { paintBuildings } from './paint/buildings.node.ts';
import { drawGround, floorGround, paintGround, patchyGround, streetGround, type Ground } from './paint/ground.node.ts';
import { paintHills } from './paint/hills.node.ts';
import { drawLayer, type Easel, type Layer } from './paint/layer.node.ts';
import { paintLitter, paintWet } from './paint/litter.node.ts';
import { paintMountains } from './paint/mountains.node.ts';
import { drawSky, paintSky, type Sky } from './paint/sky.node.ts';
import { drawRays, paintDepths, paintSpace } from './paint/space.node.ts';
import { drawShores } from './paint/shore.node.ts';
import { paintRocks } from './paint/stones.node.ts';
import { paintTrees } from './paint/trees.node.ts';
import { paintTufts } from './paint/tufts.node.ts';
import { paintWall } from './paint/wall.node.ts';
import { drawWater, prepareWater, type PreparedWater, type Water } from './paint/water.node.ts';
import { drawSplashes, drawWeather } from './paint/weather.node.ts';
import { outdoors, type Place, type PlaceGround, type PlaceLayer, type PlaceProp } from './places/place.ts';
import { placeOf } from './places/places.ts';
import { underSnow } from './places/snowCover.ts';
import type { StageFigure, StageScene } from './scene.ts';
import { createSurface, type Surface } from './surface.node.ts';
import { css, mixRgb } from './colour.ts';

/** Size of the frames in pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Makes a figure ready to be drawn at most `height` pixels high, in a light. */
export type Engage = (figure: StageFigure, light: Light, height: number) => Performer;

/** A scene ready to be drawn. */
export interface Stage {
  readonly size: FrameSize;
  readonly light: Light;
  /** The frame at `seconds`. The surface is reused by the next call. */
  readonly draw: (seconds: number) => Surface;
}

/** Paints a scene's place and makes its figures ready. */
export function prepareStage(scene: StageScene, size: FrameSize, engage: Engage): Stage {
  const bare = placeOf(scene.place);
  const place = scene.weather === 'snowfall' ? underSnow(bare, scene.seed) : bare;
  const named = lightOf(place.light(scene.time, scene.weather));
  const tinted = place.tinted?.(named) ?? named;
  const light = scene.weather === 'fog' ? inFog(tinted, named) : tinted;
  const easel: Easel = { height: size.height, aspect: size.width / size.height, travel: travelOf(scene.camera) };
  const painted = paintPlace(scene, place, easel, light, size);
  const props = (place.props?.(scene.seed) ?? []).map((prop) => asFigure(prop, spreadOf(easel)));
  const heightOf = (figure: StageFigure): number =>
    Math.ceil(project(homeView, 0, 0, figure.z).scale * size.height * figure.height);
  const actors = [...props, ...scene.figures].map((figure) => ({
    figure,
    performer: engage(figure, light, heightOf(figure)),
  }));
  const frame = createSurface(size.width, size.height);
  // what is drawn on it was painted at the size at which it shows
  frame.context.imageSmoothingQuality = 'low';
  return {
    size,
    light,
    draw: (seconds) => {
      drawFrame(frame, scene, light, painted, actors, seconds);
      return frame;
    },
  };
}

/** Fog hides the far layers and takes the sky's colour away. */
const inFog = (light: Light, { haze }: Light): Light => ({
  ...light,
  haze,
  hazeDensity: light.hazeDensity * 4.2,
  sky: light.sky.map((colour) => mixRgb(colour, haze, 0.6)),
});

interface Painted {
  readonly sky: Sky;
  readonly ground: Ground | null;
  readonly layers: readonly Layer[];
  readonly tufts: readonly Layer[];
  readonly vignette: Surface;
  readonly water: PreparedWater | null;
  readonly rays: number;
}

function paintPlace(scene: StageScene, place: Place, easel: Easel, light: Light, size: FrameSize): Painted {
  const { seed } = scene;
  const layers = place.layers(seed).map((layer) => paintLayer(easel, light, layer));
  const ground = paintFloor(place.ground(seed), easel, light, seed);
  if (ground && place.litter) paintLitter(ground, light, place.litter, seed);
  const dryUntil = place.water?.near || 9;
  if (ground && scene.weather === 'rain' && place.light === outdoors) paintWet(ground, light, seed, dryUntil * 0.92);
  const { rocks, tufts } = place;
  return {
    sky: paintBackdrop(place, easel, light, seed),
    ground,
    layers: layers.toSorted((a, b) => b.z - a.z),
    tufts: [
      ...(tufts ? paintTufts(easel, light, tufts, seed, Math.min(7.25, dryUntil)) : []),
      ...(rocks ? paintRocks(easel, light, rocks.at, rocks.colours, seed, spreadOf(easel)) : []),
    ],
    vignette: paintVignette(size),
    water: place.water ? prepareWater(place.water, size) : null,
    rays: place.rays ?? 0,
  };
}

/** What stands to the sides in a wide frame moves in towards the middle of a square or tall one. */
const spreadOf = ({ aspect }: Easel): number => Math.min(1, aspect / 1.5);

function paintBackdrop({ backdrop }: Place, easel: Easel, light: Light, seed: number): Sky {
  if (backdrop.kind === 'space') return paintSpace(easel, light, seed, backdrop.planets);
  if (backdrop.kind === 'depths') return paintDepths(easel, seed);
  return paintSky(easel, light, { seed, ...backdrop });
}

function paintFloor(ground: PlaceGround, easel: Easel, light: Light, seed: number): Ground | null {
  if (!ground) return null;
  const brush = { aspect: 5.5, seed: seed + 7 };
  if (ground.kind === 'patches')
    return paintGround(easel, patchyGround(light, ground), { ...brush, count: 9000, jitter: 0.08 });
  const colour = ground.kind === 'floor' ? floorGround(light, ground) : streetGround(light, ground.seed);
  return paintGround(easel, colour, { ...brush, count: 0, jitter: 0 });
}

/** Props stand still and look to the right. */
const asFigure = ({ height, name, x, y = 0, z }: PlaceProp, spread: number): StageFigure => ({
  name,
  colour: '',
  wears: '',
  tone: 0,
  height,
  motion: 'stand',
  way: 1,
  x: x * spread,
  z,
  y,
  phase: (x * 0.37) % 1,
  reach: 0,
  lag: 0,
});

interface Actor {
  readonly figure: StageFigure;
  readonly performer: Performer;
}

function paintLayer(easel: Easel, light: Light, layer: PlaceLayer): Layer {
  switch (layer.kind) {
    case 'mountains':
      return paintMountains(easel, light, layer);
    case 'hills':
      return paintHills(easel, light, layer);
    case 'buildings':
      return paintBuildings(easel, light, layer);
    case 'wall':
      return paintWall(easel, light, layer);
    case 'trees':
      return paintTrees(easel, light, { ...layer, kind: layer.tree });
  }
}

function drawFrame(
  frame: Surface,
  scene: StageScene,
  light: Light,
  painted: Painted,
  actors: readonly Actor[],
  seconds: number,
): void {
  const view = viewAt(scene.camera, seconds, scene.duration);
  const { context, height, width } = frame;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = css(light.haze);
  context.fillRect(0, 0, width, height);
  if (view.zoom !== 1 || view.roll !== 0) {
    context.translate(width / 2, height * 0.56);
    context.rotate(view.roll);
    context.scale(view.zoom, view.zoom);
    context.translate(-width / 2, -height * 0.56);
  }
  drawSky(frame, view, painted.sky, seconds);
  drawLand(frame, view, light, painted, seconds);
  if (scene.weather === 'rain' && painted.ground) drawSplashes(frame, view, light, seconds);
  drawActors(frame, view, scene, light, painted, actors, seconds);
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (painted.rays > 0) drawRays(frame, light, painted.rays, seconds);
  drawWeather(frame, view, scene.weather, light, seconds);
  context.drawImage(painted.vignette.canvas, 0, 0, width, height);
}

/** Land and layers from far to near: the ground lies between them by depth, water over what is behind it. */
function drawLand(frame: Surface, view: View, light: Light, painted: Painted, seconds: number): void {
  const { ground, layers, water } = painted;
  const cover = (far: number, near: number): void => {
    if (ground) drawGround(frame, view, ground, far, near);
  };
  const shore = water?.far ?? 0;
  const behind = water ? layers.filter(({ z }) => z >= water.near) : layers;
  let far = Infinity;
  for (const layer of behind) {
    if (layer.z < far) {
      cover(far, layer.z);
      far = layer.z;
    }
    drawLayer(frame, view, layer, seconds);
  }
  cover(far, 0);
  if (!water || shore === 0) return;
  drawWater(frame, view, light, water, seconds, (surface) => drawSky(surface, view, painted.sky, seconds));
  if (ground && !water.hasQuay) drawShores(frame, view, light, ground, water, seconds);
  for (const layer of layers.filter(({ z }) => z < water.near)) drawLayer(frame, view, layer, seconds);
}

function drawActors(
  frame: Surface,
  view: View,
  scene: StageScene,
  light: Light,
  { ground, tufts, water }: Painted,
  actors: readonly Actor[],
  seconds: number,
): void {
  const now = actors.map((actor) => ({ ...actor, moment: momentOf(actor.figure, seconds, scene.duration) }));
  for (const { figure, moment, performer } of ground ? now : []) {
    // water shows no silhouette of what is in it
    if (water && isAfloat(water, figure, moment)) continue;
    const at = onGround(frame, view, figure, moment);
    if (figure.motion !== 'stand' || figure.y === 0)
      drawCastShadow(frame, light, at, performer.halfWidth, (context, place) => performer.draw(context, moment, place));
    drawContactShadow(frame.context, light, at, performer.footprint, moment.lift / figure.height);
  }
  const items = [
    ...tufts.map((layer) => ({ z: layer.z, draw: () => drawLayer(frame, view, layer, seconds) })),
    ...now.map(({ figure, moment, performer }) => ({
      z: moment.z,
      draw: () => {
        const at = raised(onGround(frame, view, figure, moment), moment, figure);
        if (water && isAfloat(water, figure, moment)) drawAfloat(frame, performer, moment, at);
        else performer.draw(frame.context, moment, at);
      },
    })),
  ];
  for (const item of items.toSorted((a, b) => b.z - a.z)) item.draw();
}

/** Whether a figure is in the water: at its depth, and not above it. */
const isAfloat = ({ far, near }: Water, { carried, height, y }: StageFigure, { z }: Moment): boolean =>
  far > 0 && z >= near && z <= far && carried === undefined && y < 0.15 * height;

/** Share of a figure's height that is under water. */
const sunk = 0.16;

/** A figure in the water: what is under the waterline is not drawn. */
function drawAfloat(
  { context, height, width }: Surface,
  performer: Performer,
  moment: Moment,
  at: FigureOnFrame,
): void {
  const waterline = at.foot - 0.02 * at.height;
  context.save();
  context.beginPath();
  // far beyond the frame, for the camera may zoom out
  context.rect(-width, -2 * height, 3 * width, waterline + 2 * height);
  context.clip();
  performer.draw(context, moment, { ...at, foot: at.foot + sunk * at.height });
  context.restore();
}

function onGround({ height, width }: Surface, view: View, figure: StageFigure, moment: Moment): FigureOnFrame {
  const at = project(view, moment.x, 0, moment.z);
  return { x: width / 2 + at.x * height, foot: height / 2 + at.y * height, height: at.scale * height * figure.height };
}

const raised = (at: FigureOnFrame, moment: Moment, figure: StageFigure): FigureOnFrame => ({
  ...at,
  foot: at.foot - (moment.lift / figure.height) * at.height,
});

/** Corners a little darker: drawn once, laid over every frame. */
function paintVignette({ height, width }: FrameSize): Surface {
  const surface = createSurface(width / 4, height / 4);
  const { context } = surface;
  context.scale(surface.width, surface.height);
  const shade = context.createRadialGradient(0.5, 0.5, 0.35, 0.5, 0.5, 0.75);
  shade.addColorStop(0, css([0.06, 0.06, 0.18], 0));
  shade.addColorStop(1, css([0.06, 0.06, 0.18], 0.24));
  context.fillStyle = shade;
  context.fillRect(0, 0, 1, 1);
  return surface;
}
