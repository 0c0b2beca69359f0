import type { Size } from '../../../../render/place.ts';
import type { Values } from './smallFrame.ts';

/**
 * 1 for pixels that are reached step by step from a row of them: `isReached` answers for each and the neighbour it is
 * reached from, which for those of the row is the pixel itself.
 */
export function flooded(
  { width, height }: Size,
  row: { readonly from: number; readonly count: number },
  isReached: (at: number, from: number) => boolean,
): Values {
  const inside = new Float32Array(width * height);
  const stack: number[] = [];
  const visit = (at: number, from: number): void => {
    if (inside[at] === 1 || !isReached(at, from)) return;
    inside[at] = 1;
    stack.push(at);
  };
  for (let at = row.from; at < row.from + row.count; at++) visit(at, at);
  while (stack.length > 0) {
    const at = stack.pop()!;
    const x = at % width;
    if (x > 0) visit(at - 1, at);
    if (x < width - 1) visit(at + 1, at);
    if (at >= width) visit(at - width, at);
    if (at < width * (height - 1)) visit(at + width, at);
  }
  return inside;
}
