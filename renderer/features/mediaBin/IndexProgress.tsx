import { Play, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cancelJob, isActive } from '../../services/jobs.ts';
import { indexJob, lookableMedia, resumeIndexing, useSeen } from '../../services/seen.ts';
import { useEditor } from '../../services/store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressRing } from '../../ui/ProgressRing.tsx';
import styles from './MediaBin.module.css';

/** How many files have been looked through, while some are left: one line at the bin's foot, with its end. */
export function IndexProgress() {
  const { t } = useTranslation('mediaBin');
  const job = useEditor((state) => indexJob(state));
  const all = useEditor((state) => lookableMedia(state).length);
  const known = useEditor((state) => state.document?.media);
  const rests = useEditor(
    ({ playing, jobs }) =>
      playing !== 0 || Object.values(jobs).some((each) => each.state === 'running' && each.spec.kind !== 'index'),
  );
  const { byMedia, failed, stopped } = useSeen();
  const done = Object.keys(known ?? {}).filter((id) => byMedia[id] || failed.has(id)).length;
  if (done >= all || !(job || stopped)) return null;
  const words = stopped ? 'seen.stopped' : job && isActive(job) && rests ? 'seen.resting' : 'seen.looking';
  return (
    <div className={styles.index} role="status">
      {job ? <ProgressRing fraction={job.fraction} label={t('seen.looking', { done, all })} /> : null}
      <span>{t(words, { done, all })}</span>
      <span className="grow" />
      {job ? (
        <IconButton icon={X} size="xs" label={t('seen.stop')} onClick={() => cancelJob(job.id)} />
      ) : (
        <IconButton icon={Play} size="xs" label={t('seen.resume')} onClick={resumeIndexing} />
      )}
    </div>
  );
}
