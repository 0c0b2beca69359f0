import type { SessionState } from '../../services/editor.ts';

/** Puts one finished picture, or two to compare, on the canvas that is seen. */
export function presentOn(
  canvas: HTMLCanvasElement,
  draws: readonly ((context: CanvasRenderingContext2D) => void)[],
  compare: SessionState['compare'],
): void {
  const context = canvas.getContext('2d', { alpha: false });
  const [a, b] = draws;
  if (!context) return;
  if (!a) {
    context.fillStyle = '#000';
    context.fillRect(0, 0, canvas.width, canvas.height);
    return;
  }
  if (!compare || !b) {
    a(context);
    return;
  }
  switch (compare.mode) {
    case 'wipe': {
      const at = Math.round(compare.position * canvas.width);
      drawClipped(context, a, 0, at, canvas.height);
      drawClipped(context, b, at, canvas.width - at, canvas.height);
      break;
    }
    case 'side':
      context.fillStyle = '#000';
      context.fillRect(0, 0, canvas.width, canvas.height);
      [a, b].forEach((draw, index) => {
        context.save();
        context.translate((index * canvas.width) / 2, canvas.height / 4);
        context.scale(0.5, 0.5);
        draw(context);
        context.restore();
      });
      break;
    case 'blink':
      (Math.floor(performance.now() / 600) % 2 === 0 ? a : b)(context);
      break;
    default:
      compare.mode satisfies never;
  }
}

function drawClipped(
  context: CanvasRenderingContext2D,
  draw: (context: CanvasRenderingContext2D) => void,
  x: number,
  width: number,
  height: number,
): void {
  context.save();
  context.beginPath();
  context.rect(x, 0, width, height);
  context.clip();
  draw(context);
  context.restore();
}
