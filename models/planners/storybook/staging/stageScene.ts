/** From what a sentence says to a scene of the stage (models/families/stage). */
import { groundDistance, homeView } from '../../../families/stage/camera.ts';
import { cameraMoves } from '../../../families/stage/cameraMoves.ts';
import { timeNames, weatherNames } from '../../../families/stage/names.ts';
import { placeNames, placeOf, type PlaceName } from '../../../families/stage/places/places.ts';
import type { StageFigure, StageScene } from '../../../families/stage/scene.ts';
import type { Cast } from '../cast.ts';
import type { SaidFigure, SaidScene } from '../reading/said.ts';
import { isDirected, type PlacedFigure } from './motion.ts';
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
    figures: seated(
      figures.map(({ placed, said: index }) => ({
        index,
        figure: figureOf(placed, said.figures[index]!, cast, medium, placeOf(place).water?.near ?? 0),
      })),
      said,
      cast,
    ),
  };
}

/** Where the feet of a figure on another are, in shares of the lower one's height. */
function seatOf(name: string, kind: string): number {
  const known = seats[name];
  if (known !== undefined) return known;
  return kind === 'walker' ? 0.6 : kind === 'boat' ? 0.1 : 0.9;
}

const seats: Readonly<Record<string, number>> = {
  sofa: 0.42,
  chair: 0.5,
  bed: 0.5,
  bathtub: 0.4,
  skateboard: 0.55,
  sled: 0.7,
  scooter: 0.5,
  motorcycle: 0.6,
  bicycle: 0.5,
  'kick scooter': 0.2,
  wheelchair: 0.45,
};

/** Figures on others take their place and depth, sit at their height and go where they go. */
function seated(
  figures: readonly { readonly figure: StageFigure; readonly index: number }[],
  said: SaidScene,
  cast: Cast,
): StageFigure[] {
  return figures.map(({ figure, index }) => {
    const { relation } = said.figures[index]!;
    const under = relation?.kind === 'on' ? figures.find((other) => other.index === relation.to)?.figure : undefined;
    if (!relation || !under || under === figure) return figure;
    const { kind } = cast.entries[said.figures[relation.to]!.entry]!;
    const { lag, motion, phase, reach, way, x, y, z } = under;
    // a little nearer, so it is drawn over what it sits on
    return {
      ...figure,
      ...{ lag, phase, reach, x, way: motion === 'stand' ? figure.way : way },
      z: z - 0.01,
      // as high on the screen as it was placed: its feet there stood for a farther depth
      height: (figure.height * z) / figure.z,
      y: y + under.height * seatOf(under.name, kind),
      motion: isDirected(figure.motion) ? 'stand' : figure.motion,
      carried: { motion, height: under.height },
    };
  });
}

/** Depth of figures that hang in water or space. */
const floatingDepth = 3.4;

function figureOf(placed: PlacedFigure, said: SaidFigure, cast: Cast, medium: string, shore: number): StageFigure {
  const entry = cast.entries[said.entry]!;
  const onGround = placed.grounded && medium !== 'water' && medium !== 'space';
  // feet lower than the ground allows come from a figure that stands on another
  const stood = onGround ? Math.min(9, Math.max(2.5, groundDistance(homeView, placed.foot - 0.5))) : floatingDepth;
  // who swims or sails beside the shore is in the water behind it
  const isAfloat = onGround && shore > 0 && (placed.motion === 'swim' || entry.kind === 'boat');
  const z = isAfloat ? shore + 0.7 : stood;
  const perUnit = homeView.focal / z;
  const floor = homeView.horizon + homeView.y * perUnit;
  return {
    name: entry.name,
    colour: said.colour,
    wears: said.wears,
    tone: said.tone,
    height: (placed.height * stood) / homeView.focal,
    motion: placed.motion,
    way: placed.way,
    x: placed.x / perUnit,
    z,
    y: isAfloat ? 0 : Math.max(0, (floor - (placed.foot - 0.5)) / perUnit) + (onGround && hovers(placed) ? 0.35 : 0),
    phase: placed.phase,
    reach: placed.reach / perUnit,
    lag: placed.lag,
  };
}

/** Flyers and what floats keep off the ground. */
const hovers = ({ airborne, motion }: PlacedFigure): boolean => airborne && (motion === 'fly' || motion === 'float');
