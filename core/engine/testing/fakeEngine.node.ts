/**
 * A whole engine in a temporary folder with a fake pack and fake pipelines in a real child: for tests of everything
 * around the models.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type LocalEngine } from '../engine.node.ts';
import { forkInference } from '../inference/forkInference.node.ts';
import { bundleChild } from '../inference/testing/bundleChild.node.ts';
import { manifestFor, packContents, writePackFolder } from '../packs/testing/makePack.node.ts';

export interface FakeEngine {
  readonly engine: LocalEngine;
  readonly folder: string;
  /** Another engine on the same home, as after a restart. */
  again(): Promise<LocalEngine>;
  close(): Promise<void>;
}

/** `assets`: the app's, for tests that draw titles. */
export async function openFakeEngine(options: { assets?: string } = {}): Promise<FakeEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'fw-engine-'));
  await writePackFolder(join(folder, 'packs/fake'), manifestFor(packContents));
  const entry = await bundleChild('core/engine/inference/testing/fakeInferenceProcess.node.ts');
  const silent = (): void => undefined;
  const open = (): Promise<LocalEngine> =>
    createEngine({
      paths: {
        home: join(folder, 'home'),
        cache: join(folder, 'cache'),
        projects: join(folder, 'projects'),
        builtInPacks: join(folder, 'packs'),
        userPacks: join(folder, 'home/packs'),
        assets: options.assets ?? join(folder, 'assets'),
      },
      logger: { info: silent, warn: silent, error: silent },
      spawnInference: forkInference(entry),
      appVersion: '0.0.0-test',
      environment: { FRAMEWRIGHT_PROVIDER: 'cpu' },
      packageSoundFonts: null,
      systemSoundFonts: [],
    });
  const engines = [await open()];
  return {
    engine: engines[0] as LocalEngine,
    folder,
    async again() {
      const next = await open();
      engines.push(next);
      return next;
    },
    async close() {
      for (const engine of engines) await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
