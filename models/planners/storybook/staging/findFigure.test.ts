import { describe, expect, it } from 'vitest';
import { findFigure } from './findFigure.ts';

const side = 48;
const width = 256;
const height = 144;

/** A red body with a blue head on its right: not the same from both sides. Premultiplied f32[4,48,48]. */
function texture(): Float32Array {
  const out = new Float32Array(4 * side * side);
  for (let v = 0; v < side; v += 1) {
    for (let u = 0; u < side; u += 1) {
      const body = ((u - 18) / 17) ** 2 + ((v - 30) / 16) ** 2 < 1;
      const head = ((u - 38) / 9) ** 2 + ((v - 12) / 11) ** 2 < 1;
      if (!body && !head) continue;
      [head ? 0.1 : 0.85, 0.2, head ? 0.9 : 0.15, 1].forEach(
        (value, channel) => (out[(channel * side + v) * side + u] = value),
      );
    }
  }
  return out;
}

/** A sloping sky over ground, with the figure standing on it, darkened and tinted as by another light. */
function picture(
  at: { x: number; foot: number; height: number; way: 1 | -1 } | null,
  frameCount = 1,
): { data: Uint8Array; width: number; height: number; frameCount: number } {
  const data = new Uint8Array(frameCount * width * height * 3);
  const figure = texture();
  for (let f = 0; f < frameCount; f += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const rgb = y > 80 ? [70 + (x % 7), 130, 60] : [120 + y / 2, 160 + x / 8, 220];
        if (at) {
          const across = ((x + 0.5 - width / 2) / height - at.x - f * 0.02) / at.height + 0.5;
          const u = Math.floor((at.way > 0 ? across : 1 - across) * side);
          const v = Math.floor((((y + 0.5) / height - at.foot + at.height) / at.height) * side);
          if (u >= 0 && u < side && v >= 0 && v < side && figure[(3 * side + v) * side + u]! > 0.5)
            rgb.forEach(
              (_, channel) => (rgb[channel] = figure[(channel * side + v) * side + u]! * [150, 140, 230][channel]!),
            );
        }
        rgb.forEach((value, channel) => (data[((f * height + y) * width + x) * 3 + channel] = value));
      }
    }
  }
  return { data, width, height, frameCount };
}

describe('findFigure', () => {
  it.each([1, -1] as const)('finds place, size and facing (%i)', (way) => {
    const at = { x: -0.35, foot: 0.82, height: 0.42, way };
    const found = findFigure(picture(at), 0, texture(), side, 1)!;
    expect(found.way).toBe(way);
    expect(found.x).toBeCloseTo(at.x, 1);
    expect(found.foot).toBeCloseTo(at.foot, 1);
    expect(Math.abs(found.height - at.height)).toBeLessThan(0.06);
  });

  it('finds nobody where nobody is', () => {
    expect(findFigure(picture(null), 0, texture(), side, 1)).toBeNull();
  });

  it('follows from where it was before', () => {
    const clip = picture({ x: 0.1, foot: 0.8, height: 0.4, way: 1 }, 5);
    const before = findFigure(clip, 0, texture(), side, 1)!;
    const after = findFigure(clip, 4, texture(), side, 1, before)!;
    expect(after.x - before.x).toBeCloseTo(0.08, 1);
    expect(after.x).toBeGreaterThan(before.x + 0.03);
  });
});
