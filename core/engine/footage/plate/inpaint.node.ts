/** Inpainting that carries edges into the hole, by OpenCV. */
import { withMats, type Cv } from '../opencv/openCv.node.ts';
import { fromElsewhere, planeByPlane, smoothSurface, type FillWay, type Inpaint } from './fillUnseen.ts';

/** How far around a sample its known neighbours count, in samples. */
const radius = 5;

/**
 * All ways of filling, the plainest first: smooth, by fast marching (Telea, 2004), by fluid flow (Bertalmio, 2001), by
 * texture from elsewhere. All keep the depth of values.
 */
export function waysOfFilling(cv: Cv): readonly FillWay[] {
  const byOpenCv = [cv.INPAINT_TELEA, cv.INPAINT_NS].map((method) => planeByPlane(inpaintBy(cv, method)));
  return [smoothSurface, ...byOpenCv, fromElsewhere];
}

function inpaintBy(cv: Cv, method: number): Inpaint {
  return (values, open, width, height) =>
    withMats((keep) => {
      const picture = keep(new cv.Mat(height, width, cv.CV_32FC1));
      const mask = keep(new cv.Mat(height, width, cv.CV_8UC1));
      const filled = keep(new cv.Mat());
      picture.data32F.set(values);
      mask.data.set(open);
      cv.inpaint(picture, mask, filled, radius, method);
      return filled.data32F.slice();
    });
}
