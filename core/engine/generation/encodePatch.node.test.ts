import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplesOf } from '../../ffmpeg/layPatches.ts';
import { ticksAtFrame } from '../../time/ticks.ts';
import type { LocatedSource } from '../media/locateSource.node.ts';
import { decoded, differences, filmSamples } from './testing/films.node.ts';
import { makePatch, opacityOver } from './testing/makePatch.node.ts';
import { composedFrames, expectOnlyMaskChanged, frameCount, makeSource } from './testing/patchedFilm.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-patch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a patch over its source, against what ffmpeg decodes of the source', () => {
  test.each(filmSamples.filter(({ long }) => !long))(
    '$name ($pixelFormat): not one sample outside the mask differs, at any frame; inside they do',
    (sample) => expectOnlyMaskChanged(sample, folder),
  );

  test('an edit of an edit: outside both masks the film, under the first alone exactly the first', async () => {
    const file = await makeSource(
      filmSamples.find(({ name }) => name === '10 bit')!,
      folder,
    );
    const video = file.facts.video!;
    const base: LocatedSource = {
      ...file,
      startTicks: 0,
      patches: [],
      facts: { ...file.facts, durationTicks: ticksAtFrame(frameCount, video.rate) },
    };
    const lower = await opacityOver(file, 0.1, 0.1);
    const upper = await opacityOver(file, 0.3, 0.3);
    const first = await makePatch(base, lower, [250, 20, 120], frameCount, folder, 'first');
    const second = await makePatch(base, upper, [10, 200, 30], frameCount, folder, 'second');
    const format = samplesOf(video);
    const once = await composedFrames({ ...base, patches: [first] }, frameCount, folder);
    const twice = await composedFrames({ ...base, patches: [first, second] }, frameCount, folder);
    expect(differences(twice, once, format, upper)).toMatchObject({ outside: 0, frameCount });
    const both = { ...lower, data: lower.data.map((value, i) => Math.max(value, upper.data[i]!)) };
    const original = decoded(file.path, format, 0, frameCount, false);
    expect(differences(twice, original, format, both)).toMatchObject({ outside: 0, frameCount });
  });
});
