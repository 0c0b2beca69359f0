/** How a drawing that is shown as a whole moves in itself, by the kind of its figure. */
import type { Moment } from '../motion.ts';
import type { StageFigure } from '../scene.ts';
import type { Surface } from '../surface.node.ts';
import { drawBent, drawRaised } from './bend.node.ts';
import type { Drawing } from './drawing.node.ts';
import type { FigureEntry } from './entry.ts';
import type { FigurePose } from './pose.ts';
import { drawSpokes, findWheels } from './wheels.node.ts';

/** Changes of the whole at a moment (lengths in the figure's heights), and a way to draw it that bends it. */
export interface Manner {
  readonly pose?: (
    moment: Moment,
  ) => Partial<Pick<FigurePose, 'lift' | 'rotation' | 'stretchX' | 'stretchY' | 'shift'>>;
  readonly paint?: (context: Surface['context'], drawing: Drawing, moment: Moment) => void;
  /** Never stretched: what stands without life. */
  readonly isRigid?: boolean;
}

const turns = 2 * Math.PI;

/** Time of a beat in turns: along the way while it travels, else slowly by the clock. */
const beatOf = ({ clock, phase, stride }: Moment, perSecond: number): number =>
  stride > 0 ? phase + clock * perSecond * 0.6 : phase + clock * perSecond * 0.35;

/** The manner of a figure's kind. `svg` is its drawing's text, `isMirrored` whether it is shown mirrored. */
export function mannerOf(entry: FigureEntry, figure: StageFigure, svg: string, drawing: Drawing): Manner {
  switch (entry.kind) {
    case 'vehicle':
      return rolling(svg, drawing, figure, mirroredFor(entry, figure.way));
    case 'swimmer':
      return soft.has(entry.name) ? pulsing : shelled.has(entry.name) ? {} : waving(figure.way);
    case 'hopper':
      return hopping(figure.way);
    case 'flyer':
      return flyerManner(entry.name, figure);
    case 'walker':
      return isBird(entry) && figure.motion === 'fly' ? flapping(3) : {};
    default:
      return {};
  }
}

/** Whether a drawing is shown mirrored; craft seen slantwise point along their way too. */
export const mirroredFor = ({ looks, name }: FigureEntry, way: 1 | -1): boolean =>
  (looks === 'L' && way === 1) || ((looks === 'R' || slanting.has(name)) && way === -1);

const soft = new Set(['octopus', 'squid', 'jellyfish']);
const shelled = new Set(['crab', 'lobster', 'shrimp', 'pufferfish']);
const slanting = new Set(['airplane', 'rocket']);
const isBird = ({ group, name }: FigureEntry): boolean => group.includes('bird') || name === 'bird';

function rolling(svg: string, drawing: Drawing, { way }: StageFigure, isMirrored: boolean): Manner {
  const wheels = findWheels(svg, drawing).map((wheel) => (isMirrored ? { ...wheel, u: 1 - wheel.u } : wheel));
  if (wheels.length === 0) return {};
  return {
    paint: (context, shown, { phase, stride }) => {
      context.drawImage(shown.surface.canvas, 0, 0);
      for (const wheel of wheels) drawSpokes(context, shown, wheel, (way * phase * stride) / wheel.radius);
    },
  };
}

/** The head stays, the tail swings: a wave runs through the body from the head to the tail. */
const waving = (way: 1 | -1): Manner => ({
  paint: (context, drawing, moment) => {
    const beat = turns * beatOf(moment, 1.2);
    const strength = moment.stride > 0 ? 0.075 : 0.035;
    drawBent(context, drawing, (u) => {
      const back = way === 1 ? 1 - u : u;
      return strength * (0.15 + 0.85 * back * back) * Math.sin(beat - 3.2 * back);
    });
  },
});

const pulsing: Manner = {
  pose: (moment) => {
    const pulse = Math.sin(turns * beatOf(moment, 1.1));
    return {
      stretchX: 1 + 0.09 * pulse,
      stretchY: 1 - 0.08 * pulse,
      lift: 0.03 * Math.cos(turns * beatOf(moment, 1.1)),
    };
  },
};

/** Share of a hop on the ground, and its height. */
const hop = { ground: 0.3, height: 0.26 } as const;

/** Hops once a stride: on the ground it stays where it is and gathers, then it flies in an arc. */
const hopping = (way: 1 | -1): Manner => ({
  pose: ({ facing, phase, stride }) => {
    if (stride === 0) return {};
    const turn = phase - Math.floor(phase);
    const air = Math.max(0, (turn - hop.ground) / (1 - hop.ground));
    const gathered = turn < hop.ground ? Math.sin((Math.PI * turn) / hop.ground) : 0;
    const stretched = Math.sin(Math.PI * air);
    return {
      lift: hop.height * 4 * air * (1 - air),
      shift: way * Math.sign(facing) * (air - turn) * stride,
      rotation: way * facing * -0.16 * Math.cos(Math.PI * air) * stretched,
      stretchX: 1 + 0.09 * gathered,
      stretchY: 1 - 0.16 * gathered + 0.05 * stretched,
    };
  },
});

function flyerManner(name: string, figure: StageFigure): Manner {
  if (name === 'butterfly') return folding;
  if (slanting.has(name) && figure.motion === 'fly') return { pose: () => ({ rotation: figure.way * 0.62 }) };
  if (name === 'rocket') return { pose: () => ({ rotation: -figure.way * 0.7854 }) };
  if (name === 'bat') return flapping(3.4);
  return name === 'bee' ? flapping(9) : {};
}

/** Wings seen from above open and close. */
const folding: Manner = {
  pose: ({ clock, phase }) => ({ stretchX: 0.68 + 0.32 * Math.cos(turns * (phase + clock * 2.6)) }),
};

/** Wings above the body beat, and the body answers. */
const flapping = (perSecond: number): Manner => ({
  pose: ({ clock, phase }) => ({ lift: -0.03 * Math.sin(turns * (phase + clock * perSecond)) }),
  paint: (context, drawing, { clock, phase }) =>
    drawRaised(context, drawing, 0.5, 1 + 0.2 * Math.sin(turns * (phase + clock * perSecond))),
});
