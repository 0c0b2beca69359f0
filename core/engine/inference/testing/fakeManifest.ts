import type { PackManifest, SoundtrackFamily } from '../../../../models/families/pack.ts';
import { fakeVideoFamily } from '../../../actions/testing/fakeVideoFamily.ts';

const graph = 'graph.onnx';

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
