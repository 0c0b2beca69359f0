/** The content of a clip without material: what it waits for or why it failed, and the button that resolves it. */
import { CircleAlert, CircleDashed, Clock, Play, RotateCw, Unlink, X, type LucideIcon } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../../core/contract/jobs.ts';
import type { Clip } from '../../../../core/document/schema.ts';
import { failureSentence } from '../../../services/errors.ts';
import { cancelGeneration, makeAgain } from '../../../services/generation.ts';
import { useEditor } from '../../../services/store.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { ProgressRing } from '../../../ui/ProgressRing.tsx';
import type { ClipRoom } from '../view/clipLook.ts';
import { leftText, ordinalText } from '../view/words.ts';
import styles from './Clip.module.css';
import { shownName, wasCancelled } from './clipName.ts';

export interface StateBodyProps {
  readonly clip: Clip;
  readonly state: 'draft' | 'queued' | 'generating' | 'failed' | 'missing';
  readonly job: Job | null;
  readonly room: ClipRoom;
  /** Buttons take part in the Tab order only on the focused clip. */
  readonly reachable: boolean;
  /** Whether AI controls are shown; without them there are no buttons that generate. */
  readonly aiEnabled: boolean;
}

/** The inside of a clip without a picture: its state in words, progress, and the button that resolves it. */
export function StateBody(props: StateBodyProps) {
  switch (props.state) {
    case 'draft':
      return <Draft {...props} />;
    case 'queued':
      return <Queued {...props} />;
    case 'generating':
      return <Generating {...props} />;
    case 'failed':
      return <Failed {...props} />;
    case 'missing':
      return <Missing {...props} />;
  }
}

function isWide(room: ClipRoom): boolean {
  return room === 'full' || room === 'short';
}

/** Icon and name of the clip above its state; narrow clips show no words. */
function StateLine({
  clip,
  room,
  icon,
  words,
  hint,
  children,
}: {
  readonly clip: Clip;
  readonly room: ClipRoom;
  readonly icon: LucideIcon;
  readonly words: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  const wide = isWide(room);
  return (
    <>
      <div className={styles.bar}>
        <Icon of={icon} size={12} />
        {wide ? <span className={styles.name}>{shownName(clip)}</span> : null}
      </div>
      <div className={styles.inner}>
        {wide ? (
          <span className={styles.name} title={hint}>
            {words}
          </span>
        ) : null}
        {children}
      </div>
    </>
  );
}

interface RemedyProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly room: ClipRoom;
  readonly reachable: boolean;
  readonly run: () => void;
}

function Remedy({ icon, label, room, reachable, run }: RemedyProps) {
  return (
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
  );
}

/** Generates the clip's material again. */
export function MakeAgainButton({
  clipId,
  room,
  reachable,
}: {
  readonly clipId: string;
  readonly room: ClipRoom;
  readonly reachable: boolean;
}) {
  const { t } = useTranslation('timeline');
  return (
    <Remedy icon={RotateCw} label={t('makeAgain')} room={room} reachable={reachable} run={() => makeAgain(clipId)} />
  );
}

function CancelButton({ clipId, reachable }: { readonly clipId: string; readonly reachable: boolean }) {
  const { t } = useTranslation('timeline');
  return (
    <button
      type="button"
      data-control
      className={styles.x}
      aria-label={t('cancel')}
      title={t('cancel')}
      tabIndex={reachable ? 0 : -1}
      onClick={() => cancelGeneration(clipId)}
    >
      <Icon of={X} size={12} />
    </button>
  );
}

function Draft({ clip, job, room, reachable, aiEnabled }: StateBodyProps) {
  const { t } = useTranslation('timeline');
  return (
    <StateLine clip={clip} room={room} icon={CircleDashed} words={t(wasCancelled(job) ? 'cancelled' : 'notSent')}>
      {aiEnabled ? (
        <Remedy icon={Play} label={t('make')} room={room} reachable={reachable} run={() => makeAgain(clip.id)} />
      ) : null}
    </StateLine>
  );
}

function Queued({ clip, job, room, reachable }: StateBodyProps) {
  const { t, i18n } = useTranslation('timeline');
  const place = (job?.queuePlace ?? 0) + 1;
  const words = place === 1 ? t('queuedNext') : t('queuedPlace', { ordinal: ordinalText(place, i18n.language) });
  return (
    <StateLine clip={clip} room={room} icon={Clock} words={words}>
      <CancelButton clipId={clip.id} reachable={reachable} />
    </StateLine>
  );
}

function Failed({ clip, job, room, reachable, aiEnabled }: StateBodyProps) {
  const { t } = useTranslation('timeline');
  const failure = clip.generation?.failure ?? job?.failure ?? null;
  const reason = failure ? failureSentence(failure) : t('failure.other');
  const noPack = failure?.code === 'packMissing';
  const short = failure?.code === 'outOfMemory' ? t('failure.outOfMemory') : noPack ? t('failure.packMissing') : reason;
  const remedy = noPack
    ? {
        icon: Play,
        label: t('remedy.installPack'),
        run: () => useEditor.getState().setSession({ screen: 'models' }),
      }
    : { icon: RotateCw, label: t('remedy.tryAgain'), run: () => makeAgain(clip.id) };
  return (
    <StateLine clip={clip} room={room} icon={CircleAlert} words={short} hint={reason}>
      {aiEnabled ? <Remedy {...remedy} room={room} reachable={reachable} /> : null}
    </StateLine>
  );
}

/** Generated clips can be generated again; a missing file of the user's own cannot. */
function Missing({ clip, room, reachable, aiEnabled }: StateBodyProps) {
  const { t } = useTranslation('timeline');
  return (
    <StateLine clip={clip} room={room} icon={Unlink} words={t('fileGone')}>
      {clip.generation !== null && aiEnabled ? (
        <MakeAgainButton clipId={clip.id} room={room} reachable={reachable} />
      ) : null}
    </StateLine>
  );
}

function Generating({ clip, job, room, reachable }: StateBodyProps) {
  const { t } = useTranslation('timeline');
  const percent = Math.round((job?.fraction ?? 0) * 100);
  return (
    <>
      {job?.previewUrl ? (
        <img className={styles.preview} src={job.previewUrl} alt="" style={{ '--pc': percent } as CSSProperties} />
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
        <CancelButton clipId={clip.id} reachable={reachable} />
      </div>
      <i className={styles.thin} style={{ '--pc': percent } as CSSProperties} />
    </>
  );
}
