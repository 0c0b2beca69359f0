import { ArrowLeftRight } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { takesOfClip } from '../../../../core/document/generationState.ts';
import { findClip } from '../../../../core/document/query.ts';
import { containsTick } from '../../../../core/time/ticks.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import styles from '../Viewer.module.css';

/** Redraws the paused viewer every 600 ms, so that it alternates between the takes. */
function useBlink(blinking: boolean): void {
  useEffect(() => {
    if (!blinking) return;
    // a new object makes the viewer draw again; the picture itself is already decoded
    const timer = setInterval(() => {
      const now = useEditor.getState();
      if (now.compare && now.playing === 0) now.setSession({ compare: { ...now.compare } });
    }, 600);
    return () => clearInterval(timer);
  }, [blinking]);
}

/** Compares the pictures of two takes: names on either side, the wipe, and blinking. Null away from the clip. */
export function ComparePictures() {
  const { t } = useTranslation('viewer');
  const compare = useEditor((state) => state.compare)!;
  const document = useEditor((state) => state.document)!;
  const clip = findClip(document, compare.clipId)?.clip;
  const on = useEditor((state) => clip !== undefined && containsTick(clip, state.playheadTicks));
  const { setSession } = useEditor.getState();

  useBlink(compare.mode === 'blink');
  // the playhead is on another clip, which is not compared
  if (!clip || !on) return null;
  const moveTo = (position: number) =>
    setSession({ compare: { ...compare, position: Math.max(0, Math.min(1, position)) } });
  const nameOf = (takeId: string | null) =>
    takeId === null
      ? t('comparing.sourceNamed', { name: clip.name })
      : t('comparing.takeNamed', {
          number: takesOfClip(document, clip).findIndex((take) => take.id === takeId) + 1,
          name: document.takes[takeId]?.prompt || clip.name,
        });
  return (
    <>
      {(['a', 'b'] as const).map((side) => (
        <span key={side} className={classes(styles.side, styles[side])}>
          <b>{t(side === 'a' ? 'comparing.left' : 'comparing.right')}</b>
          <span className="cut">{nameOf(compare[side])}</span>
        </span>
      ))}
      {compare.mode === 'wipe' ? <WipeLine position={compare.position} moveTo={moveTo} /> : null}
    </>
  );
}

interface WipeLineProps {
  /** 0 at the left edge of the picture, 1 at the right. */
  readonly position: number;
  readonly moveTo: (position: number) => void;
}

/** The divider of the wipe, which can be dragged or moved with the arrow keys. */
function WipeLine({ position, moveTo }: WipeLineProps) {
  const { t } = useTranslation('viewer');
  return (
    <div
      className={styles.wipeLine}
      style={{ left: `${position * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t('comparing.divider')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(position * 100)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const box = event.currentTarget.parentElement?.getBoundingClientRect();
        if (box && event.buttons & 1) moveTo((event.clientX - box.left) / box.width);
      }}
      onKeyDown={(event) => {
        const to = { ArrowLeft: position - 0.02, ArrowRight: position + 0.02, Home: 0, End: 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        moveTo(to);
      }}
    >
      <span className={styles.wipeGrip}>
        <Icon of={ArrowLeftRight} />
      </span>
    </div>
  );
}
