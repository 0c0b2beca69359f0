/** Modes of blending as expressions. */
import { add, call, multiply, subtract, type Expression } from '../../../ffmpeg/expression.ts';

/** ffmpeg's modes of `blend` in use. */
export type BlendMode =
  | 'darken'
  | 'divide'
  | 'grainextract'
  | 'grainmerge'
  | 'lighten'
  | 'multiply'
  | 'overlay'
  | 'screen'
  | 'softlight'
  | 'subtract';

/** `x`: the ground's value, `y`: the layer's, 0..255; `opacity`: how much of the result counts. */
export function blendValue(mode: BlendMode, x: Expression, y: Expression, opacity: number): Expression {
  return add(x, multiply(subtract(call('clip', whole(mode, x, y), 0, 255), x), opacity));
}

function whole(mode: BlendMode, x: Expression, y: Expression): Expression {
  const screen = (a: Expression, b: Expression): Expression =>
    subtract(255, multiply(subtract(255, a), subtract(255, b), 1 / 255));
  switch (mode) {
    case 'darken':
      return call('min', x, y);
    case 'lighten':
      return call('max', x, y);
    case 'grainextract':
      return add(128, subtract(x, y));
    case 'grainmerge':
      return add(x, subtract(y, 128));
    case 'multiply':
      return multiply(x, y, 1 / 255);
    case 'screen':
      return screen(x, y);
    case 'subtract':
      return subtract(x, y);
    case 'overlay':
      return call(
        'if',
        call('lt', x, 128),
        multiply(x, y, 2 / 255),
        add(255, multiply(subtract(screen(x, y), 255), 2)),
      );
    case 'softlight':
      // (1 - 2y) x^2 + 2xy, of values 0..1
      return add(multiply(x, x, subtract(1, multiply(y, 2 / 255)), 1 / 255), multiply(x, y, 2 / 255));
    case 'divide':
      throw new Error('divided colours are never mixed with the ground');
  }
}
