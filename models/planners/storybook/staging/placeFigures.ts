/** Places figures and their motion from the words, the seed, and in an edit the mask. */
import { openRandomStream } from '../../../families/video/noise.ts';
import type { Cast } from '../cast.ts';
import { cameras, type Camera } from './camera.ts';
import { isDirected, type PlacedFigure } from './motion.ts';
import type { SaidScene } from '../reading/said.ts';
import { footAt, relate, type Draft } from './relate.ts';

/** The bounding box of a mask in one frame, in frame heights from the top left. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A scene with placed figures. */
export interface PlacedScene {
  /** Far figures first, the order of the slots. `said` is the index in the scene's figures. */
  readonly figures: readonly { readonly placed: PlacedFigure; readonly said: number }[];
  readonly camera: Camera;
}

const legged: ReadonlySet<string> = new Set(['walker', 'doll', 'bust', 'hopper']);
const sideX = { left: -0.48, middle: 0, right: 0.48 } as const;
/** Centres of one to four figures side by side, in frame heights from the middle. */
const rows = [[0], [-0.4, 0.4], [-0.58, 0, 0.58], [-0.66, -0.22, 0.22, 0.66]] as const;
/** Space that a figure leaves free on each side of a mask, in frame heights, since masks are painted generously. */
const maskMargin = 0.06;
/** Random stream of the placement, separate from those of the noise. */
const placeStream = 1_000_003;

/** Places a scene's figures, the same for the same seed. `frameAspect` is width over height. */
export function placeFigures(scene: SaidScene, cast: Cast, seed: number, frameAspect: number): PlacedScene {
  const stream = openRandomStream(seed, placeStream);
  const uniform = (): number => stream.next() / 2 ** 32;
  const medium = cast.places.find(({ name }) => name === scene.place)?.medium ?? 'ground';
  const row = rows[Math.min(scene.figures.length, rows.length) - 1] ?? rows[0];
  const shrink = scene.figures.length > 2 ? 0.75 : scene.figures.length > 1 ? 0.9 : 1;
  const placed: Draft[] = [];
  scene.figures.forEach((said, index) => {
    const entry = cast.entries[said.entry]!;
    const depth = 0.45 + 0.2 * uniform();
    const height = (cast.sizes[said.size] ?? 0.44) * entry.height * (0.9 + 0.2 * depth) * shrink;
    const grounded = medium === 'ground' || medium === 'surface';
    const x = said.side === null ? (row[index] ?? 0) : sideX[said.side];
    placed.push({
      motion: said.motion,
      way: said.way ?? (uniform() < 0.5 ? -1 : 1),
      x: x + 0.1 * (uniform() - 0.5),
      foot: grounded ? footAt(depth) : 0.5 + 0.24 * depth + height * 0.3,
      height,
      aspect: entry.aspect,
      phase: uniform(),
      reach: Math.max(0.12, Math.min(0.6, frameAspect / 2 - (height * entry.aspect) / 2 - 0.04)),
      legged: legged.has(entry.kind),
      waves: entry.kind === 'swimmer' || said.motion === 'swim',
      grounded,
      airborne: entry.kind === 'flyer' || entry.kind === 'swimmer' || entry.kind === 'sky',
      lag: 0,
      depth,
    });
  });
  scene.figures.forEach(({ relation }, index) => {
    const other = relation && placed[relation.to];
    if (relation && other && relation.to !== index) relate(relation.kind, placed[index]!, other);
  });
  const order = placed
    .map((figure, said) => ({ placed: figure as PlacedFigure, said, depth: figure.depth }))
    .sort((a, b) => a.depth - b.depth);
  return {
    figures: order.map(({ placed: figure, said }) => ({ placed: figure, said })),
    camera: cameras[scene.camera] ?? cameras['still']!,
  };
}

/** Fits a figure into a masked region: as large as possible, centred, on its lower edge. */
export function fitInto(figure: PlacedFigure, region: Region, frameAspect: number): PlacedFigure {
  const width = Math.max(0.08, region.right - region.left - 2 * maskMargin);
  const tall = Math.max(0.08, region.bottom - region.top - 2 * maskMargin);
  // A jump or bounce needs room above.
  const lifts = figure.motion === 'jump' ? 0.17 : figure.motion === 'bounce' ? 0.22 : 0;
  const height = Math.max(0.08, Math.min(tall - Math.min(lifts, tall * 0.35), width / figure.aspect));
  const spare = Math.max(0, (width - height * figure.aspect) / 2);
  const motion =
    isDirected(figure.motion) && spare < 0.08
      ? figure.motion === 'swim' || figure.motion === 'fly'
        ? 'float'
        : 'stand'
      : figure.motion;
  return {
    ...figure,
    motion,
    height,
    reach: Math.max(0.02, spare),
    grounded: true,
    x: (region.left + region.right) / 2 - frameAspect / 2,
    foot: region.bottom - maskMargin,
  };
}
