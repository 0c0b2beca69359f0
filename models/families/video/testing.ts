/** Exact, tiny and fast stand-ins for the graphs, for tests only. */
import type { VideoFamily } from '../pack.ts';
import type { GraphSession, PipelineContext, PipelineProgress, Tensor } from '../pipeline.ts';

/** A pack small enough to check by hand: frames of 32x16, windows of nine frames, 16 latent channels. */
export const tinyFamily: VideoFamily = {
  family: 'video',
  graphs: {
    textEncoder: 'text',
    transformer: 'transformer',
    encoderInit: 'encoderInit',
    encoderStep: 'encoderStep',
    decoderInit: 'decoderInit',
    decoderStep: 'decoderStep',
  },
  tokenizer: 'tokenizer.json',
  vocabulary: 'vocabulary.txt',
  maxTextTokens: 6,
  width: 32,
  height: 16,
  fps: 16,
  maxFrames: 9,
  latent: {
    channels: 16,
    spatialFactor: 8,
    temporalFactor: 4,
    mean: new Array<number>(16).fill(0.5),
    std: new Array<number>(16).fill(2),
  },
  controlChannels: 96,
  controlScales: 2,
  scheduler: { kind: 'flow-euler', shift: 1, defaultSteps: 3, defaultGuidance: 1, fewStepInputs: true },
};

/** The same with windows of five latents. */
export const longFamily: VideoFamily = { ...tinyFamily, maxFrames: 17 };

/** tinyFamily with two names, a cat and a dog, on a beach. */
export const castFamily: VideoFamily = {
  ...tinyFamily,
  figures: { painter: 'painter', plane: 'plane', cast: 'cast.json', channels: 128 },
};

/** The same with a plane that takes the camera (`fakeWorld` with `camera`). */
export const cameraFamily: VideoFamily = { ...castFamily, figures: { ...castFamily.figures!, channels: 154 } };

const castJson = JSON.stringify({
  slots: 2,
  textureSide: 4,
  toneCount: 5,
  sizes: { small: 0.27, normal: 0.44, big: 0.62 },
  colours: ['red', 'blue'],
  garments: ['hat'],
  colouredGarments: ['hat'],
  clothColours: ['', 'red', 'blue'],
  places: [{ name: 'beach', phrases: ['on the beach'], medium: 'ground', hasTimes: true }],
  times: { day: ['by day'] },
  styles: { storybook: [] },
  cameras: { still: [], 'pan left': ['the camera pans left'] },
  motions: { stand: ['stands still'], walk: ['walks'] },
  sizeWords: { small: ['small'], normal: [], big: ['big'] },
  entries: [
    { name: 'cat', kind: 'walker', height: 0.85, aspect: 1.2, wears: ['hat'] },
    { name: 'dog', kind: 'walker', height: 1, aspect: 1 },
  ],
});

const tokenizerJson = JSON.stringify({
  version: '1.0',
  added_tokens: [
    { id: 0, content: '<pad>', special: true, single_word: false, lstrip: false, rstrip: false, normalized: false },
    { id: 1, content: '</s>', special: true, single_word: false, lstrip: false, rstrip: false, normalized: false },
  ],
  normalizer: null,
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordLevel',
    vocab: {
      '<pad>': 0,
      '</s>': 1,
      '<unk>': 2,
      cat: 3,
      red: 4,
      a: 5,
      an: 6,
      walks: 7,
      stands: 8,
      still: 9,
      on: 10,
      the: 11,
      beach: 12,
      small: 13,
      empty: 14,
      place: 15,
    },
    unk_token: '<unk>',
  },
});

function float(data: Float32Array, ...dims: number[]): Tensor {
  return { type: 'float32', data, dims };
}

/** The mean of the frames, per 8x8 block and colour, in the first three channels. */
function encode(frames: Tensor): Tensor {
  const [, planes = 3, height = 0, width = 0] = frames.dims;
  const h = height / 8;
  const w = width / 8;
  const out = new Float32Array(16 * h * w);
  for (let plane = 0; plane < planes; plane += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const at = ((plane % 3) * h + Math.floor(y / 8)) * w + Math.floor(x / 8);
        out[at] = out[at]! + (frames.data[(plane * height + y) * width + x] as number) / (64 * (planes / 3));
      }
    }
  }
  return float(out, 1, 16, h, w);
}

function decode(latent: Tensor, frames: number): Tensor {
  const [, , h = 0, w = 0] = latent.dims;
  const out = new Float32Array(frames * 3 * h * w * 64);
  for (let i = 0; i < out.length; i += 1) {
    const x = i % (w * 8);
    const y = Math.floor(i / (w * 8)) % (h * 8);
    const c = Math.floor(i / (w * h * 64)) % 3;
    out[i] = latent.data[(c * h + Math.floor(y / 8)) * w + Math.floor(x / 8)] as number;
  }
  return float(out, 1, frames * 3, h * 8, w * 8);
}

/** Cache 0 counts the calls of its stream, so that tests notice a lost or swapped cache. */
const counted = (feeds: Readonly<Record<string, Tensor>>): Tensor =>
  float(Float32Array.of(((feeds['cache_0']?.data[0] as number | undefined) ?? 0) + 1), 1);

export interface FakeWorld {
  readonly context: PipelineContext;
  readonly reports: PipelineProgress[];
  /** Graph name -> the feeds of each run. */
  readonly runs: Map<string, Readonly<Record<string, Tensor>>[]>;
  cancelAfter: number;
}

export interface FakeOptions {
  /** The plane has the input `camera`, and 26 channels more. */
  readonly camera?: boolean;
  /** A separate goal for each transformer run, counted from 0. */
  readonly goalOf?: (run: number) => number;
}

type Feeds = Readonly<Record<string, Tensor>>;
type Open = (name: string, inputNames: string[], run: (feeds: Feeds) => Record<string, Tensor>) => GraphSession;

/**
 * Stand-ins for the graphs of a pack. The transformer's velocity is `x - goal`, so Euler steps end at `goal`
 * (normalised) whatever the noise.
 */
export function fakeWorld(
  goal = 0.1,
  figures = false,
  { camera = false, goalOf = () => goal }: FakeOptions = {},
): FakeWorld {
  const runs = new Map<string, Feeds[]>();
  const open: Open = (name, inputNames, run) => ({
    inputNames,
    outputNames: [],
    run: async (feeds) => {
      runs.set(name, [...(runs.get(name) ?? []), feeds]);
      return run(feeds);
    },
  });
  const sessions: Record<string, GraphSession> = {
    text: open('text', ['input_ids', 'attention_mask'], (feeds) => ({
      encoder_hidden_states: float(Float32Array.from(feeds['input_ids']!.data as BigInt64Array, Number), 1, 6, 1),
    })),
    transformer: fakeTransformer(open, figures, () => goalOf(runs.get('transformer')!.length - 1)),
    painter: open('painter', ['who'], () => ({ picture: float(new Float32Array(4 * 16).fill(0.5), 1, 4, 4, 4) })),
    plane: open('plane', ['layout', 'textures', ...(camera ? ['camera'] : [])], (feeds) => {
      const [count, channels] = [feeds['layout']!.dims[1]!, camera ? 154 : 128];
      return { figures: float(new Float32Array(channels * count * 8).fill(1), 1, channels, count, 2, 4) };
    }),
    ...fakeCodec(open),
  };
  const reports: PipelineProgress[] = [];
  let checks = 0;
  const readText = async (path: string): Promise<string> =>
    path === 'tokenizer.json' ? tokenizerJson : path === 'cast.json' ? castJson : 'cat\nred\n';
  const world: FakeWorld = {
    runs,
    reports,
    cancelAfter: Infinity,
    context: {
      pack: { session: async (path) => sessions[path]!, readText, release: async () => undefined },
      checkCancelled: () => {
        checks += 1;
        if (checks > world.cancelAfter) throw new Error('cancelled');
      },
      report: (progress) => reports.push(progress),
    },
  };
  return world;
}

function fakeTransformer(open: Open, figures: boolean, goal: () => number): GraphSession {
  const inputNames = [
    'hidden_states',
    'timestep',
    'timestep_r',
    'guidance',
    'encoder_hidden_states',
    'control_hidden_states',
    'control_hidden_states_scale',
    ...(figures ? ['figures'] : []),
  ];
  return open('transformer', inputNames, (feeds) => {
    const x = feeds['hidden_states']!;
    const sigma = (feeds['timestep']!.data[0] as number) / 1000;
    const own = goal();
    const data = Float32Array.from(x.data as Float32Array, (value) => (value - own) / sigma);
    return { velocity: float(data, ...x.dims) };
  });
}

/** Encoder and decoder by the mean of each 8x8 block. */
function fakeCodec(open: Open): Record<string, GraphSession> {
  return {
    encoderInit: open('encoderInit', ['frame'], (feeds) => ({
      latent: encode(feeds['frame']!),
      cache_0: counted({}),
    })),
    encoderStep: open('encoderStep', ['frames', 'cache_0'], (feeds) => ({
      latent: encode(feeds['frames']!),
      cache_out_0: counted(feeds),
    })),
    decoderInit: open('decoderInit', ['latent'], (feeds) => ({
      frame: decode(feeds['latent']!, 1),
      cache_0: counted({}),
    })),
    decoderStep: open('decoderStep', ['latent', 'cache_0'], (feeds) => ({
      frames: decode(feeds['latent']!, 4),
      cache_out_0: counted(feeds),
    })),
  };
}
