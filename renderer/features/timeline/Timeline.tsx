/**
 * The timeline: toolbar, track heads, ruler, lanes and the overview. Panning, zooming and the playhead bypass React
 * (view/liveScale).
 */
import { useEffect, useMemo, useRef } from 'react';
import { sentenceText } from '../../services/errors.ts';
import { sequenceOf } from '../../services/selectors.ts';
import { useEditor } from '../../services/store.ts';
import { AddTrack } from './parts/AddTrack.tsx';
import { LaneScrollbar } from './parts/LaneScrollbar.tsx';
import { Lanes } from './parts/Lanes.tsx';
import { Overlay, rulerHeightPx } from './parts/Overlay.tsx';
import { Overview } from './parts/Overview.tsx';
import { Ruler } from './parts/Ruler.tsx';
import { Toolbar } from './parts/Toolbar.tsx';
import { TrackHeads } from './parts/TrackHeads.tsx';
import styles from './Timeline.module.css';
import { useFollowPlayhead } from './view/useFollowPlayhead.ts';
import { useLiveFrames } from './view/liveScale.ts';
import { useLookAtEdge } from './view/lookAtEdge.ts';
import { previewDocument } from './view/previewSequence.ts';
import { useTimelineView } from './view/timelineView.ts';
import { useDrawnWindow } from './view/useDrawnWindow.ts';
import { lanesOf, scrollLanesBy } from './view/world.ts';

/** The timeline panel; without an open project it shows only its toolbar. */
export function Timeline() {
  const open = useEditor((state) => state.document !== null);
  return (
    <div className={styles.timeline}>
      <Toolbar />
      {open ? <Body /> : null}
    </div>
  );
}

function Body() {
  const document = useEditor((state) => state.document)!;
  const pending = useTimelineView((view) => view.preview.pending);
  const shown = useMemo(() => previewDocument(document, pending), [document, pending]);
  const sequence = shown.document.sequences[shown.document.activeSequenceId]!;
  useLookAtEdge(shown.document);
  const lanes = lanesOf(sequence);
  const drawn = useDrawnWindow();
  const right = useRef<HTMLDivElement>(null);
  useLiveFrames();
  useFollowPlayhead();
  useEffect(() => {
    const element = right.current;
    if (element === null) return;
    const measure = () => {
      useTimelineView.setState({
        widthPx: element.clientWidth,
        heightPx: Math.max(0, element.clientHeight - rulerHeightPx),
      });
      scrollLanesBy(0);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const projectId = useEditor((state) => state.projectId);
  // another project starts at its first track
  useEffect(() => useTimelineView.setState({ laneScrollPx: 0, focusedClipId: null }), [projectId]);
  // removed tracks leave the lanes shorter than they are scrolled
  useEffect(() => scrollLanesBy(0), [lanes]);
  return (
    <>
      <div className={styles.body}>
        <div className={styles.headsTop}>
          <AddTrack sequenceId={sequence.id} count={sequence.tracks.length} />
        </div>
        <TrackHeads lanes={lanes} sequenceId={sequence.id} />
        <div ref={right} className={styles.right}>
          <Ruler sequence={sequence} window={drawn} />
          <Lanes sequence={sequence} lanes={lanes} window={drawn} />
          <div className={styles.over}>
            <LaneScrollbar lanes={lanes} />
            <Overlay rate={sequence.rate} lanes={lanes} refused={shown.refused && sentenceText(shown.refused)} />
          </div>
        </div>
      </div>
      <OverviewOfCut />
    </>
  );
}

/** Of the document itself: the map need not follow every step of a gesture. */
function OverviewOfCut() {
  const sequence = useEditor(sequenceOf);
  return sequence === null ? null : <Overview sequence={sequence} />;
}
