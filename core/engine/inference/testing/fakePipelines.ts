/** Fake pipelines for tests of the code around them: the prompt chooses the behaviour. No model is involved. */
import { PipelineCancelled, type Frames } from '../../../../models/families/pipeline.ts';
import { MemorySound } from '../../../../models/families/soundtrack/soundStore.ts';
import type { WordReading } from '../../../../models/families/wordReading.ts';
import type { FamilyPipelines } from '../runFamily.node.ts';
import { warmupInput } from '../warmupGraphs.ts';

const hoardBytes = 200 * 1024 ** 2;

function blockThread(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function solid(width: number, height: number, frameCount: number, rgb: readonly [number, number, number]): Frames {
  const data = new Uint8Array(width * height * frameCount * 3);
  for (let i = 0; i < data.length; i++) data[i] = rgb[i % 3] ?? 0;
  return { data, frameCount, width, height };
}

/**
 * video: 'graph' runs the pack's transformer, a warm-up graph, and tells its numbers; 'crash' kills its process, 'oom'
 * runs out of memory, 'block' works without a pause, else five steps and a red picture.
 */
export const fakePipelines: FamilyPipelines = {
  video: async () => async (request, family, context) => {
    if (request.prompt === 'graph') {
      const session = await context.pack.session(family.graphs.transformer);
      const { y } = await session.run({ x: { type: 'float32', ...warmupInput() } });
      return {
        frames: solid(family.width, family.height, request.frameCount, [0, 0, 0]),
        reading: { text: JSON.stringify([...(y?.data ?? [])].map(Number)), used: [], guessed: [], unused: [] },
        uncutReferences: 0,
      };
    }
    if (request.prompt === 'crash') process.kill(process.pid, 'SIGKILL');
    if (request.prompt === 'oom')
      throw new Error('std::bad_alloc: Failed to allocate memory for requested buffer of size 99999999');
    if (request.prompt === 'wrong') throw new Error('Got invalid dimensions for input: hidden_states');
    if (request.prompt === 'block') {
      const hoard = new Uint8Array(hoardBytes).fill(1);
      context.report({ fraction: 0.1, stage: 'denoise', step: 1, stepCount: 10 });
      await new Promise((resolve) => setTimeout(resolve, 50));
      blockThread(30_000);
      if (hoard[0] === 0) throw new Error('unreachable');
    }
    const stepCount = request.steps ?? 5;
    for (let step = 1; step <= stepCount; step++) {
      context.checkCancelled();
      await new Promise((resolve) => setTimeout(resolve, request.prompt === 'slow' ? 200 : 10));
      context.report({
        fraction: step / (stepCount + 1),
        stage: 'denoise',
        step,
        stepCount,
        preview: solid(32, 18, 1, [200, 0, step * 10]),
      });
    }
    context.checkCancelled();
    context.report({ fraction: 0.9, stage: 'decode' });
    const made = solid(family.width, family.height, request.frameCount, [220, 30, 40]);
    if (request.known && request.mask) {
      // as the contract has it: known pixels outside the mask are the known pixels
      for (let i = 0; i < request.mask.data.length; i++) {
        if (request.mask.data[i] !== 0) continue;
        for (let c = 0; c < 3; c++) made.data[3 * i + c] = request.known.data[3 * i + c] ?? 0;
      }
    }
    return {
      frames: made,
      reading: readWords(request.prompt),
      uncutReferences: 0,
    };
  },
  footage: async () => () => Promise.reject(new Error('no task is faked')),
  soundtrack: async () => async (request, _family, context) => {
    context.report({ fraction: 0.5, stage: 'denoise', step: 1, stepCount: 1 });
    if (request.prompt === 'cancelled') throw new PipelineCancelled('Cancelled.');
    const count = Math.round(request.durationSeconds * 48000);
    const tone = Float32Array.from({ length: count }, (_, i) => 0.25 * Math.sin((2 * Math.PI * 440 * i) / 48000));
    return {
      stems: Object.fromEntries(
        request.stems.map((stem) => {
          const store = context.openSound?.(stem, count) ?? new MemorySound(count);
          store.write(0, tone, tone);
          return [stem, store];
        }),
      ),
      rewrittenPrompt: request.prompt,
      reading: { text: request.prompt, used: [], guessed: [], unused: [] },
      playedBy: request.stems.includes('music') ? ({ kind: 'builtIn', problem: null } as const) : null,
    };
  },
};

/** 'quux' is not used, 'zebra' is taken for a horse. */
function readWords(prompt: string): WordReading {
  const words = prompt.split(' ').filter(Boolean);
  return {
    text: `red: ${prompt}`,
    used: words.filter((word) => word !== 'quux' && word !== 'zebra'),
    guessed: words.includes('zebra') ? [{ word: 'zebra', takenFor: 'horse' }] : [],
    unused: words.includes('quux') ? ['quux'] : [],
  };
}
