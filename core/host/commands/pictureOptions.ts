/** Options of `inpaint` that put a picture into footage. */
import { Option, type Command } from 'commander';
import { anchors, usualPlacement, type Anchor } from '../../actions/inpaint/placement.ts';
import { FailureError } from '../../contract/errors.ts';
import type { FileMask, FilePlacement } from '../../engine/generation/fileGeneration.ts';
import { numberBetween, readMask } from './optionValues.ts';

/** As commander gives them. */
export interface PictureOptions {
  readonly picture?: string;
  readonly at: number;
  readonly place?: readonly number[];
  readonly width?: number;
  readonly rotate: number;
  readonly corners?: readonly number[];
  readonly anchor?: Anchor;
  readonly front?: FileMask;
  readonly shadow: number;
  readonly shadowSide: number;
  readonly light: number;
  readonly soften: number;
  readonly cutOut: boolean;
}

const farthest = 100_000;

/** Adds the options. */
export function withPicture(command: Command): Command {
  const share = numberBetween(0, 1);
  return command
    .option('--picture <file>', 'footage: the picture that is put in (PNG, JPEG, WebP, SVG)')
    .option('--at <seconds>', 'the frame that it is placed on', numberBetween(0, 360_000), 0)
    .option('--place <x,y>', "its middle, pixels; by default the frame's, or that of what it replaces", numbers(2))
    .option('--width <px>', 'its width; by default a quarter of the frame', numberBetween(1, farthest))
    .option('--rotate <degrees>', 'clockwise', numberBetween(-360, 360), 0)
    .option('--corners <x,y,x,y,x,y,x,y>', 'its corners instead, clockwise from the upper left one', numbers(8))
    .addOption(
      new Option('--anchor <what>', 'what it moves with; by default the scene, or the thing that it replaces').choices([
        ...anchors,
      ]),
    )
    .option('--front <mask>', 'what stands before it: m.png, m.mp4 or box:x,y,w,h', readMask)
    .option('--shadow <n>', 'shadow where it stands, 0 to 1; 0 for what is in the air', share, usualPlacement.shadow)
    .option(
      '--shadow-side <n>',
      'where the shadow falls, -1 (left) to 1 (right)',
      numberBetween(-1, 1),
      usualPlacement.shadowSide,
    )
    .option('--light <n>', "how far its light is matched to the footage's, 0 to 1", share, usualPlacement.light)
    .option('--soften <n>', 'how far focus and motion blur are matched, 0 to 1', share, usualPlacement.blur)
    .option('--no-cut-out', 'put a picture without transparency in whole');
}

function numbers(count: number): (text: string) => readonly number[] {
  return (text) => {
    const values = text.split(',').map(Number);
    if (values.length !== count || values.some((value) => !Number.isFinite(value) || Math.abs(value) > farthest))
      throw new FailureError('badRequest', `“${text}” is not ${count} numbers with commas between them.`);
    return values;
  };
}

/** null without a picture. `existing` and `existingMask` throw FailureError where a file is missing. */
export function placementOf(
  options: PictureOptions & { readonly edit?: string; readonly mask?: FileMask },
  existing: (path: string) => string,
  existingMask: (mask: FileMask | undefined) => FileMask | null,
): FilePlacement | null {
  const { picture, place, width, corners, edit, mask } = options;
  if (picture === undefined) return null;
  const [x, y] = place ?? [];
  const usual: Anchor = edit === 'replace' && mask ? 'thing' : 'scene';
  return {
    picturePath: existing(picture),
    atSeconds: options.at,
    middle: x === undefined || y === undefined ? null : { x, y },
    width: width ?? null,
    corners: corners ? [0, 2, 4, 6].map((at) => ({ x: corners[at]!, y: corners[at + 1]! })) : null,
    front: existingMask(options.front),
    settings: {
      ...{ rotationDegrees: options.rotate, anchor: options.anchor ?? usual, cutOut: options.cutOut },
      ...{ shadow: options.shadow, shadowSide: options.shadowSide, light: options.light, blur: options.soften },
    },
  };
}
