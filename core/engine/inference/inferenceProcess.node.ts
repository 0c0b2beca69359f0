/** Entry of the inference child: bundled to dist/host/inferenceProcess.mjs, started by the host for the engine. */
import { openChildPort } from './childPort.node.ts';
import { serveInference } from './serveInference.node.ts';

serveInference(openChildPort(), {
  // Each family's code is loaded when a run first asks for it.
  video: async () => {
    const { runVideoPipeline } = await import('../../../models/families/video/pipeline.ts');
    const { plannerOf } = await import('../../../models/planners/storybook/planner.ts');
    return (request, family, context) =>
      runVideoPipeline(request, family, context, plannerOf(family, context.pack.readText));
  },
  footage: async () => (await import('../footage/runFootageTask.node.ts')).runFootageTask,
  soundtrack: async () => {
    const { runSoundtrackPipeline } = await import('../../../models/families/soundtrack/pipeline.ts');
    const { soundtrackPlannerOf } = await import('../../../models/planners/soundscape/planner.ts');
    return (request, family, context) =>
      runSoundtrackPipeline(request, family, context, soundtrackPlannerOf(family, context.pack.readText));
  },
});
