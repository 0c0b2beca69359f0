import { useTranslation } from 'react-i18next';
import { ArrowLeftRight, Volume2, VolumeX, X } from 'lucide-react';
import { useEffect } from 'react';
import { takesOfClip } from '../../../../core/document/generationState.ts';
import { findClip } from '../../../../core/document/query.ts';
import { containsTick } from '../../../../core/time/ticks.ts';
import { shownShortcut } from '../../../actions/shortcuts.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { isSound } from '../pictures.ts';
import { CompareSounds } from './CompareSounds.tsx';
import styles from '../Viewer.module.css';

const sourceValue = 'source';

/** The viewer's head while two takes are compared: which two, how, and taking one of them. */
export function CompareBar() {
  const { t } = useTranslation('viewer');
  const compare = useEditor((state) => state.compare)!;
  const document = useEditor((state) => state.document)!;
  const { run, setSession } = useEditor.getState();
  const clip = findClip(document, compare.clipId)?.clip;
  const options = [
    ...(clip && clip.reference.kind !== 'generated' ? [{ value: sourceValue, label: t('comparing.source') }] : []),
    ...(clip?.generation?.takeIds ?? []).map((value, index) => ({
      value,
      label: t('comparing.take', { number: index + 1 }),
    })),
  ];
  const choose = (side: 'a' | 'b', value: string) =>
    setSession({ compare: { ...compare, [side]: value === sourceValue ? null : value } });
  const use = (takeId: string | null) => {
    run('setActiveTake', { sequenceId: document.activeSequenceId, clipId: compare.clipId, takeId });
    setSession({ compare: null });
  };
  const heard = isSound(document, compare.clipId);
  return (
    <>
      <Select
        size="s"
        quiet
        label={t('comparing.left')}
        value={compare.a ?? sourceValue}
        options={options}
        onChange={(value) => choose('a', value)}
      />
      <Select
        size="s"
        quiet
        label={t('comparing.right')}
        value={compare.b ?? sourceValue}
        options={options}
        onChange={(value) => choose('b', value)}
      />
      <span className="grow" />
      {heard ? (
        <HeardSwitch />
      ) : (
        <Segmented
          label={t('comparing.mode')}
          size="s"
          value={compare.mode}
          options={[
            { value: 'wipe', label: t('comparing.wipe') },
            { value: 'side', label: t('comparing.side') },
            { value: 'blink', label: t('comparing.blink') },
          ]}
          onChange={(mode) => setSession({ compare: { ...compare, mode } })}
        />
      )}
      <span className="grow" />
      <Button size="s" onClick={() => use(compare.a)}>
        {t('comparing.useA')}
      </Button>
      <Button size="s" onClick={() => use(compare.b)}>
        {t('comparing.useB')}
      </Button>
      <IconButton icon={X} size="s" label={t('comparing.close')} onClick={() => setSession({ compare: null })} />
    </>
  );
}

/** Which of the two is heard: the other plays on beside it, so that the switch is at once. */
function HeardSwitch() {
  const { t } = useTranslation('viewer');
  const heard = useEditor((state) => state.compare?.heard ?? 'b');
  const key = shownShortcut('ai.compareSwitch');
  return (
    <Segmented
      label={key === null ? t('comparing.heard') : `${t('comparing.heard')} (${key})`}
      size="s"
      value={heard}
      options={(['a', 'b'] as const).map((value) => ({
        value,
        icon: heard === value ? Volume2 : VolumeX,
        label: t(value === 'a' ? 'comparing.hearA' : 'comparing.hearB'),
      }))}
      onChange={(side) => {
        const { compare, setSession } = useEditor.getState();
        if (compare) setSession({ compare: { ...compare, heard: side } });
      }}
    />
  );
}

export function CompareOverlay() {
  const heard = useEditor(
    (state) => state.document !== null && state.compare !== null && isSound(state.document, state.compare.clipId),
  );
  return heard ? <CompareSounds /> : <ComparePictures />;
}

/** The line of the wipe, what stands on either side, and the heartbeat of blinking while the picture stands. */
function ComparePictures() {
  const { t } = useTranslation('viewer');
  const compare = useEditor((state) => state.compare)!;
  const document = useEditor((state) => state.document)!;
  const clip = findClip(document, compare.clipId)?.clip;
  const on = useEditor((state) => clip !== undefined && containsTick(clip, state.playheadTicks));
  const { setSession } = useEditor.getState();

  useEffect(() => {
    if (compare.mode !== 'blink') return;
    // a new object makes the viewer draw again; the picture itself is already decoded
    const timer = setInterval(() => {
      const now = useEditor.getState();
      if (now.compare && now.playing === 0) now.setSession({ compare: { ...now.compare } });
    }, 600);
    return () => clearInterval(timer);
  }, [compare.mode]);

  // the playhead was moved off the clip: another shot is seen, and it is not compared
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
      {compare.mode === 'wipe' ? (
        <div
          className={styles.wipeLine}
          style={{ left: `${compare.position * 100}%` }}
          role="slider"
          tabIndex={0}
          aria-label={t('comparing.divider')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(compare.position * 100)}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => {
            const box = event.currentTarget.parentElement?.getBoundingClientRect();
            if (box && event.buttons & 1) moveTo((event.clientX - box.left) / box.width);
          }}
          onKeyDown={(event) => {
            const to = { ArrowLeft: compare.position - 0.02, ArrowRight: compare.position + 0.02, Home: 0, End: 1 }[
              event.key
            ];
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
      ) : null}
    </>
  );
}
