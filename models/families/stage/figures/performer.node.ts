/** A figure ready to be drawn: dolls, walking animals and things in one form. */
import type { Light } from '../light.ts';
import type { Moment } from '../motion.ts';
import type { StageFigure } from '../scene.ts';
import { createSurface, type Surface } from '../surface.node.ts';
import { animalAspect, drawAnimal, type Animal } from './animal.node.ts';
import type { Outfit } from './doll.ts';
import { poseOf } from './dollPose.ts';
import { drawDoll, drawLegs } from './drawDoll.node.ts';
import { drawFigure, turned, type FigureOnFrame } from './drawFigure.node.ts';
import type { Drawing } from './drawing.node.ts';
import { findLegs } from './legs.ts';
import type { Manner } from './manner.node.ts';
import { stance, stillPose } from './pose.ts';
import { turnFace } from './turnFace.node.ts';

/** Draws one figure. */
export interface Performer {
  /** Half its width over its height. */
  readonly halfWidth: number;
  /** Half the width of its shadow at its feet, over its height. */
  readonly footprint: number;
  readonly draw: (context: Surface['context'], moment: Moment, at: FigureOnFrame) => void;
}

/** A drawing as a whole: it walks if it has legs that can be told apart, else it moves in its own manner. */
export function createDrawingPerformer(drawing: Drawing, canWalk: boolean, manner: Manner = {}): Performer {
  const halfWidth = drawing.boxWidth / drawing.boxHeight / 2;
  const legs = canWalk ? findLegs({ ...drawing, width: drawing.surface.width }) : [];
  const { paint } = manner;
  return {
    halfWidth,
    footprint: 0.8 * halfWidth + 0.06,
    draw: (context, moment, at) => {
      const { lift = 0, rotation = 0, shift = 0, stretchX = 1, stretchY = 1 } = manner.pose?.(moment) ?? {};
      const pose = {
        ...stillPose,
        lift,
        shift,
        rotation: moment.rotation + rotation,
        stretchX: manner.isRigid ? 1 : moment.stretchX * stretchX,
        stretchY: manner.isRigid ? 1 : moment.stretchY * stretchY,
        facing: moment.facing,
        stride: moment.stride > 0 && legs.length > 1 ? { phase: moment.phase, swing: moment.stride * stance } : null,
      };
      const painted = paint ? (on: Surface['context']) => paint(on, drawing, moment) : null;
      drawFigure(context, { drawing, legs, paint: painted }, pose, at);
    },
  };
}

/** An animal on its legs. */
export function createAnimalPerformer(animal: Animal): Performer {
  const halfWidth = animalAspect(animal) / 2;
  const { body } = animal;
  return {
    halfWidth,
    footprint: 0.8 * halfWidth + 0.06,
    draw: (context, moment, at) => {
      const scale = at.height / body.boxHeight;
      const facing = turned(moment.facing);
      context.save();
      context.translate(at.x, at.foot - 0.35 * at.height);
      context.rotate(moment.rotation);
      context.translate(0, 0.35 * at.height);
      context.scale(facing * moment.stretchX * scale, moment.stretchY * scale);
      context.translate(-body.boxWidth / 2 - body.pad, -body.boxHeight - body.pad);
      drawAnimal(context, animal, moment.phase, moment.stride * stance);
      context.restore();
    },
  };
}

/** A head on a dressed doll. */
export function createDollPerformer(
  head: Drawing,
  outfit: Outfit,
  light: Light,
  { carried, motion, way }: StageFigure,
): Performer {
  const aside = turnFace(head, 0.45);
  return {
    halfWidth: 0.3,
    footprint: 0.28,
    draw: (context, moment, at) => {
      const facing = turned(moment.facing);
      context.save();
      context.translate(at.x, at.foot);
      context.rotate(moment.rotation);
      context.scale(facing * way * moment.stretchX, moment.stretchY);
      drawDoll(
        context,
        { outfit, head: moment.stride > 0 ? aside : head },
        poseOf(moment, motion, carried !== undefined),
        light,
        at.height,
      );
      context.restore();
    },
  };
}

/** Head and shoulders on walking legs. */
export function createBustPerformer(
  bust: Drawing,
  outfit: Outfit,
  light: Light,
  { carried, motion, way }: StageFigure,
): Performer {
  const rounded = roundedBust(bust);
  const aside = turnFace(rounded, 0.28);
  return {
    halfWidth: 0.3,
    footprint: 0.26,
    draw: (context, moment, at) => {
      const pose = poseOf(moment, motion, carried !== undefined);
      const drawing = moment.stride > 0 ? aside : rounded;
      const scale = (bustShare * at.height) / drawing.boxHeight;
      context.save();
      context.translate(at.x, at.foot);
      context.rotate(moment.rotation);
      context.scale(turned(moment.facing) * way * moment.stretchX, moment.stretchY);
      drawLegs(context, outfit, pose, light, at.height);
      context.translate(pose.hipX * at.height, -(1 - bustShare + pose.hipY) * at.height);
      context.rotate(pose.lean * 0.5 + pose.headTilt * 0.4);
      context.scale(scale, scale);
      context.translate(-drawing.boxWidth / 2 - drawing.pad, -drawing.boxHeight - drawing.pad);
      context.drawImage(drawing.surface.canvas, 0, 0);
      context.restore();
    },
  };
}

/** Height of the bust over the whole figure's. */
const bustShare = 0.76;

/** The cut under the shoulders becomes a rounded hem, narrower than the shoulders. */
function roundedBust(bust: Drawing): Drawing {
  const { boxHeight, boxWidth, pad } = bust;
  const surface = createSurface(bust.surface.width, bust.surface.height);
  const { context } = surface;
  const middle = pad + boxWidth / 2;
  const from = 0.52;
  const rows = Math.round(boxHeight * (1 - from));
  const top = Math.round(pad + boxHeight * from);
  const { canvas, width } = bust.surface;
  context.drawImage(canvas, 0, 0, width, top, 0, 0, width, top);
  for (let row = 0; row < rows; row++) {
    const narrow = 1 / (1 + 0.75 * (row / rows));
    context.drawImage(canvas, 0, top + row, width, 1, middle - (width / 2) * narrow, top + row, width * narrow, 1.5);
  }
  context.globalCompositeOperation = 'destination-in';
  context.beginPath();
  context.rect(0, 0, width, pad + boxHeight * 0.8);
  context.ellipse(middle, pad + boxHeight * 0.8, boxWidth * 0.34, boxHeight * 0.2, 0, 0, Math.PI);
  context.fill();
  return { ...bust, surface };
}

/** A mirrored copy of a drawing. */
export function mirrored(drawing: Drawing): Drawing {
  const surface = createSurface(drawing.surface.width, drawing.surface.height);
  surface.context.translate(surface.width, 0);
  surface.context.scale(-1, 1);
  surface.context.drawImage(drawing.surface.canvas, 0, 0);
  surface.context.setTransform(1, 0, 0, 1, 0, 0);
  return { ...drawing, surface };
}
