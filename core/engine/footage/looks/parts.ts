/** Pieces that several looks are made of. */
import { format } from '../../../ffmpeg/colour.ts';
import { add, multiply, subtract, variable, call, type Expression } from '../../../ffmpeg/expression.ts';
import { filter, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { smoothStep } from './colourMath.ts';
import { fieldPlate, grainPlate, type TextureSize } from './textures.ts';
import type { Size } from '../../../render/place.ts';
import type { LookStage } from './stage.ts';

/** Limited range's black and white as shares of 8 bits. */
const black = 16 / 255;
const white = 235 / 255;

/** A share of limited range as 0..1. */
export function fromLimited(share: Expression): Expression {
  return multiply(subtract(share, black), 1 / (white - black));
}

/** How ink lines are drawn. */
export interface InkLines {
  /** Half the width of a line, units. */
  readonly sigma: number;
  /** Weight of the sharpening: higher follows finer detail. */
  readonly detail: number;
  /** Luma, 0..1, below which surfaces are black; 0 = lines only. */
  readonly darkness: number;
  /** How hard an edge of ink is. */
  readonly hardness: number;
}

/**
 * Extended difference of Gaussians (Winnemoeller, Kyprianidis, Olsen 2012) of a steady luma plane: ink is 0, paper 255.
 */
export function inkLines(stage: LookStage, luma: Stream, { sigma, detail, darkness, hardness }: InkLines): Stream {
  const deep = stage.chain(luma, format('gray10le'));
  const [narrow, wide] = stage.copies(deep, 2);
  return stage.chain(
    stage.combine(stage.blur(narrow!, sigma), stage.blur(wide!, sigma * 1.6), 10, (x, y) => {
      const sharpened = subtract(multiply(fromLimited(x), 1 + detail), multiply(fromLimited(y), detail));
      return add(0.5, multiply(subtract(sharpened, darkness), hardness));
    }),
    format('gray'),
  );
}

/** Lines only, where the picture gets darker quickly; flat surfaces stay paper, however dark. */
export function outlines(stage: LookStage, luma: Stream, sigma: number, gain: number, least = 0.012): Stream {
  const deep = stage.chain(luma, format('gray10le'));
  const [narrow, wide] = stage.copies(deep, 2);
  return stage.chain(
    stage.combine(stage.blur(narrow!, sigma), stage.blur(wide!, sigma * 1.6), 10, (x, y) =>
      call('clip', subtract(1, multiply(subtract(subtract(y, x), least), gain)), 0, 1),
    ),
    format('gray'),
  );
}

/**
 * Flat strokes with sharp edges: each pixel takes the mean of that of four neighbouring boxes in which least happens
 * (after Kuwahara 1976, with the gradient's mean in place of the variance). `rgb`: frames; `luma`: their luma plane.
 */
export function painted(stage: LookStage, rgb: Stream, luma: Stream, radius: number): Stream {
  const reach = Math.max(1, Math.round(stage.px(radius)));
  const { width, height } = stage.frames.size;
  const ground = { width: width + 2 * reach, height: height + 2 * reach };
  const means = stage.copies(stage.box(bordered(stage, rgb, reach), radius), 4);
  const activity = stage.chain(bordered(stage, luma, reach), filter('sobel'));
  const busy = stage.copies(stage.box(activity, radius), 4);
  const corners = [
    { x: -reach, y: -reach },
    { x: reach, y: -reach },
    { x: -reach, y: reach },
    { x: reach, y: reach },
  ];
  const boxes = corners.map((corner, index) => ({
    colour: shifted(stage, means[index]!, corner, ground),
    busy: shifted(stage, busy[index]!, corner, ground),
  }));
  const pair = (a: (typeof boxes)[number], b: (typeof boxes)[number], isLast: boolean) => {
    const [first, firstAgain] = isLast ? [a.busy, null] : (stage.copies(a.busy, 2) as [Stream, Stream]);
    const [second, secondAgain] = isLast ? [b.busy, null] : (stage.copies(b.busy, 2) as [Stream, Stream]);
    const calmer = stage.combine(first, second, 8, (x, y) => add(0.5, multiply(subtract(y, x), 12)));
    return {
      colour: stage.merge(b.colour, a.colour, stage.asRgb(calmer)),
      busy: firstAgain && secondAgain ? stage.blend(firstAgain, secondAgain, 'darken') : first,
    };
  };
  const upper = pair(boxes[0]!, boxes[1]!, false);
  const lower = pair(boxes[2]!, boxes[3]!, false);
  return stage.chain(
    pair(upper, lower, true).colour,
    filter('crop', { w: width, h: height, x: reach, y: reach, exact: 1 }),
  );
}

/** The picture with its border continued. px */
function bordered(stage: LookStage, stream: Stream, border: number): Stream {
  const { width, height } = stage.frames.size;
  const sides = { left: border, right: border, top: border, bottom: border };
  return stage.chain(
    stream,
    filter('pad', { w: width + 2 * border, h: height + 2 * border, x: border, y: border }),
    filter('fillborders', { ...sides, mode: 'smear' }),
  );
}

/** The picture moved; what leaves it on one side comes in at the other. px */
function shifted(
  stage: LookStage,
  stream: Stream,
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: Size,
): Stream {
  return stage.chain(
    stream,
    filter('scroll', { hpos: ((x + width) % width) / width, vpos: ((y + height) % height) / height }),
  );
}

/** Film grain over a picture; `amount` 0..1. Blacks and whites keep clean. */
export function grained(stage: LookStage, stream: Stream, amount: number): Stream {
  if (amount === 0) return stream;
  const grain = stage.jumping(grainPlate(withSpare(stage.textureSize), amount));
  return stage.blend(stream, stage.asRgb(grain), 'overlay');
}

function withSpare({ width, height, scale }: TextureSize): TextureSize {
  return { width: Math.round(width * 1.25), height: Math.round(height * 1.25), scale };
}

/** Light that spreads around what is brighter than `from` (0..1), coloured. `sigma` in units. */
export function haloed(
  stage: LookStage,
  stream: Stream,
  halo: {
    readonly from: number;
    readonly sigma: number;
    readonly colour: readonly [number, number, number];
    readonly amount: number;
  },
): Stream {
  const [ground, light] = stage.copies(stream, 2);
  const val = variable('val');
  const above = (weight: number) =>
    call('clip', multiply(subtract(val, halo.from * 255), weight / (1 - halo.from)), 0, 255);
  const [r, g, b] = halo.colour;
  const spread = stage.blur(
    stage.chain(light!, filter('lutrgb', { r: above(r), g: above(g), b: above(b) })),
    halo.sigma,
  );
  return stage.blend(ground!, spread, 'screen', halo.amount);
}

/** Darker towards the corners; `amount`: how much of a corner's light is lost, 0..1. */
export function vignetted(stage: LookStage, stream: Stream, amount: number): Stream {
  const plate = fieldPlate('vignette', { width: 320, height: 180, scale: 1 }, (x, y) => {
    const distance = Math.hypot(x - 0.5, y - 0.5) / Math.SQRT1_2;
    return 1 - amount * smoothStep(0.35, 1.05, distance);
  });
  return stage.blend(stream, stage.asRgb(stage.still(plate)), 'multiply');
}
