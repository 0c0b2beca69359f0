/**
 * One clip on its lane. Memoised: it renders again when the clip, its job, its files or its width change, not when the
 * lanes move.
 */
import { memo, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks, type Rate } from '../../../../core/time/ticks.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import type { ClipEdge } from '../gestures/gesture.ts';
import { clipLook, clipRoom, clipState, jobsByClip } from '../view/clipLook.ts';
import { pxFromTicks } from '../view/scale.ts';
import { useWantedFocus } from '../view/useGridFocus.ts';
import { atOf } from '../view/visible.ts';
import styles from './Clip.module.css';
import { clipAnnouncement } from './clipName.ts';
import { clipClasses, showsExtension } from './clipClasses.ts';
import { ClipInside } from './ClipInside.tsx';
import { materialOf } from './clipParts.ts';

export interface ClipViewProps {
  readonly clip: Clip;
  readonly kind: Track['kind'];
  readonly role: Track['role'];
  /** 'V1 Picture', for the announcement. */
  readonly trackName: string;
  readonly laneHeightPx: number;
  readonly rate: Rate;
  /** Of the drawn window: where positions are counted from, and its zoom. */
  readonly originTicks: number;
  readonly pixelsPerSecond: number;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly held: boolean;
  /** Its track is hidden or muted. */
  readonly dimmed: boolean;
  /** The edge in the hand, while it is snapped. */
  readonly hotEdge: ClipEdge | null;
}

/** One clip as a grid cell of its lane, with its state, handles and selection. */
export const ClipView = memo(function ClipView(props: ClipViewProps) {
  const { clip, rate, originTicks, selected, focused, hotEdge } = props;
  const { t } = useTranslation('timeline');
  const element = useRef<HTMLDivElement>(null);
  const job = useEditor((state) => jobsByClip(state.jobs).get(clip.id) ?? null);
  const stale = useEditor((state) => state.staleClips[clip.id] === true);
  const missing = useEditor((state) => materialOf(state, clip).missing);
  const look = clipLook(clip, props);
  const state = clipState(clip, { job, stale, missing });
  const room = clipRoom(pxFromTicks(clip.durationTicks, props.pixelsPerSecond));
  useWantedFocus(element, focused);
  return (
    <div
      ref={element}
      role="gridcell"
      data-clip={clip.id}
      data-item={clip.id}
      data-state={state}
      aria-selected={selected}
      aria-label={clipAnnouncement(t, { clip, look, state, track: props.trackName, rate, job })}
      tabIndex={focused ? 0 : -1}
      className={clipClasses(props, { look, state, room })}
      style={
        {
          '--at': atOf(clip.startTicks, { originTicks }),
          '--len': secondsFromTicks(clip.durationTicks),
        } as CSSProperties
      }
    >
      {room === 'colour' ? null : (
        <ClipInside
          clip={clip}
          state={state}
          room={room}
          look={look}
          job={job}
          reachable={focused}
          extension={showsExtension(clip, state)}
          laneHeightPx={props.laneHeightPx}
          selected={selected}
        />
      )}
      {selected && room !== 'colour' ? (
        <>
          <i className={classes(styles.handle, styles.handleIn, hotEdge === 'in' && styles.hot)} />
          <i className={classes(styles.handle, styles.handleOut, hotEdge === 'out' && styles.hot)} />
        </>
      ) : null}
    </div>
  );
});
