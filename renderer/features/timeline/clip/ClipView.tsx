/**
 * One clip on its lane. Memoised: it is drawn anew when it, its job, its files or its room on screen change, not when
 * the lanes move.
 */
import { History, RotateCw, Type } from 'lucide-react';
import { memo, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip, Track } from '../../../../core/document/schema.ts';
import { secondsFromTicks, type Rate } from '../../../../core/time/ticks.ts';
import { makeAgain } from '../../../services/generation.ts';
import { aiShown } from '../../../services/selectors.ts';
import { useEditor } from '../../../services/store.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { ClipEdge } from '../gestures/gesture.ts';
import { decibelText } from '../view/words.ts';
import {
  clipLook,
  clipRoom,
  clipState,
  isExtension,
  jobsByClip,
  type ClipRoom,
  type ClipState,
} from '../view/clipLook.ts';
import { pxFromTicks } from '../view/scale.ts';
import { useWantedFocus } from '../view/useGridFocus.ts';
import { atOf } from '../view/visible.ts';
import styles from './Clip.module.css';
import { clipAnnouncement, shownName } from './clipName.ts';
import { materialOf } from './clipParts.ts';
import { ExtensionBar } from './ExtensionBar.tsx';
import { Fades } from './Fades.tsx';
import { StateBody } from './StateBody.tsx';
import { TakeChip } from './TakeChip.tsx';

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
  const {
    clip,
    kind,
    role,
    trackName,
    rate,
    originTicks,
    pixelsPerSecond,
    selected,
    focused,
    held,
    dimmed,
    hotEdge,
    laneHeightPx,
  } = props;
  const { t } = useTranslation('timeline');
  const element = useRef<HTMLDivElement>(null);
  const job = useEditor((state) => jobsByClip(state.jobs).get(clip.id) ?? null);
  const stale = useEditor((state) => state.staleClips[clip.id] === true);
  const missing = useEditor((state) => materialOf(state, clip).missing);
  const aiEnabled = useEditor(aiShown);
  const look = clipLook(clip, { kind, role });
  const state = clipState(clip, { job, stale, missing });
  const room = clipRoom(pxFromTicks(clip.durationTicks, pixelsPerSecond));
  useWantedFocus(element, focused);
  const made = clip.generation !== null && clip.generation.activeTakeId !== null;
  const extension = isExtension(clip) && (state === 'ready' || state === 'stale');
  return (
    <div
      ref={element}
      role="gridcell"
      data-clip={clip.id}
      data-item={clip.id}
      data-state={state}
      aria-selected={selected}
      aria-label={clipAnnouncement(t, { clip, look, state, track: trackName, rate, job })}
      tabIndex={focused ? 0 : -1}
      className={classes(
        styles.clip,
        styles[look],
        look === 'title' && styles.titleBody,
        room === 'colour' && styles.colourOnly,
        state !== 'plain' && state !== 'ready' && styles[state],
        made && state === 'ready' && !extension && styles.made,
        extension && styles.ext,
        selected && styles.selected,
        held && styles.held,
        (dimmed || !clip.enabled) && styles.disabled,
      )}
      style={
        {
          '--at': atOf(clip.startTicks, { originTicks }),
          '--len': secondsFromTicks(clip.durationTicks),
        } as CSSProperties
      }
    >
      {room === 'colour' ? null : (
        <Inside
          clip={clip}
          state={state}
          room={room}
          look={look}
          job={job}
          reachable={focused}
          aiEnabled={aiEnabled}
          extension={extension}
          laneHeightPx={laneHeightPx}
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

interface InsideProps {
  readonly clip: Clip;
  readonly state: ClipState;
  readonly room: Exclude<ClipRoom, 'colour'>;
  readonly look: ReturnType<typeof clipLook>;
  readonly job: Parameters<typeof StateBody>[0]['job'];
  readonly reachable: boolean;
  readonly aiEnabled: boolean;
  readonly extension: boolean;
  readonly laneHeightPx: number;
  readonly selected: boolean;
}

function Inside({
  clip,
  state,
  room,
  look,
  job,
  reachable,
  aiEnabled,
  extension,
  laneHeightPx,
  selected,
}: InsideProps) {
  const { t } = useTranslation('timeline');
  if (state === 'draft' || state === 'queued' || state === 'generating' || state === 'failed' || state === 'missing') {
    return <StateBody clip={clip} state={state} job={job} room={room} reachable={reachable} aiEnabled={aiEnabled} />;
  }
  if (look === 'title') {
    return (
      <>
        <Icon of={Type} size={12} />
        {room === 'nameless' ? null : <span className={styles.name}>{shownName(clip)}</span>}
      </>
    );
  }
  return (
    <>
      {extension ? (
        <ExtensionBar clip={clip} room={room} reachable={reachable} aiEnabled={aiEnabled} />
      ) : (
        <div className={styles.bar}>
          {state === 'stale' ? <Icon of={History} size={12} /> : null}
          {room === 'nameless' ? null : <span className={styles.name}>{shownName(clip)}</span>}
          {look !== 'video' && clip.volumeDb !== 0 && room === 'full' ? (
            <span className={classes(styles.tag, styles.loose)}>{decibelText(clip.volumeDb)}</span>
          ) : null}
          {aiEnabled && clip.generation !== null && state !== 'stale' ? (
            <TakeChip clip={clip} room={room} reachable={reachable} />
          ) : null}
        </div>
      )}
      <div className={styles.under}>
        {look !== 'video' && clip.volumeDb !== 0 ? <GainLine volumeDb={clip.volumeDb} /> : null}
      </div>
      <Fades clip={clip} grips={selected && room !== 'nameless' && laneHeightPx >= 44} />
      {state === 'stale' ? (
        <>
          <i className={styles.hatch} />
          {aiEnabled ? (
            <button
              type="button"
              data-control
              className={styles.mini}
              aria-label={t('makeAgain')}
              title={t('makeAgain')}
              tabIndex={reachable ? 0 : -1}
              onClick={() => makeAgain(clip.id)}
            >
              <Icon of={RotateCw} size={12} />
              {room === 'full' ? t('makeAgain') : null}
            </button>
          ) : null}
        </>
      ) : null}
    </>
  );
}

/** 0 dB a quarter from the top, -48 dB near the foot. */
function GainLine({ volumeDb }: { readonly volumeDb: number }) {
  const y = Math.max(2, Math.min(98, 25 - (volumeDb / 48) * 73));
  return (
    <svg className={styles.gainline} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 ${y}H100`} />
    </svg>
  );
}
