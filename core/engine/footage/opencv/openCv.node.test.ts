import { expect, test } from 'vitest';
import { asError, loadOpenCv, withMats } from './openCv.node.ts';

test('a scope deletes what it kept, also when it fails, and errors have words', async () => {
  const { cv } = await loadOpenCv();
  const seen: { isDeleted(): boolean }[] = [];
  const sum = withMats((keep) => {
    const ones = keep(cv.Mat.ones(3, 4, cv.CV_8U));
    seen.push(ones);
    return cv.countNonZero(ones);
  });
  expect(sum).toBe(12);
  const failing = () =>
    withMats((keep) => {
      const wrong = keep(new cv.Mat(2, 2, cv.CV_32FC2));
      seen.push(wrong);
      cv.countNonZero(wrong);
    });
  let thrown: unknown = null;
  try {
    failing();
  } catch (error) {
    thrown = asError(cv, error);
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(String(thrown)).toMatch(/OpenCV: /);
  expect(seen.map((mat) => mat.isDeleted())).toEqual([true, true]);
});
