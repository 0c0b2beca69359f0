/** The demo opens without anything out of date: with the package of recorded instruments, and without it. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMusic } from '../../actions/soundtrack/isMusic.ts';
import { allClips } from '../../document/query.ts';
import type { ProjectDocument } from '../../document/schema.ts';
import { createEngine } from '../engine.node.ts';
import { packageSoundFontFolder } from '../soundfont/packageSoundFonts.node.ts';

const root = join(import.meta.dirname, '../../..');
const packageFolder = packageSoundFontFolder(undefined);
const silent = (): void => undefined;

function questions(document: ProjectDocument) {
  return Object.values(document.sequences).flatMap((sequence) =>
    allClips(sequence).flatMap(({ name, generation }) => {
      const take = generation?.activeTakeId ? document.takes[generation.activeTakeId] : undefined;
      return generation && take ? [{ name, request: { ...generation.request, seed: take.seed }, take }] : [];
    }),
  );
}

test.each([
  ['with', packageFolder],
  ['without', null],
])('%s the recorded instruments no clip of the demo is out of date', async (_word, packageSoundFonts) => {
  if (_word === 'with') expect(existsSync(packageFolder ?? '')).toBe(true);
  const folder = await mkdtemp(join(tmpdir(), 'fw-demo-'));
  const engine = await createEngine({
    paths: {
      home: join(folder, 'home'),
      cache: join(folder, 'cache'),
      projects: join(folder, 'projects'),
      builtInPacks: join(root, 'models/packs'),
      userPacks: join(folder, 'packs'),
      assets: join(root, 'assets'),
    },
    logger: { info: silent, warn: silent, error: silent },
    spawnInference: () => {
      throw new Error('nothing is made here');
    },
    appVersion: '0.0.0-test',
    environment: {},
    packageSoundFonts,
    systemSoundFonts: [],
  });
  try {
    const { projectId, document } = await engine.handlers['project.openDemo']({});
    const asked = questions(document);
    expect(asked.filter(({ request }) => isMusic(request)).length).toBeGreaterThan(0);
    const hashes = await engine.handlers['generation.hash']({
      projectId,
      requests: asked.map(({ request }) => request),
      takeHashes: asked.map(({ take }) => take.requestHash),
    });
    const stale = asked.filter(({ take }, index) => hashes[index] !== take.requestHash);
    expect(stale.map(({ name }) => name)).toEqual([]);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
});
