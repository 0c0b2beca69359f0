/**
 * The inside of a clip that has nothing to show yet, or no longer: what it waits for, and what can be done about it.
 */
import { failureSentence } from '../../../services/errors.ts';
import { CircleAlert, CircleDashed, Clock, Play, RotateCw, Unlink, X, type LucideIcon } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../../core/contract/jobs.ts';
import type { Clip } from '../../../../core/document/schema.ts';
import { engine } from '../../../services/connection.ts';
import { cancelGeneration, makeAgain } from '../../../services/generation.ts';
import { useEditor } from '../../../services/store.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { ProgressRing } from '../../../ui/ProgressRing.tsx';
import type { ClipRoom } from '../view/clipLook.ts';
import { leftText, ordinalText } from '../view/words.ts';
import styles from './Clip.module.css';
import { shownName } from './clipName.ts';

export interface StateBodyProps {
  readonly clip: Clip;
  readonly state: 'draft' | 'queued' | 'generating' | 'failed' | 'missing';
  readonly job: Job | null;
  readonly room: ClipRoom;
  /** Buttons take part in the Tab order only on the focused clip. */
  readonly reachable: boolean;
  /** Made clips can be made again; a missing file of the user's own cannot. */
  readonly aiEnabled: boolean;
}

/** The inside of a clip without a picture: its state in words, progress, and the button that resolves it. */
export function StateBody({ clip, state, job, room, reachable, aiEnabled }: StateBodyProps) {
  const { t, i18n } = useTranslation('timeline');
  const wide = room === 'full' || room === 'short';
  const cancel = (
    <button
      type="button"
      data-control
      className={styles.x}
      aria-label={t('cancel')}
      title={t('cancel')}
      tabIndex={reachable ? 0 : -1}
      onClick={() => cancelGeneration(clip.id)}
    >
      <Icon of={X} size={12} />
    </button>
  );
  const remedy = (icon: LucideIcon, label: string, run: () => void) =>
    aiEnabled ? (
      <button
        type="button"
        data-control
        className={styles.mini}
        aria-label={label}
        title={label}
        tabIndex={reachable ? 0 : -1}
        onClick={run}
      >
        <Icon of={icon} size={12} />
        {room === 'full' ? label : null}
      </button>
    ) : null;
  const line = (icon: LucideIcon | null, inner: ReactNode) => (
    <>
      <div className={styles.bar}>
        {icon === null ? null : <Icon of={icon} size={12} />}
        {wide ? <span className={styles.name}>{shownName(clip)}</span> : null}
      </div>
      <div className={styles.inner}>{inner}</div>
    </>
  );
  switch (state) {
    case 'draft':
      return line(
        CircleDashed,
        <>
          {wide ? <span className={styles.name}>{t('notSent')}</span> : null}
          {remedy(Play, t('make'), () => makeAgain(clip.id))}
        </>,
      );
    case 'queued': {
      const place = (job?.queuePlace ?? 0) + 1;
      const words = place === 1 ? t('queuedNext') : t('queuedPlace', { ordinal: ordinalText(place, i18n.language) });
      return line(
        Clock,
        <>
          {wide ? <span className={styles.name}>{words}</span> : null}
          {cancel}
        </>,
      );
    }
    case 'generating':
      return <Generating clip={clip} job={job} room={room} cancel={cancel} />;
    case 'failed': {
      const failure = clip.generation?.failure ?? job?.failure ?? null;
      const reason = failure ? failureSentence(failure) : t('failure.other');
      const noPack = failure?.code === 'packMissing';
      const short =
        failure?.code === 'outOfMemory' ? t('failure.outOfMemory') : noPack ? t('failure.packMissing') : reason;
      return line(
        CircleAlert,
        <>
          {wide ? (
            <span className={styles.name} title={reason}>
              {short}
            </span>
          ) : null}
          {noPack
            ? remedy(Play, t('remedy.installPack'), () => useEditor.getState().setSession({ screen: 'models' }))
            : remedy(RotateCw, t('remedy.tryAgain'), () => makeAgain(clip.id))}
        </>,
      );
    }
    case 'missing':
      return line(
        Unlink,
        <>
          {wide ? <span className={styles.name}>{t('fileGone')}</span> : null}
          {clip.generation === null ? null : remedy(RotateCw, t('makeAgain'), () => makeAgain(clip.id))}
        </>,
      );
  }
}

function Generating({
  clip,
  job,
  room,
  cancel,
}: {
  readonly clip: Clip;
  readonly job: Job | null;
  readonly room: ClipRoom;
  readonly cancel: ReactNode;
}) {
  const { t } = useTranslation('timeline');
  const percent = Math.round((job?.fraction ?? 0) * 100);
  return (
    <>
      {job?.previewUrl ? (
        <img
          className={styles.preview}
          src={engine().url(job.previewUrl)}
          alt=""
          style={{ '--pc': percent } as CSSProperties}
        />
      ) : null}
      <div className={styles.bar}>
        {room === 'nameless' ? null : <span className={styles.name}>{shownName(clip)}</span>}
      </div>
      <div className={styles.inner}>
        {room === 'nameless' ? null : <ProgressRing fraction={job?.fraction ?? 0} label={shownName(clip)} />}
        {room === 'nameless' ? null : t('percent', { n: percent })}
        {room === 'full' && job?.secondsLeft != null ? (
          <span className={styles.left}>{t('left', { time: leftText(job.secondsLeft) })}</span>
        ) : null}
        {cancel}
      </div>
      <i className={styles.thin} style={{ '--pc': percent } as CSSProperties} />
    </>
  );
}
