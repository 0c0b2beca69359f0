import { expect, test } from 'vitest';
import type { SoundtrackFamily } from '../pack.ts';
import {
  PipelineCancelled,
  type GraphSession,
  type PackReader,
  type PipelineProgress,
  type Tensor,
} from '../pipeline.ts';
import type { SoundtrackContext, SoundtrackRequest } from './contract.ts';
import { integratedLoudness } from './loudness.ts';
import { sumStems, wholeSound } from './soundStore.ts';
import { estimateSoundtrack, runSoundtrackPipeline } from './pipeline.ts';
import { plainSoundtrackPlanner, type SoundtrackPlanner } from './planner.ts';
import { firstDifference } from '../../../core/time/testing/firstDifference.node.ts';

const family: SoundtrackFamily = {
  family: 'soundtrack',
  graphs: { textEncoder: 'text', transformer: 'transformer', decoder: 'decoder', encoder: 'encoder' },
  tokenizer: 'tokenizer.json',
  vocabulary: 'vocabulary.txt',
  maxTextTokens: 8,
  sampleRateHz: 48000,
  latentRateHz: 25,
  latentChannels: 2,
  videoFeatureChannels: 8,
  maxLatentFrames: 64,
  latentMean: [0, 0],
  latentStd: [1, 1],
  stft: { fftSize: 1024, hopSize: 384 },
  scheduler: { kind: 'flow-euler', shift: 1, defaultSteps: 2, defaultGuidance: 2 },
};

const tokenizer = JSON.stringify({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: true,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 40,
    vocab: { '[PAD]': 0, '[UNK]': 1, rain: 2, footsteps: 3, quiet: 4, room: 5 },
  },
});

const graph = (run: (feeds: Readonly<Record<string, Tensor>>) => Record<string, Tensor>): GraphSession => ({
  inputNames: [],
  outputNames: [],
  run: async (feeds) => run(feeds),
});

interface Seen {
  windows: { known: number; length: number }[];
  texts: bigint[][];
}

function fakePack(seen: Seen): PackReader {
  const graphs: Record<string, GraphSession> = {
    text: graph((feeds) => {
      seen.texts.push([...(feeds['input_ids']!.data as BigInt64Array)]);
      return { encoder_hidden_states: { type: 'float32', data: new Float32Array(8 * 4).fill(1), dims: [1, 8, 4] } };
    }),
    // velocity = x - target pulls x straight to the target: -1 everywhere, but known frames keep what they were told
    transformer: graph((feeds) => {
      const x = feeds['hidden_states']!.data as Float32Array;
      const n = feeds['hidden_states']!.dims[2]!;
      const context = feeds['context_hidden_states']!.data as Float32Array;
      seen.windows.push({ known: context.slice(2 * n).reduce((a, b) => a + b, 0), length: n });
      const sigma = (feeds['timestep']!.data as Float32Array)[0]! / 1000;
      return { velocity: { type: 'float32', data: x.map((v) => (v + 1) / sigma), dims: [1, 2, n] } };
    }),
    // channel 0 is the level in ln amplitude - 2
    decoder: graph((feeds) => {
      const n = feeds['latent']!.dims[2]!;
      const latent = feeds['latent']!.data as Float32Array;
      const level = new Float32Array(513 * 5 * n);
      for (let b = 0; b < 513; b++)
        for (let k = 0; k < 5 * n; k++) level[b * 5 * n + k] = latent[Math.floor(k / 5)]! - 2;
      return {
        log_magnitude: { type: 'float32', data: level, dims: [1, 513, 5 * n] },
        tonality: { type: 'float32', data: new Float32Array(513 * 5 * n), dims: [1, 513, 5 * n] },
      };
    }),
  };
  return {
    session: async (path) => graphs[path]!,
    readText: async (path) => (path === 'tokenizer.json' ? tokenizer : 'rain\nfootsteps\nquiet\nroom\n'),
    release: async () => {},
  };
}

const request: SoundtrackRequest = {
  prompt: 'Rain, unicorns',
  durationSeconds: 4.21,
  seed: 7,
  stems: ['ambience', 'foley'],
  picture: null,
  hitSeconds: [1],
};

async function run(
  changes: Partial<SoundtrackRequest> = {},
  context: Partial<SoundtrackContext> = {},
  planner: SoundtrackPlanner = plainSoundtrackPlanner,
) {
  const seen: Seen = { windows: [], texts: [] };
  const reports: PipelineProgress[] = [];
  const result = await runSoundtrackPipeline(
    { ...request, ...changes },
    family,
    {
      pack: fakePack(seen),
      checkCancelled: () => {},
      report: (p) => reports.push(p),
      ...context,
    },
    planner,
  );
  return { result, seen, reports };
}

test('each stem has exactly the asked number of samples and the sum has the target loudness', async () => {
  const { result } = await run();
  expect(Object.keys(result.stems).sort()).toEqual(['ambience', 'foley']);
  for (const stem of Object.values(result.stems).map(wholeSound)) {
    expect(stem.left).toHaveLength(Math.round(4.21 * 48000));
    expect(stem.right).toHaveLength(Math.round(4.21 * 48000));
    expect(stem.left.every(Number.isFinite)).toBe(true);
  }
  expect(Math.abs(integratedLoudness(sumStems(result.stems)) + 16)).toBeLessThan(0.5);
});

test('requests longer than the model use overlapping windows, which take each step together', async () => {
  const { seen } = await run({ stems: ['ambience'], guidance: 1 });
  expect(seen.windows).toHaveLength(6); // 3 windows x 2 steps
  expect(seen.windows.every((w) => w.known === 0 && w.length === 64)).toBe(true);
});

test('no click and no step where windows join', async () => {
  const { result } = await run({ stems: ['ambience'], durationSeconds: 6 });
  const left = wholeSound(result.stems.ambience!).left;
  const energy = (from: number): number =>
    Math.sqrt(left.subarray(from, from + 960).reduce((sum, v) => sum + v * v, 0) / 960);
  for (const seam of [29, 43, 57, 64].map((frame) => frame * 1920))
    for (let d = -2; d <= 2; d++) expect(energy(seam + d * 960) / energy(seam - 24000)).toBeLessThan(1.35);
});

test('the same seed gives the same bytes, another seed others', async () => {
  const one = wholeSound((await run()).result.stems.foley!).left;
  expect(firstDifference(wholeSound((await run()).result.stems.foley!).left, one)).toBe(-1);
  expect(firstDifference(wholeSound((await run({ seed: 8 })).result.stems.foley!).left, one)).not.toBe(-1);
});

test('the plan decides: its texts are encoded, one for each voice, and its reading is reported', async () => {
  const planned: string[] = [];
  const planner: SoundtrackPlanner = {
    ...plainSoundtrackPlanner,
    async plan(prompt) {
      planned.push(prompt);
      const reading = {
        text: 'rain',
        used: ['rain'],
        guessed: [{ word: 'mist', takenFor: 'rain' }],
        unused: ['unicorns'],
      };
      return { ...(await plainSoundtrackPlanner.plan(prompt, null)), reading, foleyVoices: ['footsteps', 'room'] };
    },
  };
  const { result, seen } = await run({}, {}, planner);
  expect(planned).toEqual(['Rain, unicorns']);
  expect(seen.texts.map(([first]) => first)).toEqual([2n, 3n, 5n]);
  expect(result).toMatchObject({
    rewrittenPrompt: 'rain',
    reading: { used: ['rain'], guessed: [{ word: 'mist', takenFor: 'rain' }], unused: ['unicorns'] },
  });
});

test('a swell that is planned lies over the ambience and nothing else', async () => {
  const swelling: SoundtrackPlanner = {
    ...plainSoundtrackPlanner,
    plan: async (prompt) => ({ ...(await plainSoundtrackPlanner.plan(prompt, null)), swell: 1 }),
  };
  const loudest = async (planner: SoundtrackPlanner, stem: 'ambience' | 'foley'): Promise<number> => {
    const { left } = wholeSound((await run({ stems: [stem], durationSeconds: 8 }, {}, planner)).result.stems[stem]!);
    const levels = [2, 3, 4, 5, 6].map((second) =>
      left.subarray(second * 48000, (second + 1) * 48000).reduce((sum, v) => sum + v * v, 0),
    );
    return 10 * Math.log10(Math.max(...levels) / Math.min(...levels));
  };
  expect(await loudest(plainSoundtrackPlanner, 'ambience')).toBeLessThan(1);
  expect(await loudest(swelling, 'ambience')).toBeGreaterThan(3);
  expect(await loudest(swelling, 'foley')).toBeCloseTo(await loudest(plainSoundtrackPlanner, 'foley'), 5);
});

test("the stem is lowered under speech in the clip's own sound, and only there", async () => {
  const length = { durationSeconds: 8, stems: ['ambience'] } as const;
  const speaking = Uint8Array.from({ length: 80 }, (_, tenth) => (tenth >= 40 && tenth < 60 ? 1 : 0));
  const heard: number[] = [];
  const findSpeech = async (samples: Int16Array) => {
    heard.push(samples.length);
    return { speaking, frameSeconds: 0.1 };
  };
  const [plain, ducked, deaf] = await Promise.all([
    run(length),
    run({ ...length, ownSound: new Int16Array(8 * 16000) }, { findSpeech }),
    run({ ...length, ownSound: new Int16Array(8 * 16000) }),
  ]);
  const [before, after, without] = [plain, ducked, deaf].map(({ result }) => wholeSound(result.stems.ambience!).left);
  expect(heard).toEqual([8 * 16000]);
  expect(firstDifference(without!, before!)).toBe(-1);
  const level = (from: number, to: number): number => {
    const db = (sound: Float32Array): number =>
      10 * Math.log10(sound.subarray(from * 48000, to * 48000).reduce((sum, v) => sum + v * v, 0));
    return db(after!) - db(before!);
  };
  expect(level(4.2, 5.8)).toBeCloseTo(-9, 0);
  expect(level(1, 3.5)).toBeCloseTo(0, 1);
  expect(level(7, 7.4)).toBeCloseTo(0, 1);
});

test('cancelling between steps stops it', async () => {
  let left = 3;
  const cancel = () => {
    if (left-- <= 0) throw new PipelineCancelled();
  };
  await expect(run({}, { checkCancelled: cancel })).rejects.toThrow(PipelineCancelled);
});

test('progress only grows and ends at 1', async () => {
  const { reports } = await run();
  expect(reports.at(-1)!.fraction).toBe(1);
  for (let i = 1; i < reports.length; i++)
    expect(reports[i]!.fraction).toBeGreaterThanOrEqual(reports[i - 1]!.fraction);
  expect(new Set(reports.map((r) => r.stage))).toEqual(new Set(['text', 'denoise', 'decode', 'mix']));
});

test('impossible requests are refused in a sentence', async () => {
  await expect(run({ durationSeconds: 0 })).rejects.toThrow('0 s cannot be made');
  await expect(run({ stems: [] })).rejects.toThrow('no stem');
  await expect(run({ stems: ['music'] })).rejects.toThrow('no music graph');
});

test('the estimate grows with length and steps', () => {
  const short = estimateSoundtrack(request, family);
  expect(estimateSoundtrack({ ...request, durationSeconds: 42 }, family).gflop).toBeGreaterThan(5 * short.gflop);
  expect(estimateSoundtrack({ ...request, steps: 4 }, family).transformerRuns).toBe(2 * short.transformerRuns);
});
