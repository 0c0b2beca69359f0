/** Over ruler and lanes: playhead, snap line and tip, marquee, blade line, offered extension, dragged media. */
import { Magnet } from 'lucide-react';
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rate } from '../../../../core/time/ticks.ts';
import { frameAtTicks, framesPerSecond } from '../../../../core/time/ticks.ts';
import { formatTimecode } from '../../../../core/time/timecode.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { Preview } from '../gestures/gesture.ts';
import { useAtTicks } from '../view/liveScale.ts';
import type { LaneBox } from '../view/laneLayout.ts';
import { pxFromTicks, xAtTicks, type TimeScale } from '../view/scale.ts';
import type { SnapPoint } from '../view/snapping.ts';
import { useTimelineView, type DropPreview } from '../view/timelineView.ts';
import { secondsText } from '../view/words.ts';
import styles from './Lanes.module.css';

/** Height of the time ruler above the lanes, px. */
export const rulerHeightPx = 40;

interface OverlayProps {
  readonly rate: Rate;
  readonly lanes: readonly LaneBox[];
  /** Why the running gesture cannot be carried out; null when it can. */
  readonly refused: string | null;
}

/** Playhead, blade line and the preview of the running gesture, over ruler and lanes. */
export const Overlay = memo(function Overlay({ rate, lanes, refused }: OverlayProps) {
  return (
    <>
      <Held rate={rate} lanes={lanes} refused={refused} />
      <Blade />
      <Playhead />
    </>
  );
});

function Playhead() {
  const ref = useRef<HTMLElement>(null);
  useAtTicks(ref, () => useEditor.getState().playheadTicks);
  return (
    <i ref={ref} className={styles.playhead} data-playhead aria-hidden="true">
      <b />
    </i>
  );
}

function Blade() {
  const ref = useRef<HTMLElement>(null);
  const ticks = useTimelineView((view) => view.preview.bladeTicks ?? view.bladeTicks);
  useAtTicks(ref, () => ticks);
  return ticks === null ? null : <i ref={ref} className={styles.blade} />;
}

/** '+1:05', '−0:18': seconds and frames. */
export function deltaText(deltaTicks: number, rate: Rate): string {
  const frames = Math.abs(frameAtTicks(Math.abs(deltaTicks), rate));
  const base = Math.round(framesPerSecond(rate));
  return `${deltaTicks < 0 ? '−' : '+'}${Math.floor(frames / base)}:${String(frames % base).padStart(2, '0')}`;
}

function Held({ rate, lanes, refused }: OverlayProps) {
  const preview = useTimelineView((view) => view.preview);
  const drop = useTimelineView((view) => view.drop);
  const scroll = useTimelineView((view) => view.laneScrollPx);
  const pixelsPerSecond = useEditor((state) =>
    preview.marquee !== null ||
    preview.extension !== null ||
    preview.tip !== null ||
    preview.snap !== null ||
    drop !== null
      ? state.pixelsPerSecond
      : 0,
  );
  const scrollTicks = useEditor((state) => (pixelsPerSecond === 0 ? 0 : state.scrollTicks));
  if (pixelsPerSecond === 0) return null;
  const scale = { pixelsPerSecond, scrollTicks };
  const topOf = (px: number) => rulerHeightPx + px - scroll;
  const snapTicks = preview.snap?.ticks ?? drop?.snapTicks ?? null;
  const heldLane = lanes.find((lane) => lane.track.clips.some((clip) => clip.id === preview.heldClipIds[0])) ?? null;
  const dropLane = lanes.find((lane) => lane.track.id === drop?.trackId) ?? null;
  return (
    <>
      {snapTicks === null ? null : <i className={styles.snapline} style={{ left: xAtTicks(snapTicks, scale) }} />}
      {preview.marquee === null ? null : <Marquee marquee={preview.marquee} scale={scale} topOf={topOf} />}
      {preview.extension === null ? null : (
        <Offer offer={preview.extension} lanes={lanes} scale={scale} topOf={topOf} />
      )}
      {drop === null || dropLane === null ? null : <Drop drop={drop} lane={dropLane} scale={scale} topOf={topOf} />}
      {preview.tip === null ? null : (
        <Tip
          tip={preview.tip}
          snap={preview.snap}
          rate={rate}
          refused={refused}
          x={xAtTicks(preview.tip.atTicks ?? preview.tip.ticks, scale)}
          top={heldLane === null ? rulerHeightPx + 8 : topOf(heldLane.topPx + heldLane.heightPx) + 8}
        />
      )}
    </>
  );
}

interface Placed {
  readonly scale: TimeScale;
  /** Distance from the top of the panel of a height in the lanes, px. */
  readonly topOf: (px: number) => number;
}

function Marquee({ marquee, scale, topOf }: Placed & { readonly marquee: NonNullable<Preview['marquee']> }) {
  return (
    <i
      className={styles.marquee}
      style={{
        left: xAtTicks(marquee.fromTicks, scale),
        width: pxFromTicks(marquee.toTicks - marquee.fromTicks, scale.pixelsPerSecond),
        top: topOf(marquee.topPx),
        height: marquee.bottomPx - marquee.topPx,
      }}
    />
  );
}

/** Where the dragged media would land, or why it cannot. */
function Drop({ drop, lane, scale, topOf }: Placed & { readonly drop: DropPreview; readonly lane: LaneBox }) {
  return (
    <div
      className={classes(styles.drop, drop.refused !== null && styles.refused)}
      style={{
        left: xAtTicks(drop.startTicks, scale),
        width: Math.max(6, pxFromTicks(drop.durationTicks, scale.pixelsPerSecond)),
        top: topOf(lane.topPx) + 2,
        height: lane.heightPx - 4,
      }}
    >
      {drop.refused ?? drop.name}
    </div>
  );
}

interface OfferProps extends Placed {
  readonly offer: NonNullable<Preview['extension']>;
  readonly lanes: readonly LaneBox[];
}

/** The extension that releasing the edge would generate. */
function Offer({ offer, lanes, scale, topOf }: OfferProps) {
  const { t } = useTranslation('timeline');
  const lane = lanes.find((item) => item.track.id === offer.trackId);
  if (lane === undefined) return null;
  return (
    <div
      className={classes(styles.offer, offer.edge === 'in' && styles.before)}
      style={{
        left: xAtTicks(offer.startTicks, scale),
        width: pxFromTicks(offer.durationTicks, scale.pixelsPerSecond),
        top: topOf(lane.topPx) + 2,
        height: lane.heightPx - 4,
      }}
    >
      <span>{t('extendOffer', { n: secondsText(offer.durationTicks) })}</span>
    </div>
  );
}

interface TipProps {
  readonly tip: NonNullable<Preview['tip']>;
  readonly snap: SnapPoint | null;
  readonly rate: Rate;
  readonly refused: string | null;
  readonly x: number;
  readonly top: number;
}

function Tip({ tip, snap, rate, refused, x, top }: TipProps) {
  const { t } = useTranslation('timeline');
  const { heightPx, widthPx } = useTimelineView.getState();
  return (
    <div
      className={styles.tip}
      role="status"
      style={{ left: Math.max(4, Math.min(x + 8, widthPx - 240)), top: Math.min(top, rulerHeightPx + heightPx - 32) }}
    >
      {snap === null ? null : <Icon of={Magnet} size={12} />}
      {formatTimecode(tip.ticks, rate)}
      {tip.deltaTicks === null ? null : <span>{deltaText(tip.deltaTicks, rate)}</span>}
      {snap === null ? null : <span>{t(`snapped.${snap.kind}`, { name: snap.name })}</span>}
      {refused === null ? null : <b>{refused}</b>}
    </div>
  );
}
