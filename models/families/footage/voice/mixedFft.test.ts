import { expect, test } from 'vitest';
import { Random } from '../../soundtrack/random.ts';
import { RealFft } from './mixedFft.ts';

/** The sum of the definition. */
function definition(samples: Float32Array, k: number): [number, number] {
  let [re, im] = [0, 0];
  samples.forEach((sample, i) => {
    re += sample * Math.cos((2 * Math.PI * i * k) / samples.length);
    im -= sample * Math.sin((2 * Math.PI * i * k) / samples.length);
  });
  return [re, im];
}

test.each([4, 30, 48, 960])('%d samples: the sum of the definition, and back', (size) => {
  const random = new Random(size);
  const samples = Float32Array.from({ length: size }, () => 2 * random.next() - 1);
  const fft = new RealFft(size);
  const [re, im] = [new Float32Array(fft.binCount), new Float32Array(fft.binCount)];
  fft.forward(samples, re, im);
  for (let k = 0; k < fft.binCount; k += Math.ceil(size / 40)) {
    const [wantedRe, wantedIm] = definition(samples, k);
    expect(re[k]).toBeCloseTo(wantedRe, 4);
    expect(im[k]).toBeCloseTo(wantedIm, 4);
  }
  const back = new Float32Array(size);
  fft.inverse(re, im, back);
  back.forEach((value, i) => expect(value / size).toBeCloseTo(samples[i]!, 5));
});

test('a length with another factor is refused', () => {
  expect(() => new RealFft(14)).toThrow('7 is not a product of 2, 3 and 5');
});
