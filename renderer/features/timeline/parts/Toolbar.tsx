/** The timeline's toolbar: tools, what edges stick to, markers, a soundtrack for the range, and the zoom. */
import { AudioLines, Bookmark, FoldHorizontal, Hand, Link2, Magnet, MousePointer2, MoveHorizontal, Scissors, ZoomIn, ZoomOut } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '../../../../core/document/create.ts';
import { sequenceDuration } from '../../../../core/document/query.ts';
import type { Tool } from '../../../services/editor.ts';
import { aiShown, canEdit, sequenceOf } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import type { IconType } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { fitScale, sliderFromZoom, xAtTicks, zoomAround, zoomFromSlider } from '../view/scale.ts';
import { useTimelineView } from '../view/timelineView.ts';
import styles from './Toolbar.module.css';

const tools: readonly { readonly id: Tool; readonly icon: IconType; readonly shortcut: string }[] = [
  { id: 'select', icon: MousePointer2, shortcut: 'V' },
  { id: 'blade', icon: Scissors, shortcut: 'B' },
  { id: 'ripple', icon: FoldHorizontal, shortcut: 'Y' },
  { id: 'hand', icon: Hand, shortcut: 'H' },
];

/** Around the playhead while it is on screen, else around the middle. */
export function zoomBy(factor: number): void {
  const state = useEditor.getState();
  const { widthPx } = useTimelineView.getState();
  const playheadX = xAtTicks(state.playheadTicks, state);
  const anchorX = playheadX >= 0 && playheadX <= widthPx ? playheadX : widthPx / 2;
  state.setSession(zoomAround(state, anchorX, state.pixelsPerSecond * factor));
}

export function zoomToFit(): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (sequence !== null) state.setSession(fitScale(sequenceDuration(sequence), useTimelineView.getState().widthPx));
}

function addMarkerAtPlayhead(): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (sequence === null) return;
  state.run('addMarker', { sequenceId: sequence.id, marker: { id: newId(), ticks: state.playheadTicks, name: String(sequence.markers.length + 1), kind: 'marker' } });
}

export const Toolbar = memo(function Toolbar() {
  const { t } = useTranslation('timeline');
  const name = useEditor((state) => sequenceOf(state)?.name ?? '');
  const tool = useEditor((state) => state.tool);
  const snapping = useEditor((state) => state.snapping);
  const linked = useEditor((state) => state.linkedSelection);
  const ai = useEditor(aiShown);
  const editable = useEditor(canEdit);
  const setSession = useEditor((state) => state.setSession);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('tools')}>
      <span className={`${styles.sequence} cut`}>{name}</span>
      <span className={styles.tools}>
        {tools.map(({ id, icon, shortcut }) => (
          <IconButton key={id} icon={icon} label={t(`tool.${id}`)} shortcut={shortcut} on={tool === id} onClick={() => setSession({ tool: id })} />
        ))}
      </span>
      <i className={styles.rule} />
      <IconButton icon={Magnet} label={t('snapping')} shortcut="S" lit={snapping} onClick={() => setSession({ snapping: !snapping })} />
      <IconButton icon={Link2} label={t('linked')} lit={linked} onClick={() => setSession({ linkedSelection: !linked })} />
      <i className={styles.rule} />
      <IconButton icon={Bookmark} label={t('addMarker')} shortcut="M" disabled={!editable} onClick={addMarkerAtPlayhead} />
      {ai ? (
        <Button size="s" variant="quiet" icon={AudioLines} disabled={!editable} aria-label={t('soundtrack')} onClick={() => setSession({ sidePanel: 'ai', aiAction: 'soundtrack', inspectorOpen: true })}>
          <span className={styles.words}>{t('soundtrack')}</span>
        </Button>
      ) : null}
      <span className="grow" />
      <IconButton size="s" icon={ZoomOut} label={t('zoomOut')} shortcut="-" onClick={() => zoomBy(1 / 1.5)} />
      <ZoomSlider />
      <IconButton size="s" icon={ZoomIn} label={t('zoomIn')} shortcut="=" onClick={() => zoomBy(1.5)} />
      <i className={styles.rule} />
      <Button size="s" variant="quiet" icon={MoveHorizontal} onClick={zoomToFit}>
        {t('fit')}
      </Button>
    </div>
  );
});

/** By itself: it changes with every step of a zoom, the rest of the bar does not. */
function ZoomSlider() {
  const { t } = useTranslation('timeline');
  const pixelsPerSecond = useEditor((state) => state.pixelsPerSecond);
  const text = t('zoomValue', { n: pixelsPerSecond < 10 ? pixelsPerSecond.toFixed(1) : Math.round(pixelsPerSecond) });
  return (
    <Slider
      className={styles.zoom}
      label={t('zoom')}
      value={sliderFromZoom(pixelsPerSecond) * 1000}
      max={1000}
      valueText={text}
      onChange={(value) => zoomBy(zoomFromSlider(value / 1000) / useEditor.getState().pixelsPerSecond)}
    />
  );
}
