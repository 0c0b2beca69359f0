import { PanelLeftOpen } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { MediaBin } from '../features/mediaBin/MediaBin.tsx';
import { Timeline } from '../features/timeline/Timeline.tsx';
import { Viewer } from '../features/viewer/Viewer.tsx';
import { setLayout, useLayout } from '../services/layout.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Splitter } from '../ui/Splitter.tsx';
import styles from './EditorScreen.module.css';
import { draggedSize, limits, normalTimelineHeight, panelSizes, type PanelSizes } from './panelSizes.ts';
import { Region } from './Region.tsx';
import { SidePanel } from './SidePanel.tsx';
import { useWindowSize } from './useWindowSize.ts';

/** The panels of the main screen and the dividers between them. */
export function EditorScreen() {
  const { t } = useTranslation('shell');
  const layout = useLayout();
  const window = useWindowSize();
  const sizes = panelSizes(layout, window, layout.binPinned);
  const bin = layout.binOpen ? (sizes.binFolded ? limits.railWidth : sizes.binWidth) : 0;
  const inspector = layout.inspectorOpen && !sizes.inspectorFloats ? sizes.inspectorWidth : 0;
  const timeline = layout.timelineOpen ? sizes.timelineHeight : 0;
  const vars = {
    '--bin': `${bin}px`,
    '--inspector': `${inspector}px`,
    '--timeline': `${timeline}px`,
    '--inspector-width': `${sizes.inspectorWidth}px`,
  } as CSSProperties;
  return (
    <main
      className={classes(styles.editor, layout.tallInspector && styles.tall, sizes.inspectorFloats && styles.floating)}
      style={vars}
    >
      {layout.binOpen ? (
        <Region name="bin" className={styles.bin}>
          {sizes.binFolded ? (
            <div className={styles.rail}>
              <IconButton icon={PanelLeftOpen} label={t('regions.bin')} onClick={() => setLayout({ binOpen: true })} />
            </div>
          ) : (
            <MediaBin />
          )}
        </Region>
      ) : null}
      <Region name="viewer" className={styles.viewer}>
        <Viewer />
      </Region>
      {layout.inspectorOpen ? (
        <Region name="inspector" className={styles.inspector}>
          <SidePanel />
        </Region>
      ) : null}
      {layout.timelineOpen ? (
        <Region name="timeline" className={styles.timeline}>
          <Timeline />
        </Region>
      ) : null}
      <Dividers sizes={sizes} />
    </main>
  );
}

/** The draggable edges of the open panels; dragging far enough closes a panel. */
function Dividers({ sizes }: { sizes: PanelSizes }) {
  const { t } = useTranslation('shell');
  const layout = useLayout();
  return (
    <>
      {layout.binOpen && !sizes.binFolded ? (
        <div className={styles.binEdge}>
          <Splitter
            label={t('dividers.bin')}
            orientation="vertical"
            size={sizes.binWidth}
            min={limits.bin.min}
            max={limits.bin.max}
            direction={1}
            onResize={(raw) => {
              const size = draggedSize(raw, limits.bin.min, limits.bin.max);
              setLayout(size === 'close' ? { binOpen: false } : { binWidth: size });
            }}
            onRestore={() => setLayout({ binWidth: limits.bin.normal })}
          />
        </div>
      ) : null}
      {layout.inspectorOpen && !sizes.inspectorFloats ? (
        <div className={styles.inspectorEdge}>
          <Splitter
            label={t('dividers.inspector')}
            orientation="vertical"
            size={sizes.inspectorWidth}
            min={limits.inspector.min}
            max={limits.inspector.max}
            direction={-1}
            onResize={(raw) => {
              const size = draggedSize(raw, limits.inspector.min, limits.inspector.max);
              setLayout(size === 'close' ? { inspectorOpen: false } : { inspectorWidth: size });
            }}
            onRestore={() => setLayout({ inspectorWidth: limits.inspector.normal })}
          />
        </div>
      ) : null}
      {layout.timelineOpen ? (
        <div className={styles.timelineEdge}>
          <Splitter
            label={t('dividers.timeline')}
            orientation="horizontal"
            size={sizes.timelineHeight}
            min={limits.timelineMin}
            max={sizes.timelineMax}
            direction={-1}
            onResize={(raw) => {
              const size = draggedSize(raw, limits.timelineMin, sizes.timelineMax);
              setLayout(size === 'close' ? { timelineOpen: false } : { timelineHeight: Math.round(size) });
            }}
            onRestore={() => setLayout({ timelineHeight: normalTimelineHeight(900) })}
          />
        </div>
      ) : null}
    </>
  );
}
