/**
 * The pack that ships, through the whole engine: real graphs, real ffmpeg, a real child. Says 'skipped' until the pack
 * is there. Its edits and soundtracks: core/host/cliGeneration.node.test.ts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type LocalEngine } from '../engine.node.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { forkInference } from '../inference/forkInference.node.ts';
import { bundleChild } from '../inference/testing/bundleChild.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { isLong } from '../../time/testing/longTests.node.ts';
import { parseManifest } from '../packs/manifest.ts';
import { sha256OfFile } from '../packs/checkFiles.node.ts';
import type { FileGeneration } from './fileGeneration.ts';
import { runGenerationOnFiles } from './standalone.node.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const builtInPacks = join(root, 'models/packs');
const present = existsSync(join(builtInPacks, 'starter/manifest.json'));
const namesUpscaler =
  present &&
  parseManifest(readFileSync(join(builtInPacks, 'starter/manifest.json'), 'utf8'), 'starter').families.some(
    (family) => family.family === 'video' && family.graphs.upscaler,
  );

let folder = '';
let engine: LocalEngine;
const at = (name: string): string => join(folder, name);

describe.skipIf(!present)(
  `the starter pack${present ? '' : ' (skipped: models/packs/starter/manifest.json is not there)'}`,
  () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'fw-starter-'));
      const silent = (): void => undefined;
      engine = await createEngine({
        paths: {
          home: at('home'),
          cache: at('cache'),
          projects: at('projects'),
          builtInPacks,
          userPacks: at('home/packs'),
          assets: at('assets'),
        },
        logger: { info: silent, warn: silent, error: silent },
        spawnInference: forkInference(await bundleChild('core/engine/inference/inferenceProcess.node.ts')),
        appVersion: '0.0.0-test',
        persistJobs: false,
        environment: { FRAMEWRIGHT_PROVIDER: 'cpu' },
      });
    });
    afterAll(async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    });

    const common = { prompt: 'a red ball on the beach', seed: 5, steps: 2, guidance: null, packId: null };
    const generate = (more: Partial<FileGeneration>): FileGeneration =>
      ({
        ...common,
        action: 'generate',
        outputPath: at('out.mp4'),
        seconds: 0.5,
        firstFramePath: null,
        lastFramePath: null,
        referencePaths: [],
        size: null,
        ...more,
      }) as FileGeneration;

    test('its files are what its manifest says', async () => {
      expect(await engine.packs.verify('starter')).toEqual({ ok: true, problems: [] });
    });

    test.skipIf(!namesUpscaler)('upscaled, it is four times as wide and high, and the recipe says so', async () => {
      const stages = new Set<string>();
      const short = { seconds: 0.25, steps: 1 };
      // every frame is enlarged by itself (models/families/video/upscale.ts), so one of them shows it
      const form = isLong ? 'mp4' : 'png';
      const { recipe } = await runGenerationOnFiles(
        engine,
        generate({ ...short, outputPath: at(`large.${form}`), upscale: 4 }),
        { onProgress: ({ stage }) => stages.add(stage) },
      );
      await runGenerationOnFiles(engine, generate({ ...short, outputPath: at(`small.${form}`) }));
      const [large, small] = await Promise.all([probeFile(at(`large.${form}`)), probeFile(at(`small.${form}`))]);
      expect([large.video?.width, large.video?.height]).toEqual([
        4 * (small.video?.width ?? 0),
        4 * (small.video?.height ?? 0),
      ]);
      expect(large.durationTicks).toBe(small.durationTicks);
      expect(recipe).toMatchObject({ parameters: { upscale: 4 }, request: { upscale: 4 } });
      expect(stages).toContain('upscale');
    });

    test('it generates, and the same seed makes the same file', async () => {
      await runGenerationOnFiles(engine, generate({ outputPath: at('one.png') }));
      await runGenerationOnFiles(engine, generate({ outputPath: at('two.png') }));
      await runGenerationOnFiles(engine, generate({ outputPath: at('other.png'), seed: 6 }));
      const pixels = async (name: string): Promise<string> => {
        ffmpeg('-i', at(name), '-pix_fmt', 'rgb24', '-f', 'rawvideo', at(`${name}.rgb`));
        return sha256OfFile(at(`${name}.rgb`));
      };
      expect(await pixels('one.png')).toBe(await pixels('two.png'));
      expect(await pixels('one.png')).not.toBe(await pixels('other.png'));
    });

    test('cancelled in the middle of a step: gone before the next one, its memory with it', async () => {
      const controller = new AbortController();
      let residentBytes = 0;
      let asked = false;
      let stepsAfter = -1;
      const running = runGenerationOnFiles(engine, generate({ seconds: 20, steps: 50, outputPath: at('never.mp4') }), {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          if (controller.signal.aborted) stepsAfter++;
          if (stage !== 'denoise' || asked) return;
          asked = true;
          const pid = engine.inference.childPids()[0] ?? 0;
          void readFile(`/proc/${pid}/statm`, 'utf8')
            .then(
              (text) => (residentBytes = Number(text.split(' ')[1]) * 4096),
              () => undefined,
            )
            .finally(() => {
              stepsAfter = 0;
              controller.abort();
            });
        },
      });
      await expect(running).rejects.toMatchObject({ failure: { code: 'cancelled' } });
      // of 50; what was on its way may still arrive (how fast: e2e/bench)
      expect(stepsAfter).toBeLessThan(5);
      expect(engine.inference.childPids()).toEqual([]);
      if (process.platform === 'linux') expect(residentBytes).toBeGreaterThan(50e6);
      expect(existsSync(at('never.mp4'))).toBe(false);
    });
  },
);
