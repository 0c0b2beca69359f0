/** Cut-outs as the child makes them: the source's own samples where the mask is white, nothing where it is black. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { losslessOptions } from '../../../ffmpeg/losslessOptions.ts';
import { samplesOf } from '../../../ffmpeg/layPatches.ts';
import { withAlpha } from '../../../ffmpeg/sampleFormat.ts';
import { keysOfName } from '../../../disk/cacheFolder.node.ts';
import { ffmpeg } from '../../generation/testing/films.node.ts';
import { plainSource } from '../../media/locateSource.node.ts';
import { probeFile } from '../../media/probe.node.ts';
import { alphaShape, withOpacity } from './alphaShape.ts';
import { runCutOut } from './runCutOut.node.ts';
import type { CutOutRun } from './cutOutRun.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-cut-out-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height, frameCount] = [64, 36, 3];
const size = { width, height };
const context = {
  ...{ scratchFolder: '', threads: 1, checkCancelled: () => undefined, report: () => undefined },
  readerOf: () => expect.fail('no pack is read'),
};

/** The left half white, the right black. */
function halfMask(): string {
  const path = join(folder, 'mask.grey');
  writeFileSync(
    path,
    Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 255 : 0)),
  );
  return path;
}

async function cutOut(pixelFormat: string, mask: CutOutRun['mask']) {
  const path = join(folder, `source-${pixelFormat}.mkv`);
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=${width}x${height}:r=10,setsar=4/3`,
    '-frames:v',
    '3',
    '-pix_fmt',
    pixelFormat,
    '-c:v',
    'ffv1',
    path,
  );
  const facts = await probeFile(path);
  const source = plainSource({ path, facts, ...keysOfName(path) });
  const samples = withAlpha(samplesOf(facts.video!));
  const output = { path: join(folder, `cut-${pixelFormat}.mkv`), options: losslessOptions, still: false };
  const common = { source, startTicks: 0, frameCount, samples, sourceRate: { num: 10, den: 1 } };
  const result = await runCutOut({ task: 'cutOut', ...common, mask, output }, context);
  return { result, path, made: output.path, shape: alphaShape(samples, size) };
}

const raw = (path: string, format: string) => ffmpeg('-i', path, '-f', 'rawvideo', '-pix_fmt', format, '-');

it.each(['yuv420p', 'yuv422p10le', 'gbrp'])('%s: every sample under white, and none of the rest', async (format) => {
  const { result, path, made, shape } = await cutOut(format, { kind: 'still', path: halfMask() });
  expect(result.coveredFrames).toBe(3);
  expect((await probeFile(made)).video).toMatchObject({ hasAlpha: true });
  const [before, after] = [raw(path, shape.colours.samples.name), raw(made, shape.samples.name)];
  expect(after.length).toBe(shape.bytes * frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const own = Uint8Array.from(before.subarray(frame * shape.colours.bytes, (frame + 1) * shape.colours.bytes));
    const cut = withOpacity(Uint8Array.from(after.subarray(frame * shape.bytes, (frame + 1) * shape.bytes)), shape);
    const source = withOpacity(Uint8Array.from([...own, ...new Uint8Array(shape.bytes - own.length)]), shape);
    cut.alpha.data.forEach((value, i) => expect(value).toBe(i % width < width / 2 ? shape.peak : 0));
    for (const [index, plane] of cut.colours.entries()) {
      const changed = plane.data.findIndex((value, i) => {
        return i % plane.width < plane.width / 2 && value !== source.colours[index]!.data[i];
      });
      expect(changed, `plane ${index}`).toBe(-1);
    }
  }
});

it('a film of masks is followed frame by frame, and what is see-through in the source stays so', async () => {
  const film = join(folder, 'masks.mkv');
  // white from the frame's number times 8 px on
  ffmpeg(
    '-f',
    'lavfi',
    '-i',
    `color=black:s=${width}x${height}:r=10,format=gray,geq=lum='255*gte(X,8*N)'`,
    '-frames:v',
    '3',
    '-c:v',
    'ffv1',
    film,
  );
  const file = { ...plainSource({ path: film, facts: await probeFile(film), ...keysOfName(film) }), name: 'masks' };
  const { made, shape } = await cutOut('yuva420p', { kind: 'film', file });
  const after = raw(made, shape.samples.name);
  for (let frame = 0; frame < frameCount; frame++) {
    const { alpha } = withOpacity(
      Uint8Array.from(after.subarray(frame * shape.bytes, (frame + 1) * shape.bytes)),
      shape,
    );
    for (let x = 0; x < width; x++) expect(alpha.data[x], `frame ${frame}, column ${x}`).toBe(x >= 8 * frame ? 255 : 0);
  }
});
