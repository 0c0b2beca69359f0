import { expect, test } from 'vitest';
import { loadOpenCv } from '../opencv/openCv.node.ts';
import { fillUnseen, smoothSurface, type Inpaint } from './fillUnseen.ts';
import { inpaintsOf } from './inpaint.node.ts';

const [width, height] = [32, 24];
const inHole = (i: number): boolean => Math.abs((i % width) - 16) < 4 && Math.abs(Math.floor(i / width) - 12) < 4;
/** 10 bits: dark on the left, bright on the right. */
const edge = Float32Array.from({ length: width * height }, (_, i) => (i % width < 16 ? 100 : 800));

function filledBy(ways: readonly Inpaint[]): Float32Array {
  const result = edge.map((value, i) => (inHole(i) ? 0 : value));
  const asked = Int32Array.from([...edge.keys()].filter(inHole));
  const chosen = new Float32Array(asked.length).fill(NaN);
  fillUnseen({ width, height, result, asked, hiddenCount: asked.length }, chosen, 512, ways);
  return result;
}

/** Mean difference from the edge in the hole. */
function errorOf(filled: Float32Array): number {
  const inside = [...edge.keys()].filter(inHole);
  return inside.reduce((sum, i) => sum + Math.abs(filled[i]! - edge[i]!), 0) / inside.length;
}

test('the way that says best what is around the hole fills it, whatever its place in the list', () => {
  const wrong: Inpaint = (values) => values.map(() => 3);
  const right: Inpaint = () => edge;
  expect(filledBy([smoothSurface, wrong, right])).toEqual(edge);
  expect(filledBy([wrong, smoothSurface])).toEqual(filledBy([smoothSurface]));
});

test('an edge goes on through the hole, in the depth of its samples, and nothing outside changes', async () => {
  const { cv } = await loadOpenCv();
  const filled = filledBy([smoothSurface, ...inpaintsOf(cv)]);
  expect(errorOf(filled)).toBeLessThan(0.9 * errorOf(filledBy([smoothSurface])));
  expect(Math.max(...filled)).toBeGreaterThan(700);
  for (const [i, value] of edge.entries()) if (!inHole(i)) expect(filled[i]).toBe(value);
});
