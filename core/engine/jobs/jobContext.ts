/** What a running job reports, written into its record. */
import { previewsKept } from '../inference/protocol.ts';
import type { JobContext, Logger } from '../services.node.ts';
import type { JobAnnouncer } from './jobAnnouncer.ts';
import type { JobEntry } from './jobEntries.ts';
import { createPace } from './pace.ts';

/** Reports of a run that was cancelled, or that another run took over from, count no longer. */
export function jobContext(
  entry: JobEntry,
  controller: AbortController,
  announcer: JobAnnouncer,
  logger: Logger,
): JobContext {
  const pace = createPace(performance.now());
  return {
    jobId: entry.job.id,
    attempt: entry.job.attempt,
    signal: controller.signal,
    logger,
    report(progress) {
      if (entry.run?.controller !== controller || controller.signal.aborted) return;
      const fraction = Math.min(1, Math.max(entry.job.fraction, progress.fraction));
      if (progress.previewPath) entry.previewPaths = newestFirst(progress.previewPath, entry.previewPaths);
      entry.job = {
        ...entry.job,
        fraction,
        stage: progress.stage,
        step: progress.step ?? null,
        stepCount: progress.stepCount ?? null,
        secondsLeft: pace.observe(fraction, performance.now()),
        previewUrl: previewUrl(entry),
      };
      announcer.soon(entry);
    },
    notice(said) {
      if (entry.job.notices.some(({ text }) => text === said.text)) return;
      entry.job = { ...entry.job, notices: [...entry.job.notices, said] };
      announcer.soon(entry);
    },
    setDevice(device) {
      entry.job = { ...entry.job, device };
      announcer.soon(entry);
    },
  };
}

function newestFirst(path: string, others: readonly string[]): string[] {
  return [path, ...others.filter((other) => other !== path)].slice(0, previewsKept);
}

/** The last part of a path, whichever way its system separates them. */
export function previewName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

function previewUrl({ job, previewPaths }: JobEntry): string | null {
  const newest = previewPaths[0];
  return newest ? `/files/jobs/${job.id}/${previewName(newest)}` : null;
}
