import { expect, it } from 'vitest';
import { takeOpacity } from './stackedSource.ts';

it('the grey of the lower half becomes the alpha of the upper; what coding leaves of black and white is let go', () => {
  const greys = [0, 3, 4, 128, 251, 252, 255];
  const picture = Uint8ClampedArray.from(greys.flatMap(() => [10, 20, 30, 255]));
  takeOpacity(picture, Uint8ClampedArray.from(greys.flatMap((grey) => [grey, grey, grey, 255])));
  expect(greys.map((_, i) => picture[i * 4 + 3])).toEqual([0, 0, 4, 128, 251, 255, 255]);
  expect([...picture.subarray(0, 3)]).toEqual([10, 20, 30]);
});
