import { useTranslation } from 'react-i18next';
import { Clock, SquareSplitHorizontal } from 'lucide-react';
import type { Job } from '../../../core/contract/jobs.ts';
import { takesOfClip } from '../../../core/document/generationState.ts';
import type { ClipPlace } from '../../../core/document/query.ts';
import { engine } from '../../services/connection.ts';
import { compareTakes } from '../../services/generation.ts';
import { useEditor } from '../../services/store.ts';
import { waveHeight } from '../../services/waveHeight.ts';
import { Icon } from '../../ui/Icon.tsx';
import { PeakLine } from '../../ui/PeakLine.tsx';
import { ProgressRing } from '../../ui/ProgressRing.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './AiPanel.module.css';

/** The clip's takes: press one to show it; what is being made shows its percent; two can be compared. */
export function TakesStrip({ place }: { place: ClipPlace | null }) {
  const { t } = useTranslation('aiPanel');
  const document = useEditor((state) => state.document);
  const assets = useEditor((state) => state.takeAssets);
  const jobs = useEditor((state) => state.jobs);
  const { run } = useEditor.getState();
  if (!document || !place) return null;
  const { clip, sequence } = place;
  const takes = takesOfClip(document, clip);
  const making = Object.values(jobs).filter(
    (job) =>
      job.spec.kind === 'generation' &&
      job.spec.clipId === clip.id &&
      (job.state === 'running' || job.state === 'queued'),
  );
  const active = clip.generation?.activeTakeId ?? null;
  const hasSource = clip.reference.kind !== 'generated';
  const choose = (takeId: string | null) => run('setActiveTake', { sequenceId: sequence.id, clipId: clip.id, takeId });
  if (takes.length === 0 && making.length === 0) return <p className={styles.note}>{t('noTakes')}</p>;
  return (
    <div>
      <div className={styles.label}>
        {t('takes')}
        <span className={styles.right}>{takes.length}</span>
      </div>
      <div className={styles.slots}>
        {hasSource ? (
          <div className={styles.slot}>
            <button
              type="button"
              className={classes(styles.slotButton, styles.takeThumb, active === null && styles.chosen)}
              aria-pressed={active === null}
              onClick={() => choose(null)}
            >
              {t('source')}
            </button>
            <div className={classes(styles.cap, active === null && styles.on)}>{t('source')}</div>
          </div>
        ) : null}
        {takes.map((take, index) => {
          const { posterUrl: poster = null, peaksUrl: peaks = null } = assets[take.id] ?? {};
          return (
            <div className={styles.slot} key={take.id}>
              <button
                type="button"
                className={classes(
                  styles.slotButton,
                  styles.takeThumb,
                  styles.made,
                  !poster && peaks && styles.sound,
                  active === take.id && styles.chosen,
                )}
                aria-label={t('take', { n: index + 1 })}
                aria-pressed={active === take.id}
                style={poster ? { backgroundImage: `url("${engine().url(poster)}")` } : undefined}
                onClick={() => choose(take.id)}
              >
                {!poster && peaks ? (
                  <PeakLine url={engine().url(peaks)} heightOf={waveHeight} className={styles.wave} />
                ) : null}
              </button>
              <div className={classes(styles.cap, active === take.id && styles.on)}>{t('take', { n: index + 1 })}</div>
            </div>
          );
        })}
        {making.map((job) => (
          <MakingSlot key={job.id} job={job} />
        ))}
        {takes.length + (hasSource ? 1 : 0) > 1 ? (
          <div className={styles.slot}>
            <button
              type="button"
              className={styles.slotButton}
              aria-label={t('compare')}
              onClick={() => compareTakes(clip.id)}
            >
              <Icon of={SquareSplitHorizontal} size={16} />
            </button>
            <div className={styles.cap}>{t('compare')}</div>
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** A take on its way: its progress once it runs. Pressing it cancels it. */
function MakingSlot({ job }: { job: Job }) {
  const { t } = useTranslation('aiPanel');
  const percent = Math.round(job.fraction * 100);
  const running = job.state === 'running';
  const state = running ? t('making', { percent }) : t('queued');
  return (
    <div className={styles.slot}>
      <button
        type="button"
        className={classes(styles.slotButton, styles.making)}
        title={t('cancel')}
        aria-label={`${state}. ${t('cancel')}`}
        onClick={() => void engine().call('jobs.cancel', { jobId: job.id })}
      >
        {running ? <ProgressRing fraction={job.fraction} label={state} /> : <Icon of={Clock} size={16} />}
        {running ? `${percent} %` : null}
      </button>
      <div className={styles.cap}>{running ? t('cancel') : t('queued')}</div>
    </div>
  );
}
