/** The child as in the app, with fake pipelines. */
import { openChildPort } from '../childPort.node.ts';
import { serveInference } from '../serveInference.node.ts';
import { fakePipelines } from './fakePipelines.ts';

serveInference(openChildPort(), {
  ...fakePipelines,
  footage: async () => (await import('../../footage/runFootageTask.node.ts')).runFootageTask,
});
