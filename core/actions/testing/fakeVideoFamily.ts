import type { VideoFamily } from '../../../models/families/pack.ts';

const sixteen = (value: number): number[] => Array.from({ length: 16 }, () => value);
const graph = 'graph.onnx';

/** Of a pack of 64x36 at 16 frames a second. */
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
