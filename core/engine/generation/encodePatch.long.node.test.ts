/** The sample formats that encodePatch.node.test.ts leaves out: each has a near relation there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { filmSamples } from './testing/films.node.ts';
import { expectOnlyMaskChanged } from './testing/patchedFilm.node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fw-patch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(filmSamples.filter(({ long }) => long))(
  '$name ($pixelFormat): not one sample outside the mask differs, at any frame; inside they do',
  (sample) => expectOnlyMaskChanged(sample, folder),
);
