import { CircleAlert, CircleCheck, FileVideo, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { Job, JobSpec } from '../../../core/contract/jobs.ts';
import { failureSentence, sentenceText } from '../../services/errors.ts';
import { baseName, formatClock, formatLeft } from '../../services/format.ts';
import { cancelJob, clearJobs, isActive } from '../../services/jobs.ts';
import { useEditor } from '../../services/store.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { FinishedExport } from './FinishedExport.tsx';
import { presetRow } from './presets.ts';
import styles from './ExportDialog.module.css';

type ExportJob = Job & { readonly spec: Extract<JobSpec, { kind: 'export' }> };

/** Exports of this project: running, waiting, done. They go on while the dialog is closed. */
export function ExportQueue() {
  const { t } = useTranslation('export');
  const jobs = useEditor(
    useShallow((state) => Object.values(state.jobs).filter((job): job is ExportJob => job.spec.kind === 'export')),
  );
  if (jobs.length === 0) return null;
  const order = jobs.toSorted(
    (a, b) =>
      Number(isActive(b)) - Number(isActive(a)) ||
      (isActive(a) ? a.createdAt.localeCompare(b.createdAt) : b.createdAt.localeCompare(a.createdAt)),
  );
  return (
    <section className={styles.queue} aria-label={t('queue')}>
      <div className={styles.queueHead}>
        <h3 className="strong grow">{t('queue')}</h3>
        <span className="small faint">{t('keepsGoing')}</span>
      </div>
      <ul className={styles.jobs}>
        {order.map((job) => (
          <li key={job.id}>
            <Row job={job} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ job }: { job: ExportJob }) {
  const { t } = useTranslation(['export', 'common']);
  const language = useEditor((state) => state.language);
  const name = baseName(job.spec.settings.outputPath);
  const preset = presetRow(job.spec.settings.preset);
  return (
    <div className={styles.job}>
      <span className={job.state === 'done' ? styles.good : job.state === 'failed' ? styles.bad : 'muted'}>
        <Icon of={job.state === 'done' ? CircleCheck : job.state === 'failed' ? CircleAlert : FileVideo} />
      </span>
      <span className="cut" title={job.spec.settings.outputPath}>
        {name}
      </span>
      <span className="small faint">
        {preset.name} {preset.detail}
      </span>
      {isActive(job) ? (
        <ProgressBar fraction={job.fraction} tone="accent" label={name} />
      ) : (
        <span className="small faint cut" title={job.failure ? failureSentence(job.failure) : undefined}>
          {job.failure ? failureSentence(job.failure) : job.notices.map(sentenceText).join(' ')}
        </span>
      )}
      <span className="small muted n">{stateWords()}</span>
      <span className={styles.jobButtons}>
        {job.state === 'done' && job.outputPath ? <FinishedExport job={job} path={job.outputPath} /> : null}
        <IconButton
          icon={X}
          size="s"
          label={isActive(job) ? t('common:cancel') : t('common:remove')}
          onClick={() => (isActive(job) ? cancelJob(job.id) : clearJobs([job.id]))}
        />
      </span>
    </div>
  );

  function stateWords(): string {
    switch (job.state) {
      case 'queued':
        return job.queuePlace ? t('queuedAt', { place: job.queuePlace + 1 }) : t('queuedNext');
      case 'running':
        return [
          `${Math.round(job.fraction * 100)} %`,
          ...(job.secondsLeft === null ? [] : [t('common:left', { time: formatLeft(job.secondsLeft) })]),
        ].join(' · ');
      case 'done':
        return job.finishedAt ? t('doneAt', { time: formatClock(job.finishedAt, language, false) }) : t('done');
      case 'failed':
        return t('failed');
      case 'cancelled':
        return t('cancelled');
    }
  }
}
