/**
 * How long a run will take: its arithmetic (GFLOP, from the family), times what jobs like it have taken on this machine
 * (core/engine/estimates). Before the first, the warm-up benchmark stands in.
 */
import { freemem } from 'node:os';
import { estimateSoundtrack } from '../../../models/families/soundtrack/estimate.ts';
import { estimateVideo } from '../../../models/families/video/estimate.ts';
import type { Estimate } from '../../contract/jobs.ts';
import type { MachineTimes } from '../estimates/machineTimes.node.ts';
import { sizeClass, type Kinds } from '../estimates/timeHistory.ts';
import { deviceName, type ProviderName } from '../inference/providerNames.ts';
import type { Providers } from '../inference/providers.node.ts';
import { shapeOf, type ModelInferenceRun } from '../inference/protocol.ts';
import type { FootageOutline, RunOutline } from './outlineRun.node.ts';
import type { WordLists } from './wordLists.ts';

/** Predicts how long a run takes and how much memory it needs. */
export interface Estimator {
  estimate(outline: RunOutline): Promise<Omit<Estimate, 'rewrittenPrompt' | keyof WordLists>>;
  /** The same for a method on footage. */
  estimateFootage(outline: FootageOutline): Promise<Omit<Estimate, 'rewrittenPrompt' | keyof WordLists>>;
  /** Starts the clock of a job; what it took counts for the next estimate. */
  begin(): JobClock;
}

/** Times one job. */
export interface JobClock {
  /** The job is done; `provider` ran its model. */
  learn(outline: RunOutline, provider: ProviderName): Promise<void>;
  learnFootage(outline: FootageOutline): Promise<void>;
  /** Stops the clock of a job that failed or was cancelled. */
  end(): void;
}

/** Real graphs reach about this share of a large matrix product's speed. */
const benchmarkShare = 0.35;
/** Any fixed speed does: what is learnt is how much this machine differs from it. */
const referenceGflops = 50;
const guessedLoadSeconds = 1.5;
const encodedMegapixelsPerSecond = 25;

/**
 * What a frame at the pack's size takes in the pipeline: bytes known and made, their latents and control, in floats.
 */
const bytesPerPixelAndFrame = 40;

/** Arithmetic of a run in GFLOP, and the bytes its frames take. */
export function workOf(run: ModelInferenceRun): { gflop: number; memoryBytes: number } {
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

/** Before anything was measured: a 720p frame takes a tenth of a second; with half of them made, as much. */
const footageSecondsPerMegapixel = 0.11;
/** One channel of a voice is cleaned 20 times as fast as it plays. */
const workPerSoundSecond = 0.05;
const footageBaseBytes = 350e6;
/** Frames held around the one being made (core/engine/footage/plate), at most. */
const mostHeldBytes = 450e6;
const heldFrames = 91;

function footageSeconds({ megapixels, soundSeconds }: FootageOutline): number {
  return guessedLoadSeconds + megapixels * footageSecondsPerMegapixel + soundSeconds * workPerSoundSecond;
}

function footageKinds({ method, way }: FootageOutline): Kinds {
  const kind = `footage ${method.id}@${method.version}`;
  return way === undefined ? [kind] : [`${kind} ${way}`, kind];
}

/** Seconds at a speed in GFLOP a second: loading, computing, encoding. */
function secondsAt(gflops: number, { run, outputMegapixels }: RunOutline): number {
  return guessedLoadSeconds + workOf(run).gflop / gflops + outputMegapixels / encodedMegapixelsPerSecond;
}

function kindsOf({ action, run, pack: { manifest } }: RunOutline, device: string, seconds: number): Kinds {
  const what = run.family === 'soundtrack' && run.stems.includes('music') ? `${action} music` : action;
  const pack = `${manifest.id}@${manifest.version} ${device}`;
  return [`${what} ${pack} ${sizeClass(seconds)}`, `${what} ${pack}`, `${run.family} ${pack}`];
}

/** An estimator that learns into `times`. */
export function createEstimator(times: MachineTimes, providers: Providers): Estimator {
  return {
    async estimate(outline) {
      const { manifest } = outline.pack;
      const { provider, gflops } = await providers.choose(manifest);
      const computed = secondsAt(referenceGflops, outline);
      const guess = secondsAt(Math.max(1, gflops * benchmarkShare), outline);
      return {
        ...(await times.expect(kindsOf(outline, provider, computed), computed, guess)),
        memoryBytes: manifest.memoryBytes + workOf(outline.run).memoryBytes,
        freeMemoryBytes: freemem(),
        device: deviceName(provider),
      };
    },
    async estimateFootage(outline) {
      const computed = footageSeconds(outline);
      return {
        ...(await times.expect(footageKinds(outline), computed)),
        memoryBytes: footageBaseBytes + Math.min(mostHeldBytes, heldFrames * outline.framePixels * 1.5),
        freeMemoryBytes: freemem(),
        device: deviceName('cpu'),
      };
    },
    begin() {
      const timing = times.begin();
      return {
        end: () => timing.end(),
        learnFootage: (outline) => timing.finish(footageKinds(outline), footageSeconds(outline)),
        async learn(outline, provider) {
          const computed = secondsAt(referenceGflops, outline);
          await timing.finish(kindsOf(outline, provider, computed), computed);
        },
      };
    },
  };
}
