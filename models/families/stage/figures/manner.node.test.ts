import { describe, expect, it } from 'vitest';
import { momentOf } from '../motion.ts';
import type { StageFigure } from '../scene.ts';
import { createSurface } from '../surface.node.ts';
import { drawBent } from './bend.node.ts';
import { rasterise } from './drawing.node.ts';
import type { FigureEntry } from './entry.ts';
import { mannerOf, mirroredFor } from './manner.node.ts';
import { findWheels } from './wheels.node.ts';

const svgOf = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${inner}<defs></defs></svg>`;
const body = '<path fill="#e33" d="M2 10h28v16H2z"/>';
const cart = svgOf(
  `${body}<path fill="#223" d="M8 30a4 4 0 1 0 0-8 4 4 0 0 0 0 8"/><circle cx="24" cy="27" r="3"/>` +
    '<circle cx="8" cy="26" r="2"/><circle cx="16" cy="14" r="3"/>',
);
const drawingOf = (svg: string): ReturnType<typeof rasterise> => rasterise(Buffer.from(svg), 64);
const entry: FigureEntry = {
  name: 'rabbit',
  kind: 'hopper',
  height: 0.5,
  looks: 'L',
  group: 'animals',
  drawing: 'rabbit',
  tones: 0,
};
const figure: StageFigure = {
  name: 'rabbit',
  colour: '',
  wears: '',
  tone: 0,
  height: 0.5,
  motion: 'run',
  way: -1,
  x: 0,
  z: 3,
  y: 0,
  phase: 0.1,
  reach: 20,
  lag: 0,
};

describe('how whole drawings move', () => {
  it('finds the wheels on the ground, not their hubs nor a round window', () => {
    const wheels = findWheels(cart, drawingOf(cart));
    expect(wheels).toHaveLength(2);
    // the box is 28 wide and 20 high, from (2, 10)
    expect(wheels[0]!.u).toBeCloseTo(6 / 28, 1);
    expect(wheels[0]!.radius).toBeCloseTo(4 / 20, 1);
    expect(wheels[1]!.radius).toBeCloseTo(3 / 20, 1);
  });

  it('keeps a hopper where it is while it is on the ground', () => {
    const hop = mannerOf(entry, figure, svgOf(body), drawingOf(svgOf(body))).pose!;
    const at = (seconds: number): { x: number; lift: number } => {
      const moment = momentOf(figure, seconds, 4);
      const { lift = 0, shift = 0 } = hop(moment);
      return { x: moment.x + shift * figure.height, lift };
    };
    let stood = 0;
    for (let frame = 0; frame < 90; frame++) {
      const before = at(frame / 48);
      const after = at((frame + 1) / 48);
      expect(after.x).toBeLessThan(before.x + 1e-9);
      if (before.lift > 0 || after.lift > 0 || before.x - after.x > 0.1) continue;
      stood++;
      expect(after.x).toBeCloseTo(before.x, 9);
    }
    expect(stood).toBeGreaterThan(10);
  });

  it('bends a drawing without a seam', () => {
    const drawing = drawingOf(svgOf(body));
    const { height, width } = drawing.surface;
    const surface = createSurface(width, height);
    drawBent(surface.context, drawing, (u) => 0.1 * Math.sin(6 * u));
    const middle = surface.context.getImageData(0, Math.round(height / 2), width, 1).data;
    const [from, to] = [drawing.pad + 2, drawing.pad + drawing.boxWidth - 2];
    for (let x = Math.ceil(from); x < to; x++) expect(middle[x * 4 + 3]).toBe(255);
  });

  it('turns drawings to their way', () => {
    expect(mirroredFor(entry, 1)).toBe(true);
    expect(mirroredFor(entry, -1)).toBe(false);
  });
});
