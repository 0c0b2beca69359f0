import type { PackManifest, SoundtrackFamily, VideoFamily } from '../../../../models/families/pack.ts';

const sixteen = (value: number): number[] => Array.from({ length: 16 }, () => value);
const graph = 'graph.onnx';

export const fakeVideoFamily: VideoFamily = {
  family: 'video',
  graphs: {
    textEncoder: graph,
    transformer: graph,
    encoderInit: graph,
    encoderStep: graph,
    decoderInit: graph,
    decoderStep: graph,
  },
  tokenizer: 'tokenizer.json',
  maxTextTokens: 32,
  width: 64,
  height: 36,
  fps: 16,
  maxFrames: 81,
  latent: { channels: 16, spatialFactor: 8, temporalFactor: 4, mean: sixteen(0), std: sixteen(1) },
  controlChannels: 96,
  controlScales: 4,
  scheduler: { kind: 'flow-euler', shift: 3, defaultSteps: 5, defaultGuidance: 3, fewStepInputs: true },
};

export const fakeSoundtrackFamily: SoundtrackFamily = {
  family: 'soundtrack',
  graphs: { textEncoder: graph, transformer: graph, decoder: graph, encoder: graph },
  tokenizer: 'tokenizer.json',
  maxTextTokens: 32,
  sampleRateHz: 48000,
  latentRateHz: 25,
  latentChannels: 32,
  videoFeatureChannels: 8,
  maxLatentFrames: 400,
  latentMean: [0],
  latentStd: [1],
  stft: { fftSize: 1024, hopSize: 256 },
  scheduler: { kind: 'flow-euler', shift: 1, defaultSteps: 8, defaultGuidance: 3 },
};

export function fakeManifest(files: PackManifest['files']): PackManifest {
  return {
    manifestVersion: 1,
    id: 'fake',
    name: 'Fake pack',
    version: '1.0.0',
    licence: 'MIT',
    description: 'For tests.',
    can: ['be tested'],
    cannot: ['make anything'],
    memoryBytes: 1024 ** 2,
    files,
    families: [fakeVideoFamily, fakeSoundtrackFamily],
  };
}
