/**
 * The doll under a head: two-bone legs and arms, torso, clothes. Lengths are in the doll's heights, x towards where it
 * looks, y upwards from the ground.
 */
import type { Rgb } from '../colour.ts';
import { footAt, stance } from './pose.ts';

/** A point with the limb's radius there. */
export type Joint = readonly [x: number, y: number, radius: number];

/** What a doll wears. */
export interface Outfit {
  readonly skin: Rgb;
  readonly top: Rgb;
  readonly sleeves: 'long' | 'short' | 'none';
  readonly bottom: { readonly kind: 'trousers' | 'dress' | 'bare'; readonly colour: Rgb };
  /** The top reaches over the hips. */
  readonly coat: boolean;
  readonly scarf: Rgb | null;
  readonly shoes: Rgb;
  readonly gloves: Rgb;
  readonly tail: Rgb | null;
}

/** A doll's pose at a moment. */
export interface DollPose {
  /** Cycle of the legs in turns, and how far the feet reach: 0 stands. */
  readonly phase: number;
  /** Distance of a whole cycle, in heights. */
  readonly stride: number;
  /** 0 walks, 1 runs. */
  readonly run: number;
  /** Hips: sideways and up. */
  readonly hipX: number;
  readonly hipY: number;
  /** Radians forward. */
  readonly lean: number;
  readonly headTilt: number;
  /** Arms [far, near]: upper angle (0 down, forward positive) and bend of the elbow; null swings with the legs. */
  readonly arms: readonly [readonly [number, number], readonly [number, number]] | null;
  /** Feet lifted in place [far, near]: x and y. */
  readonly feet: readonly [readonly [number, number], readonly [number, number]] | null;
}

/** A doll at rest. */
export const dollAtRest: DollPose = {
  phase: 0,
  stride: 0,
  run: 0,
  hipX: 0,
  hipY: 0,
  lean: 0,
  headTilt: 0,
  arms: null,
  feet: null,
};

/** A part, drawn in order: a limb of one colour, or the head. */
export type DollPart =
  | { readonly kind: 'limb'; readonly joints: readonly Joint[]; readonly colour: Rgb; readonly roundness: number }
  | {
      readonly kind: 'hem';
      readonly outline: readonly (readonly [number, number])[];
      readonly colour: Rgb;
      readonly roundness: number;
    }
  | { readonly kind: 'head'; readonly x: number; readonly y: number; readonly tilt: number };

/** Height of the head's drawing. */
export const headHeight = 0.52;
const hips = 0.275;
const shoulders = 0.475;
const legBone = 0.135;
const armBones = [0.105, 0.1] as const;
const legRadius = 0.05;
const armRadius = 0.043;

/** The parts from back to front. */
export function dollParts(outfit: Outfit, pose: DollPose): DollPart[] {
  const hip: readonly [number, number] = [pose.hipX, hips + pose.hipY];
  const neck: readonly [number, number] = [
    pose.hipX + Math.sin(pose.lean) * (shoulders - hips),
    shoulders + pose.hipY * 0.9,
  ];
  const parts: DollPart[] = [];
  if (outfit.tail) parts.push(tailOf(outfit.tail, hip, pose));
  parts.push(
    ...armOf('far', outfit, pose, neck),
    ...legOf('far', outfit, pose, hip),
    ...legOf('near', outfit, pose, hip),
  );
  if (outfit.bottom.kind === 'trousers')
    parts.push({
      kind: 'limb',
      joints: [
        [hip[0], hip[1] - 0.01, 0.1],
        [hip[0], hip[1] + 0.03, 0.1],
      ],
      colour: outfit.bottom.colour,
      roundness: 0.1,
    });
  parts.push({
    kind: 'limb',
    joints: [
      [hip[0], hip[1] + 0.03, 0.108],
      [neck[0], neck[1] - 0.01, 0.092],
    ],
    colour: outfit.bottom.kind === 'dress' ? outfit.bottom.colour : outfit.top,
    roundness: 0.11,
  });
  if (outfit.bottom.kind === 'dress') parts.push(skirtOf(outfit.bottom.colour, hip, pose, 0.2));
  if (outfit.coat) parts.push(skirtOf(outfit.top, hip, pose, 0.135));
  parts.push({
    kind: 'head',
    x: neck[0] + Math.sin(pose.lean) * 0.05,
    y: neck[1] + 0.01,
    tilt: pose.headTilt + pose.lean * 0.35,
  });
  if (outfit.scarf) parts.push(scarfOf(outfit.scarf, neck, pose));
  parts.push(...armOf('near', outfit, pose, neck));
  return parts;
}

/** The legs alone, and the hips between them. */
export function legParts(outfit: Outfit, pose: DollPose): Exclude<DollPart, { kind: 'head' }>[] {
  const hip: readonly [number, number] = [pose.hipX, hips + pose.hipY];
  const joints: readonly Joint[] = [
    [hip[0], hip[1] - 0.01, 0.095],
    [hip[0], hip[1] + 0.04, 0.1],
  ];
  const between = { kind: 'limb', joints, colour: outfit.bottom.colour, roundness: 0.1 } as const;
  return [...legOf('far', outfit, pose, hip), ...legOf('near', outfit, pose, hip), between];
}

type Side = 'far' | 'near';

/** What is on the far side is darker. */
const shaded = (colour: Rgb, side: Side): Rgb =>
  side === 'far' ? [colour[0] * 0.8, colour[1] * 0.8, colour[2] * 0.84] : colour;

function legOf(
  side: Side,
  outfit: Outfit,
  pose: DollPose,
  hip: readonly [number, number],
): Extract<DollPart, { kind: 'limb' }>[] {
  const sign = side === 'near' ? 1 : -1;
  const { lift, shift } = footAt(pose.phase + (side === 'near' ? 0 : 0.5));
  const moving = pose.stride > 0 ? 1 : 0;
  const placed = pose.feet?.[side === 'far' ? 0 : 1] ?? [0, 0];
  const foot: [number, number] = [
    sign * 0.034 * (1 - 0.7 * moving) + shift * pose.stride * stance + placed[0],
    0.035 + lift * moving * (0.055 + 0.07 * pose.run) + placed[1],
  ];
  const root: [number, number] = [hip[0] + sign * 0.036, hip[1]];
  const [knee, ankle] = bend(root, foot, legBone, legBone, 1);
  const bare = outfit.bottom.kind !== 'trousers';
  const colour = shaded(bare ? outfit.skin : outfit.bottom.colour, side);
  const toe = moving * lift * 0.03;
  return [
    {
      kind: 'limb',
      joints: [
        [...root, legRadius * 1.15],
        [...knee, legRadius],
        [ankle[0], ankle[1] + 0.012, legRadius * 0.84],
      ],
      colour,
      roundness: 0.045,
    },
    {
      kind: 'limb',
      joints: [
        [ankle[0] - 0.012, ankle[1], 0.036],
        [ankle[0] + 0.052, ankle[1] - 0.004 - toe, 0.03],
      ],
      colour: shaded(outfit.shoes, side),
      roundness: 0.035,
    },
  ];
}

function armOf(side: Side, outfit: Outfit, pose: DollPose, neck: readonly [number, number]): DollPart[] {
  const sign = side === 'near' ? 1 : -1;
  const root: [number, number] = [neck[0] + sign * 0.084, neck[1] - 0.018];
  const [upper, elbow] = pose.arms?.[side === 'far' ? 0 : 1] ?? swingOf(side, pose);
  const middle = reachOut(root, upper, armBones[0]);
  const hand = reachOut(middle, upper + elbow, armBones[1]);
  const cloth = outfit.bottom.kind === 'dress' ? outfit.bottom.colour : outfit.top;
  const sleeve = shaded(outfit.sleeves === 'none' ? outfit.skin : cloth, side);
  const limb = (joints: readonly Joint[], colour: Rgb): DollPart => ({ kind: 'limb', joints, colour, roundness: 0.04 });
  const upperArm: readonly Joint[] = [
    [...root, armRadius * 1.1],
    [...middle, armRadius],
  ];
  const lowerArm: readonly Joint[] = [
    [...middle, armRadius],
    [...hand, armRadius * 0.85],
  ];
  const arm =
    outfit.sleeves === 'short'
      ? [limb(lowerArm, shaded(outfit.skin, side)), limb(upperArm, sleeve)]
      : [limb([...upperArm, lowerArm[1]!], sleeve)];
  const palm: readonly Joint[] = [
    [...hand, 0.041],
    [hand[0] + 0.004, hand[1] - 0.004, 0.041],
  ];
  return [...arm, limb(palm, shaded(outfit.gloves, side))];
}

/** Arms swing against the leg of their side. */
function swingOf(side: Side, pose: DollPose): readonly [upper: number, elbow: number] {
  const cycle = 2 * Math.PI * (pose.phase + (side === 'near' ? 0 : 0.5));
  const swing = pose.stride > 0 ? -Math.cos(cycle) * (0.5 + 0.45 * pose.run) : 0;
  const apart = side === 'near' ? 0.12 : -0.12;
  return [swing + pose.lean * 0.5 + apart, 0.28 + pose.run * 1.05 + Math.max(0, swing) * 0.45];
}

const reachOut = ([x, y]: readonly [number, number], angle: number, length: number): [number, number] => [
  x + Math.sin(angle) * length,
  y - Math.cos(angle) * length,
];

function scarfOf(colour: Rgb, neck: readonly [number, number], pose: DollPose): DollPart {
  const flutter = 0.03 * Math.sin(2 * Math.PI * pose.phase) + pose.lean * 0.1;
  const joints: readonly Joint[] = [
    [neck[0] + 0.088, neck[1] - 0.022, 0.036],
    [neck[0] - 0.078, neck[1] - 0.022, 0.038],
    [neck[0] - 0.13 - flutter, neck[1] - 0.07, 0.028],
    [neck[0] - 0.16 - 2 * flutter, neck[1] - 0.13 + flutter, 0.032],
  ];
  return { kind: 'limb', joints, colour, roundness: 0.035 };
}

function skirtOf(colour: Rgb, hip: readonly [number, number], pose: DollPose, half: number): DollPart {
  const waist = hip[1] + 0.085;
  const hem = 0.12;
  const sway = pose.stride > 0 ? 0.02 * Math.sin(4 * Math.PI * pose.phase) - pose.lean * 0.12 : 0;
  const outline: [number, number][] = [
    [hip[0] - 0.095, waist],
    [hip[0] + 0.095, waist],
  ];
  const folds = 12;
  for (let fold = 0; fold <= folds; fold++) {
    const across = 1 - (2 * fold) / folds;
    outline.push([hip[0] + sway + across * half, hem - 0.018 * (1 - across * across) + (fold % 2 === 0 ? 0 : 0.012)]);
  }
  return { kind: 'hem', outline, colour, roundness: 0.12 };
}

function tailOf(colour: Rgb, hip: readonly [number, number], pose: DollPose): DollPart {
  const joints: Joint[] = [];
  const swing = 0.3 * Math.sin(2 * Math.PI * pose.phase - 0.8);
  let [x, y, turn] = [hip[0] - 0.07, hip[1] + 0.01, 3.05 + 0.2 * swing];
  const links = 8;
  for (let link = 0; link <= links; link++) {
    joints.push([x, y, 0.022 + 0.055 * Math.sin(Math.PI * (0.03 + (0.94 * link) / links) ** 1.25)]);
    turn -= 0.16 + 0.05 * swing;
    x += Math.cos(turn) * 0.04;
    y += Math.sin(turn) * 0.04 + 0.008;
  }
  return { kind: 'limb', joints, colour, roundness: 0.06 };
}

/** Two bones from `root` to `end`: the middle joint bends forward (`side` 1) or back; the end stays in reach. */
function bend(
  root: readonly [number, number],
  end: readonly [number, number],
  upper: number,
  lower: number,
  side: 1 | -1,
): readonly [middle: readonly [number, number], end: readonly [number, number]] {
  let [dx, dy] = [end[0] - root[0], end[1] - root[1]];
  const reach = (upper + lower) * 0.999;
  const distance = Math.hypot(dx, dy);
  if (distance > reach) [dx, dy] = [(dx * reach) / distance, (dy * reach) / distance];
  const span = Math.min(distance, reach);
  const along = (upper * upper - lower * lower + span * span) / (2 * span);
  const out = Math.sqrt(Math.max(0, upper * upper - along * along));
  return [
    [root[0] + (dx * along - side * dy * out) / span, root[1] + (dy * along + side * dx * out) / span],
    [root[0] + dx, root[1] + dy],
  ];
}
