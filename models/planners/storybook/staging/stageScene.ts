/** From what a sentence says to a scene of the stage (models/families/stage). */
import { groundDistance, homeView } from '../../../families/stage/camera.ts';
import { cameraMoves } from '../../../families/stage/cameraMoves.ts';
import { timeNames, weatherNames } from '../../../families/stage/names.ts';
import { placeNames, type PlaceName } from '../../../families/stage/places/places.ts';
import type { StageFigure, StageScene } from '../../../families/stage/scene.ts';
import type { Cast } from '../cast.ts';
import type { SaidFigure, SaidScene } from '../reading/said.ts';
import type { PlacedFigure } from './motion.ts';
import { placeFigures } from './placeFigures.ts';

/** What the words leave open. */
export interface StageOptions {
  readonly seed: number;
  /** Width over height of the frame. */
  readonly aspect: number;
  /** Seconds. */
  readonly duration: number;
}

/** Where nothing was said, and for places that the stage does not have. */
const usualPlace: PlaceName = 'meadow';

/** The scene of a sentence. */
export function stageSceneOf(said: SaidScene, cast: Cast, options: StageOptions): StageScene {
  const { figures } = placeFigures(said, cast, options.seed, options.aspect);
  const find = <Name extends string>(names: readonly Name[], name: string, otherwise: Name): Name =>
    names.find((known) => known === name) ?? otherwise;
  const place = find(placeNames, said.place, usualPlace);
  const medium = cast.places.find(({ name }) => name === place)?.medium ?? 'ground';
  return {
    version: 1,
    seed: options.seed % 1_000_003,
    place,
    time: find(timeNames, said.time, 'day'),
    weather: find(weatherNames, said.weather, 'clear'),
    camera: find(cameraMoves, said.camera, 'still'),
    duration: options.duration,
    figures: figures.map(({ placed, said: index }) => figureOf(placed, said.figures[index]!, cast, medium)),
  };
}

/** Depth of figures that hang in water or space. */
const floatingDepth = 3.4;

function figureOf(placed: PlacedFigure, said: SaidFigure, cast: Cast, medium: string): StageFigure {
  const entry = cast.entries[said.entry]!;
  const onGround = placed.grounded && medium !== 'water' && medium !== 'space';
  // feet lower than the ground allows come from a figure that stands on another
  const z = onGround ? Math.min(9, Math.max(2.5, groundDistance(homeView, placed.foot - 0.5))) : floatingDepth;
  const perUnit = homeView.focal / z;
  const floor = homeView.horizon + homeView.y * perUnit;
  return {
    name: entry.name,
    colour: said.colour,
    wears: said.wears,
    tone: said.tone,
    height: placed.height / perUnit,
    motion: placed.motion,
    way: placed.way,
    x: placed.x / perUnit,
    z,
    y: Math.max(0, (floor - (placed.foot - 0.5)) / perUnit) + (onGround && hovers(placed) ? 0.35 : 0),
    phase: placed.phase,
    reach: placed.reach / perUnit,
    lag: placed.lag,
  };
}

/** Flyers and what floats keep off the ground. */
const hovers = ({ airborne, motion }: PlacedFigure): boolean => airborne && (motion === 'fly' || motion === 'float');
