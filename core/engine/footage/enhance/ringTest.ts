/** Whether enlarging gains anything: the picture is halved, enlarged again both ways, and compared with itself. */
import type { GraphSession } from '../../../../models/families/pipeline.ts';
import type { FloatPlane } from '../interpolate/sampleAt.ts';
import { Doubler } from './doubler.ts';

/** Side of the part in the middle that is tested, px; the graph takes 7 px of its half from each side. */
const testedPx = 384;
const edgePx = 7;
/** A smaller part says nothing. */
const leastPx = 64;

/** dB of PSNR over interpolation; null for pictures that are too small. `luma` in levels from 0 to `peak`. */
export async function ringTest(session: GraphSession, luma: FloatPlane, peak: number): Promise<number | null> {
  const side = (length: number): number => Math.min(testedPx, length) & ~1;
  const [width, height] = [side(luma.width), side(luma.height)];
  if (Math.min(width, height) < leastPx) return null;
  const [left, top] = [(luma.width - width) >> 1, (luma.height - height) >> 1];
  const at = (x: number, y: number): number => luma.data[(top + y) * luma.width + left + x]!;
  const half = { width: width / 2, height: height / 2 };
  const reduced = new Float32Array(half.width * half.height);
  for (let y = 0, i = 0; y < half.height; y++)
    for (let x = 0; x < half.width; x++, i++)
      reduced[i] = (at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4;
  const plain = new Float32Array(4 * reduced.length);
  new Doubler(half, 'lanczos').run(reduced, plain);
  const drawn = await enlarged(session, reduced, half, peak);
  const inner = { width: width - 4 * edgePx, height: height - 4 * edgePx };
  let [ours, theirs] = [0, 0];
  for (let y = 0; y < inner.height; y++)
    for (let x = 0; x < inner.width; x++) {
      const [px, py] = [x + 2 * edgePx, y + 2 * edgePx];
      const truth = at(px, py);
      ours += (drawn[y * inner.width + x]! * peak - truth) ** 2;
      theirs += (plain[py * width + px]! - truth) ** 2;
    }
  // nothing is there to be lost, so nothing can be gained
  if (theirs === 0 || ours === 0) return 0;
  return 10 * Math.log10(theirs / ours);
}

/** Without the edges that the graph does not give back. */
async function enlarged(
  session: GraphSession,
  reduced: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  peak: number,
): Promise<Float32Array> {
  const data = new Float32Array(3 * reduced.length);
  for (let channel = 0; channel < 3; channel++)
    for (let i = 0; i < reduced.length; i++) data[channel * reduced.length + i] = reduced[i]! / peak;
  const answer = await session.run({
    [session.inputNames[0]!]: { type: 'float32', data, dims: [1, 3, height, width] },
  });
  const drawn = Object.values(answer)[0];
  if (drawn?.type !== 'float32') throw new Error('the graph answered no picture');
  const count = drawn.data.length / 3;
  const grey = new Float32Array(count);
  for (let i = 0; i < count; i++) grey[i] = (drawn.data[i]! + drawn.data[count + i]! + drawn.data[2 * count + i]!) / 3;
  return grey;
}
