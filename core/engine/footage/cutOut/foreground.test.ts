import { expect, it } from 'vitest';
import { Foreground } from './foreground.ts';

const [width, height] = [96, 64];
/** Light against dark, with an edge that is six pixels soft. */
const [thing, ground] = [200, 30];

function softDisc(): { picture: Uint8Array; alpha: Uint8Array } {
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) {
    const away = Math.hypot((i % width) - 60, Math.floor(i / width) - 40) - 8;
    alpha[i] = Math.max(0, Math.min(255, Math.round(255 * (0.5 - away / 6))));
  }
  const picture = alpha.map((a) => Math.round((a * thing + (255 - a) * ground) / 255));
  return { picture, alpha };
}

it('along a soft edge only the thing’s own colour is left, and opaque samples stay what they were', () => {
  const { picture, alpha } = softDisc();
  const data = picture.slice();
  new Foreground({ width, height }).estimate({ width, height, data }, { width, height, data: alpha }, 255, 16);
  let soft = 0;
  for (let i = 0; i < data.length; i++) {
    if (alpha[i] === 255) expect(data[i]).toBe(picture[i]);
    // laid over any ground, what is left of the old one is this times the opacity
    else if (alpha[i]! > 0) {
      soft++;
      expect((Math.abs(data[i]! - thing) * alpha[i]!) / 255, `opacity ${alpha[i]}`).toBeLessThan(12);
    }
  }
  expect(soft).toBeGreaterThan(200);
  // the colour goes on where scaling reads it, and ends far away
  expect(data[40 * width + 60 + 13]).toBeGreaterThan(150);
  expect(data[0]).toBe(16);
});
