/** Entry of the inference child: bundled to dist/host/inferenceProcess.mjs, started by the host for the engine. */
import { openChildPort } from './childPort.node.ts';
import { serveInference } from './serveInference.node.ts';

serveInference(openChildPort(), {
  // each family's code is loaded when a run first asks for it
  video: async () => (await import('../../../models/families/video/pipeline.ts')).runVideoPipeline,
  soundtrack: async () => (await import('../../../models/families/soundtrack/pipeline.ts')).runSoundtrackPipeline,
});
