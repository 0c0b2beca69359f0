import { createCanvas } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { titleFont } from '../../render/title.ts';
import { bundledCjkHas, cjkFamiliesFor } from './cjkFaces.node.ts';

/** The pixels of a text that is drawn with the bundled faces alone. */
function drawn(text: string, weight: 400 | 700): string {
  const canvas = createCanvas(200, 100);
  const context = canvas.getContext('2d');
  context.font = titleFont({ weight, sizePx: 64 }, cjkFamiliesFor(text));
  context.fillText(text, 10, 80);
  return canvas.toBuffer('image/png').toString('base64');
}

it('draws Chinese with glyphs of its own, never with boxes', () => {
  const shapes = ['春', '天', '視', '剪', '輯', 'あ'].map((text) => drawn(text, 400));
  expect(new Set(shapes).size).toBe(shapes.length);
});

it('has weights', () => {
  expect(drawn('春', 400)).not.toBe(drawn('春', 700));
});

it('needs no face for Latin, and knows what it does not have', () => {
  expect(cjkFamiliesFor('Spring')).toEqual([]);
  expect(['春', '한'].map(bundledCjkHas)).toEqual([true, false]);
});
