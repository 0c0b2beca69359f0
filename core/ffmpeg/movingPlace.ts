/** A picture that moves over its output, as expressions of the frame's time: the cubics of core/render/positionPath. */
import { cubicAt, pathParts, type Cubic, type Position } from '../render/positionPath.ts';
import { place, type OutputFrame, type Placement, type Size } from '../render/place.ts';
import { referenceTicksAt, sampleToleranceTicks } from '../render/sourceTime.ts';
import type { ClipWindow } from '../render/windows.ts';
import type { Sequence } from '../document/schema.ts';
import { framesPerSecond, ticksAtFrame } from '../time/ticks.ts';
import { add, call, constant, multiply, subtract, variable, type Expression } from './expression.ts';

/** How a moving window's picture is made, and where its top left is. */
export interface MovingPlace {
  /** Whole: nothing outside of the output is left out. */
  readonly placement: Placement;
  /** Of the output, px, where the frame at time 0 is `startFrame` of the sequence. */
  x(startFrame: number): Expression;
  y(startFrame: number): Expression;
}

/** null where nothing is left of the picture. `source` = size as shown. */
export function movingPlace(
  window: ClipWindow,
  sequence: Sequence,
  source: Size,
  frame: OutputFrame,
): MovingPlace | null {
  const { path, geometry, clip } = window;
  if (!path) throw new Error(`clip ${clip.id} does not move`);
  const room = 2 * Math.ceil(Math.hypot(geometry.width, geometry.height) * frame.factor + 2);
  const roomy = { width: room, height: room, factor: frame.factor, offsetX: 0, offsetY: 0 };
  const middle = room / 2 / frame.factor;
  const placement = place({ ...geometry, centreX: middle, centreY: middle }, clip.crop, source, roomy);
  if (!placement) return null;
  // the centre's place in the output for a key's value, less the way from the picture's corner to its centre
  const left = (sequence.width / 2) * frame.factor + frame.offsetX + placement.box.x - room / 2;
  const top = (sequence.height / 2) * frame.factor + frame.offsetY + placement.box.y - room / 2;
  const parts = frameParts(window, sequence);
  // not `n`: crop counts from 0, overlay from 1
  const number = call('round', multiply(variable('t'), framesPerSecond(sequence.rate)));
  const [earliest, latest] = clip.reversed ? [path.at(-1)!, path[0]!] : [path[0]!, path.at(-1)!];
  const along = (axis: keyof Position, offset: number) => (startFrame: number) => {
    const inside = among(parts, axis, startFrame, number);
    const until = call('if', call('lt', number, parts.at(-1)!.endFrame - startFrame), inside, latest[axis]);
    const whole = call('if', call('lt', number, parts[0]!.startFrame - startFrame), earliest[axis], until);
    return call('round', add(offset, multiply(frame.factor, whole)));
  };
  return { placement, x: along('x', left), y: along('y', top) };
}

/** A stretch of frames, which need not be whole, with its cubic in frames from its start. */
interface FramePart {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly x: Cubic;
  readonly y: Cubic;
}

/** The path in frames of the sequence, in their order; it stands before and after. */
function frameParts({ clip, path }: ClipWindow, sequence: Sequence): FramePart[] {
  const keys = path!;
  const zero = referenceTicksAt(clip, 0, sequence.rate);
  const ahead = 100_000;
  const perFrame = (referenceTicksAt(clip, ticksAtFrame(ahead, sequence.rate), sequence.rate) - zero) / ahead;
  const frameOf = (sourceTicks: number) => (sourceTicks - zero) / perFrame;
  const slack = sampleToleranceTicks / Math.abs(perFrame);
  const parts = pathParts(keys).map(({ fromTicks, toTicks, x, y }): FramePart => {
    const [a, b] = [frameOf(fromTicks), frameOf(toTicks)];
    const [startFrame, endFrame] = [Math.min(a, b), Math.max(a, b)];
    const length = endFrame - startFrame;
    const inFrames = (cubic: Cubic): Cubic => {
      const [p, q, r, s] = a <= b ? cubic : backwards(cubic);
      return [p, q / length, r / length ** 2, s / length ** 3];
    };
    // going forwards a frame that begins with a key has it; backwards it ends there
    return { startFrame, endFrame: endFrame - (a <= b ? slack : -slack), x: inFrames(x), y: inFrames(y) };
  });
  return parts.toSorted((a, b) => a.startFrame - b.startFrame);
}

/** The same cubic from its end. */
function backwards(cubic: Cubic): Cubic {
  const [, b, c, d] = cubic;
  return [cubicAt(cubic, 1), -(b + 2 * c + 3 * d), c + 3 * d, -d];
}

/** A tree of conditions: a list would be as deep as there are keys. */
function among(parts: readonly FramePart[], axis: keyof Position, startFrame: number, n: Expression): Expression {
  if (parts.length > 1) {
    const half = Math.floor(parts.length / 2);
    const [left, right] = [parts.slice(0, half), parts.slice(half)];
    const isLeft = call('lt', n, left.at(-1)!.endFrame - startFrame);
    return call('if', isLeft, among(left, axis, startFrame, n), among(right, axis, startFrame, n));
  }
  const [part] = parts;
  const [a, b, c, d] = part![axis];
  if (b === 0 && c === 0 && d === 0) return constant(a);
  const v = subtract(n, part!.startFrame - startFrame);
  return add(a, multiply(v, add(b, multiply(v, add(c, multiply(v, d))))));
}
