/**
 * How long a run will take: its arithmetic (GFLOP, from the family) times what a GFLOP has cost on this machine. Paces
 * are learnt from each run and kept in `<home>/measurements.json`; before the first, the warm-up benchmark stands in.
 */
import { freemem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { estimateSoundtrack } from '../../../models/families/soundtrack/estimate.ts';
import { estimateVideo } from '../../../models/families/video/estimate.ts';
import type { Estimate } from '../../contract/jobs.ts';
import { readJsonOrNull, writeJsonFile } from '../../disk/jsonFile.node.ts';
import { deviceName } from '../inference/providerNames.ts';
import type { Providers } from '../inference/providers.node.ts';
import { shapeOf, type InferenceRun } from '../inference/protocol.ts';
import type { LoadedPack } from '../packs/packStore.node.ts';
import type { ModelRun } from './runModel.node.ts';
import type { WordLists } from './wordLists.ts';

export interface Estimator {
  /** `outputMegapixels`: frames times pixels to be encoded, 0 for sound. */
  estimate(
    run: InferenceRun,
    pack: LoadedPack,
    outputMegapixels: number,
  ): Promise<Omit<Estimate, 'rewrittenPrompt' | keyof WordLists>>;
  learn(run: InferenceRun, pack: LoadedPack, made: ModelRun): Promise<void>;
}

const paceSchema = z.object({
  secondsPerGflop: z.number().positive(),
  loadSeconds: z.number().nonnegative(),
  runs: z.number().int().positive(),
});
const savedSchema = z.record(z.string(), paceSchema);
type Pace = z.infer<typeof paceSchema>;

/** The newest run counts this much once there are several. */
const newestWeight = 0.4;
/** Real graphs reach about this share of a large matrix product's speed. */
const benchmarkShare = 0.35;
const guessedLoadSeconds = 1.5;
const encodedMegapixelsPerSecond = 25;

/**
 * What a frame at the pack's size takes in the pipeline: bytes known and made, their latents and control, in floats.
 */
const bytesPerPixelAndFrame = 40;

export function workOf(run: InferenceRun): { gflop: number; memoryBytes: number } {
  if (run.family === 'soundtrack') {
    const optional = {
      ...(run.steps === null ? {} : { steps: run.steps }),
      ...(run.guidance === null ? {} : { guidance: run.guidance }),
    };
    const { gflop, memoryBytes } = estimateSoundtrack(
      {
        ...optional,
        prompt: run.prompt,
        durationSeconds: run.durationSeconds,
        seed: run.seed,
        stems: run.stems,
        picture: null,
        hitSeconds: run.hitSeconds,
      },
      run.manifest,
      run.part ? run.part.toSeconds - run.part.fromSeconds : null,
    );
    return { gflop, memoryBytes };
  }
  const { gigaFlop } = estimateVideo(shapeOf(run), run.manifest);
  return {
    gflop: gigaFlop,
    memoryBytes: run.frameCount * run.manifest.width * run.manifest.height * bytesPerPixelAndFrame,
  };
}

export function createEstimator(home: string, providers: Providers): Estimator {
  const path = join(home, 'measurements.json');
  let paces: Promise<Record<string, Pace>> | null = null;
  const load = (): Promise<Record<string, Pace>> => {
    paces ??= readJsonOrNull(path).then((json) => savedSchema.safeParse(json).data ?? {});
    return paces;
  };
  const keyOf = (run: InferenceRun, pack: LoadedPack, device: string): string => {
    const stems = run.family === 'soundtrack' ? (run.stems.includes('music') ? ':music' : ':sound') : '';
    return `${pack.manifest.id}@${pack.manifest.version}:${run.family}${stems}:${device}`;
  };

  return {
    async estimate(run, pack, outputMegapixels) {
      const work = workOf(run);
      const { provider, gflops } = await providers.choose(pack.manifest);
      const pace = (await load())[keyOf(run, pack, provider)];
      const secondsPerGflop = pace?.secondsPerGflop ?? 1 / Math.max(1, gflops * benchmarkShare);
      return {
        seconds:
          (pace?.loadSeconds ?? guessedLoadSeconds) +
          work.gflop * secondsPerGflop +
          outputMegapixels / encodedMegapixelsPerSecond,
        memoryBytes: pack.manifest.memoryBytes + work.memoryBytes,
        freeMemoryBytes: freemem(),
        device: deviceName(provider),
        measured: pace !== undefined,
      };
    },
    async learn(run, pack, made) {
      const { gflop } = workOf(run);
      const seconds = made.times.stepSeconds + made.times.codingSeconds;
      if (gflop <= 0 || seconds <= 0) return;
      const all = await load();
      const key = keyOf(run, pack, made.provider);
      const before = all[key];
      const mix = (old: number, now: number): number => old + (now - old) * newestWeight;
      all[key] = before
        ? {
            secondsPerGflop: mix(before.secondsPerGflop, seconds / gflop),
            loadSeconds: mix(before.loadSeconds, made.times.loadSeconds),
            runs: before.runs + 1,
          }
        : { secondsPerGflop: seconds / gflop, loadSeconds: made.times.loadSeconds, runs: 1 };
      await writeJsonFile(path, all);
    },
  };
}
