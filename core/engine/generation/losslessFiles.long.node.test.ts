/** The films that losslessFiles.node.test.ts leaves out: each has a near relation there. */
import { afterAll, beforeAll, test } from 'vitest';
import { openFakeEngine, type FakeEngine } from '../testing/fakeEngine.node.ts';
import { expectLosslessInpaint, expectUsualInpaint } from './testing/losslessInpaint.node.ts';

let fake: FakeEngine;
beforeAll(async () => {
  fake = await openFakeEngine();
});
afterAll(() => fake.close());

test.each([
  ['8 bit', 'mkv', 'ffv1'],
  ['8 bit', 'mp4', 'h264'],
  ['odd size', 'mkv', 'ffv1'],
  ['29.97, bt601', 'mkv', 'ffv1'],
  ['ProRes', 'mkv', 'ffv1'],
])('%s into .%s: every frame is there, and not one sample outside the mask differs', (name, ending, codec) =>
  expectLosslessInpaint(fake, name, ending, codec),
);

test.each(['8 bit', 'ProRes'])('without --lossless %s is encoded in its own depth, chroma and colours', (name) =>
  expectUsualInpaint(fake, name),
);
