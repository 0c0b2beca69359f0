import { useEffect, useRef, type CSSProperties, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { Grid2x2, Maximize2 } from 'lucide-react';
import { titleFontFamily } from '../../../core/render/title.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { ActionButton } from '../../actions/ActionButton.tsx';
import { sequenceOf } from '../../services/selectors.ts';
import { shown, shownPlayhead, sourceItem } from '../../services/shown.ts';
import { usePlacing } from '../../services/placing.ts';
import { useEditor } from '../../services/store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PanelHead, Rule } from '../../ui/PanelHead.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { CompareBar, CompareOverlay } from './compare/Compare.tsx';
import { MaskBar, MaskHead } from './mask/MaskBar.tsx';
import { MaskOverlay } from './mask/MaskOverlay.tsx';
import { SelectSign } from './mask/SelectSign.tsx';
import { Meters } from './Meters.tsx';
import type { Player } from './play/player.ts';
import { PlaceOverlay } from './PlaceOverlay.tsx';
import { QualityNote } from './QualityNote.tsx';
import { ScrubBar } from './ScrubBar.tsx';
import { SourceButtons } from './SourceButtons.tsx';
import { Transport } from './Transport.tsx';
import { useViewerPlayer } from './useViewerPlayer.ts';
import { WorkSign } from './WorkSign.tsx';
import '../../../assets/fonts/fonts.css';
import styles from './Viewer.module.css';

/** The canvas never holds more than this many pixels across: larger sequences are shown, not exported, at this size. */
const maxCanvasWidth = 1920;

/** The picture at the playhead of the timeline or of a file, with what plays, marks and masks it. */
export function Viewer() {
  const { t } = useTranslation('viewer');
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useViewerPlayer(canvas);
  const size = useShownSize();
  const nothing = useEditor((state) => state.viewerMode === 'source' && sourceItem(state) === null);
  const masking = useEditor((state) => state.maskMode !== null);
  const projectId = useEditor((state) => state.document?.id);
  useRedraw(player, size.width, size.height);
  return (
    <div className={styles.viewer}>
      <ViewerHead canvas={canvas} />
      <div className={styles.stage}>
        <Picture canvas={canvas} width={size.width} height={size.height} />
        {nothing ? (
          <div className={styles.nothing}>
            <EmptyState>{t('sourceEmpty')}</EmptyState>
          </div>
        ) : (
          <WorkSign />
        )}
        {/* a project that has not played has no peak, and no gaps in its sound */}
        <Meters key={projectId} player={player} />
      </div>
      {masking ? <MaskBar /> : null}
      <ScrubBar />
      <SourceButtons />
      <Transport />
    </div>
  );
}

/** Pixels of what is shown: the file in the source view, else the sequence. */
function useShownSize(): { readonly width: number; readonly height: number } {
  return useEditor(
    useShallow((state) => {
      const { width, height } = sourceItem(state)?.video ?? sequenceOf(state) ?? { width: 1280, height: 720 };
      return { width, height };
    }),
  );
}

/** Draws again when the canvas has another size, and when a typeface has come: a canvas does not wait for them. */
function useRedraw(player: RefObject<Player | null>, width: number, height: number): void {
  useEffect(() => {
    const redraw = () => void player.current?.show(shownPlayhead(useEditor.getState()));
    redraw();
    for (const weight of [400, 600, 700]) void document.fonts.load(`${weight} 40px '${titleFontFamily}'`);
    document.fonts.addEventListener('loadingdone', redraw);
    return () => document.fonts.removeEventListener('loadingdone', redraw);
  }, [player, width, height]);
}

function ViewerHead({ canvas }: { canvas: RefObject<HTMLCanvasElement | null> }) {
  const masking = useEditor((state) => state.maskMode !== null);
  const comparing = useEditor((state) => state.compare !== null);
  const rate = useEditor((state) => shown(state).rate);
  return (
    <PanelHead>{masking ? <MaskHead rate={rate} /> : comparing ? <CompareBar /> : <Modes canvas={canvas} />}</PanelHead>
  );
}

function Modes({ canvas }: { canvas: RefObject<HTMLCanvasElement | null> }) {
  const { t } = useTranslation('viewer');
  const mode = useEditor((state) => state.viewerMode);
  const safeAreas = useEditor((state) => state.safeAreas);
  const { setSession } = useEditor.getState();
  return (
    <>
      <Segmented
        label={t('mode.label')}
        size="s"
        value={mode}
        options={[
          { value: 'source', label: t('mode.source') },
          { value: 'timeline', label: t('mode.timeline') },
        ]}
        onChange={(viewerMode) => setSession({ viewerMode, playing: 0 })}
      />
      <span className="grow" />
      <QualityNote />
      <Rule />
      <IconButton
        icon={Grid2x2}
        label={t('safeAreas')}
        lit={safeAreas}
        onClick={() => setSession({ safeAreas: !safeAreas })}
      />
      <ActionButton action="ai.compare" />
      <IconButton
        icon={Maximize2}
        label={t('fullScreen')}
        onClick={() => void canvas.current?.parentElement?.requestFullscreen()}
      />
    </>
  );
}

/** The canvas and what lies over it. */
function Picture({
  canvas,
  width,
  height,
}: {
  canvas: RefObject<HTMLCanvasElement | null>;
  width: number;
  height: number;
}) {
  const { t } = useTranslation('viewer');
  const scale = Math.min(1, maxCanvasWidth / width);
  const maskMode = useEditor((state) => state.maskMode);
  const placing = usePlacing((state) => state.clipId);
  const comparing = useEditor((state) => state.compare !== null);
  const safeAreas = useEditor((state) => state.safeAreas);
  const { playheadTicks, rate } = shown(useEditor.getState());
  return (
    <div className={styles.picture} style={{ '--ratio': width / height } as CSSProperties}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        width={Math.round(width * scale)}
        height={Math.round(height * scale)}
        role="img"
        aria-label={t('canvas', { timecode: formatTimecode(playheadTicks, rate) })}
        data-testid="viewer-canvas"
      />
      {safeAreas ? (
        <>
          <i className={`${styles.safe} ${styles.action}`} />
          <i className={`${styles.safe} ${styles.titleArea}`} />
          <i className={styles.cross} />
        </>
      ) : null}
      {maskMode ? <MaskOverlay key={maskMode.clipId} sequenceWidth={width} sequenceHeight={height} /> : null}
      {placing ? <PlaceOverlay clipId={placing} width={width} height={height} /> : null}
      {maskMode ? <SelectSign clipId={maskMode.clipId} /> : null}
      {comparing ? <CompareOverlay /> : null}
    </div>
  );
}
