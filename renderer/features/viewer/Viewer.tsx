import { useEffect, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Grid2x2, Maximize2 } from 'lucide-react';
import { titleFontFamily } from '../../../core/render/title.ts';
import { formatTimecode } from '../../../core/time/timecode.ts';
import { renderedAt } from '../../services/renderedRanges.ts';
import { useEditor } from '../../services/store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { PanelHead, Rule } from '../../ui/PanelHead.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ActionButton } from '../../actions/ActionButton.tsx';
import { CompareBar, CompareOverlay } from './compare/Compare.tsx';
import { MaskBar, MaskHead, MaskOverlay } from './mask/MaskOverlay.tsx';
import { Meters } from './Meters.tsx';
import { ScrubBar } from './ScrubBar.tsx';
import { Transport } from './Transport.tsx';
import { endOfShown, sourceItem, useViewerPlayer } from './useViewerPlayer.ts';
import '../../../assets/fonts/fonts.css';
import styles from './Viewer.module.css';

/** The canvas never holds more than this many pixels across: larger sequences are shown, not exported, at this size. */
const maxCanvasWidth = 1920;

export function Viewer() {
  const { t } = useTranslation('viewer');
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useViewerPlayer(canvas);
  const sequence = useEditor((state) => state.document?.sequences[state.document.activeSequenceId] ?? null);
  const source = useEditor(sourceItem);
  const endTicks = useEditor(endOfShown);
  const mode = useEditor((state) => state.viewerMode);
  const maskMode = useEditor((state) => state.maskMode);
  const compare = useEditor((state) => state.compare);
  const safeAreas = useEditor((state) => state.safeAreas);
  const { run, setSession } = useEditor.getState();

  const width = source?.video?.width ?? sequence?.width ?? 1280;
  const height = source?.video?.height ?? sequence?.height ?? 720;
  const scale = Math.min(1, maxCanvasWidth / width);
  const rate = source?.video?.rate ?? sequence?.rate ?? { num: 30, den: 1 };

  useEffect(() => {
    const redraw = () => void player.current?.show(useEditor.getState().playheadTicks);
    redraw();
    // a canvas does not wait for a typeface: titles are drawn again once theirs is there
    void Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 40px '${titleFontFamily}'`))).then(
      redraw,
    );
  }, [player, width, height]);

  return (
    <div className={styles.viewer}>
      <PanelHead>
        {maskMode ? (
          <MaskHead rate={rate} />
        ) : compare ? (
          <CompareBar />
        ) : (
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
        )}
      </PanelHead>
      <div className={styles.stage}>
        <div className={styles.picture} style={{ '--ratio': width / height } as CSSProperties}>
          <canvas
            ref={canvas}
            className={styles.canvas}
            width={Math.round(width * scale)}
            height={Math.round(height * scale)}
            role="img"
            aria-label={t('canvas', { timecode: formatTimecode(useEditor.getState().playheadTicks, rate) })}
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
          {compare ? <CompareOverlay /> : null}
        </div>
        {mode === 'source' && !source ? (
          <div className={styles.nothing}>
            <EmptyState>{t('sourceEmpty')}</EmptyState>
          </div>
        ) : null}
        {maskMode ? <MaskBar /> : null}
        <Meters player={player} />
      </div>
      <ScrubBar
        rate={rate}
        endTicks={endTicks}
        inTicks={source ? null : (sequence?.inTicks ?? null)}
        outTicks={source ? null : (sequence?.outTicks ?? null)}
      />
      <Transport
        rate={rate}
        endTicks={endTicks}
        inTicks={source ? null : (sequence?.inTicks ?? null)}
        outTicks={source ? null : (sequence?.outTicks ?? null)}
        onInOut={(inTicks, outTicks) => {
          if (sequence && !source) run('setInOut', { sequenceId: sequence.id, inTicks, outTicks });
        }}
      />
    </div>
  );
}

/** Says when what is seen is a proxy: never a hidden fallback. */
function QualityNote() {
  const { t } = useTranslation('viewer');
  const proxied = useEditor((state) => {
    const sequence = state.document?.sequences[state.document.activeSequenceId];
    const at = state.playheadTicks;
    for (const track of sequence?.tracks ?? []) {
      if (track.kind !== 'video' || track.hidden) continue;
      for (const clip of track.clips) {
        if (at < clip.startTicks || at >= clip.startTicks + clip.durationTicks) continue;
        if (
          clip.reference.kind === 'media' &&
          !clip.generation?.activeTakeId &&
          state.mediaAssets[clip.reference.mediaId]?.originalPlayable === false
        )
          return true;
      }
    }
    return false;
  });
  const rendered = useEditor(
    (state) =>
      state.playing !== 0 && state.document !== null && renderedAt(state.document, state.playheadTicks) !== null,
  );
  return <span className={styles.quality}>{rendered ? t('rendered') : proxied ? t('proxy') : t('original')}</span>;
}
