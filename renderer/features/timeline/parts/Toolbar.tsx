/** The timeline's toolbar: tools, snapping, markers, a soundtrack for the range, and the zoom. */
import { AudioLines, MoveHorizontal } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton, ActionTextButton } from '../../../actions/ActionButton.tsx';
import { sequenceOf } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { zoomAround } from '../../../services/timelineView.ts';
import { Slider } from '../../../ui/Slider.tsx';
import { sliderFromZoom, zoomFromSlider } from '../view/scale.ts';
import styles from './Toolbar.module.css';

/** Toolbar above the timeline. */
export const Toolbar = memo(function Toolbar() {
  const { t } = useTranslation('timeline');
  const name = useEditor((state) => sequenceOf(state)?.name ?? '');
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('tools')}>
      <span className={`${styles.sequence} cut`}>{name}</span>
      <span className={styles.tools}>
        <ActionButton action="timeline.toolSelect" hint={t('toolHints.toolSelect')} />
        <ActionButton action="timeline.toolBlade" hint={t('toolHints.toolBlade')} />
        <ActionButton action="timeline.toolRipple" hint={t('toolHints.toolRipple')} />
        <ActionButton action="timeline.toolHand" hint={t('toolHints.toolHand')} />
      </span>
      <i className={styles.rule} />
      <ActionButton action="timeline.snapping" toggle="lit" />
      <ActionButton action="timeline.linkedSelection" toggle="lit" />
      <i className={styles.rule} />
      <ActionButton action="timeline.marker" />
      <ActionTextButton action="ai.soundtrack" size="s" variant="quiet" icon={AudioLines} aria-label={t('soundtrack')}>
        <span className={styles.words}>{t('soundtrack')}</span>
      </ActionTextButton>
      <span className="grow" />
      <ActionButton action="timeline.zoomOut" size="s" />
      <ZoomSlider />
      <ActionButton action="timeline.zoomIn" size="s" />
      <i className={styles.rule} />
      <ActionTextButton action="timeline.fit" size="s" variant="quiet" icon={MoveHorizontal}>
        {t('fit')}
      </ActionTextButton>
    </div>
  );
});

/** By itself: it changes with every step of a zoom, the rest of the bar does not. */
function ZoomSlider() {
  const { t } = useTranslation('timeline');
  const pixelsPerSecond = useRestingZoom();
  const text = t('zoomValue', { n: pixelsPerSecond < 10 ? pixelsPerSecond.toFixed(1) : Math.round(pixelsPerSecond) });
  return (
    <Slider
      className={styles.zoom}
      label={t('zoom')}
      value={Math.round(sliderFromZoom(pixelsPerSecond) * 1000)}
      max={1000}
      valueText={text}
      onChange={(value) => zoomAround(zoomFromSlider(value / 1000) / useEditor.getState().pixelsPerSecond)}
    />
  );
}

/**
 * The zoom when it has moved by a step of the slider, at most ten times a second: a slider need not follow every frame
 * of a pinch.
 */
function useRestingZoom(): number {
  const [zoom, setZoom] = useState(() => useEditor.getState().pixelsPerSecond);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = useEditor.subscribe((state, before) => {
      if (state.pixelsPerSecond === before.pixelsPerSecond || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        setZoom(useEditor.getState().pixelsPerSecond);
      }, 100);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return zoom;
}
