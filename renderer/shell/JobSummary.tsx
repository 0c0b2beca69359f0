import { Popover } from '@base-ui/react/popover';
import { X } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { findClip } from '../../core/document/query.ts';
import type { Job } from '../../core/contract/jobs.ts';
import type { ProjectDocument } from '../../core/document/schema.ts';
import { baseName, formatLeft } from '../services/format.ts';
import { cancelJob, isActive } from '../services/jobs.ts';
import { useEditor } from '../services/store.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { ProgressRing } from '../ui/ProgressRing.tsx';
import styles from './StatusBar.module.css';

/** The job that runs, how far it is, how many wait; opened, all of them with a cancel each. */
export function JobSummary() {
  const { t } = useTranslation(['shell', 'common']);
  const jobs = useEditor(useShallow((state) => Object.values(state.jobs).filter(isShown)));
  const document = useEditor((state) => state.document);
  // jobs the user started come first; proxies are background work
  const order = jobs.toSorted(
    (a, b) => Number(a.state !== 'running') - Number(b.state !== 'running') || rank(a) - rank(b),
  );
  const first = order[0];
  if (!first || !document) return null;
  // an export can run beside a generation: both are shown
  const running = order.filter((job) => job.state === 'running' && rank(job) === 0);
  const shown = running.length > 0 ? running.slice(0, shownAtMost) : [first];
  const waiting = order.filter((job) => job.state === 'queued').length;
  return (
    <>
      <i className={styles.line} />
      <Popover.Root>
        <Popover.Trigger className={styles.item}>
          {shown.map((job) => (
            <Fragment key={job.id}>
              <span className={classes('flex', job.spec.kind === 'generation' && styles.making)}>
                <ProgressRing fraction={job.fraction} label={t(kindWords[job.spec.kind])} />
              </span>
              {t(kindWords[job.spec.kind])}
              {job.state === 'running' ? (
                <span className="n">{t('status.percent', { percent: Math.round(job.fraction * 100) })}</span>
              ) : null}
              {job.secondsLeft !== null ? (
                <span className="n">· {t('common:left', { time: formatLeft(job.secondsLeft) })}</span>
              ) : null}
            </Fragment>
          ))}
          {waiting > 0 ? <span className="faint n">{t('status.queued', { count: waiting })}</span> : null}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner side="top" align="start" sideOffset={6} className={styles.positioner}>
            <Popover.Popup className={styles.jobs} aria-label={t('status.jobs')}>
              {order.map((job) => (
                <div key={job.id} className={styles.job}>
                  <span className="cut">{jobName(job, document)}</span>
                  <span className="faint n small">
                    {job.state === 'queued' ? t('status.queued', { count: 1 }) : progressWords(job, t)}
                  </span>
                  <IconButton icon={X} size="s" label={t('status.cancel')} onClick={() => cancelJob(job.id)} />
                  <ProgressBar
                    fraction={job.fraction}
                    label={jobName(job, document)}
                    tone={job.spec.kind === 'generation' ? 'ai' : 'accent'}
                  />
                </div>
              ))}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

const shownAtMost = 2;
const kindWords = {
  generation: 'status.making',
  export: 'status.exporting',
  mediaCache: 'status.preparing',
  previewRender: 'status.rendering',
  follow: 'status.following',
  index: 'status.indexing',
  transcript: 'status.transcribing',
} as const;
const rank = (job: Job) => (job.spec.kind === 'mediaCache' ? 1 : 0);
/** What is looked through in the background stands in the bin. */
const isShown = (job: Job) => isActive(job) && (job.spec.kind !== 'index' || job.spec.wanted);

/** What a job is for, by name: the clip, the file, the medium. */
export function jobName(job: Job, document: ProjectDocument): string {
  switch (job.spec.kind) {
    case 'generation':
      return findClip(document, job.spec.clipId)?.clip.name ?? job.spec.request.prompt;
    case 'export':
      return baseName(job.spec.settings.outputPath);
    case 'mediaCache':
    case 'index':
    case 'transcript':
      return document.media[job.spec.mediaId]?.name ?? job.spec.mediaId;
    case 'follow':
      return findClip(document, job.spec.clipId)?.clip.name ?? '';
    case 'previewRender':
      return document.sequences[job.spec.sequenceId]?.name ?? '';
  }
}

/** '40 % · CUDA'; without the device while it is unknown. */
function progressWords(job: Job, t: (key: 'status.percent', params: { percent: number }) => string): string {
  const percent = t('status.percent', { percent: Math.round(job.fraction * 100) });
  return job.device ? `${percent} · ${job.device}` : percent;
}
