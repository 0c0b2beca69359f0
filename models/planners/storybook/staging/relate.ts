/** Positions of two related figures. */
import type { Relation } from '../reading/said.ts';
import { isDirected, type PlacedFigure } from './motion.ts';

/** A figure during placement. */
export type Draft = { -readonly [key in keyof PlacedFigure]: PlacedFigure[key] } & {
  /** 0 far, 1 near. */
  depth: number;
};

/** Position of the feet on the ground at a depth, 0 at the frame's top, 1 at its bottom. */
export const footAt = (depth: number): number => 0.76 + 0.2 * depth;

type Rule = (figure: Draft, other: Draft, apart: number) => void;

/** Share of a carrier's height that is below the feet of the figure on it. */
const seat = 0.82;

const ahead =
  (sign: 1 | -1): Rule =>
  (figure, other, apart) => {
    // Each moves by half, so that neither leaves the frame.
    other.depth += 0.12 * sign;
    figure.depth -= 0.12 * sign;
    for (const one of [figure, other]) if (one.grounded) one.foot = footAt(one.depth);
    figure.x = other.x + (other.x > 0.2 ? -0.45 : 0.45) * apart;
  };

const on: Rule = (figure, other) => {
  Object.assign(figure, {
    x: other.x,
    foot: other.foot - other.height * seat,
    depth: other.depth + 0.01,
    reach: other.reach,
    grounded: other.grounded,
    height: Math.min(figure.height, 0.8 - other.height * seat),
  });
  if (isDirected(other.motion))
    Object.assign(figure, { motion: other.motion, way: other.way, phase: other.phase, legged: false });
};

const above: Rule = (figure, other) => {
  Object.assign(figure, { x: other.x, foot: other.foot - other.height * 1.05, depth: other.depth - 0.02 });
};

const towards: Rule = (figure, other) => {
  figure.way = other.x >= figure.x ? 1 : -1;
  figure.reach = Math.min(figure.reach, 0.2);
};

const into: Rule = (figure, other, apart) => {
  towards(figure, other, apart);
  if (isDirected(other.motion)) other.way = figure.way === 1 ? -1 : 1;
};

const after: Rule = (figure, other, apart) => {
  const gap = Math.max(0.5, apart * 1.05);
  figure.motion = isDirected(other.motion) ? other.motion : figure.motion;
  figure.way = other.way;
  const middle = (figure.x + other.x) / 2;
  other.x = middle + (other.way * gap) / 2;
  figure.x = middle - (other.way * gap) / 2;
  figure.reach = other.reach = Math.max(0.1, Math.min(figure.reach, other.reach, 0.85 - gap / 2));
};

const beside: Rule = (figure, other, apart) => {
  if (Math.abs(figure.x - other.x) >= apart * 0.8) return;
  const middle = (figure.x + other.x) / 2;
  figure.x = middle + apart * 0.52;
  other.x = middle - apart * 0.52;
};

const rules: Readonly<Record<Relation, Rule>> = {
  behind: ahead(1),
  'in front of': ahead(-1),
  on,
  above,
  towards,
  into,
  after,
  beside,
};

/** Moves both figures to where the relation puts them. */
export function relate(kind: Relation, figure: Draft, other: Draft): void {
  rules[kind](figure, other, (figure.height * figure.aspect + other.height * other.aspect) / 2);
}
