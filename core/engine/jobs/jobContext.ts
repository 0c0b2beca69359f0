/** What a running job reports, written into its record. */
import type { JobContext, Logger } from '../services.node.ts';
import type { JobAnnouncer } from './jobAnnouncer.ts';
import type { JobEntry } from './jobEntries.ts';
import { createPace } from './pace.ts';

/** The data URL of a preview's file. */
export type ReadPreview = (path: string) => Promise<string>;

/** Reports of a run that was cancelled, or that another run took over from, count no longer. */
export function jobContext(
  entry: JobEntry,
  controller: AbortController,
  announcer: JobAnnouncer,
  logger: Logger,
  readPreview: ReadPreview,
): JobContext {
  const pace = createPace(performance.now());
  const counts = () => entry.run?.controller === controller && !controller.signal.aborted;
  /** In the order that previews were reported: one read later than its successor must not replace it. */
  let asked = 0;
  let shown = 0;
  const showPreview = async (path: string): Promise<void> => {
    const turn = ++asked;
    // a file that went meanwhile has a successor
    const preview = await readPreview(path).catch(() => null);
    if (preview === null || turn < shown || !counts()) return;
    shown = turn;
    entry.job = { ...entry.job, previewUrl: preview };
    announcer.soon(entry);
  };
  return {
    jobId: entry.job.id,
    attempt: entry.job.attempt,
    signal: controller.signal,
    logger,
    report(progress) {
      if (!counts()) return;
      const fraction = Math.min(1, Math.max(entry.job.fraction, progress.fraction));
      if (progress.previewPath) void showPreview(progress.previewPath);
      entry.job = {
        ...entry.job,
        fraction,
        stage: progress.stage,
        step: progress.step ?? null,
        stepCount: progress.stepCount ?? null,
        secondsLeft: pace.observe(fraction, performance.now(), progress.stage),
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
