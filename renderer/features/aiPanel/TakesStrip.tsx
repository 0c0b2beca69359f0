import { useTranslation } from 'react-i18next';
import { Clock, SquareSplitHorizontal } from 'lucide-react';
import type { Job } from '../../../core/contract/jobs.ts';
import { takesOfClip } from '../../../core/document/generationState.ts';
import type { Take } from '../../../core/document/schema.ts';
import type { ClipPlace } from '../../../core/document/query.ts';
import { engine } from '../../services/connection.ts';
import { compareTakes } from '../../services/generation.ts';
import { isActive } from '../../services/jobs.ts';
import { useEditor } from '../../services/store.ts';
import { waveHeight } from '../../services/waveHeight.ts';
import { Icon } from '../../ui/Icon.tsx';
import { TakeVerdict } from './TakeVerdict.tsx';
import { PeakLine } from '../../ui/PeakLine.tsx';
import { ProgressRing } from '../../ui/ProgressRing.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './AiPanel.module.css';

/** The clip's takes: press one to show it. Those on their way show their progress; two can be compared. */
export function TakesStrip({ place }: { place: ClipPlace | null }) {
  const { t } = useTranslation('aiPanel');
  const document = useEditor((state) => state.document);
  const jobs = useEditor((state) => state.jobs);
  if (!document || !place) return null;
  const { clip, sequence } = place;
  const takes = takesOfClip(document, clip);
  const making = Object.values(jobs).filter(
    (job) => job.spec.kind === 'generation' && job.spec.clipId === clip.id && isActive(job),
  );
  const active = clip.generation?.activeTakeId ?? null;
  const hasSource = clip.reference.kind !== 'generated';
  const choose = (takeId: string | null) =>
    useEditor.getState().run('setActiveTake', { sequenceId: sequence.id, clipId: clip.id, takeId });
  if (takes.length === 0 && making.length === 0) return <p className={styles.note}>{t('noTakes')}</p>;
  return (
    <div>
      <div className={styles.label}>
        {t('takes')}
        <span className={styles.right}>{takes.length}</span>
      </div>
      <div className={styles.slots}>
        {hasSource ? <SourceSlot on={active === null} onChoose={() => choose(null)} /> : null}
        {takes.map((take, index) => (
          <TakeSlot
            key={take.id}
            take={take}
            name={t('take', { n: index + 1 })}
            on={active === take.id}
            onChoose={() => choose(take.id)}
          />
        ))}
        {making.map((job) => (
          <MakingSlot key={job.id} job={job} />
        ))}
        {takes.length + (hasSource ? 1 : 0) > 1 ? <CompareSlot clipId={clip.id} /> : null}
      </div>
      <TakeVerdict place={place} />
    </div>
  );
}

/** What the clip shows without a take. */
function SourceSlot({ on, onChoose }: { on: boolean; onChoose: () => void }) {
  const { t } = useTranslation('aiPanel');
  return (
    <div className={styles.slot}>
      <button
        type="button"
        className={classes(styles.slotButton, styles.takeThumb, on && styles.chosen)}
        aria-pressed={on}
        onClick={onChoose}
      >
        {t('source')}
      </button>
      <div className={classes(styles.cap, on && styles.on)}>{t('source')}</div>
    </div>
  );
}

interface TakeSlotProps {
  readonly take: Take;
  readonly name: string;
  readonly on: boolean;
  readonly onChoose: () => void;
}

function TakeSlot({ take, name, on, onChoose }: TakeSlotProps) {
  const assets = useEditor((state) => state.takeAssets[take.id]);
  const poster = assets?.posterUrl ?? null;
  const peaks = poster === null ? (assets?.peaksUrl ?? null) : null;
  return (
    <div className={styles.slot}>
      <button
        type="button"
        className={classes(
          styles.slotButton,
          styles.takeThumb,
          styles.made,
          peaks !== null && styles.sound,
          on && styles.chosen,
        )}
        aria-label={name}
        aria-pressed={on}
        style={poster ? { backgroundImage: `url("${engine().url(poster)}")` } : undefined}
        onClick={onChoose}
      >
        {peaks ? <PeakLine url={engine().url(peaks)} heightOf={waveHeight} className={styles.wave} /> : null}
      </button>
      <div className={classes(styles.cap, on && styles.on)}>{name}</div>
    </div>
  );
}

function CompareSlot({ clipId }: { clipId: string }) {
  const { t } = useTranslation('aiPanel');
  return (
    <div className={styles.slot}>
      <button
        type="button"
        className={styles.slotButton}
        aria-label={t('compare')}
        onClick={() => compareTakes(clipId)}
      >
        <Icon of={SquareSplitHorizontal} size={16} />
      </button>
      <div className={styles.cap}>{t('compare')}</div>
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
