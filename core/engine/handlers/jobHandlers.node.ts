/** jobs.*, generation.*, and the immediate calls of the render service. */
import type { Handlers } from '../../contract/contract.ts';
import type { GenerationService } from '../generation/generationService.node.ts';
import type { LocalJobQueue } from '../jobs/jobQueue.node.ts';
import { openOutput } from '../jobs/openOutput.node.ts';
import type { RenderService } from '../services.node.ts';

type JobMethods = Extract<
  keyof Handlers,
  `jobs.${string}` | `generation.${string}` | `export.${string}` | `render.${string}`
>;

/** Submits, cancels, retries and estimates jobs for the window. */
export function jobHandlers({
  jobs,
  generation,
  render,
}: {
  jobs: LocalJobQueue;
  generation: GenerationService;
  render: RenderService;
}): Pick<Handlers, JobMethods> {
  return {
    async 'jobs.submit'({ spec }) {
      // refused before it waits in the queue: a missing source or pack is known now
      if (spec.kind === 'generation') await generation.check(spec.projectId, spec.request);
      return jobs.submit(spec);
    },
    'jobs.cancel': ({ jobId }) => jobs.cancel(jobId),
    'jobs.list': async ({ projectId }) => jobs.list(projectId),
    async 'jobs.clear'({ jobIds }) {
      await jobs.clear(jobIds);
      return {};
    },
    async 'jobs.openOutput'({ jobId }) {
      await openOutput(jobs.exportedPath(jobId));
      return {};
    },
    'generation.read': ({ projectId, request }) => generation.read(projectId, request),
    'generation.estimate': ({ projectId, request }) => generation.estimate(projectId, request),
    'generation.hash': ({ projectId, requests, takeHashes }) => generation.hash(projectId, requests, takeHashes),
    'export.estimate': ({ projectId, settings }) => render.estimate(projectId, settings),
    'render.missingGlyphs': async ({ text }) => ({ characters: render.missingGlyphs(text) }),
    'render.frame': ({ projectId, sequenceId, ticks }) => render.renderFrame(projectId, sequenceId, ticks),
  };
}
