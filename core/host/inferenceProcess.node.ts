/** Program: the killable child that runs models, one job at a time. Pipelines are loaded when first asked for. */
import { openChildPort } from '../engine/inference/childPort.node.ts';
import { serveInference } from '../engine/inference/serveInference.node.ts';

serveInference(openChildPort(), {
  video: async () => {
    // TODO: models/families/video/pipeline.ts
    throw new Error('The video pipeline is not built yet.');
  },
  soundtrack: async () => (await import('../../models/families/soundtrack/pipeline.ts')).runSoundtrackPipeline,
});
